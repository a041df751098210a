package mfg.eval.counterfactual;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import mfg.envs.bids.Interval;
import mfg.eval.counterfactual.CounterfactualResult.RuleOutcome;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/** What a counterfactual looks like. */
final class CounterfactualCharts {

    /** More inverse bid functions than this nobody tells apart. */
    private static final int MOST_FUNCTIONS = 4;

    private CounterfactualCharts() {}

    static void draw(RunFolder files, CounterfactualResult result) throws IOException {
        String unit = result.unit().isEmpty() ? "" : ", " + result.unit();
        String percent = result.percent();
        Plot.Bars revenue = bars(
                result, "Revenue, with " + percent + " intervals", unit, RuleOutcome::revenue, RuleOutcome::estimated);
        Charts.save(
                files.file("revenue.png"),
                List.of(
                        Double.isNaN(result.paid())
                                ? revenue
                                : revenue.withLevels(
                                        List.of(new Plot.Level("paid in the log", result.paid() / result.auctions()))),
                        bars(
                                result,
                                "What bidders gain, with " + percent + " intervals",
                                unit,
                                RuleOutcome::surplus,
                                RuleOutcome::surplusEstimated)));
        List<ObjectNode> values = Metrics.read(files.file(ImpliedValues.VALUES));
        List<Plot> charts = new ArrayList<>();
        List<Plot.Curve> quantiles = new ArrayList<>();
        quantiles.add(line("bids", values, "bid"));
        quantiles.add(band("values, with " + percent + " intervals", values, "percent"));
        if (values.get(0).has(ImpliedValues.LEAST)) {
            quantiles.add(line("at least, if bidders may stop early", values, ImpliedValues.LEAST));
            quantiles.add(line("at most", values, ImpliedValues.MOST));
        }
        charts.add(Charts.curves(
                "Bids, and the values behind them", "percent of bidders that have no more", "money" + unit, quantiles));
        if (Files.exists(files.file(ImpliedValues.INVERSE))) {
            charts.add(inverse(Metrics.read(files.file(ImpliedValues.INVERSE)), unit, percent));
        }
        Charts.save(files.file("values.png"), charts);
    }

    private static Plot.Bars bars(
            CounterfactualResult result,
            String title,
            String unit,
            ToDoubleFunction<RuleOutcome> figure,
            Function<RuleOutcome, Interval> interval) {
        int auctions = result.auctions();
        return Charts.intervals(
                title,
                "an auction" + unit,
                result.outcomes().stream().map(RuleOutcome::name).toList(),
                result.outcomes().stream()
                        .map(outcome -> new Plot.Height(figure.applyAsDouble(outcome) / auctions, new double[] {
                            interval.apply(outcome).low() / auctions,
                            interval.apply(outcome).high() / auctions
                        }))
                        .toList());
    }

    /** Of a few numbers of bidders, the least and the greatest among them. */
    private static Plot inverse(List<ObjectNode> rows, String unit, String percent) {
        SortedMap<Integer, List<ObjectNode>> functions = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> (int) Metrics.number(row, "bidders"), TreeMap::new, Collectors.toList()));
        List<Plot.Curve> all = new ArrayList<>();
        functions.forEach((bidders, function) -> all.add(band(bidders + " bidders", function, "bid")));
        List<Plot.Curve> shown = Arrays.stream(Charts.evenly(all.size(), MOST_FUNCTIONS))
                .mapToObj(all::get)
                .toList();
        return Charts.curves(
                "Which value a bid stands for, with " + percent + " intervals", "bid" + unit, "value" + unit, shown);
    }

    private static Plot.Curve band(String name, List<ObjectNode> rows, String x) {
        return new Plot.Curve(
                name,
                column(rows, x),
                column(rows, "value"),
                new double[][] {column(rows, "low"), column(rows, "high")},
                null,
                Plot.Style.LINE);
    }

    private static Plot.Curve line(String name, List<ObjectNode> rows, String column) {
        return Charts.line(new Charts.Series(name, column(rows, "percent"), column(rows, column)));
    }

    private static double[] column(List<ObjectNode> rows, String name) {
        return rows.stream().mapToDouble(row -> Metrics.number(row, name)).toArray();
    }
}
