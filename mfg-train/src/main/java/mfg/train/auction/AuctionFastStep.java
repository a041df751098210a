package mfg.train.auction;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.auto.service.AutoService;
import mfg.core.MechanismKernel;
import mfg.core.MirrorMap;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Round;
import mfg.core.kernel.Kernels;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.Transitions;
import mfg.train.DesignProblem;
import mfg.train.EquilibriumStep;
import mfg.train.FastStep;
import org.jspecify.annotations.Nullable;

/**
 * The fast step of batched auctions under mirror descent with the entropy, on the CPU, whose mechanism and value dynamics have
 * a version on primitive arrays.
 */
@AutoService(FastStep.class)
public final class AuctionFastStep implements FastStep {

    @Override
    public <R extends Round> @Nullable EquilibriumStep<?> of(
            DesignProblem<R> problem, NDList theta, NDManager manager, DataType type) {
        return type == DataType.FLOAT64
                ? of(Kernels.doubles(), problem, theta, manager)
                : of(Kernels.floats(), problem, theta, manager);
    }

    private static <F> @Nullable AuctionStep<F> of(
            Kernels<F> kernels, DesignProblem<?> problem, NDList theta, NDManager manager) {
        if (problem.game() instanceof BatchedAuction game
                && problem.objective() instanceof AuctionObjective objective
                && problem.solver() instanceof OnlineMirrorDescent descent
                && descent.map() == MirrorMap.ENTROPY
                && manager.getDevice().equals(Device.cpu())) {
            Transitions transitions = game.dynamics().transitions();
            MechanismKernel<F> mechanism = game.mechanism().kernel(kernels, theta);
            if (transitions != null && mechanism != null) {
                AuctionModel<F> model = new AuctionModel<>(kernels, game, mechanism, transitions, descent);
                return new AuctionStep<>(model, objective, manager);
            }
        }
        return null;
    }
}
