package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import java.util.function.Function;
import mfg.core.Objective;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;

/** What an auctioneer may want (AMID Sec. 3). */
public final class AuctionObjectives {

    /** Revenue {@code g_rev = sum_h sum_a nu[h](a) pwin[h](a) p[h](a)}, per capita. */
    public static final Objective<AuctionRound> REVENUE = flow -> sum(flow, AuctionRound::revenue);

    /** Efficiency {@code g_eff = sum_h sum_{s,a} L[h](s,a) pwin[h](a) s}, per capita. */
    public static final Objective<AuctionRound> EFFICIENCY = flow -> sum(flow, AuctionRound::welfare);

    private AuctionObjectives() {}

    /**
     * Returns {@code lambda g_rev + (1 - lambda) g_eff}.
     *
     * @param lambda the weight of revenue, between 0 and 1
     * @return the objective
     */
    public static Objective<AuctionRound> mix(double lambda) {
        return flow -> sum(
                flow, round -> Tensors.times(round.revenue(), lambda).add(Tensors.times(round.welfare(), 1 - lambda)));
    }

    private static NDArray sum(PopulationFlow<AuctionRound> flow, Function<AuctionRound, NDArray> perRound) {
        return flow.rounds().stream().map(perRound).reduce(NDArray::add).orElseThrow();
    }
}
