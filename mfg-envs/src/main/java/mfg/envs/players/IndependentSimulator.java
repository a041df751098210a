package mfg.envs.players;

import java.util.Arrays;
import mfg.core.GameShape;
import mfg.envs.StateSimulator;

/** {@link IndependentPlayers} who all decide for themselves. An action that is not legal counts as one that is. */
final class IndependentSimulator implements StateSimulator {

    private final IndependentPlayers<?> game;
    private final Referee referee;
    private final int[] legal;
    private final int[] states;
    private final int[] pairs;
    private final double[] shares;
    private final double[] reward;
    private final double[] kernel;
    private final AliasTables moves;
    private long seed;
    private int round;

    IndependentSimulator(IndependentPlayers<?> game, Referee referee, int[] legal) {
        this.game = game;
        this.referee = referee;
        this.legal = legal;
        GameShape shape = game.shape();
        this.states = new int[game.players()];
        this.pairs = new int[game.players()];
        this.shares = new double[shape.states() * shape.actions()];
        this.reward = new double[shares.length];
        this.kernel = new double[shares.length * shape.states()];
        this.moves = new AliasTables(shares.length, shape.states());
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
            states[i] = game.initialStates().draw(Draws.at(stream, i));
        }
        referee.begin();
    }

    @Override
    public void step(int[] actions, int actionsAt, float[] rewards, int rewardsAt) {
        if (round == rounds()) {
            throw new IllegalStateException("the episode is over");
        }
        Arrays.fill(shares, 0);
        for (int i = 0; i < states.length; i++) {
            int row = (round * shape().states() + states[i]) * actions();
            pairs[i] = states[i] * actions() + legal[row + actions[actionsAt + i]];
            shares[pairs[i]]++;
        }
        for (int pair = 0; pair < shares.length; pair++) {
            shares[pair] /= states.length;
        }
        referee.round(shares, reward, kernel);
        moves.fill(kernel);
        long stream = Draws.at(seed, 2L * round + 2);
        for (int i = 0; i < states.length; i++) {
            rewards[rewardsAt + i] = (float) reward[pairs[i]];
            states[i] = moves.draw(pairs[i], Draws.at(stream, i));
        }
        round++;
    }
}
