package mfg.eval.reproduce;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mfg.eval.io.Text;
import mfg.eval.view.BeforeAfter;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/** What the mechanism learns. */
final class MechanismFigure {

    static final Figure FIG7 = new Figure(
            "fig7", "A1: payments, chances of winning, goods, before and after.", "", MechanismFigure::measure);

    private MechanismFigure() {}

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        BeforeAfter payments = Reproduction.beforeAfter(plan.trainedA1(FIG7), "payments");
        RoundMeans before = RoundMeans.payments(payments.before());
        RoundMeans after = RoundMeans.payments(payments.after());
        return new Figure.Findings(
                verdict(before, after),
                payments.rows("bid", List.of("payment", "winning", "mass")),
                2,
                () -> charts(payments, before, after));
    }

    /** What it shows: how much is sold, and for how much. */
    private static Verdict verdict(RoundMeans before, RoundMeans after) {
        return new Verdict(
                Verdict.Outcome.NO_CLAIM,
                Text.of(
                        "before training the mechanism sells %s by round for %s, after it %s for %s; in all %.3f at %.3f,"
                                + " then %.3f at %.3f",
                        numbers(before.weight()),
                        numbers(before.mean()),
                        numbers(after.weight()),
                        numbers(after.mean()),
                        Arrays.stream(before.weight()).sum(),
                        before.overall(),
                        Arrays.stream(after.weight()).sum(),
                        after.overall()));
    }

    private static String numbers(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(x -> Text.of("%.3f", x)).collect(Collectors.joining(", "));
    }

    private static List<Plot> charts(BeforeAfter payments, RoundMeans before, RoundMeans after) {
        List<Plot> charts = new ArrayList<>();
        charts.addAll(payments.charts("A1: payment", "bid", "payment", "what a winner pays"));
        charts.addAll(payments.charts("A1: chance of winning", "bid", "winning", "chance of winning"));
        charts.add(byRound("A1: goods sold", "per capita", before.weight(), after.weight()));
        charts.add(byRound("A1: what a winner pays", "payment", before.mean(), after.mean()));
        return charts;
    }

    private static Plot byRound(String title, String y, double[] before, double[] after) {
        double[] rounds =
                IntStream.rangeClosed(1, before.length).asDoubleStream().toArray();
        return Charts.lines(
                title,
                "round",
                y,
                List.of(new Charts.Series("before", rounds, before), new Charts.Series("after", rounds, after)));
    }
}
