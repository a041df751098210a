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
import java.util.stream.Collectors;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Outcome;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import org.jspecify.annotations.Nullable;

/** How the results of a sweep depend on a number that varies in it: a line for each combination of what else varies. */
final class SweepChart {

    /** From this ratio of the largest to the smallest on, numbers are shown by their logarithm. */
    private static final double WIDE = 10;

    private static final int PANELS = 2;

    private final String x;
    private final Map<String, List<Outcome<?>>> lines = new LinkedHashMap<>();

    private SweepChart(String x, List<? extends Outcome<?>> finished) {
        this.x = x;
        List<String> others = varied(finished);
        others.remove(x);
        for (Outcome<?> outcome : finished) {
            String line = others.stream()
                    .map(name -> text(name, outcome.cell().labels().path(name)))
                    .collect(Collectors.joining(", "));
            lines.computeIfAbsent(line.isEmpty() ? "mean" : line, name -> new ArrayList<>())
                    .add(outcome);
        }
    }

    private static String text(String name, JsonNode label) {
        return label.isTextual() ? label.asText() : name + " " + Sweep.text(label);
    }

    /** Draws the objective and the exploitability of designs at the long T, of other runs their first figures; nothing if no number varies among the runs with a result. */
    static void draw(List<? extends Outcome<?>> outcomes, Path file) throws IOException {
        List<? extends Outcome<?>> finished =
                outcomes.stream().filter(outcome -> outcome.result() != null).toList();
        String x = number(finished);
        if (x != null) {
            SweepChart chart = new SweepChart(x, finished);
            List<Plot> panels = new ArrayList<>();
            if (finished.get(0).result() instanceof DesignResult) {
                panels.add(chart.panel("objective", "objective at the long T", "longObjective"));
                panels.add(chart.panel("exploitability", "exploitability at the long T", "longExploitability"));
            } else {
                Objects.requireNonNull(finished.get(0).result()).figures().keySet().stream()
                        .limit(PANELS)
                        .forEach(figure -> panels.add(chart.panel(figure, figure, figure)));
            }
            Charts.save(file, panels);
        }
    }

    /** The number with the most values, the first of several. */
    private static @Nullable String number(List<? extends Outcome<?>> outcomes) {
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
    private static List<String> varied(List<? extends Outcome<?>> outcomes) {
        List<String> names = new ArrayList<>();
        if (!outcomes.isEmpty()) {
            outcomes.get(0).cell().labels().fieldNames().forEachRemaining(names::add);
        }
        names.removeIf(name -> name.equals("seed") || values(outcomes, name).size() == 1);
        return names;
    }

    private static Set<JsonNode> values(List<? extends Outcome<?>> outcomes, String name) {
        return outcomes.stream()
                .map(outcome -> outcome.cell().labels().path(name))
                .collect(Collectors.toSet());
    }

    private Plot.Curves panel(String y, String title, String figure) {
        List<Band> bands = new ArrayList<>();
        lines.forEach((name, outcomes) -> {
            TreeMap<Double, List<Double>> byX = new TreeMap<>();
            outcomes.forEach(outcome -> byX.computeIfAbsent(
                            outcome.cell().labels().path(x).doubleValue(), key -> new ArrayList<>())
                    .add(figure(outcome, figure)));
            bands.add(Band.of(
                    name,
                    byX.keySet().stream().mapToDouble(key -> key).toArray(),
                    byX.values().stream()
                            .map(list ->
                                    list.stream().mapToDouble(number -> number).toArray())
                            .toList()));
        });
        List<Band> shown = bands.subList(0, Math.min(bands.size(), Charts.MOST_BANDS));
        String whole = "%s%s, mean ± sd over seeds"
                .formatted(title.substring(0, 1).toUpperCase(Locale.ROOT), title.substring(1));
        String left = shown.size() < bands.size() ? " (the first %d of %d)".formatted(shown.size(), bands.size()) : "";
        Plot.Curves chart = Charts.bands(whole + left, x, y, shown).as(Plot.Style.THROUGH);
        return isWide(shown) ? chart.over(Plot.Axis.logarithmic(x)) : chart;
    }

    private static double figure(Outcome<?> outcome, String name) {
        return Objects.requireNonNull(outcome.result()).figures().getOrDefault(name, Double.NaN);
    }

    private static boolean isWide(List<Band> bands) {
        double[] numbers = bands.stream()
                .flatMapToDouble(band -> Arrays.stream(band.x()))
                .sorted()
                .toArray();
        return numbers[0] > 0 && numbers[numbers.length - 1] >= WIDE * numbers[0];
    }
}
