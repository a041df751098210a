package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mfg.eval.design.DesignResult;
import mfg.eval.io.Charts;
import mfg.eval.io.Json;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/** What the mechanism learns. */
final class MechanismFigure implements Figure {

    @Override
    public String name() {
        return "fig7";
    }

    @Override
    public String about() {
        return "A1: payments, chances of winning, goods, before and after.";
    }

    @Override
    public String claim() {
        return "";
    }

    @Override
    public Findings measure(Reproduction plan) throws IOException {
        DesignResult run = plan.trainedA1(this);
        Table before = Reproduction.table(run, "payments-before");
        Table after = Reproduction.table(run, "payments-after");
        RoundMeans soldBefore = RoundMeans.payments(before);
        RoundMeans soldAfter = RoundMeans.payments(after);
        return new Findings(
                verdict(soldBefore, soldAfter),
                "",
                rows(before, after),
                2,
                () -> charts(before, after, soldBefore, soldAfter));
    }

    private static List<ObjectNode> rows(Table before, Table after) {
        List<ObjectNode> rows = new ArrayList<>();
        for (int i = 0; i < before.rowCount(); i++) {
            ObjectNode row = Json.object()
                    .put("round", before.intColumn("round").getInt(i))
                    .put("bid", before.doubleColumn("bid").getDouble(i));
            for (String column : List.of("payment", "winning", "mass")) {
                row.put(column + "Before", before.doubleColumn(column).getDouble(i));
                row.put(column + "After", after.doubleColumn(column).getDouble(i));
            }
            rows.add(row);
        }
        return rows;
    }

    /** What it shows: how much is sold, and for how much. */
    static Verdict verdict(RoundMeans before, RoundMeans after) {
        return new Verdict(
                Verdict.Outcome.NO_CLAIM,
                String.format(
                        Locale.ROOT,
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
        return Arrays.stream(numbers)
                .mapToObj(x -> String.format(Locale.ROOT, "%.3f", x))
                .collect(Collectors.joining(", "));
    }

    private static List<Chart<?, ?>> charts(Table before, Table after, RoundMeans soldBefore, RoundMeans soldAfter) {
        List<Chart<?, ?>> charts = new ArrayList<>();
        charts.addAll(Charts.beforeAndAfter("A1: payment", before, after, "bid", "payment"));
        charts.addAll(Charts.beforeAndAfter("A1: chance of winning", before, after, "bid", "winning"));
        charts.add(byRound("A1: goods sold", "mass", soldBefore.weight(), soldAfter.weight()));
        charts.add(byRound("A1: what a winner pays", "payment", soldBefore.mean(), soldAfter.mean()));
        return charts;
    }

    private static Chart<?, ?> byRound(String title, String y, double[] before, double[] after) {
        double[] rounds =
                IntStream.rangeClosed(1, before.length).asDoubleStream().toArray();
        return Charts.lines(
                title,
                "round",
                y,
                List.of(new Charts.Series("before", rounds, before), new Charts.Series("after", rounds, after)));
    }
}
