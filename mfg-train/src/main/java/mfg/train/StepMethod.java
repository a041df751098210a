package mfg.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.ServiceLoader;
import mfg.core.InvalidInputException;
import mfg.core.Round;
import mfg.core.trace.UntraceableException;

/** How a step of the inner iteration and its derivative are computed. */
public enum StepMethod {
    /** The fast step where there is one, else the traced one, else the engine's. */
    AUTO,
    /** A {@link FastStep}: primitive arrays and derivatives by hand. */
    FAST,
    /** Recorded operations, played on primitive arrays ({@link mfg.core.trace}): every game whose operations can be recorded. */
    TRACED,
    /** The engine's automatic differentiation: every game, every device. */
    AUTODIFF;

    private static final List<FastStep> FAST_STEPS =
            ServiceLoader.load(FastStep.class, FastStep.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    /**
     * Makes a step.
     *
     * @param <R> the game's kind of round
     * @param problem the problem
     * @param theta the design; not modified
     * @param manager where to compute; owner of the gradient
     * @param type float32 or float64
     * @return a step for one gradient or evaluation; the caller closes it
     * @throws InvalidInputException if the fast or the traced step is asked for where there is none, or the traced step is not
     *     the engine's
     */
    public <R extends Round> EquilibriumStep<?> step(
            DesignProblem<R> problem, NDList theta, NDManager manager, DataType type) {
        if (this == AUTO || this == FAST) {
            for (FastStep fast : FAST_STEPS) {
                EquilibriumStep<?> step = fast.of(problem, theta, manager, type);
                if (step != null) {
                    return step;
                }
            }
            if (this == FAST) {
                throw new InvalidInputException(
                        "the fast step is for auctions on the CPU whose mechanism and value dynamics have a version on primitive arrays");
            }
        }
        if (this == TRACED || (this == AUTO && !manager.getDevice().isGpu())) {
            try {
                Recording recording = Recording.of(problem, theta, manager, type);
                return new TracedStep(problem, recording, theta, manager, type);
            } catch (UntraceableException e) {
                if (this == TRACED) {
                    throw new InvalidInputException("there is no traced step: " + e.getMessage(), e);
                }
                e.warn();
            }
        }
        return new AutodiffStep<>(problem, theta, manager, type);
    }
}
