package mfg.envs.players;

import java.util.Arrays;
import mfg.core.GameShape;
import mfg.envs.StateSimulator;

/** Players who all decide for themselves, and meet each other only as shares of those who are in a state and do something. */
public abstract class AnonymousSimulator implements StateSimulator {

    private final GameShape shape;
    private final int[] states;

    /** What each does, as {@code s * A + a}. */
    private final int[] pairs;

    private final double[] shares;
    private long seed;
    private int round;

    /**
     * Seats the players.
     *
     * @param shape the size of the game
     * @param players N
     */
    protected AnonymousSimulator(GameShape shape, int players) {
        this.shape = shape;
        this.states = new int[players];
        this.pairs = new int[players];
        this.shares = new double[shape.states() * shape.actions()];
    }

    /** Draws a state to begin in. */
    protected abstract int start(long draw);

    /** The action that counts where one was chosen. */
    protected int legal(int round, int state, int action) {
        return action;
    }

    /**
     * Looks at what all do in a round, before rewards and moves are asked for.
     *
     * @param shares of players by {@code s * A + a}; not modified
     */
    protected abstract void meet(double[] shares);

    /** What a player earns in the round that was looked at, by {@code s * A + a}. */
    protected abstract double reward(int player, int pair);

    /** Draws a player's next state. */
    protected abstract int next(int player, int pair, long draw);

    @Override
    public final GameShape shape() {
        return shape;
    }

    @Override
    public final int agents() {
        return states.length;
    }

    @Override
    public final int players() {
        return states.length;
    }

    @Override
    public final int state(int k) {
        return states[k];
    }

    @Override
    public final int round() {
        return round;
    }

    @Override
    public void reset(long episode) {
        seed = episode;
        round = 0;
        long stream = Draws.at(seed, 0);
        for (int i = 0; i < states.length; i++) {
            states[i] = start(Draws.at(stream, i));
        }
    }

    @Override
    public final void step(int[] actions, int actionsAt, float[] rewards, int rewardsAt) {
        if (round == rounds()) {
            throw new IllegalStateException("the episode is over");
        }
        Arrays.fill(shares, 0);
        for (int i = 0; i < states.length; i++) {
            pairs[i] = states[i] * actions() + legal(round, states[i], actions[actionsAt + i]);
            shares[pairs[i]]++;
        }
        for (int pair = 0; pair < shares.length; pair++) {
            shares[pair] /= states.length;
        }
        meet(shares);
        long stream = Draws.at(seed, 2L * round + 2);
        for (int i = 0; i < states.length; i++) {
            rewards[rewardsAt + i] = (float) reward(i, pairs[i]);
            states[i] = next(i, pairs[i], Draws.at(stream, i));
        }
        round++;
    }
}
