package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import mfg.core.AtomicFile;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.envs.auction.AuctionSetting;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Described;
import mfg.eval.config.Given;
import mfg.eval.config.Tree;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Cell;
import mfg.eval.grid.Grid;
import mfg.eval.grid.Outcome;
import mfg.eval.grid.Place;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Provenance;
import mfg.eval.io.Shell;
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.LearnKind;
import mfg.eval.learn.LearnResult;
import mfg.eval.run.Context;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;
import mfg.eval.run.RunKind;
import mfg.eval.view.BeforeAfter;
import mfg.eval.view.Charts;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Where a figure is reproduced, and what it may cost.
 *
 * @param folder the figure's
 * @param runs where its runs are, which figures may share
 * @param budget quick or full
 * @param iterations of training, instead of the budget's; null for those
 * @param options more options for every run that has them, by name
 * @param oneOfMany whether options may be for the runs of other figures
 * @param place where runs are computed, and how many plays at a time; changes no number
 */
public record Reproduction(
        Path folder,
        Path runs,
        Budget budget,
        @Nullable Integer iterations,
        Map<String, String> options,
        boolean oneOfMany,
        Place place) {

    /** How much a figure may cost: minutes, or what the paper spent. */
    public enum Budget {
        QUICK,
        FULL;

        /** The one or the other. */
        public <T> T of(T quick, T full) {
            return this == QUICK ? quick : full;
        }

        /** What the command line calls it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the papers' games are among. */
    static final Catalogue CATALOGUE = Catalogue.builtIn();

    /** The paper has no simple mechanisms beside its own. */
    private static final Binder.Kind<DesignConfig> DESIGN =
            DesignConfig.PAPER.where(Map.of("yardsticks", "false"), game -> Map.of());

    /** How many plays at a time. */
    public int threads() {
        return place.threads();
    }

    /** The same as one of many, in a folder below. */
    public Reproduction in(String below) {
        return new Reproduction(folder.resolve(below), runs, budget, iterations, options, true, place);
    }

    /** The auctions that a check looks at: quick, without those whose gradients take long. */
    List<String> auctions() {
        List<String> slow = budget.of(List.of("A3", "A8"), List.of());
        return AuctionSetting.ALL.stream()
                .map(AuctionSetting::name)
                .filter(name -> !slow.contains(name))
                .toList();
    }

    /** How many training iterations. */
    int iterations(int quick, int full) {
        return iterations != null ? iterations : budget.of(quick, full);
    }

    /**
     * The configuration of a run that a figure needs.
     *
     * @param usual options against which those of the user stand
     * @param own options that make it what it is
     * @throws InvalidInputException if the user's do not fit; those that are for other runs are left out
     */
    <C extends Record> C config(Binder.Kind<C> kind, Map<String, String> usual, Map<String, String> own) {
        Map<String, String> ours = Map.of();
        while (true) {
            Given given = Given.options(usual).with(ours).with(own);
            C config = Binder.bind(CATALOGUE, kind, given);
            Map<String, String> more = new LinkedHashMap<>(options);
            more.keySet().retainAll(Tree.flat(config).keySet());
            if (more.equals(ours)) {
                return config;
            }
            ours = more; // what is chosen may have options of its own
        }
    }

    /** The configuration of a design that a figure needs: in the paper's experiment, where nothing else is said. */
    DesignConfig designing(Map<String, String> usual, Map<String, String> own) {
        return config(DESIGN, usual, own);
    }

    /**
     * A design that a figure needs.
     *
     * @param name of its folder
     */
    Cell<DesignConfig, DesignResult> design(
            String name, String game, Map<String, String> usual, Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>(own);
        all.put("game", game);
        DesignConfig config = designing(usual, all);
        return new Cell<>(name, Json.object().put("run", name), DesignKind.DESIGN, config, null, null);
    }

    /** The same as {@code design} has it by default, less what only its report tells. */
    Cell<DesignConfig, DesignResult> byDefault(
            String name, String game, Map<String, String> usual, Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>(own);
        all.put("game", game);
        all.put("yardsticks", "false");
        DesignConfig config = config(DesignConfig.KIND, usual, all);
        return new Cell<>(name, Json.object().put("run", name), DesignKind.DESIGN, config, null, null);
    }

    /** An auction's mechanism, trained from a random start. */
    Cell<DesignConfig, DesignResult> trained(String game, int quick, int full) {
        String iterations = String.valueOf(iterations(quick, full));
        return design(game + "-trained", game, Map.of("iterations", iterations, "seed", "1"), Map.of());
    }

    /** An auction by first price. */
    Cell<DesignConfig, DesignResult> firstPrice(String game) {
        return design(game + "-first-price", game, Map.of("seed", "1"), Map.of("mechanism", "first-price"));
    }

    /** The mechanism of A1 that several figures look at. */
    DesignResult trainedA1(Figure figure) throws IOException {
        return designs(figure.name(), List.of(trained("A1", 300, 1000))).get(0);
    }

    /**
     * Has each of the user's options taken by a run at least.
     *
     * @throws InvalidInputException if there is one that none takes
     */
    <C extends Record> void check(RunKind<C, ?> kind, List<C> configs) {
        options.forEach((option, text) -> {
            boolean elsewhere = oneOfMany && isKnown(option);
            if (!elsewhere
                    && configs.stream().noneMatch(config -> Tree.flat(config).containsKey(option))) {
                Run.with(kind, CATALOGUE, configs.get(0), Map.of(option, text)); // says why not
            }
        });
    }

    private static boolean isKnown(String option) {
        return Stream.of(DesignConfig.KIND, LearnConfig.KIND)
                .flatMap(kind -> Described.all(CATALOGUE, kind).stream())
                .anyMatch(described -> described.option().equals(option));
    }

    /**
     * Runs the designs that are not there yet, side by side; other runs may be in the folder, too.
     *
     * @param name of what they serve
     * @return their results, in order
     * @throws InvalidInputException if one cannot be started; nothing is left behind then
     * @throws DivergedException if one has none
     */
    List<DesignResult> designs(String name, List<Cell<DesignConfig, DesignResult>> cells) throws IOException {
        check(DesignKind.DESIGN, cells.stream().map(Cell::config).toList());
        Grid.Purpose purpose = new Grid.Purpose(name, "", name + ".csv", false);
        Grid<DesignResult> grid = new Grid<>(purpose, cells, CATALOGUE, runs, place);
        if (cells.stream().anyMatch(cell -> !RunFolder.isRun(runs.resolve(cell.name())))) {
            grid.check();
        }
        RunFolder.make(runs);
        List<DesignResult> results = new ArrayList<>();
        for (Outcome<DesignResult> outcome : grid.resume()) {
            if (outcome.result() == null) {
                throw new DivergedException("%s: %s".formatted(outcome.cell().name(), outcome.status()));
            }
            results.add(outcome.result());
        }
        return results;
    }

    /** The configuration of a design that was run. */
    static DesignConfig config(DesignResult run) throws IOException {
        return Run.config(DesignKind.DESIGN, CATALOGUE, run.folder());
    }

    /** The configuration of what is learned, checked. */
    LearnConfig learning(Map<String, String> usual, Map<String, String> own) {
        LearnConfig config = config(LearnConfig.KIND, usual, own);
        check(LearnKind.LEARN, List.of(config));
        return config;
    }

    /**
     * What was learned, now or before: with all threads and nothing beside it, for its time is told.
     *
     * @param name of its folder
     * @param usual options against which those of the user stand
     * @param own options that make it what it is
     */
    LearnResult learned(String name, Map<String, String> usual, Map<String, String> own) throws IOException {
        return Run.at(
                LearnKind.LEARN, learning(usual, own), CATALOGUE, null, runs.resolve(name), Context.alone(threads()));
    }

    /**
     * A table of a run.
     *
     * @param name such as {@code bids-after}
     */
    static Table table(DesignResult run, String name) {
        Path file = run.folder().resolve(name + ".csv");
        return Table.read()
                .usingOptions(CsvReadOptions.builder(file.toFile())
                        .columnTypes(column ->
                                List.of("round", "spot").contains(column) ? ColumnType.INTEGER : ColumnType.DOUBLE));
    }

    /** A table of a run before and after training, such as {@code bids}. */
    static BeforeAfter beforeAfter(DesignResult run, String name) {
        return new BeforeAfter(table(run, name + "-before"), table(run, name + "-after"));
    }

    /** What a user types to have a figure reproduced like this. */
    String command(Figure figure) {
        List<String> command = new ArrayList<>(List.of("./mfg", "reproduce", figure.name()));
        command.addAll(List.of("--budget", budget.toString()));
        if (iterations != null) {
            command.addAll(List.of("--iterations", String.valueOf(iterations)));
        }
        if (!options.isEmpty()) {
            command.add("--");
            options.forEach((option, text) -> command.add("--%s=%s".formatted(option, text)));
        }
        return Shell.line(command);
    }

    /** Reproduces a figure: leaves its data, what is said of it, and its chart. */
    public FigureResult of(Figure figure) throws IOException {
        Figure.Findings findings = figure.measurement().in(this);
        List<ObjectNode> rows = findings.rows();
        FigureResult result = new FigureResult(
                figure.name(),
                figure.claim(),
                findings.verdict(),
                findings.details(),
                rows.size() > FigureResult.MOST_ROWS ? List.of() : rows,
                command(figure),
                folder.toString());
        RunFolder.make(folder);
        Csv.write(folder.resolve(figure.name() + ".csv"), rows);
        AtomicFile.write(folder.resolve(figure.name() + ".txt"), result.summary());
        AtomicFile.write(folder.resolve(figure.name() + ".json"), Provenance.line(result) + System.lineSeparator());
        Charts.attempt(() -> Charts.save(
                folder.resolve(figure.name() + ".png"), findings.charts().get(), findings.columns()));
        return result;
    }
}
