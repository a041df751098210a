package mfg.train.auction;

import java.util.ArrayList;
import java.util.List;
import mfg.core.kernel.Kernels;
import mfg.core.kernel.Table;

/**
 * What one flow of a batched auction leaves behind: the few numbers from which its action values can be made again, {@code
 * q(s,a) = pwin(a) (level(s) + W(⊥) - W(s)) + pwin(a) cost(p(a)) weight(s) + W(s)}, and that a cotangent needs on its way
 * back.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
final class AuctionTrace<F> {

    final List<Round<F>> rounds;

    /** By round and value: {@code log2 sum_a 2^z}. */
    final F lse;

    /** What the mechanism keeps, round by round. */
    final F tape;

    AuctionTrace(List<Round<F>> rounds, F lse, F tape) {
        this.rounds = rounds;
        this.lse = lse;
        this.tape = tape;
    }

    /** Nothing happened yet. */
    static <F> AuctionTrace<F> empty(Kernels<F> kernels, Table layout, int rounds, int tapeLength) {
        int values = layout.states();
        List<Round<F>> each = new ArrayList<>();
        for (int h = 0; h < rounds; h++) {
            each.add(new Round<>(values, kernels.array(values), kernels.array(values)));
        }
        return new AuctionTrace<>(each, kernels.array(rounds * layout.rows()), kernels.array(rounds * tapeLength));
    }

    /** What limits the goods that are sold. */
    enum Limit {
        OFFER,
        REMAINING,
        DEMAND
    }

    /** One round. */
    static final class Round<F> {

        /** How many doubles a round keeps for each value. */
        static final int DOUBLES = 6;

        /** How many numbers of type F. */
        static final int OTHERS = 2;

        /** {@code mu(s)} before the round, (n + 1). */
        final double[] mu;

        /** {@code nu(a)}, (n). */
        final double[] bids;

        /** {@code p(a)}, (n). */
        final double[] payments;

        /** {@code X(s) = sum_a pi(s,a) pwin(a)}, (n). */
        final double[] won;

        /** {@code V(s)}, (n + 1). */
        final double[] value;

        /** {@code W(s) = sum_s' w(s' | s) V'(s')}, what is expected of the rounds to come, (n + 1). */
        final double[] continuation;

        /** {@code pwin(a)}, (n). */
        final F x;

        /** {@code pwin(a) cost(p(a))}, (n). */
        final F y;

        /** Between what {@code cost(p(a))} lies for bids that may win. */
        double leastCost;

        double mostCost;

        double remaining;
        double goods;
        Limit limit = Limit.OFFER;

        /** The lowest bid that may win; n if none does. */
        int first;

        /** {@code pwin(first)}: below 1 where goods run out at this bid. */
        double marginal;

        /** Whether the marginal bid's chance depends on the bids. */
        boolean interior;

        Round(int values, F x, F y) {
            this.x = x;
            this.y = y;
            mu = new double[values + 1];
            bids = new double[values];
            payments = new double[values];
            won = new double[values];
            value = new double[values + 1];
            continuation = new double[values + 1];
        }

        /** {@code pwin(a)}. */
        double winning(int bid) {
            return bid > first ? 1 : bid < first ? 0 : marginal;
        }
    }
}
