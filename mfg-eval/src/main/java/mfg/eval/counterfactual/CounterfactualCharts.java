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
import mfg.eval.io.Spread;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Band;
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
        List<Band> quantiles = new ArrayList<>();
        quantiles.add(line("bids", values, "bid"));
        quantiles.add(band("values, with " + percent + " intervals", values, "percent"));
        if (values.get(0).has(ImpliedValues.LEAST)) {
            quantiles.add(line("at least, if bidders may stop early", values, ImpliedValues.LEAST));
            quantiles.add(line("at most", values, ImpliedValues.MOST));
        }
        charts.add(Charts.bands(
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
        return Charts.bars(
                title,
                "an auction" + unit,
                result.outcomes().stream().map(RuleOutcome::name).toList(),
                result.outcomes().stream()
                        .map(outcome -> new Spread(
                                figure.applyAsDouble(outcome) / auctions,
                                reach(figure.applyAsDouble(outcome), interval.apply(outcome)) / auctions))
                        .toList());
    }

    /** Charts have lines and bands that are as long on both sides: as long as the interval is on the longer one. */
    private static double reach(double figure, Interval interval) {
        return Math.max(interval.high() - figure, figure - interval.low());
    }

    /** Of a few numbers of bidders, the least and the greatest among them. */
    private static Plot inverse(List<ObjectNode> rows, String unit, String percent) {
        SortedMap<Integer, List<ObjectNode>> functions = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> (int) Metrics.number(row, "bidders"), TreeMap::new, Collectors.toList()));
        List<Band> all = new ArrayList<>();
        functions.forEach((bidders, function) -> all.add(band(bidders + " bidders", function, "bid")));
        List<Band> bands = Arrays.stream(Charts.evenly(all.size(), MOST_FUNCTIONS))
                .mapToObj(all::get)
                .toList();
        return Charts.bands(
                "Which value a bid stands for, with " + percent + " intervals", "bid" + unit, "value" + unit, bands);
    }

    private static Band band(String name, List<ObjectNode> rows, String x) {
        double[] value = column(rows, "value");
        double[] low = column(rows, "low");
        double[] high = column(rows, "high");
        double[] deviation = new double[value.length];
        for (int i = 0; i < value.length; i++) {
            deviation[i] = reach(value[i], new Interval(low[i], high[i]));
        }
        return new Band(name, column(rows, x), value, deviation);
    }

    private static Band line(String name, List<ObjectNode> rows, String column) {
        return new Band(name, column(rows, "percent"), column(rows, column), new double[rows.size()]);
    }

    private static double[] column(List<ObjectNode> rows, String name) {
        return rows.stream().mapToDouble(row -> Metrics.number(row, name)).toArray();
    }
}
