package mfg.eval.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Outcome;
import mfg.eval.io.Text;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import org.jspecify.annotations.Nullable;

/**
 * How the results of a sweep depend on a number that varies in it. Where one thing more varies there is a line for each of its values; where
 * more do, a chart for each value of the first, and lines for the combinations of the others.
 */
final class SweepChart {

    /** From this ratio of the largest to the smallest on, numbers are shown by their logarithm. */
    private static final double WIDE = 10;

    private static final int FIGURES = 2;
    private static final int MOST_FACETS = 6;
    private static final int COLUMNS = 3;

    private final String x;
    private final String facet;
    private final Map<String, Map<String, List<Outcome<?>>>> facets = new LinkedHashMap<>();

    private SweepChart(String x, List<? extends Outcome<?>> finished) {
        this.x = x;
        List<String> others = Sweep.varied(finished);
        others.remove(x);
        this.facet = others.size() > 1 ? others.remove(0) : "";
        for (Outcome<?> outcome : finished) {
            JsonNode labels = outcome.cell().labels();
            String line = others.stream()
                    .map(name -> Sweep.text(name, labels.path(name)))
                    .collect(Collectors.joining(", "));
            facets.computeIfAbsent(
                            facet.isEmpty() ? "" : Sweep.text(facet, labels.path(facet)), at -> new LinkedHashMap<>())
                    .computeIfAbsent(line.isEmpty() ? "mean" : line, name -> new ArrayList<>())
                    .add(outcome);
        }
    }

    /**
     * Draws what each combination is worth; then the objective and the exploitability of designs at the long T, of other runs their first
     * figures, over the number that varies, if one does.
     */
    static void draw(List<? extends Outcome<?>> outcomes, Standings standings, Path file) throws IOException {
        List<? extends Outcome<?>> finished =
                outcomes.stream().filter(outcome -> outcome.result() != null).toList();
        List<Plot> charts = new ArrayList<>(standings.charts());
        String x = number(finished);
        int columns = COLUMNS;
        if (x != null) {
            SweepChart chart = new SweepChart(x, finished);
            columns = Math.min(chart.facets.size(), COLUMNS);
            if (finished.get(0).result() instanceof DesignResult) {
                charts.addAll(chart.of("objective at the long T", "longObjective"));
                charts.addAll(chart.of("exploitability at the long T", "longExploitability"));
            } else {
                Objects.requireNonNull(finished.get(0).result()).figures().keySet().stream()
                        .limit(FIGURES)
                        .forEach(figure -> charts.addAll(chart.of(Text.words(figure), figure)));
            }
        }
        Charts.save(file, charts, Math.max(2, columns));
    }

    /** The number with the most values, the first of several. */
    private static @Nullable String number(List<? extends Outcome<?>> outcomes) {
        String most = null;
        for (String name : Sweep.varied(outcomes)) {
            Set<JsonNode> values = Sweep.values(outcomes, name);
            if (values.stream().allMatch(JsonNode::isNumber)
                    && (most == null
                            || values.size() > Sweep.values(outcomes, most).size())) {
                most = name;
            }
        }
        return most;
    }

    /** A chart of a figure for each facet; on one scale, unless they are of different settings. */
    private List<Plot.Curves> of(String words, String figure) {
        int most = facets.values().stream()
                .flatMap(lines -> lines.values().stream())
                .flatMap(outcomes -> byX(outcomes, figure).values().stream())
                .mapToInt(List::size)
                .max()
                .orElse(0);
        List<Plot.Curves> charts = new ArrayList<>();
        facets.forEach((name, lines) -> {
            if (charts.size() < MOST_FACETS) {
                charts.add(panel(
                        (name.isEmpty() ? "" : name + ": ") + words + ", " + Band.words(most), words, lines, figure));
            }
        });
        return facet.isEmpty() || facet.equals("setting") ? charts : alike(charts);
    }

    private static List<Plot.Curves> alike(List<Plot.Curves> charts) {
        double[] numbers = charts.stream()
                .flatMap(chart -> chart.curves().stream())
                .flatMapToDouble(curve -> curve.singles() != null
                        ? Arrays.stream(curve.singles()).flatMapToDouble(Arrays::stream)
                        : curve.ends() == null
                                ? Arrays.stream(curve.y())
                                : Arrays.stream(curve.ends()).flatMapToDouble(Arrays::stream))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return numbers.length == 0
                ? charts
                : charts.stream()
                        .map(chart -> chart.along(
                                Plot.Axis.between(chart.y().label(), numbers[0], numbers[numbers.length - 1])))
                        .toList();
    }

    private Plot.Curves panel(String title, String y, Map<String, List<Outcome<?>>> lines, String figure) {
        List<Band> bands = new ArrayList<>();
        lines.forEach((name, outcomes) -> {
            Map<Double, List<Double>> byX = byX(outcomes, figure);
            bands.add(Band.of(
                    name,
                    byX.keySet().stream().mapToDouble(key -> key).toArray(),
                    byX.values().stream()
                            .map(list ->
                                    list.stream().mapToDouble(number -> number).toArray())
                            .toList()));
        });
        List<Band> shown = bands.subList(0, Math.min(bands.size(), Charts.MOST_BANDS));
        String left = shown.size() < bands.size() ? " (the first %d of %d)".formatted(shown.size(), bands.size()) : "";
        Plot.Curves chart = Charts.bands(title + left, Text.words(x), y, shown).as(Plot.Style.THROUGH);
        return isWide(shown) ? chart.over(Plot.Axis.logarithmic(Text.words(x))) : chart;
    }

    private Map<Double, List<Double>> byX(List<Outcome<?>> outcomes, String figure) {
        Map<Double, List<Double>> byX = new TreeMap<>();
        for (Outcome<?> outcome : outcomes) {
            byX.computeIfAbsent(outcome.cell().labels().path(x).doubleValue(), key -> new ArrayList<>())
                    .add(Objects.requireNonNull(outcome.result()).figures().getOrDefault(figure, Double.NaN));
        }
        return byX;
    }

    private static boolean isWide(List<Band> bands) {
        double[] numbers = bands.stream()
                .flatMapToDouble(band -> Arrays.stream(band.x()))
                .sorted()
                .toArray();
        return numbers[0] > 0 && numbers[numbers.length - 1] >= WIDE * numbers[0];
    }
}
