package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import mfg.core.InvalidInputException;
import mfg.core.Objective;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;

/**
 * What an auctioneer may want (AMID Sec. 3): {@code lambda g_rev + (1 - lambda) g_eff}, a mix of revenue {@code g_rev = sum_h
 * sum_a nu[h](a) pwin[h](a) p[h](a)} and efficiency {@code g_eff = sum_h sum_{s,a} L[h](s,a) pwin[h](a) s}, per capita.
 *
 * <p>Where goods run out at the marginal bid m, a little more demand or supply may let everybody win who bids m; what is left then
 * goes to the next lower bid, and all bids and payments fall by a step, which no slope shows. A barrier {@code sum_h log(1 -
 * pwin[h](m))} keeps away from there.
 *
 * @param lambda the weight of revenue, between 0 and 1
 * @param barrier the weight of the barrier, nonnegative; 0 for what the auctioneer really wants
 */
public record AuctionObjective(double lambda, double barrier) implements Objective<AuctionRound> {

    /** Revenue alone. */
    public static final AuctionObjective REVENUE = new AuctionObjective(1);

    /** Efficiency alone. */
    public static final AuctionObjective EFFICIENCY = new AuctionObjective(0);

    /**
     * What the auctioneer really wants.
     *
     * @param lambda the weight of revenue, between 0 and 1
     */
    public AuctionObjective(double lambda) {
        this(lambda, 0);
    }

    /**
     * Checks the weights.
     *
     * @throws InvalidInputException if one is out of range
     */
    public AuctionObjective {
        if (!(lambda >= 0 && lambda <= 1)) {
            throw new InvalidInputException("the weight of revenue must be between 0 and 1, not " + lambda);
        }
        if (!(barrier >= 0) || Double.isInfinite(barrier)) {
            throw new InvalidInputException(
                    "the weight of a barrier must not be negative, as %s is".formatted(barrier));
        }
    }

    @Override
    public NDArray of(PopulationFlow<AuctionRound> flow, NDList theta) {
        return flow.rounds().stream().map(this::of).reduce(NDArray::add).orElseThrow();
    }

    @Override
    public AuctionObjective guarded(double weight) {
        return new AuctionObjective(lambda, weight);
    }

    private NDArray of(AuctionRound round) {
        NDArray wanted = wanted(round);
        return barrier == 0 ? wanted : wanted.add(Tensors.times(margin(round.winning()), barrier));
    }

    /** {@code log(1 - pwin(m))}; 0 where no bid is rationed. */
    private static NDArray margin(NDArray winning) {
        NDArray rationed = winning.gt(0).logicalAnd(winning.lt(1)).toType(winning.getDataType(), false);
        return winning.mul(rationed).neg().add(1).log().sum();
    }

    private NDArray wanted(AuctionRound round) {
        if (lambda == 1) {
            return round.revenue();
        }
        if (lambda == 0) {
            return round.welfare();
        }
        return Tensors.times(round.revenue(), lambda).add(Tensors.times(round.welfare(), 1 - lambda));
    }
}
