package mfg.eval.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.catalogue.Source;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.config.Tree;
import mfg.eval.grid.Cell;
import mfg.eval.grid.Grid;
import mfg.eval.grid.Outcome;
import mfg.eval.grid.Place;
import mfg.eval.io.Csv;
import mfg.eval.io.Provenance;
import mfg.eval.io.Text;
import mfg.eval.run.Result;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;
import mfg.eval.run.RunKind;
import mfg.eval.run.Turn;
import mfg.eval.view.Charts;
import org.jspecify.annotations.Nullable;

/**
 * Runs of one kind over every combination of games, values and seeds. Its folder is found again by the configurations of the runs, so
 * that a sweep can grow: what is there stands.
 *
 * @param <T> the results of its runs
 * @param cells the runs, at least one, labelled with setting, grid and seed, the last of which goes fastest
 * @param catalogue the games
 * @param players among whom each is evaluated
 * @param text of the file
 */
public record Sweep<T extends Result>(List<Cell<?, T>> cells, Catalogue catalogue, SweepPlayers players, String text) {

    private static final Grid.Purpose PURPOSE = new Grid.Purpose("sweep", RunFolder.SWEEP, "runs.csv", false);

    /** More runs than this are a slip. */
    private static final int MOST = 10_000;

    /** Reads what to run. */
    public static Sweep<?> read(Path file, Catalogue known) throws IOException {
        return SweepFile.read(file, known);
    }

    /** The first file in the folder of a sweep. */
    public static Path plan(Path folder) {
        return folder.resolve(PURPOSE.plan());
    }

    /** Whether a folder holds a sweep. */
    public static boolean isAt(Path folder) {
        return PURPOSE.isAt(folder);
    }

    /**
     * Combines.
     *
     * @param axes values by option, the game among them
     * @param labels options that vary
     */
    static <C extends Record, T extends Result> Sweep<T> of(
            RunKind<C, T> kind,
            Catalogue catalogue,
            Map<String, List<String>> axes,
            Set<String> labels,
            List<Long> seeds,
            SweepPlayers players,
            String text) {
        List<Cell<?, T>> cells = new ArrayList<>();
        Map<Object, String> twins = new HashMap<>();
        Map<String, Object> taken = new HashMap<>();
        for (Map<String, String> options : combinations(axes, MOST / seeds.size())) {
            for (long seed : seeds) {
                C config = config(kind, catalogue, axes, options, seed);
                ObjectNode label = Names.label(config, labels);
                Object tree = Tree.of(config);
                String name = Names.name(label, "");
                if (name.isEmpty() || taken.putIfAbsent(name.toLowerCase(Locale.ROOT), tree) != null) {
                    name = Names.name(label, "-" + Names.digest(tree));
                }
                String twin = twins.putIfAbsent(tree, name);
                if (twin != null) {
                    throw new InvalidInputException("%s is there twice".formatted(twin));
                }
                Source source = catalogue.source(Objects.requireNonNull(options.get("game")));
                cells.add(new Cell<>(name, label, kind, config, source, null));
            }
        }
        return new Sweep<>(cells, catalogue, players, text);
    }

    /** One that is refused is told by what it does not share with all. */
    private static <C extends Record> C config(
            RunKind<C, ?> kind,
            Catalogue catalogue,
            Map<String, List<String>> axes,
            Map<String, String> options,
            long seed) {
        Given given = new Given(options, option -> "'%s'".formatted(option)).with(Map.of("seed", String.valueOf(seed)));
        try {
            return Binder.bind(catalogue, kind.configuration(), given);
        } catch (InvalidInputException e) {
            String which = options.entrySet().stream()
                    .filter(option ->
                            Objects.requireNonNull(axes.get(option.getKey())).size() > 1)
                    .map(option -> "%s=%s, ".formatted(option.getKey(), option.getValue()))
                    .collect(Collectors.joining())
                    .replaceFirst(", $", ": ");
            throw new InvalidInputException(which + e.getMessage(), e);
        }
    }

    private static List<Map<String, String>> combinations(Map<String, List<String>> axes, int most) {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
            if ((long) combinations.size() * axis.getValue().size() > most) {
                throw new InvalidInputException("there are more than %d runs".formatted(MOST));
            }
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> combination : combinations) {
                for (String value : axis.getValue()) {
                    Map<String, String> added = new LinkedHashMap<>(combination);
                    added.put(axis.getKey(), value);
                    longer.add(added);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    /** A label in words: numbers without a power of ten where that is short. */
    static String text(JsonNode label) {
        if (label.isArray()) {
            return StreamSupport.stream(label.spliterator(), false)
                    .map(Sweep::text)
                    .collect(Collectors.joining(","));
        }
        if (label.isFloatingPointNumber()) {
            String plain =
                    BigDecimal.valueOf(label.doubleValue()).stripTrailingZeros().toPlainString();
            return plain.length() <= 8 ? plain : label.asText();
        }
        return label.asText();
    }

    /** The labels of which there are several values, but for the seed. */
    static List<String> varied(List<? extends Outcome<?>> outcomes) {
        List<String> names = new ArrayList<>();
        if (!outcomes.isEmpty()) {
            outcomes.get(0).cell().labels().fieldNames().forEachRemaining(names::add);
        }
        names.removeIf(name -> name.equals("seed") || values(outcomes, name).size() == 1);
        return names;
    }

    static Set<JsonNode> values(List<? extends Outcome<?>> outcomes, String name) {
        return outcomes.stream()
                .map(outcome -> outcome.cell().labels().path(name))
                .collect(Collectors.toSet());
    }

    /** A label and its value; words say what they are about. */
    static String text(String name, JsonNode label) {
        return label.isTextual() ? label.asText() : Text.words(name) + " " + text(label);
    }

    /**
     * Runs what is not there yet, and leaves tables and charts.
     *
     * @param folder new, empty, or of a sweep that has no run which this has not
     * @param place where runs are computed
     * @param shard which of them; several processes may run the others at the same time
     */
    @SuppressWarnings("try") // the turn only has to be open
    public SweepResult run(Path folder, Place place, Shard shard) throws IOException {
        List<Cell<?, T>> there = claimed(folder, place, shard);
        if (shard.isWhole()) {
            return told(new Grid<>(PURPOSE, there, catalogue, folder, place).resume(), folder, place);
        }
        Grid.Purpose own = new Grid.Purpose(PURPOSE.name(), PURPOSE.plan(), shard.table(), PURPOSE.charts());
        List<Outcome<T>> ours = new Grid<>(own, shard.of(there), catalogue, folder, place).resume();
        players.rows(ours, catalogue, folder, place.threads());
        try (Turn turn = Turn.at(folder)) {
            return told(new Grid<>(PURPOSE, there, catalogue, folder, place).collected(), folder, place);
        }
    }

    /** Makes the folder a sweep's, or lets the sweep grow, unless that was done: the runs where they are. */
    @SuppressWarnings("try") // the turn only has to be open
    private List<Cell<?, T>> claimed(Path folder, Place place, Shard shard) throws IOException {
        if (!isAt(folder)) {
            requireFree(folder);
            new Grid<>(PURPOSE, cells, catalogue, folder, place).check();
            RunFolder.make(folder);
        }
        try (Turn turn = shard.isWhole() ? () -> {} : Turn.at(folder)) {
            if (!isAt(folder)) {
                RunFolder.requireFreeFor("sweep", folder);
                AtomicFile.write(plan(folder), Provenance.header() + text);
                return cells;
            }
            boolean grows = grows(folder);
            List<Cell<?, T>> there = located(folder);
            if (grows) {
                List<Cell<?, T>> fresh = there.stream()
                        .filter(cell -> !RunFolder.isRun(folder.resolve(cell.name())))
                        .toList();
                new Grid<>(PURPOSE, fresh, catalogue, folder, place).check();
                AtomicFile.write(plan(folder), Provenance.header() + text);
            }
            return there;
        }
    }

    private static void requireFree(Path folder) throws IOException {
        try {
            RunFolder.requireFreeFor("sweep", folder);
        } catch (InvalidInputException e) {
            if (!isAt(folder)) { // else another part was first
                throw e;
            }
        }
    }

    private SweepResult told(List<Outcome<T>> outcomes, Path folder, Place place) throws IOException {
        List<SweepResult.Row> rows = players.rows(outcomes, catalogue, folder, place.threads());
        Csv.write(
                folder.resolve(PURPOSE.table()),
                rows.stream().map(SweepResult.Row::fields).toList());
        Standings standings = Standings.of(outcomes);
        if (!standings.rows().isEmpty()) {
            Csv.write(folder.resolve("standings.csv"), standings.rows());
        }
        Charts.attempt(() -> SweepChart.draw(outcomes, standings, folder.resolve("sweep.png")));
        return new SweepResult(rows, standings, folder.toString());
    }

    /**
     * Whether this has more than a folder's sweep.
     *
     * @throws InvalidInputException if it has less, or something else
     */
    private boolean grows(Path folder) throws IOException {
        Sweep<?> earlier = read(plan(folder), catalogue);
        Set<Object> configs = cells.stream().map(Sweep::identity).collect(Collectors.toSet());
        for (Cell<?, ?> cell : earlier.cells()) {
            if (!configs.contains(identity(cell))) {
                throw new InvalidInputException(
                        "%s holds another sweep: %s is not in this one; nothing was changed (a sweep may grow)"
                                .formatted(folder, cell.name()));
            }
        }
        if (!players.includes(earlier.players())) {
            throw new InvalidInputException(
                    "%s holds another sweep, with other players or repetitions; nothing was changed (a sweep may grow)"
                            .formatted(folder));
        }
        return cells.size() > earlier.cells().size() || !players.equals(earlier.players());
    }

    private static Object identity(Cell<?, ?> cell) {
        return List.of(cell.kind().command(), Tree.of(cell.config()));
    }

    /** The runs where they are, whatever they were called when the sweep was smaller. */
    private List<Cell<?, T>> located(Path folder) throws IOException {
        if (cells.stream().allMatch(cell -> RunFolder.isRun(folder.resolve(cell.name())))) {
            return cells;
        }
        Map<Object, String> names = new HashMap<>();
        RunKind<?, T> kind = cells.get(0).kind();
        for (Path run : RunFolder.below(folder)) {
            names.put(Tree.of(Run.config(kind, catalogue, run)), String.valueOf(run.getFileName()));
        }
        List<Cell<?, T>> located = new ArrayList<>();
        for (Cell<?, T> cell : cells) {
            located.add(renamed(cell, names.get(Tree.of(cell.config()))));
        }
        return located;
    }

    private static <C extends Record, T extends Result> Cell<C, T> renamed(Cell<C, T> cell, @Nullable String name) {
        return name == null || name.equals(cell.name())
                ? cell
                : new Cell<>(name, cell.labels(), cell.kind(), cell.config(), cell.source(), cell.after());
    }
}
