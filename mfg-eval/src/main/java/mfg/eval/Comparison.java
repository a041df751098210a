package mfg.eval;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import mfg.core.DivergedException;

/**
 * Contenders against each other in one setting. First the hyperparameters of those that learn are tuned in short runs with a
 * seed of their own; then everybody gets what the budget allows. All runs are those of {@code design} and stay on disk.
 */
final class Comparison {

    /** No repetition has this seed. */
    private static final long TUNING_SEED = 0;

    /** Ends the names of runs that only evaluate the design of another. */
    private static final String EVALUATED = "-evaluated";

    private static final RunGrid.Kind TUNING = new RunGrid.Kind("tuning", "tuning.yaml", "tuning.csv", false);
    private static final RunGrid.Kind RUNS = new RunGrid.Kind("comparing", "runs.yaml", "runs.csv", false);

    private final Plan plan;
    private final Path folder;
    private final int threads;
    private final List<Contender> contenders;

    /**
     * What is compared, and how.
     *
     * @param options more options of {@code design} for every run, as {@code --name=value}
     */
    record Plan(String setting, CompareBudget budget, List<String> options) {

        /** The configuration of a run that has further options, which stand against those of the plan. */
        DesignConfig config(List<String> further) throws IOException {
            return DesignOptions.config(setting, DesignOptions.merged(options, further));
        }
    }

    /**
     * What came of a contender.
     *
     * @param options those that were chosen, as {@code design} takes them
     * @param runs with them, one a seed
     */
    record Entry(Contender contender, List<String> options, List<Run> runs) {}

    /**
     * A run.
     *
     * @param training what it reported itself
     * @param result what its final design is worth at the T, T_val and long T of the comparison
     */
    record Run(DesignResult training, DesignResult result) {}

    Comparison(Plan plan, Path folder, int threads) throws IOException {
        this.plan = plan;
        this.folder = folder;
        this.threads = threads;
        this.contenders = Contender.of(plan.config(List.of()), plan.budget());
    }

    /** Runs everything that is not there yet. */
    List<Entry> run() throws IOException {
        List<List<String>> chosen = new ArrayList<>();
        List<RunGrid.Outcome> tuning = run(TUNING, tuningCells());
        for (Contender contender : contenders) {
            chosen.add(tuned(contender, tuning));
        }
        List<RunGrid.Outcome> outcomes = run(RUNS, cells(chosen));
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            entries.add(entry(contenders.get(i), chosen.get(i), outcomes));
        }
        return entries;
    }

    private List<RunGrid.Outcome> run(RunGrid.Kind kind, List<RunGrid.Cell> cells) throws IOException {
        Path runs = folder.resolve(kind.name());
        RunGrid grid = new RunGrid(kind, cells, runs, threads);
        return kind.isAt(runs) ? grid.resume() : grid.start(Yaml.text(plan));
    }

    private static boolean isTuned(Contender contender) {
        return contender.kind() == Contender.Kind.LEARNED
                && contender.candidates().size() > 1;
    }

    private List<RunGrid.Cell> tuningCells() throws IOException {
        List<RunGrid.Cell> cells = new ArrayList<>();
        for (Contender contender : contenders) {
            if (isTuned(contender)) {
                int iterations = plan.budget().tuning(contender.iterations());
                for (List<String> options : contender.candidates()) {
                    cells.add(cell(contender, options, iterations, TUNING_SEED));
                }
            }
        }
        return cells;
    }

    private List<RunGrid.Cell> cells(List<List<String>> chosen) throws IOException {
        List<RunGrid.Cell> cells = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            Contender contender = contenders.get(i);
            if (contender.kind() == Contender.Kind.SEARCHED) {
                for (List<String> options : contender.candidates()) {
                    add(cells, contender, options, 1);
                }
            } else {
                for (long seed = 1; seed <= plan.budget().repetitions(); seed++) {
                    add(cells, contender, chosen.get(i), seed);
                }
            }
        }
        return cells;
    }

    /** A run, and behind it the evaluation of its design at the comparison's T where it was trained at another. */
    private void add(List<RunGrid.Cell> cells, Contender contender, List<String> options, long seed)
            throws IOException {
        RunGrid.Cell run = cell(contender, options, contender.iterations(), seed);
        cells.add(run);
        if (contender.atLongT()) {
            List<String> evaluation = new ArrayList<>(options);
            evaluation.removeIf(
                    option -> option.startsWith("--inner-steps=") || option.startsWith("--validation-steps="));
            evaluation.add("--iterations=0");
            evaluation.add("--seed=" + seed);
            cells.add(new RunGrid.Cell(run.name() + EVALUATED, run.labels(), plan.config(evaluation), run.name()));
        }
    }

    /** A run of a contender; a seed among the options stands. */
    private RunGrid.Cell cell(Contender contender, List<String> options, int iterations, long seed) throws IOException {
        List<String> all = new ArrayList<>(options);
        all.add("--iterations=" + iterations);
        if (options.stream().noneMatch(option -> option.startsWith("--seed="))) {
            all.add("--seed=" + seed);
        }
        ObjectNode labels = JsonNodeFactory.instance.objectNode();
        labels.put("contender", contender.name());
        labels.put("options", String.join(" ", all));
        String name = "%s %s".formatted(contender.fileName(), String.join(" ", all));
        return new RunGrid.Cell(name.replaceAll("[^A-Za-z0-9.]+", "-"), labels, plan.config(all), null);
    }

    /** The candidate that validates best; the first where there is nothing to tune. */
    private List<String> tuned(Contender contender, List<RunGrid.Outcome> tuning) {
        if (!isTuned(contender)) {
            return contender.candidates().get(0);
        }
        String best =
                best(runs(contender, tuning)).cell().labels().path("options").asText();
        return contender.candidates().stream()
                .filter(options -> best.startsWith(String.join(" ", options) + " "))
                .findFirst()
                .orElseThrow();
    }

    private static RunGrid.Outcome best(List<RunGrid.Outcome> runs) {
        return runs.stream()
                .max(Comparator.comparingDouble(run -> result(run).validationObjective()))
                .orElseThrow();
    }

    private static DesignResult result(RunGrid.Outcome outcome) {
        return Objects.requireNonNull(outcome.result());
    }

    /** A contender's runs with a result, evaluations left out. */
    private static List<RunGrid.Outcome> runs(Contender contender, List<RunGrid.Outcome> outcomes) {
        List<RunGrid.Outcome> runs = outcomes.stream()
                .filter(outcome ->
                        outcome.cell().labels().path("contender").asText().equals(contender.name()))
                .filter(outcome -> outcome.result() != null && outcome.cell().source() == null)
                .toList();
        if (runs.isEmpty()) {
            throw new DivergedException("every run of %s diverged".formatted(contender.name()));
        }
        return runs;
    }

    private static Entry entry(Contender contender, List<String> chosen, List<RunGrid.Outcome> outcomes) {
        List<RunGrid.Outcome> runs = runs(contender, outcomes);
        if (contender.kind() == Contender.Kind.SEARCHED) {
            RunGrid.Outcome best = best(runs);
            String options = best.cell().labels().path("options").asText();
            return new Entry(contender, List.of(options), List.of(run(best, outcomes)));
        }
        List<String> options = new ArrayList<>(chosen);
        options.add("--iterations=" + contender.iterations());
        return new Entry(
                contender, options, runs.stream().map(run -> run(run, outcomes)).toList());
    }

    private static Run run(RunGrid.Outcome training, List<RunGrid.Outcome> outcomes) {
        DesignResult evaluated = outcomes.stream()
                .filter(outcome -> training.cell().name().equals(outcome.cell().source()))
                .map(Comparison::result)
                .findFirst()
                .orElse(result(training));
        return new Run(result(training), evaluated);
    }
}
