package mfg.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import mfg.eval.io.Json;
import mfg.eval.io.Numbers;
import mfg.eval.io.Text;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/** What the metrics of a run show while it is running: the figures that it is run for in large, the others beside each other. */
public final class Live {

    /** Columns of one chart each, by the name of their section. */
    private static final Map<String, List<List<String>>> TOGETHER = Map.of(
            "objective", List.of(List.of("objective", "validationObjective")),
            "exploitability",
                    List.of(
                            List.of("exploitability", "regularizedExploitability"),
                            List.of("exploitability", "lastExploitability"),
                            List.of("meanFieldExploitability", "lastMeanFieldExploitability")),
            "reward",
                    List.of(
                            List.of("meanReturn", "zone1Reward", "zone2Reward"),
                            List.of("meanReward", "lastMeanReward")),
            "zones", List.of(List.of("zone1Share")));

    private Live() {}

    static List<Section> sections(Path folder) throws IOException {
        Path file = folder.resolve(RunFolder.METRICS);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        List<ObjectNode> rows = Metrics.read(file);
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> columns = new ArrayList<>();
        rows.get(0).fieldNames().forEachRemaining(columns::add);
        String unit = columns.remove(0);
        List<Section> sections = new ArrayList<>();
        for (Map.Entry<String, List<List<String>>> known : TOGETHER.entrySet()) {
            List<Plot> charts = new ArrayList<>();
            for (List<String> together : known.getValue()) {
                List<String> here = together.stream().filter(columns::contains).toList();
                if (!here.isEmpty() && here.get(0).equals(together.get(0))) {
                    charts.add(chart(unit, here, rows));
                    columns.removeAll(here);
                }
            }
            sections.addAll(section(known.getKey(), charts));
        }
        sections.addAll(section(
                "more",
                columns.stream()
                        .map(column -> chart(unit, List.of(column), rows))
                        .toList()));
        return sections;
    }

    /**
     * How far a run is, in short: its last row.
     *
     * @param options of the run, by name
     */
    public static String progress(Path folder, Map<String, String> options) throws IOException {
        Path file = folder.resolve(RunFolder.METRICS);
        if (!Files.isRegularFile(file)) {
            return "";
        }
        List<ObjectNode> rows = Metrics.read(file);
        if (rows.isEmpty()) {
            return "";
        }
        String unit = rows.get(0).fieldNames().next();
        String steps = options.getOrDefault(unit + "s", "");
        String text = Text.of("%s %.0f%s", unit, Metrics.last(rows, unit), steps.isEmpty() ? "" : " of " + steps);
        return Stream.of("objective", "meanReturn", "meanReward", "exploitability", "meanFieldExploitability")
                .filter(column -> Double.isFinite(Metrics.last(rows, column)))
                .findFirst()
                .map(column ->
                        "%s, %s %s".formatted(text, Text.words(column), Numbers.fixed(Metrics.last(rows, column))))
                .orElse(text);
    }

    private static List<Section> section(String name, List<Plot> charts) {
        List<Plot> telling = charts.stream().filter(Plot::isTelling).toList();
        return telling.isEmpty() ? List.of() : List.of(Section.of(name, Json.tree(telling.toArray(Plot[]::new))));
    }

    private static Plot chart(String unit, List<String> columns, List<ObjectNode> rows) {
        List<Charts.Series> lines = columns.stream()
                .map(column -> Metrics.series(Text.title(column), rows, column))
                .toList();
        String title = lines.get(0).name();
        return columns.get(0).toLowerCase(Locale.ROOT).contains("exploitability")
                ? Charts.falling(title, unit, "", lines)
                : Charts.lines(title, unit, "", lines);
    }
}
