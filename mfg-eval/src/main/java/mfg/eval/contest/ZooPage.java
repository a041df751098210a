package mfg.eval.contest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.core.Parallel;
import mfg.core.catalogue.DesignableGame;
import mfg.core.catalogue.SolvableGame;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Progress;
import mfg.eval.run.RunFolder;
import mfg.eval.solve.SolveConfig;

/**
 * Every game by every solver, with one setting of a solver for all games: what its exploitability comes to after equal iterations, and
 * after equal seconds. A table on disk, and a part of a page.
 */
public final class ZooPage {

    /** The part of a page that is written anew stands between these lines. */
    private static final String BEGIN = "<!-- solvers: made by ./mfg reproduce zoo -->";

    private static final String END = "<!-- end of solvers -->";
    private static final String TABLE = "zoo.csv";

    /** Exploitability below this is rounding. */
    private static final double NONE = 1e-12;

    /** The solvers by their heading. */
    private static final Map<String, Map<String, String>> SOLVERS = new LinkedHashMap<>();

    static {
        SOLVERS.put("omd", solver("omd", "eta", "1"));
        SOLVERS.put("omd 0.1", solver("omd", "eta", "0.1"));
        SOLVERS.put("optimistic omd 0.1", solver("optimistic-omd", "eta", "0.1"));
        SOLVERS.put("fp", solver("fictitious-play"));
        SOLVERS.put("fp damped 0.1", solver("fictitious-play", "weight", "0.1"));
        SOLVERS.put("fp temp 1", solver("fictitious-play", "temperature", "1"));
        SOLVERS.put("fixed point", solver("fixed-point"));
        SOLVERS.put("fixed point temp 10", solver("fixed-point", "temperature", "10"));
        SOLVERS.put("policy iteration", solver("policy-iteration"));
        SOLVERS.put("boltzmann 0.1", solver("boltzmann", "eta", "0.1"));
        SOLVERS.put("prior descent 2, 5", solver("prior-descent", "eta", "2", "every", "5"));
        SOLVERS.put("psro", solver("psro"));
        SOLVERS.put("mf-omo", solver("mf-omo"));
        SOLVERS.put("mf-omo param.", solver("mf-omo", "parameterized", "true"));
        SOLVERS.put("mf-omi", solver("mf-omi"));
    }

    private ZooPage() {}

    private static Map<String, String> solver(String algorithm, String... options) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("algorithm", algorithm);
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return all;
    }

    /** All games that are there to be solved, and not to be designed. */
    public static List<String> games() {
        Catalogue catalogue = Catalogue.builtIn();
        return catalogue.choices(SolvableGame.class).entrySet().stream()
                .filter(game -> !DesignableGame.class.isAssignableFrom(game.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * What a solver is given.
     *
     * @param iterations for the first table
     * @param seconds for the second; as many go before, uncounted, in which Java compiles
     * @param most seconds after which no step is begun, whatever the iterations
     */
    public record Budget(int iterations, double seconds, double most) {}

    /** A game by all solvers. */
    private record Line(String game, Map<String, Trial> trials) {}

    /**
     * Solves and writes.
     *
     * @param folder where the table comes to, new or empty
     * @param page whose part is written anew; it has the two lines between which it stands, or is new
     * @param threads how many runs at a time
     * @throws InvalidInputException if there is no such game, or it is there twice; nothing is left behind then
     */
    public static void write(List<String> games, Budget budget, Path folder, Path page, int threads)
            throws IOException {
        RunFolder.requireFree(folder);
        String before = before(page);
        List<Line> lines = new ArrayList<>();
        List<String> headings = List.copyOf(SOLVERS.keySet());
        List<String> known = games();
        for (String game : games) {
            if (!known.contains(game) || games.indexOf(game) < games.lastIndexOf(game)) {
                throw new InvalidInputException("--games are some of %s, each once, not %s"
                        .formatted(String.join(", ", known), String.join(", ", games)));
            }
        }
        RunFolder.make(folder);
        try (Progress progress = new Progress("zoo", 0, games.size() * headings.size())) {
            for (String game : games) {
                List<Trial> trials = Parallel.map(headings, threads, heading -> {
                    SolveConfig config = config(game, heading, budget.iterations());
                    Trial.run(config, budget.seconds(), budget.seconds());
                    Trial trial = Trial.run(config, budget.seconds(), budget.most());
                    progress.advance("%s by %s".formatted(game, heading));
                    return trial;
                });
                Map<String, Trial> byHeading = new LinkedHashMap<>();
                for (int i = 0; i < trials.size(); i++) {
                    byHeading.put(headings.get(i), trials.get(i));
                }
                lines.add(new Line(game, byHeading));
                Csv.write(folder.resolve(TABLE), rows(lines, budget));
            }
        }
        AtomicFile.write(page, before + part(lines, budget) + after(page));
    }

    private static SolveConfig config(String game, String heading, int iterations) {
        Map<String, String> options = new LinkedHashMap<>(SOLVERS.getOrDefault(heading, Map.of()));
        options.put("game", game);
        options.put("iterations", Integer.toString(iterations));
        return Binder.bind(Catalogue.builtIn(), SolveConfig.KIND, Given.options(options));
    }

    private static List<ObjectNode> rows(List<Line> lines, Budget budget) {
        List<ObjectNode> rows = new ArrayList<>();
        for (Line line : lines) {
            line.trials().forEach((heading, trial) -> {
                ObjectNode row = Json.object().put("game", line.game()).put("solver", heading);
                int done = trial.exploitability().size() - 1;
                Json.put(
                        row,
                        "start",
                        done < 0 ? Double.NaN : trial.exploitability().get(0));
                row.put("iterations", Math.min(done, budget.iterations()));
                Json.put(row, "least", trial.least(budget.iterations()));
                Json.put(row, "leastInSeconds", trial.within(budget.seconds()));
                Json.put(
                        row,
                        "secondsPerIteration",
                        done < 1 ? Double.NaN : trial.seconds().get(done) / done);
                rows.add(row.put("failure", trial.failure()));
            });
        }
        return rows;
    }

    private static String before(Path page) throws IOException {
        if (!Files.exists(page)) {
            return BEGIN;
        }
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        if (begin < 0 || text.indexOf(END) < begin) {
            throw new InvalidInputException(
                    "%s has no lines '%s' and '%s', between which the tables would stand".formatted(page, BEGIN, END));
        }
        return text.substring(0, begin + BEGIN.length());
    }

    private static String after(Path page) throws IOException {
        return Files.exists(page)
                ? Files.readString(page).substring(Files.readString(page).indexOf(END))
                : END + "\n";
    }

    private static String part(List<Line> lines, Budget budget) {
        StringBuilder part = new StringBuilder(
                "\n\nThe least exploitability in %d iterations (at most %.0f seconds; the least of a game in bold):\n\n"
                        .formatted(budget.iterations(), budget.most()));
        part.append(table(lines, trial -> trial.least(budget.iterations())));
        part.append("\nThe least exploitability in %s of computing, by one thread:\n\n"
                .formatted(budget.seconds() == 1 ? "a second" : budget.seconds() + " seconds"));
        part.append(table(lines, trial -> trial.within(budget.seconds())));
        Map<String, List<String>> failures = failures(lines);
        part.append(failures.isEmpty() ? "" : "\nWhere solvers fail:\n\n");
        failures.forEach((failure, games) -> part.append("- %s: %s\n".formatted(failure, String.join(", ", games))));
        return part.append('\n').toString();
    }

    /** Games by solver and by why it failed there. */
    private static Map<String, List<String>> failures(List<Line> lines) {
        Map<String, List<String>> failures = new TreeMap<>();
        for (Line line : lines) {
            line.trials().forEach((heading, trial) -> {
                if (!trial.failure().isEmpty()) {
                    failures.computeIfAbsent(
                                    "*%s*: %s".formatted(heading, trial.failure()), failure -> new ArrayList<>())
                            .add(line.game());
                }
            });
        }
        return failures;
    }

    private static String table(List<Line> lines, ToDoubleFunction<Trial> least) {
        List<String> headings = List.copyOf(SOLVERS.keySet());
        StringBuilder table = new StringBuilder("| game | uniform | ").append(String.join(" | ", headings));
        table.append(" |\n|---|---|").append("---|".repeat(headings.size())).append('\n');
        for (Line line : lines) {
            table.append("| %s | %s |".formatted(line.game(), start(line)));
            String best = number(line.trials().values().stream()
                    .mapToDouble(least)
                    .filter(Double::isFinite)
                    .min()
                    .orElse(Double.NaN));
            for (Trial trial : line.trials().values()) {
                String cell = cell(trial, least.applyAsDouble(trial));
                table.append(" %s |".formatted(cell.equals(best) ? "**" + cell + "**" : cell));
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String start(Line line) {
        return line.trials().values().stream()
                .filter(trial -> !trial.exploitability().isEmpty())
                .findFirst()
                .map(trial -> number(trial.exploitability().get(0)))
                .orElse("");
    }

    private static String cell(Trial trial, double least) {
        if (trial.exploitability().isEmpty()) {
            return "refused";
        }
        boolean isWorse = least > NONE && least >= trial.exploitability().get(0);
        return (isWorse ? "worse" : number(least)) + (trial.failure().isEmpty() ? "" : " (fails)");
    }

    private static String number(double exploitability) {
        return exploitability <= NONE ? "0" : String.format(Locale.ROOT, "%.2g", exploitability);
    }
}
