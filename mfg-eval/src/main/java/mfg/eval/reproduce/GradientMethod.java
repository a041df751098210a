package mfg.eval.reproduce;

import java.util.Arrays;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.eval.bench.GradientCost;

/** A way to compute the gradient: a column of Table 2. */
enum GradientMethod {
    NAIVE("naive", "naive autodiff", Map.of("method", "naive", "step", "autodiff")),
    AUTODIFF_STORE("autodiff-store", "AMID autodiff, store", Map.of("step", "autodiff", "adjoint", "store")),
    AUTODIFF_SQRT("autodiff-sqrt", "AMID autodiff, sqrt", Map.of("step", "autodiff", "adjoint", "sqrt")),
    FAST_STORE("fast-store", "AMID fast, store", Map.of("step", "fast", "adjoint", "store")),
    FAST_SQRT("fast-sqrt", "AMID fast, sqrt", Map.of("step", "fast", "adjoint", "sqrt")),
    FAST_REVERSIBLE("fast-reversible", "AMID fast, reversible", Map.of("step", "fast", "adjoint", "reversible")),
    GPU_NAIVE("gpu-naive", "naive autodiff, GPU", Map.of("method", "naive", "step", "autodiff", "device", "gpu")),
    GPU_SQRT("gpu-sqrt", "AMID autodiff, sqrt, GPU", Map.of("step", "autodiff", "adjoint", "sqrt", "device", "gpu"));

    private final String column;
    private final String label;
    private final Map<String, String> options;

    /**
     * A method.
     *
     * @param column its name in files
     * @param label its name for people
     * @param options of {@code bench gradient}, by name
     */
    GradientMethod(String column, String label, Map<String, String> options) {
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

    Map<String, String> options() {
        return options;
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
    double memory(GradientCost cost) {
        return isOnGpu() ? cost.stateMiB() : cost.peakRssMiB();
    }

    static GradientMethod named(String column) {
        return Arrays.stream(values())
                .filter(method -> method.column.equals(column))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("there is no column '%s'".formatted(column)));
    }
}
