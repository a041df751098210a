package mfg.train.auction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.core.MechanismKernel;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Sizes;
import mfg.core.kernel.Kernels;
import mfg.core.kernel.Table;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.Transitions;
import mfg.envs.auction.Utility;

/**
 * A batched auction at one theta on primitive arrays: the constants that forward and backward pass share.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
final class AuctionModel<F> {

    static final double LOG2_E = 1 / Math.log(2);

    final Kernels<F> kernels;
    final MechanismKernel<F> mechanism;
    final Transitions transitions;
    final Utility utility;
    final Table layout;
    final int rounds;
    final int values;
    final double alphaMax;
    final double[] initialStates;

    /** The utility's parts by round and value, see {@link Utility}. */
    final double[][] level;

    final double[][] weight;

    /** {@code weight} as numbers of type F. */
    final List<F> weightNumbers = new ArrayList<>();

    final double eta;
    final double tau;

    /**
     * By how much cotangents are too large. The products of rare bids' chances and small cotangents would be subnormal numbers, with
     * which processors are a hundred times slower. A power of two: no other bit changes.
     */
    final double scale;

    AuctionModel(
            Kernels<F> kernels,
            BatchedAuction game,
            MechanismKernel<F> mechanism,
            Transitions transitions,
            OnlineMirrorDescent descent) {
        this.kernels = kernels;
        this.mechanism = mechanism;
        this.transitions = transitions;
        this.utility = game.rules().utility();
        this.rounds = game.rules().rounds();
        this.values = game.rules().values();
        this.alphaMax = game.rules().alphaMax();
        this.initialStates = game.initialStates();
        this.layout = kernels.table(values, values);
        Sizes.product("rounds x padded values x bids", rounds, layout.rows(), values);
        Sizes.product("rounds x (values + 1) x bids", rounds, values + 1L, values);
        Sizes.product("rounds x what the mechanism remembers", rounds, mechanism.tapeLength());
        this.eta = descent.eta();
        this.tau = descent.tau();
        this.scale = kernels.bytes() == Double.BYTES ? 0x1p200 : 0x1p60;
        this.level = new double[rounds][values];
        this.weight = new double[rounds][values];
        for (int h = 0; h < rounds; h++) {
            for (int s = 0; s < values; s++) {
                level[h][s] = utility.level(h, (double) s / values);
                weight[h][s] = utility.weight(h, (double) s / values);
            }
            F numbers = byValue();
            set(numbers, weight[h]);
            weightNumbers.add(numbers);
        }
    }

    /** {@code 1 - eta tau}, for steps a number of times as long. */
    double decay(double stretch) {
        return 1 - stretch * eta * tau;
    }

    /** Where a round's table begins. */
    int tableAt(int h) {
        return h * layout.size();
    }

    /** Where a round's numbers by value begin. */
    int rowAt(int h) {
        return h * layout.rows();
    }

    /** Where a round's tape begins. */
    int tapeAt(int h) {
        return h * mechanism.tapeLength();
    }

    /** New numbers by value, zero in the padding. */
    F byValue() {
        return kernels.array(layout.rows());
    }

    /** New numbers by bid. */
    F byBid() {
        return kernels.array(values);
    }

    /** Converts numbers by value or bid. */
    void set(F to, double[] from) {
        kernels.ofDoubles(from, 0, to, 0, values);
    }

    /** Converts numbers by value or bid. */
    void get(F from, double[] to) {
        kernels.toDoubles(from, 0, to, 0, values);
    }

    /** {@code x(a) = pwin(a)} and {@code y(a) = pwin(a) cost(p(a))}, and between what the costs of those who may win lie. */
    void winning(AuctionTrace.Round<F> round, double[] x, double[] y) {
        int first = round.first;
        Arrays.fill(x, 0, first, 0);
        Arrays.fill(y, 0, first, 0);
        Arrays.fill(x, first, values, 1);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int a = first; a < values; a++) {
            double cost = utility.cost(round.payments[a]);
            y[a] = cost;
            least = Math.min(least, cost);
            most = Math.max(most, cost);
        }
        round.leastCost = least;
        round.mostCost = most;
        if (first < values) {
            x[first] = round.marginal;
            y[first] *= round.marginal;
        }
    }

    /** {@code c(s) = level(s) + W(⊥) - W(s)}: what winning adds before payment. */
    void gain(int h, double[] continuation, double[] c) {
        double outside = continuation[values];
        for (int s = 0; s < values; s++) {
            c[s] = level[h][s] + outside - continuation[s];
        }
    }
}
