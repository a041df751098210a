package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import mfg.core.Constants;
import mfg.core.Tensors;

/**
 * What linear-quadratic games pay. With the mean m of the positions x and the control u: {@code step (-u^2 / 2 + 0.01 u (m - x)
 * - 0.25 (m - x)^2)} in each round but the last, which pays {@code -(m - x)^2 / 2}.
 */
final class QuadraticReward {

    private final double step;
    private final NDArray positions;
    private final NDArray places;
    private final NDArray controls;
    private final NDArray effort;

    /**
     * Creates the reward.
     *
     * @param constants makes and owns the constants
     * @param x the position of each state
     * @param u the control of each action
     * @param step how long a round is
     */
    QuadraticReward(Constants constants, double[] x, double[] u, double step) {
        this.step = step;
        this.positions = constants.vector(x);
        this.places = constants.column(x);
        this.controls = constants.vector(
                Arrays.stream(u).map(control -> 0.01 * step * control).toArray());
        this.effort = constants.vector(
                Arrays.stream(u).map(control -> -step * control * control / 2).toArray());
    }

    /** Returns the mean position of a population, (). */
    NDArray mean(NDArray flow) {
        return flow.sum(new int[] {1}).mul(positions).sum();
    }

    /** Returns the reward of a round, (S, A). */
    NDArray at(NDArray flow, boolean last) {
        NDArray gap = mean(flow).sub(places); // (S, 1)
        if (last) {
            return Tensors.times(gap.square(), -0.5).broadcast(flow.getShape());
        }
        return gap.mul(controls).add(Tensors.times(gap.square(), -0.25 * step)).add(effort);
    }
}
