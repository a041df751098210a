package mfg.eval.reproduce;

import java.util.Arrays;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.eval.bench.GradientCost;
import org.jspecify.annotations.Nullable;

/** A way to compute the gradient: a column of Table 2. */
enum GradientMethod {
    NAIVE("naive", "naive autodiff", "autodiff", null, "cpu"),
    AUTODIFF_STORE("autodiff-store", "AMID autodiff, store", "autodiff", "store", "cpu"),
    AUTODIFF_SQRT("autodiff-sqrt", "AMID autodiff, sqrt", "autodiff", "sqrt", "cpu"),
    FAST_STORE("fast-store", "AMID fast, store", "fast", "store", "cpu"),
    FAST_SQRT("fast-sqrt", "AMID fast, sqrt", "fast", "sqrt", "cpu"),
    FAST_REVERSIBLE("fast-reversible", "AMID fast, reversible", "fast", "reversible", "cpu"),
    GPU_NAIVE("gpu-naive", "naive autodiff, GPU", "autodiff", null, "gpu"),
    GPU_SQRT("gpu-sqrt", "AMID autodiff, sqrt, GPU", "autodiff", "sqrt", "gpu");

    private final String column;
    private final String label;
    private final String step;
    private final @Nullable String adjoint;
    private final String device;

    /**
     * A method.
     *
     * @param column its name in files
     * @param label its name for people
     * @param step how a step is computed
     * @param adjoint where states come from on the way back; null for naive differentiation
     * @param device where it is computed
     */
    GradientMethod(String column, String label, String step, @Nullable String adjoint, String device) {
        this.column = column;
        this.label = label;
        this.step = step;
        this.adjoint = adjoint;
        this.device = device;
    }

    String column() {
        return column;
    }

    String label() {
        return label;
    }

    /** The options of {@code bench gradient}, by name. */
    Map<String, String> options() {
        return adjoint == null
                ? Map.of("method", "naive", "step", step, "device", device)
                : Map.of("step", step, "adjoint", adjoint, "device", device);
    }

    boolean isNaive() {
        return adjoint == null;
    }

    boolean isFast() {
        return step.equals("fast");
    }

    boolean isOnGpu() {
        return device.equals("gpu");
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
