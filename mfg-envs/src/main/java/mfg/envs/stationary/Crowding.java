package mfg.envs.stationary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import mfg.core.Constants;
import mfg.core.KernelRound;
import mfg.core.Tensors;
import org.jspecify.annotations.Nullable;

/** A game in which only the reward depends on the population: {@code r(s,a,mu) = base(s,a) + weight * mu(s)}. */
abstract class Crowding extends StationaryGame {

    private final NDArray kernel;
    private final NDArray base;
    private final double weight;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param discount gamma
     * @param kernel {@code P(s' | s,a)}, (S * A, S)
     * @param base what a player earns alone, (S, A)
     * @param weight what a crowd is worth
     */
    Crowding(Constants constants, double discount, double[][] kernel, double[][] base, double weight) {
        super(base.length, base[0].length, discount);
        this.kernel = constants.matrix(kernel);
        this.base = constants.matrix(base);
        this.weight = weight;
    }

    @Override
    public final KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray crowd = flow.sum(new int[] {1}, true);
        return new KernelRound(flow, Tensors.times(crowd, weight).add(base), kernel);
    }
}
