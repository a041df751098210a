package mfg.envs.symmetry;

import mfg.core.symmetry.AnonymousGame;
import mfg.envs.players.AnonymousSimulator;
import mfg.envs.players.Draws;

/** A game of named players as a simulator. */
public final class CrowdSimulator extends AnonymousSimulator {

    private final AnonymousGame game;
    private final double[] initial;
    private final double[] moves;
    private double[] sigma = {};

    /**
     * Seats the players.
     *
     * @param game what they play
     */
    public CrowdSimulator(AnonymousGame game) {
        super(game.shape(), game.players());
        this.game = game;
        this.initial = game.initialStates();
        this.moves = new double[game.shape().states()];
        reset(0);
    }

    @Override
    protected int start(long draw) {
        return Policies.draw(initial, 0, initial.length, Draws.unit(draw));
    }

    @Override
    protected void meet(double[] shares) {
        sigma = shares;
    }

    @Override
    protected double reward(int player, int pair) {
        return game.reward(player, pair / actions(), pair % actions(), sigma);
    }

    @Override
    protected int next(int player, int pair, long draw) {
        game.transition(player, pair / actions(), pair % actions(), sigma, moves);
        return Policies.draw(moves, 0, moves.length, Draws.unit(draw));
    }
}
