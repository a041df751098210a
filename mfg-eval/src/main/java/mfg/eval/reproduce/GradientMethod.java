package mfg.eval.reproduce;

import java.util.Locale;
import java.util.Map;
import mfg.eval.bench.GradientCost;
import org.jspecify.annotations.Nullable;

/** A way to compute the gradient: a column of Table 2. */
enum GradientMethod {
    NAIVE("naive autodiff", "autodiff", null, "cpu"),
    AUTODIFF_STORE("AMID autodiff, store", "autodiff", "store", "cpu"),
    AUTODIFF_SQRT("AMID autodiff, sqrt", "autodiff", "sqrt", "cpu"),
    FAST_STORE("AMID fast, store", "fast", "store", "cpu"),
    FAST_SQRT("AMID fast, sqrt", "fast", "sqrt", "cpu"),
    FAST_REVERSIBLE("AMID fast, reversible", "fast", "reversible", "cpu"),
    GPU_NAIVE("naive autodiff, GPU", "autodiff", null, "gpu"),
    GPU_SQRT("AMID autodiff, sqrt, GPU", "autodiff", "sqrt", "gpu");

    private final String label;
    private final String step;
    private final @Nullable String adjoint;
    private final String device;

    /**
     * A method.
     *
     * @param label its name for people
     * @param step how a step is computed
     * @param adjoint where states come from on the way back; null for naive differentiation
     * @param device where it is computed
     */
    GradientMethod(String label, String step, @Nullable String adjoint, String device) {
        this.label = label;
        this.step = step;
        this.adjoint = adjoint;
        this.device = device;
    }

    /** Its name in files. */
    String column() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
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

    private boolean isOnGpu() {
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
}
