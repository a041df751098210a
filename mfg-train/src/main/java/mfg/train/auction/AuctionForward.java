package mfg.train.auction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.core.Sums;
import mfg.core.kernel.Kernels;
import mfg.core.kernel.Update;

/**
 * One step of mirror descent in a batched auction: the flow forward through the rounds, the values backward, the update.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
final class AuctionForward<F> {

    private final AuctionModel<F> model;
    private final Kernels<F> kernels;
    private final int n;

    private final F mu;
    private final F power;
    private final F scale;
    private final F entropy;
    private final F bids;
    private final F c;
    private final F shift;
    private final F xSum;
    private final F ySum;
    private final F scratch;
    private final double[] winning;
    private final double[] costs;
    private final double[] gain;
    private final double[] bound;
    private final double[] winners;
    private final double[] allocated;
    private final double[] states;

    /** {@code weight}, times the step size in base 2, by round: of steps of one length. */
    private final List<F> stepWeight = new ArrayList<>();

    private double stepSize = Double.NaN;

    /** {@code sum_a pi pwin cost(p)} and the entropy, by round and value. */
    private final double[][] spent;

    private final double[][] entropies;

    private final AuctionTrace<F> nothing;

    AuctionForward(AuctionModel<F> model) {
        this.model = model;
        this.kernels = model.kernels;
        this.n = model.values;
        mu = model.byValue();
        power = kernels.array(model.layout.size());
        scale = model.byValue();
        entropy = model.byValue();
        bids = model.byBid();
        c = model.byValue();
        shift = model.byValue();
        xSum = model.byValue();
        ySum = model.byValue();
        scratch = kernels.array(model.layout.scratchSize());
        winning = new double[n];
        costs = new double[n];
        gain = new double[n];
        bound = new double[n];
        winners = new double[n];
        allocated = new double[n + 1];
        states = new double[n + 1];
        spent = new double[model.rounds][n];
        entropies = new double[model.rounds][n];
        nothing = AuctionTrace.empty(model.kernels, model.layout, model.rounds, 0);
        nothing.rounds.forEach(round -> round.first = n);
    }

    /** What would have happened before the first step, so that it leads nowhere. */
    AuctionTrace<F> nothing() {
        return nothing;
    }

    /** Takes a step, moves the population through the rounds under the policy there, then values it; all of it goes to the trace. */
    void trace(AuctionState.Step<F> step, F table, AuctionTrace<F> trace) {
        setStepSize(step.stretch());
        System.arraycopy(model.initialStates, 0, states, 0, n + 1);
        double remaining = model.alphaMax;
        for (int h = 0; h < model.rounds; h++) {
            AuctionTrace.Round<F> round = trace.rounds.get(h);
            System.arraycopy(states, 0, round.mu, 0, n + 1);
            round.remaining = remaining;
            bid(h, step, table, trace.lse, round);
            double offered =
                    model.mechanism.offer(h, round.bids, remaining, round.payments, trace.tape, model.tapeAt(h));
            allocate(round, offered);
            win(h, round);
            remaining -= round.goods;
        }
        value(trace);
    }

    private void bid(int h, AuctionState.Step<F> step, F table, F lse, AuctionTrace.Round<F> round) {
        AuctionTrace.Round<F> before = step.trace().rounds.get(h);
        putGain(h, before);
        putBound(h, before);
        kernels.advance(
                model.layout,
                step.from(),
                model.tableAt(h),
                update(h, step.stretch(), step.trace()),
                shift,
                table,
                power,
                scale,
                entropy,
                scratch);
        model.set(mu, round.mu);
        kernels.bid(model.layout, power, scale, mu, bids, scratch);
        kernels.normalize(model.layout, shift, scale, entropy, lse, model.rowAt(h));
        model.get(entropy, entropies[h]);
        model.get(bids, round.bids);
    }

    /** Of a round whose {@code c} is in place. */
    private Update<F> update(int h, double stretch, AuctionTrace<F> trace) {
        AuctionTrace.Round<F> round = trace.rounds.get(h);
        return new Update<>(model.decay(stretch), trace.lse, model.rowAt(h), round.x, round.y, c, stepWeight.get(h));
    }

    /** No logit of the next table exceeds it, for none did before: {@code c x + b y} is 0, or a part of what a sure winner gains. */
    private void putBound(int h, AuctionTrace.Round<F> round) {
        for (int s = 0; s < n; s++) {
            double weight = stepSize * model.weight[h][s];
            double most = gain[s] + Math.max(weight * round.leastCost, weight * round.mostCost);
            bound[s] = round.first < n ? Math.max(0, most) : 0;
        }
        model.set(shift, bound);
    }

    /**
     * Winning by cases, ties included, so that a bid nobody makes never divides: everybody wins where the goods cover all
     * demand; else bids win from the top until the goods run out at the marginal one.
     */
    private void allocate(AuctionTrace.Round<F> round, double offered) {
        double[] bids = round.bids;
        double demand = Sums.of(bids, 0, n);
        round.goods = Math.min(Math.min(offered, round.remaining), demand);
        round.limit = round.goods == demand
                ? AuctionTrace.Limit.DEMAND
                : round.goods == offered ? AuctionTrace.Limit.OFFER : AuctionTrace.Limit.REMAINING;
        round.first = 0;
        round.marginal = 1;
        round.interior = false;
        if (round.goods >= demand) {
            return;
        }
        double above = 0;
        for (int a = bids.length - 1; a >= 0; a--) {
            if (!(round.goods > above)) {
                round.first = a + 1;
                return;
            }
            if (round.goods < above + bids[a]) {
                round.first = a;
                round.marginal = (round.goods - above) / bids[a];
                round.interior = true;
                return;
            }
            above += bids[a];
        }
    }

    /** Who wins and what it costs; then everybody moves on to {@code states}. */
    private void win(int h, AuctionTrace.Round<F> round) {
        model.winning(round, winning, costs);
        model.set(round.x, winning);
        model.set(round.y, costs);
        kernels.sumActions(model.layout, power, scale, round.first, round.x, round.y, xSum, ySum);
        model.get(xSum, round.won);
        model.get(ySum, spent[h]);
        for (int s = 0; s < n; s++) {
            winners[s] = round.mu[s] * Math.min(1, round.won[s]); // rounding must not leave a negative mass behind
            allocated[s] = round.mu[s] - winners[s];
        }
        allocated[n] = round.mu[n] + Sums.of(winners, 0, n);
        model.transitions.move(allocated, states);
    }

    /** {@code V(s) = c(s) X(s) + weight(s) Y(s) + W(s) + tau entropy(s)}, backward from 0. */
    private void value(AuctionTrace<F> trace) {
        for (int h = model.rounds - 1; h >= 0; h--) {
            AuctionTrace.Round<F> round = trace.rounds.get(h);
            double[] continuation = round.continuation;
            if (h + 1 < model.rounds) {
                model.transitions.expect(trace.rounds.get(h + 1).value, continuation);
            } else {
                Arrays.fill(continuation, 0);
            }
            model.gain(h, continuation, gain);
            double[] weight = model.weight[h];
            for (int s = 0; s < n; s++) {
                round.value[s] = gain[s] * round.won[s]
                        + weight[s] * spent[h][s]
                        + continuation[s]
                        + model.tau * entropies[h][s];
            }
            round.value[n] = continuation[n];
        }
    }

    /** {@code sum_{h,s} mu[h](s) sum_a |pi'[h](a | s) - pi[h](a | s)|}; what is in the free table does not matter. */
    double move(F table, AuctionTrace<F> trace, F nextTable, AuctionTrace<F> next, F free) {
        double total = 0;
        double[] policy = new double[model.layout.size()];
        double[] nextPolicy = new double[model.layout.size()];
        int lanes = model.layout.lanes();
        for (int h = 0; h < model.rounds; h++) {
            readPolicy(h, table, trace.lse, free, policy);
            readPolicy(h, nextTable, next.lse, free, nextPolicy);
            double[] mass = trace.rounds.get(h).mu;
            for (int s = 0; s < n; s++) {
                double moved = 0;
                for (int a = 0; a < n; a++) {
                    int at = (s / lanes * n + a) * lanes + s % lanes;
                    moved += Math.abs(nextPolicy[at] - policy[at]);
                }
                total += mass[s] * moved;
            }
        }
        return total;
    }

    private void readPolicy(int h, F table, F lse, F free, double[] policy) {
        kernels.probabilities(model.layout, table, model.tableAt(h), lse, model.rowAt(h), free, scratch);
        kernels.toDoubles(free, model.tableAt(h), policy, 0, policy.length);
    }

    /** Takes a step back, in place, and computes the policy there. */
    void previous(F table, AuctionTrace<F> trace, F pi) {
        setStepSize(1);
        for (int h = 0; h < model.rounds; h++) {
            putGain(h, trace.rounds.get(h));
            kernels.stepBack(model.layout, table, model.tableAt(h), update(h, 1, trace), table, pi, scratch);
        }
    }

    /** With c, x, y and the weights, {@code eta q = c(s) x(a) + weight(s) y(a)} in base 2, up to a constant of each row. */
    private void putGain(int h, AuctionTrace.Round<F> round) {
        model.gain(h, round.continuation, gain);
        for (int s = 0; s < n; s++) {
            gain[s] *= stepSize;
        }
        model.set(c, gain);
    }

    private void setStepSize(double stretch) {
        double size = stretch * model.eta * AuctionModel.LOG2_E;
        if (size == stepSize) {
            return;
        }
        stepSize = size;
        stepWeight.clear();
        for (double[] weight : model.weight) {
            F numbers = model.byValue();
            model.set(numbers, Arrays.stream(weight).map(w -> size * w).toArray());
            stepWeight.add(numbers);
        }
    }
}
