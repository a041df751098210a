package mfg.eval.design;

import ai.djl.ndarray.NDList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.BatchedAuction;
import mfg.eval.view.BeforeAfter;
import mfg.eval.view.Charts;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** What there is to see of an auction: who bids what, and what bids pay. */
final class AuctionView implements DesignView<AuctionRound> {

    /** Per capita: masses closer than this count as equal, an order above the rounding of float32. */
    private static final double SAME_MASS = 1e-6;

    private final AuctionGame game;

    AuctionView(AuctionGame game) {
        this.game = game;
    }

    @Override
    public Boolean noZeroDominance(PopulationFlow<AuctionRound> flow) {
        return !((BatchedAuction) flow.game()).violatesNoZeroDominance(flow.rounds(), SAME_MASS);
    }

    @Override
    public List<Table> tables(PopulationFlow<AuctionRound> flow, NDList theta) {
        IntColumn rounds = IntColumn.create("round");
        DoubleColumn values = DoubleColumn.create("value");
        DoubleColumn meanBids = DoubleColumn.create("meanBid");
        DoubleColumn masses = DoubleColumn.create("mass");
        DoubleColumn payments = DoubleColumn.create("payment");
        DoubleColumn winnings = DoubleColumn.create("winning");
        DoubleColumn bidding = DoubleColumn.create("mass");
        double[] grid = game.grid();
        for (int h = 0; h < flow.rounds().size(); h++) {
            AuctionRound round = flow.rounds().get(h);
            double[] policy = Tensors.toDoubles(flow.policy(h));
            double[] states = Tensors.toDoubles(flow.states(h));
            double[] payment = Tensors.toDoubles(round.payments());
            double[] winning = Tensors.toDoubles(round.winning());
            double[] mass = Tensors.toDoubles(round.bids());
            for (int s = 0; s < grid.length; s++) {
                double mean = 0;
                for (int a = 0; a < grid.length; a++) {
                    mean += policy[s * grid.length + a] * grid[a];
                }
                rounds.append(h);
                values.append(grid[s]);
                meanBids.append(mean);
                masses.append(states[s]);
                payments.append(payment[s]);
                winnings.append(winning[s]);
                bidding.append(mass[s]);
            }
        }
        return List.of(
                Table.create("bids", rounds, values, meanBids, masses),
                Table.create("payments", rounds.copy(), values.copy().setName("bid"), payments, winnings, bidding));
    }

    @Override
    public List<Table> given() {
        return game.bidders().isEmpty()
                ? List.of()
                : List.of(Table.create(
                        "bidders",
                        DoubleColumn.create("value", game.grid()),
                        DoubleColumn.create("mass", game.mu0()),
                        DoubleColumn.create("count", game.bidders())));
    }

    @Override
    public Map<String, List<Chart<?, ?>>> charts(List<Table> before, List<Table> after) {
        Map<String, List<Chart<?, ?>>> charts = new LinkedHashMap<>();
        charts.put("bids", new BeforeAfter(before.get(0), after.get(0)).charts("Mean bid", "value", "meanBid"));
        charts.put("payments", new BeforeAfter(before.get(1), after.get(1)).charts("Payment", "bid", "payment"));
        given().forEach(bidders -> charts.put(
                bidders.name(),
                List.of(Charts.histogram(
                        "Bidders before the first round",
                        "value",
                        "mass",
                        Charts.series("mu0", bidders, "value", "mass")))));
        return charts;
    }
}
