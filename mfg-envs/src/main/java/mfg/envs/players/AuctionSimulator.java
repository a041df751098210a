package mfg.envs.players;

import mfg.core.GameShape;
import mfg.envs.StateSimulator;

/** {@link NPlayerAuction} with bidders who all decide for themselves. What those bid who are out, in state n, is without effect. */
final class AuctionSimulator implements StateSimulator {

    private final NPlayerAuction game;
    private final AuctionSimulation auction;

    AuctionSimulator(NPlayerAuction game, AuctionSimulation auction) {
        this.game = game;
        this.auction = auction;
        reset(0);
    }

    @Override
    public GameShape shape() {
        return game.shape();
    }

    @Override
    public int agents() {
        return game.players();
    }

    @Override
    public int players() {
        return game.players();
    }

    @Override
    public int state(int k) {
        return auction.state(k);
    }

    @Override
    public int round() {
        return auction.nextRound();
    }

    /** {@inheritDoc} Player 0 starts like any other. */
    @Override
    public void reset(long seed) {
        auction.begin(seed, Draws.unit(Draws.at(Draws.at(seed, 0), 0)));
    }

    @Override
    public void step(int[] actions, int actionsAt, float[] rewards, int rewardsAt) {
        if (round() == rounds()) {
            throw new IllegalStateException("the episode is over");
        }
        auction.round(actions, actionsAt, rewards, rewardsAt);
    }
}
