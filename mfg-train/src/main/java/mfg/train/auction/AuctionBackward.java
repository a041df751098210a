package mfg.train.auction;

import java.util.Arrays;
import mfg.core.Sums;
import mfg.core.kernel.Kernels;
import mfg.core.kernel.Update;
import mfg.envs.auction.AuctionObjective;
import org.jspecify.annotations.Nullable;

/**
 * The vector-Jacobian products of {@link AuctionForward}, by hand: cotangents go forward through the values' recursion, then
 * backward through the flow's. {@code docs/fast-step.md} derives every line. A name with Bar is the cotangent of the name
 * without.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
final class AuctionBackward<F> {

    private static final double LN2 = Math.log(2);

    private final AuctionModel<F> model;
    private final Kernels<F> kernels;
    private final int n;

    /** What the values' pass hands to the flow's, by round. */
    private final double[][] valueBar;

    private final double[][] gain;

    /** {@code W(s) - V(s)}. */
    private final double[][] rest;

    private final double[][] paymentsBar;
    private final double[] marginalBar;

    /** The policy of all rounds. */
    private final F pi;

    /** {@code pi(s, first)}. */
    private final double[][] marginalPi;

    private final double[] continuationBar;
    private final double[] statesBar;
    private final double[] allocatedBar;
    private final double[] excess;
    private final double[] bidsBar;
    private final double[] otherColumn;
    private final double[] numbers;
    private final double[] costsBar;
    private final double[] wonBar;
    private final double[] forX;
    private final double[] forY;

    private final F v;
    private final F b;
    private final F c;
    private final F k;
    private final F e;
    private final F mu;
    private final F nuBar;
    private final F byValue;
    private final F byBid;
    private final F scratch;

    AuctionBackward(AuctionModel<F> model) {
        this.model = model;
        this.kernels = model.kernels;
        this.n = model.values;
        int rounds = model.rounds;
        valueBar = new double[rounds + 1][n + 1];
        gain = new double[rounds][n];
        rest = new double[rounds][n];
        paymentsBar = new double[rounds][n];
        marginalBar = new double[rounds];
        pi = kernels.array(rounds * model.layout.size());
        marginalPi = new double[rounds][n];
        continuationBar = new double[n + 1];
        statesBar = new double[n + 1];
        allocatedBar = new double[n + 1];
        excess = new double[n];
        bidsBar = new double[n];
        otherColumn = new double[n];
        numbers = new double[n];
        costsBar = new double[n];
        wonBar = new double[n];
        forX = new double[n];
        forY = new double[n];
        v = model.byValue();
        b = model.byValue();
        c = model.byValue();
        k = model.byValue();
        e = model.byValue();
        mu = model.byValue();
        nuBar = model.byBid();
        byValue = model.byValue();
        byBid = model.byBid();
        scratch = kernels.array(model.layout.scratchSize());
    }

    /** {@code g} of the flow that left the trace: lambda times revenue, the rest times welfare, and the barrier. */
    double objective(AuctionTrace<F> trace, AuctionObjective wanted) {
        double lambda = wanted.lambda();
        double total = 0;
        for (AuctionTrace.Round<F> round : trace.rounds) {
            for (int a = round.first; a < n; a++) {
                total += lambda * round.bids[a] * round.winning(a) * round.payments[a];
            }
            total += round.interior ? wanted.barrier() * Math.log(1 - round.marginal) : 0;
            for (int s = 0; s < n; s++) {
                total += (1 - lambda) * round.mu[s] * round.won[s] * s / n;
            }
        }
        return total;
    }

    /** Adds {@code dg/dzeta}, {@link AuctionModel#scale}d, to the cotangent, after {@link #readPolicy}. */
    void pullObjective(F table, AuctionTrace<F> trace, AuctionObjective wanted, F cotangent) {
        double revenue = model.scale * wanted.lambda();
        double welfare = model.scale * (1 - wanted.lambda());
        for (int h = 0; h < model.rounds; h++) {
            AuctionTrace.Round<F> round = trace.rounds.get(h);
            Arrays.fill(valueBar[h], 0);
            Arrays.fill(gain[h], 0);
            Arrays.fill(rest[h], 0);
            Arrays.fill(paymentsBar[h], 0);
            for (int a = round.first; a < n; a++) {
                paymentsBar[h][a] = revenue * round.bids[a] * round.winning(a);
            }
            marginalBar[h] = round.interior
                    ? revenue * round.bids[round.first] * round.payments[round.first]
                            - model.scale * wanted.barrier() / (1 - round.marginal)
                    : 0;
        }
        pullFlow(table, trace, cotangent, revenue, welfare, 1, true);
    }

    /** Turns a cotangent into {@code (1 - eta tau) cotangent + eta cotangent · dq/dzeta}, after {@link #readPolicy}. */
    void pull(F table, AuctionTrace<F> trace, F cotangent) {
        pullValues(trace, cotangent, null);
        pullFlow(table, trace, cotangent, 0, 0, model.decay(1), true);
    }

    /** How many numbers of a cotangent a {@link #pull} reads. */
    int readLength() {
        return model.rounds * (2 * n + 1);
    }

    /**
     * Reads of a cotangent what a {@link #pull} depends on, round by round: {@code sum_a cotangent x} by value, {@code sum_s
     * weight cotangent} by bid, and {@code sum_s c(s) cotangent(s, first)}.
     */
    void read(AuctionTrace<F> trace, F cotangent, double[] read) {
        kernels.clear(v, model.layout.rows());
        for (int h = 0; h < model.rounds; h++) {
            AuctionTrace.Round<F> round = trace.rounds.get(h);
            int at = h * (2 * n + 1);
            Arrays.fill(read, at, at + 2 * n + 1, 0);
            sumCotangent(h, round, cotangent, 1);
            model.get(byValue, numbers);
            System.arraycopy(numbers, 0, read, at, n);
            model.get(byBid, numbers);
            System.arraycopy(numbers, round.first, read, at + n + round.first, n - round.first);
            if (round.interior) {
                model.gain(h, round.continuation, gain[h]);
                read[at + 2 * n] = readFirst(h, round, cotangent);
            }
        }
    }

    /** {@code eta cotangent · dq/dzeta}, after {@link #readPolicy}, from what {@link #read} left of a cotangent. */
    void pullRead(F table, AuctionTrace<F> trace, double[] read, boolean sums, F to) {
        kernels.clear(to, model.rounds * model.layout.size());
        pullValues(trace, pi, read);
        pullFlow(table, trace, to, 0, 0, 0, sums);
    }

    /** {@code byBid = sum_s weight (v pi + eta cotangent)} and {@code byValue = sum_a cotangent x}. */
    private void sumCotangent(int h, AuctionTrace.Round<F> round, F cotangent, double eta) {
        kernels.pullValues(
                model.layout,
                pi,
                cotangent,
                model.tableAt(h),
                eta,
                v,
                model.weightNumbers.get(h),
                round.first,
                round.x,
                byBid,
                byValue,
                scratch);
    }

    /**
     * The values' recursion runs backward in h, so its cotangents run forward. With {@code g = eta cotangent + valueBar pi},
     * the cotangent of {@code q = c(s) x(a) + weight(s) y(a) + W(s)}. Rows of a cotangent sum to 0, so W gets valueBar only.
     * Where the cotangent was read before, what was read counts in its place.
     */
    private void pullValues(AuctionTrace<F> trace, F cotangent, double @Nullable [] read) {
        Arrays.fill(valueBar[0], 0);
        for (int h = 0; h < model.rounds; h++) {
            AuctionTrace.Round<F> round = trace.rounds.get(h);
            model.gain(h, round.continuation, gain[h]);
            for (int s = 0; s < n; s++) {
                rest[h][s] = round.continuation[s] - round.value[s];
            }
            model.set(v, valueBar[h]);
            sumCotangent(h, round, cotangent, read == null ? model.eta : 0);
            model.get(byBid, costsBar);
            model.get(byValue, wonBar);
            double first = 0;
            if (read != null) {
                int at = h * (2 * n + 1);
                for (int a = round.first; a < n; a++) {
                    costsBar[a] += model.eta * read[at + n + a];
                }
                System.arraycopy(read, at, wonBar, 0, n);
                first = read[at + 2 * n];
            } else if (round.interior) {
                first = readFirst(h, round, cotangent);
            }
            pullPayments(h, round);
            marginalBar[h] = round.interior ? pullMarginal(h, round, first) : 0;
            pullContinuation(h, round);
        }
    }

    /** {@code y = x cost(p)}. */
    private void pullPayments(int h, AuctionTrace.Round<F> round) {
        double[] bar = paymentsBar[h];
        Arrays.fill(bar, 0, round.first, 0);
        for (int a = round.first; a < n; a++) {
            bar[a] = costsBar[a] * model.utility.costSlope(round.payments[a]);
        }
        if (round.first < n) {
            bar[round.first] *= round.marginal;
        }
    }

    /** {@code xBar} of the marginal bid, {@code sum_s g(s) c(s) + cost(p) yBar}. */
    private double pullMarginal(int h, AuctionTrace.Round<F> round, double read) {
        int first = round.first;
        double bar = costsBar[first] * model.utility.cost(round.payments[first]) + model.eta * read;
        for (int s = 0; s < n; s++) {
            numbers[s] = gain[h][s] * valueBar[h][s];
        }
        return bar + Sums.product(numbers, marginalPi[h], 0, n);
    }

    /** {@code sum_s c(s) cotangent(s, first)}. */
    private double readFirst(int h, AuctionTrace.Round<F> round, F cotangent) {
        kernels.column(model.layout, cotangent, model.tableAt(h), round.first, c);
        model.get(c, otherColumn);
        return Sums.product(gain[h], otherColumn, 0, n);
    }

    /** The cotangents of c, W and the next round's V. */
    private void pullContinuation(int h, AuctionTrace.Round<F> round) {
        double[] bar = valueBar[h];
        for (int s = 0; s < n; s++) {
            numbers[s] = model.eta * wonBar[s] + bar[s] * round.won[s];
            continuationBar[s] = bar[s] - numbers[s];
        }
        continuationBar[n] = bar[n] + Sums.of(numbers, 0, n);
        model.transitions.move(continuationBar, valueBar[h + 1]);
    }

    /** The flow's recursion runs forward in h, so its cotangents run backward. */
    private void pullFlow(
            F table, AuctionTrace<F> trace, F cotangent, double revenue, double welfare, double decay, boolean sums) {
        Arrays.fill(statesBar, 0);
        double remainingBar = 0;
        for (int h = model.rounds - 1; h >= 0; h--) {
            AuctionTrace.Round<F> round = trace.rounds.get(h);
            pullAllocation(round, welfare);
            Arrays.fill(bidsBar, 0);
            if (revenue != 0) {
                for (int a = round.first; a < n; a++) {
                    bidsBar[a] = revenue * round.winning(a) * round.payments[a];
                }
            }
            if (round.interior) {
                marginalBar[h] += pullWinners(h, round);
            }
            remainingBar = pullOffer(h, round, remainingBar, trace.tape, sums);
            pullLogits(h, round, table, trace.lse, cotangent, decay);
        }
    }

    /** {@code xi(s) = mu(s) (1 - X(s))} and {@code xi(⊥) = mu(⊥) + sum_s mu(s) X(s)}; welfare counts {@code mu(s) X(s) s}. */
    private void pullAllocation(AuctionTrace.Round<F> round, double welfare) {
        model.transitions.expect(statesBar, allocatedBar);
        double outside = allocatedBar[n];
        for (int s = 0; s < n; s++) {
            excess[s] = outside - allocatedBar[s] + welfare * s / n;
            statesBar[s] = allocatedBar[s] + round.won[s] * excess[s];
        }
        statesBar[n] = outside;
    }

    /** {@code X(s)} depends on the marginal bid's chance by {@code pi(s, first)}. */
    private double pullWinners(int h, AuctionTrace.Round<F> round) {
        for (int s = 0; s < n; s++) {
            numbers[s] = round.mu[s] * excess[s];
        }
        return Sums.product(numbers, marginalPi[h], 0, n);
    }

    /** Computes the policy of all rounds, which pulls need. */
    void readPolicy(F table, AuctionTrace<F> trace) {
        for (int h = 0; h < model.rounds; h++) {
            kernels.probabilities(model.layout, table, model.tableAt(h), trace.lse, model.rowAt(h), pi, scratch);
        }
        readMarginals(trace);
    }

    /** Takes a step back in place, and computes the policy there. */
    void rebuild(AuctionForward<F> forward, F table, AuctionTrace<F> trace) {
        forward.previous(table, trace, pi);
        readMarginals(trace);
    }

    private void readMarginals(AuctionTrace<F> trace) {
        for (int h = 0; h < model.rounds; h++) {
            AuctionTrace.Round<F> round = trace.rounds.get(h);
            if (round.interior) {
                kernels.column(model.layout, pi, model.tableAt(h), round.first, c);
                model.get(c, marginalPi[h]);
            }
        }
    }

    /**
     * {@code pwin(first) = (goods - above) / nu(first)}, {@code goods = min(offer, remaining, demand)}, what is left is the next
     * round's; returns the cotangent of what remained before the round.
     */
    private double pullOffer(int h, AuctionTrace.Round<F> round, double nextRemainingBar, F tape, boolean sums) {
        double goodsBar = -nextRemainingBar;
        if (round.interior) {
            double quotient = marginalBar[h] / round.bids[round.first];
            goodsBar += quotient;
            bidsBar[round.first] -= quotient * round.marginal;
            for (int a = round.first + 1; a < n; a++) {
                bidsBar[a] -= quotient;
            }
        }
        double remainingBar = nextRemainingBar;
        double offerBar = 0;
        switch (round.limit) {
            case DEMAND -> {
                for (int a = 0; a < n; a++) {
                    bidsBar[a] += goodsBar;
                }
            }
            case REMAINING -> remainingBar += goodsBar;
            case OFFER -> offerBar = goodsBar;
        }
        return remainingBar
                + model.mechanism.pullback(
                        h, round.bids, round.remaining, offerBar, paymentsBar[h], bidsBar, tape, model.tapeAt(h), sums);
    }

    /**
     * {@code zetaBar = pi (mu (excess (x - X) + bidsBar - sum_a pi bidsBar) + valueBar (q - tau log pi - V))}: through the flow,
     * and through the values.
     */
    private void pullLogits(int h, AuctionTrace.Round<F> round, F table, F lse, F cotangent, double decay) {
        model.set(nuBar, bidsBar);
        double[] bar = valueBar[h];
        for (int s = 0; s < n; s++) {
            double mass = round.mu[s];
            double fall = bar[s] * model.tau * LN2;
            forX[s] = mass * excess[s] + bar[s] * gain[h][s];
            forY[s] = bar[s] * model.weight[h][s];
            numbers[s] = bar[s] * rest[h][s] - mass * excess[s] * round.won[s];
            otherColumn[s] = fall;
        }
        model.set(mu, round.mu);
        model.set(c, forX);
        model.set(b, forY);
        model.set(k, numbers);
        model.set(e, otherColumn);
        Update<F> update = new Update<>(decay, lse, model.rowAt(h), round.x, round.y, c, b);
        kernels.pullLogits(model.layout, table, pi, cotangent, model.tableAt(h), update, nuBar, mu, k, e, byValue);
        model.get(byValue, numbers);
        for (int s = 0; s < n; s++) {
            statesBar[s] += numbers[s];
        }
    }
}
