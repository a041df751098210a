package mfg.envs.players;

import mfg.core.GameShape;

/** {@link IndependentPlayers} who all decide for themselves. An action that is not legal counts as one that is. */
final class IndependentSimulator extends AnonymousSimulator {

    private final InitialStates initial;
    private final Referee referee;
    private final int[] legal;
    private final double[] reward;
    private final double[] kernel;
    private final AliasTables moves;

    IndependentSimulator(IndependentPlayers<?> game, Referee referee, int[] legal) {
        super(game.shape(), game.players());
        this.initial = game.initialStates();
        this.referee = referee;
        this.legal = legal;
        GameShape shape = game.shape();
        this.reward = new double[shape.states() * shape.actions()];
        this.kernel = new double[reward.length * shape.states()];
        this.moves = new AliasTables(reward.length, shape.states());
        reset(0);
    }

    @Override
    public void reset(long episode) {
        super.reset(episode);
        referee.begin();
    }

    @Override
    protected int start(long draw) {
        return initial.draw(draw);
    }

    @Override
    protected int legal(int round, int state, int action) {
        return legal[(round * shape().states() + state) * actions() + action];
    }

    @Override
    protected void meet(double[] shares) {
        referee.round(shares, reward, kernel);
        moves.fill(kernel);
    }

    @Override
    protected double reward(int player, int pair) {
        return reward[pair];
    }

    @Override
    protected int next(int player, int pair, long draw) {
        return moves.draw(pair, draw);
    }
}
