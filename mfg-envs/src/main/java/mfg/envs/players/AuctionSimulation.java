package mfg.envs.players;

import java.util.Arrays;
import mfg.core.Sizes;
import mfg.envs.auction.BatchedAuction;
import org.jspecify.annotations.Nullable;

/**
 * Plays an {@link NPlayerAuction} bidder by bidder, on arrays that are made once: all of it by {@link #play}, or round by round
 * by {@link #begin} and H times {@link #round}. State n is ⊥.
 */
final class AuctionSimulation implements NPlayerGame.Simulation {

    /** Draws in a round: one to bid, one to break ties, one to move. */
    private static final int STREAMS = 3;

    /** Of a good: sums of shares fall short of whole numbers by rounding, far less than this for any N. */
    private static final double ROUNDING = 1e-6;

    /** The bid of those who do not take part. */
    private static final short NONE = -1;

    private final NPlayerAuction game;
    private final Actions policy;
    private final BatchedAuction.Rules rules;
    private final Auctioneer auctioneer;
    private final boolean byLot;
    private final @Nullable AliasTables moves;
    private final int n;
    private final int players;

    private final short[] states;
    private final short[] bids;

    /** How many bid what. */
    private final int[] counts;

    private final double[] nu;
    private final double[] payments;
    private final double[] costs;
    private final double[] experience;

    /** What each player got in this round. */
    private final double[] gains;

    private long seed;

    /** The round that is next. */
    private int h;

    private int active;
    private int sold;
    private long soldBefore;

    /** The lowest bid that wins, and those who make it: how many are left, and goods for them. */
    private int threshold;

    private int tied;
    private int goods;

    private double revenue;
    private double otherRewards;

    /** The values of all winners, in units of 1/n. */
    private long served;

    /**
     * Seats bidders.
     *
     * @param auctioneer of the game, who may serve several simulations in turn
     * @param byLot whether a fraction of a good is sold with that probability; else it remains
     */
    AuctionSimulation(NPlayerAuction game, Actions policy, Auctioneer auctioneer, boolean byLot) {
        this.game = game;
        this.policy = policy;
        this.rules = game.rules();
        this.auctioneer = auctioneer;
        this.byLot = byLot;
        this.moves = game.moves();
        this.n = rules.values();
        this.players = game.players();
        this.states = new short[players];
        this.bids = new short[players];
        this.counts = new int[n];
        this.nu = new double[n];
        this.payments = new double[n];
        this.costs = new double[n];
        this.gains = new double[players];
        this.experience =
                new double[Sizes.product("rounds x what is seen in one", rules.rounds(), game.experienceLength())];
    }

    @Override
    public NPlayerGame.Play play(long seed, double start, Actions first) {
        begin(seed, start);
        double firstReward = 0;
        while (h < rules.rounds()) {
            firstReward += round(states[0] == n ? NONE : first.action(h, states[0], Draws.at(bidding(), 0)));
        }
        double objective = game.objective(revenue / players, (double) served / n / players);
        return new NPlayerGame.Play(objective, (firstReward + otherRewards) / players, firstReward);
    }

    /** What the play so far has sold. */
    NPlayerAuction.Sales sales() {
        return new NPlayerAuction.Sales(revenue, (double) served / n, soldBefore);
    }

    /** Begins a play with what {@link #play} is given. */
    void begin(long seed, double start) {
        this.seed = seed;
        h = 0;
        soldBefore = 0;
        revenue = 0;
        otherRewards = 0;
        served = 0;
        InitialStates initial = game.initialStates();
        long stream = Draws.at(seed, 0);
        states[0] = (short) initial.quantile(start);
        for (int i = 1; i < players; i++) {
            states[i] = (short) initial.draw(Draws.at(stream, i));
        }
    }

    /** Where a player is. */
    int state(int i) {
        return states[i];
    }

    /** The round that is next. */
    int nextRound() {
        return h;
    }

    /**
     * Plays a round.
     *
     * @param first what player 0 bids; without effect if it does not take part
     * @return its reward
     */
    double round(int first) {
        long stream = bidding();
        for (int i = 0; i < players; i++) {
            boolean active = states[i] != n;
            bids[i] = active ? (short) (i == 0 ? first : policy.action(h, states[i], Draws.at(stream, i))) : NONE;
        }
        settle();
        otherRewards += sum(gains, 1);
        return gains[0];
    }

    /** Plays a round in which everybody bids for itself. */
    void round(int[] actions, int actionsAt, float[] rewards, int rewardsAt) {
        for (int i = 0; i < players; i++) {
            bids[i] = states[i] != n ? (short) actions[actionsAt + i] : NONE;
        }
        settle();
        for (int i = 0; i < players; i++) {
            rewards[rewardsAt + i] = (float) gains[i];
        }
    }

    private static double sum(double[] numbers, int from) {
        double sum = 0;
        for (int i = from; i < numbers.length; i++) {
            sum += numbers[i];
        }
        return sum;
    }

    /** Sells for the bids, and goes on to the next round. */
    private void settle() {
        count();
        revenue += sell();
        soldBefore += sold;
        remember();
        serve(Draws.at(seed, STREAMS * h + 2));
        move(Draws.at(seed, STREAMS * h + 3));
        h++;
    }

    /** What the bids of this round are drawn from. */
    private long bidding() {
        return Draws.at(seed, STREAMS * h + 1);
    }

    private void count() {
        Arrays.fill(counts, 0);
        int bidding = 0;
        for (int i = 0; i < players; i++) {
            if (bids[i] != NONE) {
                counts[bids[i]]++;
                bidding++;
            }
        }
        active = bidding;
    }

    /** Asks for the offer and finds who wins; returns the revenue. */
    private double sell() {
        for (int a = 0; a < n; a++) {
            nu[a] = (double) counts[a] / players;
        }
        double remaining = rules.alphaMax() - (double) soldBefore / players;
        double share = Math.min(auctioneer.offer(h, nu, remaining, payments), remaining);
        // no bidder has the stream's draw of this number
        double lot = byLot ? (1 - 2 * ROUNDING) * Draws.unit(Draws.at(Draws.at(seed, STREAMS * h + 2), players)) : 0;
        sold = (int) Math.min(active, Math.floor(Math.max(0, share) * players + ROUNDING + lot));
        double paid = 0;
        threshold = n;
        tied = 0;
        goods = sold;
        while (goods > tied) {
            goods -= tied;
            threshold--;
            tied = counts[threshold];
            paid += Math.min(goods, tied) * payments[threshold];
        }
        for (int a = 0; a < n; a++) {
            costs[a] = rules.utility().cost(payments[a]);
        }
        return paid;
    }

    /**
     * Adds what each bid would have got to whoever of the active bidders had made it instead of its own: the others' bids, the
     * goods sold and the payments as they were. Exact for the average over bidders, of whom some bid more, some the same and
     * some less.
     */
    private void remember() {
        int at = h * game.experienceLength();
        experience[at] += active;
        int above = 0;
        for (int a = n - 1; a >= 0; a--) {
            int same = counts[a];
            int below = active - above - same;
            double wins = above * chance(sold - above + 1, same + 1)
                    + same * chance(sold - above, same)
                    + below * chance(sold - above, same + 1);
            experience[at + 1 + a] += wins;
            experience[at + 1 + n + a] += wins * costs[a];
            above += same;
        }
    }

    /** How likely one of several gets one of so many goods. */
    private static double chance(int goods, int several) {
        return goods <= 0 ? 0 : goods >= several ? 1 : (double) goods / several;
    }

    /** Gives goods to winners. */
    private void serve(long stream) {
        double[] level = game.level()[h];
        double[] weight = game.weight()[h];
        Arrays.fill(gains, 0);
        for (int i = 0; i < players; i++) {
            int bid = bids[i];
            if (bid > threshold || (bid == threshold && wins(Draws.at(stream, i)))) {
                int state = states[i];
                gains[i] = level[state] + weight[state] * costs[bid];
                served += state;
                states[i] = (short) n;
            }
        }
    }

    /** Selection sampling: of those left who tie, every set that the goods suffice for is equally likely. */
    private boolean wins(long random) {
        boolean wins = Draws.below(tied, random) < goods;
        tied--;
        if (wins) {
            goods--;
        }
        return wins;
    }

    private void move(long stream) {
        if (moves != null) {
            for (int i = 0; i < players; i++) {
                states[i] = (short) moves.draw(states[i], Draws.at(stream, i));
            }
        }
    }

    /** Forgets what was experienced. */
    void forget() {
        Arrays.fill(experience, 0);
    }

    @Override
    public double[] experience() {
        return experience.clone();
    }
}
