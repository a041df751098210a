package mfg.eval.reproduce;

import java.util.Arrays;
import java.util.List;
import mfg.core.InvalidInputException;
import mfg.eval.bench.BenchGradientCommand;

/** A way to compute the gradient: a column of Table 2. */
enum GradientMethod {
    NAIVE("naive", "naive autodiff", "--method naive --step autodiff"),
    AUTODIFF_STORE("autodiff-store", "AMID autodiff, store", "--step autodiff --adjoint store"),
    AUTODIFF_SQRT("autodiff-sqrt", "AMID autodiff, sqrt", "--step autodiff --adjoint sqrt"),
    FAST_STORE("fast-store", "AMID fast, store", "--step fast --adjoint store"),
    FAST_SQRT("fast-sqrt", "AMID fast, sqrt", "--step fast --adjoint sqrt"),
    FAST_REVERSIBLE("fast-reversible", "AMID fast, reversible", "--step fast --adjoint reversible"),
    GPU_NAIVE("gpu-naive", "naive autodiff, GPU", "--method naive --step autodiff --device gpu"),
    GPU_SQRT("gpu-sqrt", "AMID autodiff, sqrt, GPU", "--step autodiff --adjoint sqrt --device gpu");

    private final String column;
    private final String label;
    private final String options;

    /**
     * A method.
     *
     * @param column its name in files
     * @param label its name for people
     * @param options of {@code bench gradient}
     */
    GradientMethod(String column, String label, String options) {
        this.column = column;
        this.label = label;
        this.options = options;
    }

    String column() {
        return column;
    }

    String label() {
        return label;
    }

    List<String> options() {
        return List.of(options.split(" ", -1));
    }

    boolean isNaive() {
        return this == NAIVE || this == GPU_NAIVE;
    }

    boolean isFast() {
        return this == FAST_STORE || this == FAST_SQRT || this == FAST_REVERSIBLE;
    }

    boolean isOnGpu() {
        return this == GPU_NAIVE || this == GPU_SQRT;
    }

    /** Naive differentiation on the same device. */
    GradientMethod naive() {
        return isOnGpu() ? GPU_NAIVE : NAIVE;
    }

    /** The memory in MiB that counts: at most in the process, on a GPU what is kept there for the way back. */
    double memory(BenchGradientCommand.Result cost) {
        return isOnGpu() ? cost.stateMiB() : cost.peakRssMiB();
    }

    static GradientMethod named(String column) {
        return Arrays.stream(values())
                .filter(method -> method.column.equals(column))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("there is no column '%s'".formatted(column)));
    }
}
