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
 * @param lambda the weight of revenue, between 0 and 1
 */
public record AuctionObjective(double lambda) implements Objective<AuctionRound> {

    /** Revenue alone. */
    public static final AuctionObjective REVENUE = new AuctionObjective(1);

    /** Efficiency alone. */
    public static final AuctionObjective EFFICIENCY = new AuctionObjective(0);

    /**
     * Checks the weight.
     *
     * @throws InvalidInputException if it is not between 0 and 1
     */
    public AuctionObjective {
        if (!(lambda >= 0 && lambda <= 1)) {
            throw new InvalidInputException("the weight of revenue must be between 0 and 1, not " + lambda);
        }
    }

    @Override
    public NDArray of(PopulationFlow<AuctionRound> flow, NDList theta) {
        return flow.rounds().stream().map(this::of).reduce(NDArray::add).orElseThrow();
    }

    private NDArray of(AuctionRound round) {
        if (lambda == 1) {
            return round.revenue();
        }
        if (lambda == 0) {
            return round.welfare();
        }
        return Tensors.times(round.revenue(), lambda).add(Tensors.times(round.welfare(), 1 - lambda));
    }
}
