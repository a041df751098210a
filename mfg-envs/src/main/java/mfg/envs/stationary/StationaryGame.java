package mfg.envs.stationary;

import java.util.Arrays;
import java.util.Optional;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Stationary;

/**
 * A game as Bench-MFG plays it: from everybody spread evenly over the states, 50 rounds until the population counts as at rest, and 99
 * sweeps of the recursion of values.
 */
public abstract class StationaryGame implements MeanFieldGame<KernelRound> {

    private static final int SETTLING = 50;
    private static final int SWEEPS = 99;

    private final GameShape shape;
    private final Stationary stationary;

    /**
     * Creates the game.
     *
     * @param states S
     * @param actions A
     * @param discount gamma, at least 0 and below 1
     */
    StationaryGame(int states, int actions, double discount) {
        this.shape = new GameShape(1, states, actions);
        this.stationary = new Stationary(discount, SETTLING, SWEEPS);
    }

    @Override
    public final GameShape shape() {
        return shape;
    }

    @Override
    public final double[] initialStates() {
        double[] even = new double[shape.states()];
        Arrays.fill(even, 1.0 / even.length);
        return even;
    }

    @Override
    public final Optional<Stationary> stationary() {
        return Optional.of(stationary);
    }
}
