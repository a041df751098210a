package mfg.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Shell;
import mfg.eval.run.RunFile;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import org.jspecify.annotations.Nullable;

/**
 * What there is to see in a folder of a run, of runs side by side, of a comparison or a figure: all that its page shows, put together from
 * the files that are there. Nothing is computed, and nothing of a user's is run.
 *
 * @param title what was run
 * @param state where it stands
 * @param answers of commands, the latest last
 * @param sections charts
 * @param pictures that move, as data URLs by heading
 * @param tables the numbers
 * @param command that does it again; empty where nobody can say
 * @param made what made it, and when
 * @param options all that decides the numbers
 */
public record Report(
        String title,
        State state,
        List<Answer> answers,
        List<Section> sections,
        Map<String, String> pictures,
        List<Numbers> tables,
        String command,
        String made,
        Map<String, String> options) {

    /** Rows of a table that a page shows. */
    private static final int MOST_ROWS = 400;

    /** Larger pictures stay where they are. */
    private static final long MOST_BYTES = 900_000;

    private static final String CSV = ".csv";

    /** A picture that moves and shows more than the charts, and its heading. */
    private static final String CITY = "city.gif";

    private static final String DAY = "A day in the city";

    /**
     * A table.
     *
     * @param file where all of it is
     * @param columns their names
     * @param rows the first of them
     * @param left how many more there are
     */
    public record Numbers(String file, List<String> columns, List<List<String>> rows, int left) {}

    /**
     * Looks at a folder.
     *
     * @throws InvalidInputException if there is nothing to report
     */
    public static Report of(Path folder) throws IOException {
        State state = State.of(folder);
        List<Answer> answers = Answer.in(folder);
        RunFile run = runFile(folder);
        if (answers.isEmpty() && run != null) {
            answers = Again.answer(folder, run).map(List::of).orElse(List.of());
        }
        List<Section> sections = sections(folder);
        if (run == null && answers.isEmpty() && sections.isEmpty() && !RunFolder.holdsSeveral(folder)) {
            throw new InvalidInputException("%s holds no run, sweep, comparison or figure that could be reported%s"
                    .formatted(folder, isEmpty(folder) ? "; a run in it may still be prepared" : ""));
        }
        if (run != null && state.kind() == State.Kind.RUNNING && state.words().isEmpty()) {
            state = new State(state.kind(), Live.progress(folder, Again.options(run)));
        }
        return new Report(
                title(folder, run),
                state,
                answers,
                sections,
                pictures(folder),
                tables(folder),
                run != null ? Again.command(run) : sweep(folder),
                made(folder),
                run == null ? Map.of() : Again.options(run));
    }

    private static String sweep(Path folder) {
        Path file = folder.resolve(RunFolder.SWEEP);
        return Files.isRegularFile(file) ? Shell.line(List.of("./mfg", "sweep", file.toString())) : "";
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static @Nullable RunFile runFile(Path folder) throws IOException {
        for (String name : List.of(RunFolder.CONFIG, RunFolder.SEEDS)) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return RunFile.read(folder.resolve(name));
            }
        }
        return null;
    }

    private static String title(Path folder, @Nullable RunFile run) {
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return run == null ? name : "%s: %s".formatted(run.command(), Again.game(run));
    }

    private static List<Section> sections(Path folder) throws IOException {
        Path parts = folder.resolve(Charts.FOLDER);
        List<Section> sections = new ArrayList<>();
        if (Files.isDirectory(parts)) {
            try (Stream<Path> files = Files.list(parts)) {
                for (Path file : files.filter(file -> file.toString().endsWith(".json") && !Answer.isOne(file))
                        .sorted()
                        .toList()) {
                    Plot[] charts = Json.intact(file, Plot[].class);
                    if (charts != null && Arrays.stream(charts).allMatch(Objects::nonNull)) {
                        String name = String.valueOf(file.getFileName());
                        sections.add(
                                Section.of(name.substring(0, name.length() - ".json".length()), Json.tree(charts)));
                    }
                }
            }
        }
        if (sections.isEmpty()) {
            sections.addAll(Live.sections(folder));
        }
        sections.sort(Comparator.comparingInt(Section::rank));
        return sections;
    }

    private static Map<String, String> pictures(Path folder) throws IOException {
        Path file = folder.resolve(CITY);
        return Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES
                ? Map.of(DAY, "data:image/gif;base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(file)))
                : Map.of();
    }

    private static List<Numbers> tables(Path folder) throws IOException {
        List<Numbers> tables = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(CSV) && Files.isRegularFile(file))
                    .sorted()
                    .toList()) {
                try {
                    Numbers table = table(file);
                    if (table != null) {
                        tables.add(table);
                    }
                } catch (IOException | RuntimeException e) { // of another program: the page goes without
                    tables.add(
                            new Numbers(file.getFileName() + ": no table that could be read", List.of(), List.of(), 0));
                }
            }
        }
        return tables;
    }

    private static @Nullable Numbers table(Path file) throws IOException {
        List<ObjectNode> rows = Csv.read(file);
        if (rows.isEmpty()) {
            return null;
        }
        List<String> columns = new ArrayList<>();
        rows.get(0).fieldNames().forEachRemaining(columns::add);
        List<List<String>> shown = rows.stream()
                .limit(MOST_ROWS)
                .map(row -> columns.stream()
                        .map(column -> row.path(column).asText())
                        .toList())
                .toList();
        return new Numbers(String.valueOf(file.getFileName()), columns, shown, rows.size() - shown.size());
    }

    /** What the head of a run's first file says. */
    private static String made(Path folder) throws IOException {
        for (String name : List.of(RunFolder.CONFIG, RunFolder.SEEDS, RunFolder.SWEEP)) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                try (Stream<String> lines = Files.lines(file)) {
                    return lines.findFirst()
                            .filter(line -> line.startsWith("# "))
                            .map(line -> line.substring(2))
                            .orElse("");
                }
            }
        }
        return "";
    }
}
