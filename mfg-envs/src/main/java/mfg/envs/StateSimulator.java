package mfg.envs;

import java.util.Arrays;
import mfg.core.GameShape;

/**
 * A simulator whose agents are in one of finitely many states, and see it and the round: so tables can learn it, and networks too. What
 * networks see is {@code F = S + H} numbers: the state and the round, one-hot; after the last round none is marked.
 */
public interface StateSimulator extends Simulator {

    /**
     * Returns the size of the game.
     *
     * @return rounds H, states S and actions A
     */
    GameShape shape();

    /**
     * Returns where an agent is.
     *
     * @param k the agent
     * @return its state, from 0
     */
    int state(int k);

    /**
     * Returns which round comes next.
     *
     * @return h, from 0; H when the episode is over
     */
    int round();

    @Override
    default int features() {
        return shape().states() + shape().rounds();
    }

    @Override
    default int actions() {
        return shape().actions();
    }

    @Override
    default int rounds() {
        return shape().rounds();
    }

    @Override
    default void observe(float[] to, int at) {
        int features = features();
        Arrays.fill(to, at, at + agents() * features, 0);
        for (int k = 0; k < agents(); k++) {
            int row = at + k * features;
            to[row + state(k)] = 1;
            if (round() < rounds()) {
                to[row + shape().states() + round()] = 1;
            }
        }
    }
}
