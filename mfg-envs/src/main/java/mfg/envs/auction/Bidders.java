package mfg.envs.auction;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bidders of an auction as the bounds on earnings need them: numbers, no engine.
 *
 * @param rounds H
 * @param goods the goods per capita in all rounds
 * @param mu how values are spread at first, n numbers
 * @param w {@code w(s' | s)} over n values and ⊥, rows sum to 1
 * @param utility what winners gain
 * @param revenue the weight of revenue in what the auctioneer wants, {@code rho}; that of efficiency is {@code 1 - rho}
 */
record Bidders(int rounds, double goods, double[] mu, double[][] w, Utility utility, double revenue) {

    /** Reads an auction; null if its values move in a way that only the engine can compute. */
    static @Nullable Bidders of(BatchedAuction auction, AuctionObjective objective) {
        Transitions transitions = auction.dynamics().transitions();
        if (transitions == null) {
            return null;
        }
        BatchedAuction.Rules rules = auction.rules();
        int n = rules.values();
        double[][] w = new double[n + 1][n + 1];
        for (int s = 0; s <= n; s++) {
            double[] here = new double[n + 1];
            here[s] = 1;
            transitions.move(here, w[s]);
        }
        return new Bidders(
                rules.rounds(), rules.alphaMax(), rules.initialValues(), w, rules.utility(), objective.lambda());
    }

    int values() {
        return mu.length;
    }

    double value(int s) {
        return (double) s / values();
    }

    /** Losers keep their value. */
    boolean areStill() {
        for (int s = 0; s < values(); s++) {
            if (w[s][s] < 1) {
                return false;
            }
        }
        return true;
    }

    /** Losers take part in the next round. */
    boolean stay() {
        return Arrays.stream(w, 0, values()).allMatch(row -> row[values()] == 0);
    }

    /** Those who won may take part again. */
    boolean comeBack() {
        return w[values()][values()] < 1;
    }

    /** {@code sum_{s'} w(s' | s) x(s')}, x over values and ⊥. */
    double expect(int s, double[] x) {
        return dot(w[s], x);
    }

    /** {@code Pr(S > s)} of a distribution over values, whose further entries do not count. */
    double[] above(double[] distribution) {
        double[] above = new double[values()];
        for (int s = values() - 2; s >= 0; s--) {
            above[s] = above[s + 1] + distribution[s + 1];
        }
        return above;
    }

    /** Over the first entries where one has more. */
    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < Math.min(x.length, y.length); i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
