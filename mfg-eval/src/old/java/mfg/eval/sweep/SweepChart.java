package mfg.eval.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import mfg.eval.design.DesignResult;
import mfg.eval.design.RunGrid;
import mfg.eval.io.Charts;
import mfg.eval.io.Spread;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How the results of a sweep depend on a number that varies in it: a line for each combination of what else varies. */
final class SweepChart {

    /** From this ratio of the largest to the smallest on, numbers are shown by their logarithm. */
    private static final double WIDE = 10;

    private final String x;
    private final Map<String, List<RunGrid.Outcome>> lines = new LinkedHashMap<>();

    private SweepChart(String x, List<RunGrid.Outcome> finished) {
        this.x = x;
        List<String> others = varied(finished);
        others.remove(x);
        for (RunGrid.Outcome outcome : finished) {
            String line = others.stream()
                    .map(name -> text(name, outcome.cell().labels().path(name)))
                    .collect(Collectors.joining(", "));
            lines.computeIfAbsent(line.isEmpty() ? "mean" : line, name -> new ArrayList<>())
                    .add(outcome);
        }
    }

    private static String text(String name, JsonNode label) {
        return label.isTextual() ? label.asText() : name + " " + SweepFile.text(label);
    }

    /** Draws the objective and the exploitability at the long T; nothing if no number varies among the runs with a result. */
    static void draw(List<RunGrid.Outcome> outcomes, Path file) throws IOException {
        List<RunGrid.Outcome> finished =
                outcomes.stream().filter(outcome -> outcome.result() != null).toList();
        String x = number(finished);
        if (x != null) {
            SweepChart chart = new SweepChart(x, finished);
            Charts.save(
                    file,
                    List.of(
                            chart.panel("Objective", DesignResult::longObjective),
                            chart.panel("Exploitability", DesignResult::longExploitability)));
        }
    }

    /** The number with the most values, the first of several. */
    private static @Nullable String number(List<RunGrid.Outcome> outcomes) {
        String most = null;
        for (String name : varied(outcomes)) {
            Set<JsonNode> values = values(outcomes, name);
            if (values.stream().allMatch(JsonNode::isNumber)
                    && (most == null || values.size() > values(outcomes, most).size())) {
                most = name;
            }
        }
        return most;
    }

    /** The labels of which there are several values, but for the seed. */
    private static List<String> varied(List<RunGrid.Outcome> outcomes) {
        List<String> names = new ArrayList<>();
        if (!outcomes.isEmpty()) {
            outcomes.get(0).cell().labels().fieldNames().forEachRemaining(names::add);
        }
        names.removeIf(name -> name.equals("seed") || values(outcomes, name).size() == 1);
        return names;
    }

    private static Set<JsonNode> values(List<RunGrid.Outcome> outcomes, String name) {
        return outcomes.stream()
                .map(outcome -> outcome.cell().labels().path(name))
                .collect(Collectors.toSet());
    }

    private XYChart panel(String figure, ToDoubleFunction<DesignResult> of) {
        List<Charts.Band> bands = new ArrayList<>();
        lines.forEach((name, outcomes) -> {
            TreeMap<Double, List<Double>> byX = new TreeMap<>();
            outcomes.forEach(outcome -> byX.computeIfAbsent(
                            outcome.cell().labels().path(x).doubleValue(), key -> new ArrayList<>())
                    .add(of.applyAsDouble(Objects.requireNonNull(outcome.result()))));
            bands.add(Spread.band(
                    name,
                    byX.keySet().stream().mapToDouble(key -> key).toArray(),
                    byX.values().stream()
                            .map(list -> list.stream().mapToDouble(y -> y).toArray())
                            .toList()));
        });
        List<Charts.Band> shown = bands.subList(0, Math.min(bands.size(), Charts.MOST_BANDS));
        String title = "%s at the long T, mean ± sd over seeds".formatted(figure);
        String left = shown.size() < bands.size() ? " (the first %d of %d)".formatted(shown.size(), bands.size()) : "";
        XYChart chart = Charts.bands(title + left, x, figure.toLowerCase(Locale.ROOT), shown);
        shown.forEach(band ->
                Objects.requireNonNull(chart.getSeriesMap().get(band.name())).setMarker(SeriesMarkers.CIRCLE));
        chart.getStyler()
                .setXAxisDecimalPattern("0.######")
                .setXAxisLabelRotation(90) // numbers close together have little room
                .setXAxisLogarithmic(isWide(shown))
                .setXAxisLogarithmicDecadeOnly(false);
        return chart;
    }

    private static boolean isWide(List<Charts.Band> bands) {
        double[] numbers = bands.stream()
                .flatMapToDouble(band -> Arrays.stream(band.x()))
                .sorted()
                .toArray();
        return numbers[0] > 0 && numbers[numbers.length - 1] >= WIDE * numbers[0];
    }
}
