package mfg.eval.compare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignOptions;
import mfg.eval.design.DesignResult;
import mfg.eval.design.RunGrid;
import mfg.eval.io.Shell;
import mfg.eval.io.Yaml;
import org.jspecify.annotations.Nullable;

/**
 * Contenders against each other in one setting. First the hyperparameters of those that learn are tuned with seeds of their own; then everybody gets what the budget allows. All runs are those of {@code design} and stay on disk.
 */
public final class Comparison {

    /** No repetition has these. Two, for what a rate does to one start may be luck. */
    private static final List<Long> TUNING_SEEDS =
            List.of(CompareBudget.MOST_REPETITIONS + 1L, CompareBudget.MOST_REPETITIONS + 2L);

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
     * @param atLongT whether those compete, too, that are chosen at the long T
     */
    public record Plan(String setting, CompareBudget budget, List<String> options, boolean atLongT) {

        /** What plans on disk need not have. */
        public static final Map<String, ?> YOUNGER = Map.of("atLongT", true);

        /** The arguments of {@code compare} behind the setting, with a space before each. */
        public String arguments() {
            String further = options.isEmpty() ? "" : " -- " + String.join(" ", options);
            return budget.arguments() + further;
        }

        /** The options of a run that has further ones, which stand against those of the plan. */
        List<String> options(List<String> further) {
            return DesignOptions.merged(options, further);
        }

        /** The configuration of that run. */
        DesignConfig config(List<String> further) throws IOException {
            return DesignOptions.config(setting, options(further));
        }
    }

    /**
     * What came of a contender.
     *
     * @param options those that were chosen, as {@code design} takes them; none where no run came to a result
     * @param runs with them, one a seed, that came to a result
     * @param diverged how many runs did not
     */
    public record Entry(Contender contender, List<String> options, List<Run> runs, int diverged) {}

    /**
     * A run.
     *
     * @param options as {@code design} takes them
     * @param training what it reported itself
     * @param result what its final design is worth at the T, T_val and long T of the comparison
     */
    record Run(List<String> options, DesignResult training, DesignResult result) {}

    /**
     * A run to do.
     *
     * @param candidate the contender's own options
     * @param options all of them
     * @param evaluation that of its design at the comparison's T, where it trains at another
     */
    private record Trial(
            Contender contender,
            List<String> candidate,
            List<String> options,
            RunGrid.Cell training,
            RunGrid.@Nullable Cell evaluation) {

        Stream<RunGrid.Cell> cells() {
            return Stream.of(training, evaluation).filter(Objects::nonNull);
        }

        /** What came of it, if there is all of it. */
        Stream<Run> run(Map<String, DesignResult> results) {
            DesignResult trained = results.get(training.name());
            DesignResult evaluated = evaluation == null ? trained : results.get(evaluation.name());
            return trained == null || evaluated == null
                    ? Stream.empty()
                    : Stream.of(new Run(options, trained, evaluated));
        }
    }

    Comparison(Plan plan, Path folder, int threads) throws IOException {
        this.plan = plan;
        this.folder = folder;
        this.threads = threads;
        this.contenders = Contender.of(plan.config(List.of()), plan.budget()).stream()
                .filter(contender -> plan.atLongT() || !contender.atLongT())
                .toList();
    }

    /** Does what starts each contender, but for the folder: bad options shall leave nothing behind. */
    void check() throws IOException {
        List<RunGrid.Cell> cells = new ArrayList<>();
        for (Contender contender : contenders) {
            List<String> any = contender.candidates().get(0);
            cells.add(trial(contender, any, 1).training());
        }
        new RunGrid(RUNS, cells, folder, threads).check();
    }

    /** Runs everything that is not there yet. */
    List<Entry> run() throws IOException {
        List<Trial> tuning = new ArrayList<>();
        for (Contender contender : contenders) {
            tuning.addAll(tuning(contender));
        }
        Map<String, DesignResult> tuned = run(TUNING, tuning);
        List<Trial> trials = new ArrayList<>();
        for (Contender contender : contenders) {
            trials.addAll(trials(contender, of(contender, tuning), tuned));
        }
        Map<String, DesignResult> results = run(RUNS, trials);
        return contenders.stream()
                .map(contender -> entry(contender, of(contender, tuning), of(contender, trials), results))
                .toList();
    }

    private static List<Trial> of(Contender contender, List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.contender().equals(contender))
                .toList();
    }

    /** The results of runs and their evaluations, by name. A figure that is not a number is none. */
    private Map<String, DesignResult> run(RunGrid.Kind kind, List<Trial> trials) throws IOException {
        if (trials.isEmpty()) {
            return Map.of();
        }
        Path runs = folder.resolve(kind.name());
        RunGrid grid = new RunGrid(kind, trials.stream().flatMap(Trial::cells).toList(), runs, threads);
        Map<String, DesignResult> results = new HashMap<>();
        for (RunGrid.Outcome outcome : kind.isAt(runs) ? grid.resume() : grid.start(Yaml.text(plan))) {
            DesignResult result = outcome.result();
            if (result != null && Double.isFinite(result.validationObjective() + result.longObjective())) {
                results.put(outcome.cell().name(), result);
            }
        }
        return results;
    }

    /** Runs of all candidates, where there is something to choose: as long as in the end, for what learns fast may not last. */
    private List<Trial> tuning(Contender contender) throws IOException {
        List<Trial> trials = new ArrayList<>();
        if (contender.kind() == Contender.Kind.LEARNED && contender.candidates().size() > 1) {
            for (List<String> candidate : contender.candidates()) {
                for (long seed : TUNING_SEEDS) {
                    trials.add(trial(contender, candidate, seed));
                }
            }
        }
        return trials;
    }

    /** What a contender does in the end: a search all candidates, the others their best with each seed. */
    private List<Trial> trials(Contender contender, List<Trial> tuning, Map<String, DesignResult> tuned)
            throws IOException {
        List<Trial> trials = new ArrayList<>();
        if (contender.kind() == Contender.Kind.SEARCHED) {
            for (List<String> candidate : contender.candidates()) {
                trials.add(trial(contender, candidate, 1));
            }
            return trials;
        }
        List<String> chosen = contender.candidates().get(0);
        if (!tuning.isEmpty()) {
            chosen = Collections.max(
                    contender.candidates(),
                    Comparator.comparingDouble(candidate -> validation(candidate, tuning, tuned)));
            if (validation(chosen, tuning, tuned) == Double.NEGATIVE_INFINITY) {
                return List.of();
            }
        }
        for (long seed = 1; seed <= plan.budget().repetitions(); seed++) {
            trials.add(trial(contender, chosen, seed));
        }
        return trials;
    }

    /**
     * Where the worse of a candidate's runs ended: the best design on the way of one that collapsed is luck. Infinitely low if a
     * run came to no result.
     */
    private static double validation(List<String> candidate, List<Trial> tuning, Map<String, DesignResult> tuned) {
        return tuning.stream()
                .filter(trial -> trial.candidate().equals(candidate))
                .map(trial -> tuned.get(trial.training().name()))
                .mapToDouble(result -> result == null ? Double.NaN : result.lastValidationObjective())
                .map(last -> Double.isNaN(last) ? Double.NEGATIVE_INFINITY : last)
                .min()
                .orElseThrow();
    }

    /** A run of a contender; a seed among the candidate's options stands. */
    private Trial trial(Contender contender, List<String> candidate, long seed) throws IOException {
        List<String> own = new ArrayList<>(candidate);
        own.add("--iterations=" + contender.iterations());
        if (candidate.stream().noneMatch(Comparison::isSeed)) {
            own.add("--seed=" + seed);
        }
        List<String> options = plan.options(own);
        ObjectNode labels = JsonNodeFactory.instance.objectNode();
        labels.put("contender", contender.name()).put("options", Shell.line(options));
        String name =
                "%s %s".formatted(contender.fileName(), String.join(" ", own)).replaceAll("[^A-Za-z0-9.]+", "-");
        RunGrid.Cell training = new RunGrid.Cell(name, labels, plan.config(own), null);
        RunGrid.Cell evaluation = contender.atLongT() && !TUNING_SEEDS.contains(seed)
                ? new RunGrid.Cell(name + EVALUATED, labels, evaluation(training.config()), name)
                : null;
        return new Trial(contender, candidate, options, training, evaluation);
    }

    /** Evaluates at the T of the comparison. */
    private DesignConfig evaluation(DesignConfig training) throws IOException {
        DesignConfig base = plan.config(List.of());
        DesignConfig atT = Yaml.with(training, "innerSteps", base.innerSteps());
        return Yaml.with(Yaml.with(atT, "validationSteps", base.validationSteps()), "iterations", 0);
    }

    private static boolean isSeed(String option) {
        return option.startsWith("--seed=");
    }

    /** The run that validates best of a search; all runs with a result of the others. */
    private static Entry entry(
            Contender contender, List<Trial> tuning, List<Trial> trials, Map<String, DesignResult> results) {
        List<Run> runs = trials.stream().flatMap(trial -> trial.run(results)).toList();
        if (runs.isEmpty()) {
            return new Entry(contender, List.of(), runs, trials.isEmpty() ? tuning.size() : trials.size());
        }
        int diverged = trials.size() - runs.size();
        if (contender.kind() == Contender.Kind.LEARNED) {
            List<String> options = runs.get(0).options().stream()
                    .filter(option -> !isSeed(option))
                    .toList();
            return new Entry(contender, options, runs, diverged);
        }
        Run best = Collections.max(
                runs, Comparator.comparingDouble(run -> run.training().validationObjective()));
        return new Entry(contender, best.options(), List.of(best), diverged);
    }
}
