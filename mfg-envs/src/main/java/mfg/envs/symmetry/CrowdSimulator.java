package mfg.envs.symmetry;

import java.util.Arrays;
import mfg.core.GameShape;
import mfg.core.symmetry.AnonymousGame;
import mfg.envs.StateSimulator;
import mfg.envs.players.Draws;

/** A game of named players as a simulator. */
public final class CrowdSimulator implements StateSimulator {

    private final AnonymousGame game;
    private final double[] initial;
    private final double[] sigma;
    private final double[] next;
    private final int[] states;
    private long seed;
    private int round;

    /**
     * Seats the players.
     *
     * @param game what they play
     */
    public CrowdSimulator(AnonymousGame game) {
        this.game = game;
        this.initial = game.initialStates();
        this.sigma = new double[game.pairs()];
        this.next = new double[game.shape().states()];
        this.states = new int[game.players()];
        reset(0);
    }

    @Override
    public GameShape shape() {
        return game.shape();
    }

    @Override
    public int agents() {
        return states.length;
    }

    @Override
    public int players() {
        return states.length;
    }

    @Override
    public int state(int k) {
        return states[k];
    }

    @Override
    public int round() {
        return round;
    }

    @Override
    public void reset(long episode) {
        seed = episode;
        round = 0;
        long stream = Draws.at(seed, 0);
        for (int i = 0; i < states.length; i++) {
            states[i] = Policies.draw(initial, 0, initial.length, Draws.unit(Draws.at(stream, i)));
        }
    }

    @Override
    public void step(int[] actions, int actionsAt, float[] rewards, int rewardsAt) {
        if (round == rounds()) {
            throw new IllegalStateException("the episode is over");
        }
        Arrays.fill(sigma, 0);
        for (int i = 0; i < states.length; i++) {
            sigma[states[i] * actions() + actions[actionsAt + i]] += 1;
        }
        for (int pair = 0; pair < sigma.length; pair++) {
            sigma[pair] /= states.length;
        }
        long stream = Draws.at(seed, 1L + round);
        for (int i = 0; i < states.length; i++) {
            int action = actions[actionsAt + i];
            rewards[rewardsAt + i] = (float) game.reward(i, states[i], action, sigma);
            game.transition(i, states[i], action, sigma, next);
            states[i] = Policies.draw(next, 0, next.length, Draws.unit(Draws.at(stream, i)));
        }
        round++;
    }
}
