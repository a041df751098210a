package mfg.envs.exact;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mfg.envs.players.NPlayerGame;

/**
 * An auction on the edge: one round, first price, goods for half of the bidders. Values and bids are {@code 0, 1/5, .., 4/5}; every
 * bidder's value is 3/5 or 4/5, by a coin of its own. In the mean field exactly half of all are of either kind; among N the number of
 * the others who bid high is binomial, and so either of two things, each half of the time: bids just below theirs win, or do not.
 *
 * <p>Let {@code nu} be the distribution of bids. A bidder's tie-break is a uniform number t, so it wins with bid a if fewer than {@code
 * G = floor(N/2)} of the N - 1 others are ahead, each of which is with probability {@code above(a) + t nu(a)}:
 *
 * <pre>
 * pwin_N(a) = integral over t in [0, 1] of Pr(Bin(N-1, above(a) + t nu(a)) &lt; G)
 *           = (E min(G, Bin(N, above(a) + nu(a))) - E min(G, Bin(N, above(a)))) / (N nu(a))     if nu(a) > 0
 *           = Pr(Bin(N-1, above(a)) &lt; G)                                                       if nu(a) = 0
 * </pre>
 *
 * (AMID Def. 6); in the mean field {@code pwin(a) = clip((1/2 - above(a)) / nu(a), 0, 1)}, 0 where {@code above(a) >= 1/2} (AMID Def.
 * 3). All is exact up to rounding. Where N is odd half a good is missing, which the mean field does not know: another {@code 1/N}.
 */
public final class EdgeAuction {

    /**
     * An equilibrium of the mean field.
     *
     * @param name what it is called
     * @param policy {@code pi(a|s)}, (2, 5): of the low ones, then of the high ones; must not be modified
     * @param tau the entropy that bidders have
     */
    public record Equilibrium(String name, double[][] policy, double tau) {

        /**
         * High bidders bid 3/5, low ones 0. High ones would lose by bidding less, and low ones cannot win. But nobody bids 1/5 or 2/5,
         * and the mass above is exactly the goods: no zero-dominance (AMID Def. 4) is violated.
         */
        public static final Equilibrium PURE =
                new Equilibrium("pure", new double[][] {{1, 0, 0, 0, 0}, {0, 0, 0, 1, 0}}, 0);

        /** The same, but low bidders, who win nothing anyway, bid 0, 1/5 or 2/5 by chance. No zero-dominance holds. */
        public static final Equilibrium MIXED =
                new Equilibrium("mixed", new double[][] {{1 / 3.0, 1 / 3.0, 1 / 3.0, 0, 0}, {0, 0, 0, 1, 0}}, 0);

        /** That of bidders with entropy. No zero-dominance holds, as it does where every bid is made. */
        public static final Equilibrium ENTROPY = new Equilibrium("entropy", logit(0.05), 0.05);

        /** All of them. */
        public static final List<Equilibrium> ALL = List.of(PURE, MIXED, ENTROPY);

        /**
         * Says whether no zero-dominance holds: there is no bid that nobody makes and above which the mass is exactly the goods.
         *
         * @return whether it holds
         */
        public boolean noZeroDominance() {
            double[] bids = bids();
            double above = 0;
            for (int a = bids.length - 1; a >= 0; a--) {
                if (bids[a] == 0 && Math.abs(above - GOODS) <= SAME_MASS) {
                    return false;
                }
                above += bids[a];
            }
            return true;
        }

        /** The distribution of bids, (5). */
        private double[] bids() {
            return EdgeAuction.bids(policy);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * What an equilibrium of the mean field is among N.
     *
     * @param equilibrium of the mean field
     * @param players N
     * @param exploitability how much a bidder gains on average by the best bid for its value, with entropy where the equilibrium is one
     *     with entropy; nothing in the mean field
     * @param revenue per capita
     * @param revenueError {@code |revenue - the mean field's|}
     */
    public record Players(
            Equilibrium equilibrium, int players, double exploitability, double revenue, double revenueError) {}

    private static final double[] VALUES = {0.6, 0.8};
    private static final double[] BIDS = {0, 0.2, 0.4, 0.6, 0.8};
    private static final double GOODS = 0.5;

    /** Masses closer than this count as equal: sums of a few numbers, rounded. */
    private static final double SAME_MASS = 1e-12;

    private static final double STEP = 0.05;
    private static final int STEPS = 40_000;

    private EdgeAuction() {}

    /**
     * Computes what an equilibrium of the mean field is among N, in time proportional to N at most.
     *
     * @param equilibrium of the mean field
     * @param players N, from 2 to {@link NPlayerGame#MOST_PLAYERS}
     * @return how far it is from one
     * @throws mfg.core.InvalidInputException if there are too few or too many
     */
    public static Players among(Equilibrium equilibrium, int players) {
        NPlayerGame.checkPlayers(players);
        double[] bids = equilibrium.bids();
        double[] wins = wins(bids, players);
        double revenue = revenue(bids, wins);
        return new Players(
                equilibrium,
                players,
                exploitability(equilibrium, wins),
                revenue,
                Math.abs(revenue - revenue(bids, wins(bids))));
    }

    /** The distribution of bids, (5), of a policy, (2, 5). */
    private static double[] bids(double[][] policy) {
        double[] bids = new double[BIDS.length];
        Arrays.setAll(bids, a -> 0.5 * policy[0][a] + 0.5 * policy[1][a]);
        return bids;
    }

    /** How likely each bid wins in the mean field. */
    static double[] wins(double[] bids) {
        double[] wins = new double[bids.length];
        double above = 0;
        for (int a = bids.length - 1; a >= 0; a--) {
            double left = GOODS - above;
            wins[a] = left <= SAME_MASS ? 0 : left >= bids[a] ? 1 : left / bids[a];
            above += bids[a];
        }
        return wins;
    }

    /** How likely each bid wins among N. */
    static double[] wins(double[] bids, int players) {
        int goods = players / 2;
        double[] wins = new double[bids.length];
        double above = 0;
        for (int a = bids.length - 1; a >= 0; a--) {
            double upTo = above + bids[a];
            wins[a] = bids[a] > 0
                    ? (sold(players, upTo, goods) - sold(players, above, goods)) / (players * bids[a])
                    : Binomial.below(players - 1, above, goods);
            above = upTo;
        }
        return wins;
    }

    private static double sold(int players, double probability, int goods) {
        return Binomial.expectation(players, probability, k -> Math.min(k, goods));
    }

    /** What each bid is worth, (2, 5). */
    private static double[][] rewards(double[] wins) {
        double[][] rewards = new double[VALUES.length][BIDS.length];
        for (int s = 0; s < VALUES.length; s++) {
            for (int a = 0; a < BIDS.length; a++) {
                rewards[s][a] = wins[a] * (VALUES[s] - BIDS[a]);
            }
        }
        return rewards;
    }

    private static double exploitability(Equilibrium equilibrium, double[] wins) {
        double[][] rewards = rewards(wins);
        double sum = 0;
        for (int s = 0; s < VALUES.length; s++) {
            sum += 0.5 * loss(equilibrium.policy()[s], rewards[s], equilibrium.tau());
        }
        return Math.max(0, sum);
    }

    /** What the best bid has over a policy, {@code max_a R(a) - sum_a pi(a) R(a)}; with entropy {@code tau KL(pi || softmax(R / tau))}. */
    private static double loss(double[] policy, double[] rewards, double tau) {
        double[] losses = new double[policy.length];
        if (tau > 0) {
            double[] best = softmax(rewards, tau);
            Arrays.setAll(losses, a -> tau * Math.log(policy[a] / best[a]));
        } else {
            double best = Arrays.stream(rewards).max().orElseThrow();
            Arrays.setAll(losses, a -> best - rewards[a]);
        }
        return IntStream.range(0, policy.length)
                .mapToDouble(a -> policy[a] * losses[a])
                .sum();
    }

    private static double revenue(double[] bids, double[] wins) {
        double revenue = 0;
        for (int a = 0; a < BIDS.length; a++) {
            revenue += bids[a] * wins[a] * BIDS[a];
        }
        return revenue;
    }

    private static double[] softmax(double[] x, double tau) {
        double largest = Arrays.stream(x).max().orElseThrow();
        double[] weights =
                Arrays.stream(x).map(y -> Math.exp((y - largest) / tau)).toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / sum).toArray();
    }

    /** The mean field's equilibrium with entropy, by mirror descent until it rests. */
    private static double[][] logit(double tau) {
        double[][] logits = new double[VALUES.length][BIDS.length];
        for (int step = 0; step < STEPS; step++) {
            double[][] rewards = rewards(wins(bids(policy(logits))));
            for (int s = 0; s < logits.length; s++) {
                for (int a = 0; a < BIDS.length; a++) {
                    logits[s][a] = (1 - STEP * tau) * logits[s][a] + STEP * rewards[s][a];
                }
            }
        }
        return policy(logits);
    }

    private static double[][] policy(double[][] logits) {
        return Arrays.stream(logits).map(row -> softmax(row, 1)).toArray(double[][]::new);
    }
}
