package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mfg.eval.design.DesignResult;
import mfg.eval.io.Charts;
import mfg.eval.io.Json;
import tech.tablesaw.api.Table;

/** What bidders bid before and after training. */
final class BidsFigure implements Figure {

    @Override
    public String name() {
        return "fig6";
    }

    @Override
    public String about() {
        return "A1: mean bid by value and round, before and after training.";
    }

    @Override
    public String claim() {
        return "mean bids move to higher prices.";
    }

    @Override
    public Findings measure(Reproduction plan) throws IOException {
        DesignResult run = plan.trainedA1(this);
        Table before = Reproduction.table(run, "bids-before");
        Table after = Reproduction.table(run, "bids-after");
        return new Findings(
                verdict(
                        RoundMeans.bids(before),
                        RoundMeans.bids(after),
                        RoundMeans.payments(Reproduction.table(run, "payments-before")),
                        RoundMeans.payments(Reproduction.table(run, "payments-after"))),
                "",
                rows(before, after),
                2,
                () -> Charts.beforeAndAfter("A1: mean bid", before, after, "value", "meanBid"));
    }

    private static List<ObjectNode> rows(Table before, Table after) {
        List<ObjectNode> rows = new ArrayList<>();
        for (int i = 0; i < before.rowCount(); i++) {
            rows.add(Json.object()
                    .put("round", before.intColumn("round").getInt(i))
                    .put("value", before.doubleColumn("value").getDouble(i))
                    .put("meanBidBefore", before.doubleColumn("meanBid").getDouble(i))
                    .put("massBefore", before.doubleColumn("mass").getDouble(i))
                    .put("meanBidAfter", after.doubleColumn("meanBid").getDouble(i))
                    .put("massAfter", after.doubleColumn("mass").getDouble(i)));
        }
        return rows;
    }

    /** By round, and over all. */
    static Verdict verdict(RoundMeans before, RoundMeans after, RoundMeans paidBefore, RoundMeans paidAfter) {
        List<Boolean> parts = new ArrayList<>();
        List<String> rounds = new ArrayList<>();
        for (int h = 0; h < before.mean().length; h++) {
            parts.add(after.mean()[h] > before.mean()[h]);
            rounds.add(moved(before.mean()[h], after.mean()[h]));
        }
        parts.add(after.overall() > before.overall());
        return Verdict.of(
                parts,
                "the mean bid of active bidders goes %s (by round %s), what a winner pays %s"
                        .formatted(
                                moved(before.overall(), after.overall()),
                                String.join(", ", rounds),
                                moved(paidBefore.overall(), paidAfter.overall())));
    }

    private static String moved(double before, double after) {
        return String.format(Locale.ROOT, "%.3f -> %.3f", before, after);
    }
}
