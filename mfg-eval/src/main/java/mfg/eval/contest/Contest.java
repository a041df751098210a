package mfg.eval.contest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.core.Algorithm;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Described;
import mfg.eval.config.Given;
import mfg.eval.grid.Cell;
import mfg.eval.grid.Grid;
import mfg.eval.grid.Outcome;
import mfg.eval.grid.Place;
import mfg.eval.io.Json;
import mfg.eval.run.Metrics;
import mfg.eval.solve.SolveConfig;
import mfg.eval.solve.SolveKind;
import mfg.eval.solve.SolveResult;
import mfg.eval.view.Charts;

/**
 * Games by solvers: a run for each pair in a folder of its own, a table of all of them, and a chart of each game with all its solvers.
 * An option counts for those games and solvers that have it.
 */
public final class Contest {

    private static final Grid.Purpose PURPOSE = new Grid.Purpose("solve", "solvers.json", "solvers.csv", true);

    private Contest() {}

    /**
     * What is run.
     *
     * @param games names
     * @param files of games that are not built in, absolute paths
     * @param algorithms names of solvers
     * @param options texts by the names of options
     */
    public record Plan(List<String> games, List<String> files, List<String> algorithms, Map<String, String> options) {

        /** A catalogue and the games of the files. */
        Catalogue in(Catalogue catalogue) throws IOException {
            Catalogue all = catalogue;
            for (String file : files) {
                all = all.with(Path.of(file));
            }
            return all;
        }
    }

    /** Whether a folder holds such runs. */
    public static boolean isAt(Path folder) {
        return PURPOSE.isAt(folder);
    }

    /** The first file in such a folder. */
    public static Path plan(Path folder) {
        return folder.resolve(PURPOSE.plan());
    }

    /**
     * Starts.
     *
     * @param folder new or empty
     * @param place where they are computed
     * @throws InvalidInputException if a run is refused, or an option is for none of them; nothing is left behind then
     */
    public static ContestResult start(Plan plan, Catalogue catalogue, Path folder, Place place) throws IOException {
        Grid<SolveResult> grid = grid(plan, catalogue, folder, place);
        return result(grid.start(Json.line(plan) + System.lineSeparator()), folder);
    }

    /** Goes on with the runs that are not finished. */
    public static ContestResult resume(Catalogue catalogue, Path folder, Place place) throws IOException {
        Plan plan = Json.intact(plan(folder), Map.of(), Plan.class);
        if (plan == null) {
            throw new InvalidInputException("%s is damaged".formatted(plan(folder)));
        }
        return result(grid(plan, catalogue, folder, place).resume(), folder);
    }

    private static Grid<SolveResult> grid(Plan plan, Catalogue catalogue, Path folder, Place place) throws IOException {
        Catalogue all = plan.in(catalogue);
        return new Grid<>(PURPOSE, cells(plan, all), all, folder, place);
    }

    /**
     * One run for each game and solver.
     *
     * @param catalogue that has the games of the plan's files, too
     * @throws InvalidInputException if one is refused, or an option is for none of them
     */
    static List<Cell<SolveConfig, SolveResult>> cells(Plan plan, Catalogue catalogue) throws IOException {
        List<Cell<SolveConfig, SolveResult>> cells = new ArrayList<>();
        Set<String> unused = new HashSet<>(plan.options().keySet());
        Set<String> names = new HashSet<>();
        for (String word : plan.games()) {
            Catalogue.Named game = catalogue.named(word);
            for (String algorithm : plan.algorithms()) {
                Map<String, String> options = new HashMap<>(plan.options());
                options.keySet().retainAll(known(game, algorithm));
                unused.removeAll(options.keySet());
                options.put("game", game.name());
                options.put("algorithm", algorithm);
                SolveConfig config = Binder.bind(game.catalogue(), SolveConfig.KIND, Given.options(options));
                String name = Catalogue.fileName(game.name()) + "-" + algorithm;
                if (!names.add(name)) {
                    throw new InvalidInputException("%s by %s is named twice".formatted(game.name(), algorithm));
                }
                ObjectNode labels = Json.object().put("game", game.name()).put("algorithm", algorithm);
                cells.add(new Cell<>(name, labels, SolveKind.SOLVE, config, game.source(), null));
            }
        }
        for (String option : unused) {
            throw new InvalidInputException("--%s is for none of these games and solvers".formatted(option));
        }
        return cells;
    }

    /** The options of all runs of solve, and those of this game and this solver. */
    static Set<String> known(Catalogue.Named game, String algorithm) {
        Set<String> known = new HashSet<>(Set.of("iterations", "tolerance", "initial", "seed"));
        Class<?> type = game.catalogue().games().get(game.name());
        if (type != null) {
            Described.of(game.catalogue(), type).forEach(described -> known.add(described.option()));
        }
        Class<?> solver = game.catalogue().chosen(Algorithm.class, algorithm, "--algorithm");
        Described.of(game.catalogue(), solver).forEach(described -> known.add(described.option()));
        return known;
    }

    private static ContestResult result(List<Outcome<SolveResult>> outcomes, Path folder) {
        ContestResult result = ContestResult.of(outcomes, folder);
        Charts.attempt(() -> draw(outcomes, folder));
        return result;
    }

    private static void draw(List<Outcome<SolveResult>> outcomes, Path folder) throws IOException {
        Map<String, List<Outcome<SolveResult>>> games = new LinkedHashMap<>();
        for (Outcome<SolveResult> outcome : outcomes) {
            if (outcome.result() != null) {
                games.computeIfAbsent(outcome.cell().labels().path("game").asText(), game -> new ArrayList<>())
                        .add(outcome);
            }
        }
        for (Map.Entry<String, List<Outcome<SolveResult>>> game : games.entrySet()) {
            List<Charts.Series> steps = new ArrayList<>();
            List<Charts.Series> seconds = new ArrayList<>();
            for (Outcome<SolveResult> outcome : game.getValue()) {
                String algorithm = outcome.cell().labels().path("algorithm").asText();
                List<ObjectNode> rows = Metrics.of(folder.resolve(outcome.cell().name()));
                steps.add(Metrics.series(algorithm, rows, "iteration", "exploitability"));
                seconds.add(Metrics.series(algorithm, rows, "seconds", "exploitability"));
            }
            Charts.save(
                    folder.resolve(Catalogue.fileName(game.getKey()) + ".png"),
                    List.of(
                            Charts.falling(game.getKey(), "iteration", "exploitability", steps),
                            Charts.racing(game.getKey(), "exploitability", seconds)));
        }
    }
}
