package mfg.eval.reproduce;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mfg.eval.design.DesignResult;
import mfg.eval.io.Text;
import mfg.eval.view.BeforeAfter;

/** What bidders bid before and after training. */
final class BidsFigure {

    static final Figure FIG6 = new Figure(
            "fig6",
            "A1: mean bid by value and round, before and after training.",
            "mean bids move to higher prices.",
            BidsFigure::measure);

    private BidsFigure() {}

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        DesignResult run = plan.trainedA1(FIG6);
        BeforeAfter bids = Reproduction.beforeAfter(run, "bids");
        BeforeAfter payments = Reproduction.beforeAfter(run, "payments");
        return new Figure.Findings(
                verdict(
                        RoundMeans.bids(bids.before()),
                        RoundMeans.bids(bids.after()),
                        RoundMeans.payments(payments.before()),
                        RoundMeans.payments(payments.after())),
                bids.rows("value", List.of("meanBid", "mass")),
                2,
                () -> bids.charts("A1: mean bid", "value", "meanBid", "mean bid"));
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
                "the mean bid of active bidders goes %s (by round %s), what a winner pays %s",
                moved(before.overall(), after.overall()),
                String.join(", ", rounds),
                moved(paidBefore.overall(), paidAfter.overall()));
    }

    private static String moved(double before, double after) {
        return Text.of("%.3f -> %.3f", before, after);
    }
}
