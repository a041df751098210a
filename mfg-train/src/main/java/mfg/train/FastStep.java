package mfg.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import mfg.core.Round;
import org.jspecify.annotations.Nullable;

/**
 * Makes steps that are faster than the engine's, for some kind of game. {@link StepMethod} finds implementations by {@link
 * java.util.ServiceLoader}: a class with {@code @AutoService(FastStep.class)} is all it takes. Their numbers must be those of
 * the engine's step up to rounding.
 */
public interface FastStep {

    /**
     * Makes a step, where there is one for this problem.
     *
     * @param <R> the game's kind of round
     * @param problem the problem
     * @param theta the design; not modified
     * @param manager owner of the gradient; says which device
     * @param type float32 or float64
     * @return a step for one gradient or evaluation, which the caller closes; null where there is none
     */
    <R extends Round> @Nullable EquilibriumStep<?> of(
            DesignProblem<R> problem, NDList theta, NDManager manager, DataType type);
}
