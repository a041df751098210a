package mfg.train;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import mfg.core.InvalidInputException;
import mfg.core.MechanismKernel;
import mfg.core.MirrorMap;
import mfg.core.Round;
import mfg.core.kernel.Kernels;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.Transitions;
import org.jspecify.annotations.Nullable;

/** How a step of the inner iteration and its derivative are computed. */
public enum StepMethod {
    /** The fast step where there is one, else the engine's. */
    AUTO,
    /** Primitive arrays and derivatives by hand: batched auctions under the entropy mirror map, on the CPU. */
    FAST,
    /** The engine's automatic differentiation: every game, every device. */
    AUTODIFF;

    /**
     * Makes a step.
     *
     * @param <R> the game's kind of round
     * @param problem the problem
     * @param theta the design; not modified
     * @param manager where to compute; owner of the gradient
     * @param type float32 or float64
     * @return a step for one gradient or evaluation; the caller closes it
     * @throws InvalidInputException if the fast step is asked for where there is none
     */
    public <R extends Round> EquilibriumStep<?> step(
            DesignProblem<R> problem, NDList theta, NDManager manager, DataType type) {
        if (this != AUTODIFF) {
            EquilibriumStep<?> fast = type == DataType.FLOAT64
                    ? fast(Kernels.doubles(), problem, theta, manager)
                    : fast(Kernels.floats(), problem, theta, manager);
            if (fast != null) {
                return fast;
            }
            if (this == FAST) {
                throw new InvalidInputException(
                        "the fast step is for auctions on the CPU whose mechanism and value dynamics have a version on primitive arrays");
            }
        }
        return new AutodiffStep<>(problem, theta, manager, type);
    }

    private static <F> @Nullable EquilibriumStep<?> fast(
            Kernels<F> kernels, DesignProblem<?> problem, NDList theta, NDManager manager) {
        if (problem.game() instanceof BatchedAuction game
                && problem.objective() instanceof AuctionObjective objective
                && problem.descent().map() == MirrorMap.ENTROPY
                && manager.getDevice().equals(Device.cpu())) {
            Transitions transitions = game.dynamics().transitions();
            MechanismKernel<F> mechanism = game.mechanism().kernel(kernels, theta);
            if (transitions != null && mechanism != null) {
                return new AuctionStep<>(
                        new AuctionModel<>(kernels, game, mechanism, transitions, problem.descent()),
                        objective.lambda(),
                        manager);
            }
        }
        return null;
    }
}
