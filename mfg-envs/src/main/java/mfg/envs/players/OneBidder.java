package mfg.envs.players;

import java.util.Arrays;
import mfg.core.InvalidInputException;
import mfg.envs.Simulator;

/**
 * One bidder among N - 1 who follow a policy, in several copies of an {@link NPlayerAuction} side by side: what an agent plays to
 * learn a best response (AMID Fig. 9). Each copy has one agent, its player 0; actions are bids. In a round h in which it wins its
 * reward is {@code u_h(s, p_h(a, nu))}, with its own bid in {@code nu}, and in all others 0. Out of the auction, in ⊥, it earns
 * nothing, and what it bids is without effect.
 *
 * <p>An agent sees the round and its own state, as one-hot rows of {@code F = S + H} numbers: first the state, the n values in
 * ascending order and then ⊥, then the round. After the last round no round is marked.
 *
 * <p>Values of agents start evenly spread over {@code mu0}: that of copy k somewhere in the k-th of as many equal parts of its mass
 * as there are copies. So each value begins as often as {@code mu0} says in every episode, not only on average, and mean rewards are
 * less noisy; but neighbouring copies begin alike, so a few of them do not stand for all. All else happens as in {@link
 * NPlayerGame.Simulation#play}, with a seed of its own for each copy; what an agent bids changes no draw.
 *
 * <p>Nothing is allocated after construction, but by mechanisms that have no version on primitive arrays.
 */
public final class OneBidder implements Simulator {

    private final NPlayerAuction game;
    private final AuctionSimulation[] auctions;

    /** The round that is next; H before the first episode and after each. */
    private int h;

    /**
     * Seats the bidders.
     *
     * @param game the auction, of N bidders
     * @param policy what everybody but the agent plays
     * @param copies how many auctions are held at a time, at least 1, with {@link NPlayerGame#MOST_PLAYERS} bidders at most in all
     * @throws InvalidInputException if there are fewer or more
     */
    public OneBidder(NPlayerAuction game, Actions policy, int copies) {
        int most = NPlayerGame.MOST_PLAYERS / game.players();
        if (copies < 1 || copies > most) {
            throw new InvalidInputException("there must be between 1 and %d auctions of %d bidders, not %d"
                    .formatted(most, game.players(), copies));
        }
        Auctioneer auctioneer = game.auctioneer();
        this.game = game;
        this.auctions = new AuctionSimulation[copies];
        Arrays.setAll(auctions, k -> new AuctionSimulation(game, policy, auctioneer, false));
        this.h = rounds();
    }

    @Override
    public int agents() {
        return auctions.length;
    }

    /** {@inheritDoc} One: the other bidders are none who act, but part of what happens. */
    @Override
    public int players() {
        return 1;
    }

    @Override
    public int features() {
        return game.shape().states() + rounds();
    }

    @Override
    public int actions() {
        return game.shape().actions();
    }

    @Override
    public int rounds() {
        return game.shape().rounds();
    }

    @Override
    public void reset(long seed) {
        for (int k = 0; k < auctions.length; k++) {
            long own = Draws.at(seed, k);
            auctions[k].begin(own, InitialStates.spread(k, auctions.length, own));
        }
        h = 0;
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException if the rows do not fit
     */
    @Override
    public void observe(float[] to, int at) {
        long length = (long) agents() * features();
        checkRoom("observations", length, to.length, at);
        Arrays.fill(to, at, at + (int) length, 0);
        for (int k = 0; k < auctions.length; k++) {
            int row = at + k * features();
            to[row + auctions[k].state(0)] = 1;
            if (h < rounds()) {
                to[row + game.shape().states() + h] = 1;
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException if there is no round left, or actions or rewards do not fit
     */
    @Override
    public void step(int[] actions, int actionsAt, float[] rewards, int rewardsAt) {
        if (h == rounds()) {
            throw new InvalidInputException(
                    "there is no round left to play: an episode of %d begins with a reset".formatted(rounds()));
        }
        checkRoom("actions", agents(), actions.length, actionsAt);
        checkRoom("rewards", agents(), rewards.length, rewardsAt);
        for (int k = 0; k < auctions.length; k++) {
            rewards[rewardsAt + k] = (float) auctions[k].round(actions[actionsAt + k]);
        }
        h++;
    }

    private static void checkRoom(String what, long needed, int length, int at) {
        if (at < 0 || needed > (long) length - at) {
            throw new InvalidInputException(
                    "%d %s do not fit into an array of %d from %d on".formatted(needed, what, length, at));
        }
    }
}
