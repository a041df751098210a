package mfg.eval.compare;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.eval.design.DesignResult;

/**
 * What came of a contender.
 *
 * @param options those that were chosen, as {@code design} takes them; none where no run came to a result
 * @param runs with them, one a seed, that came to a result
 * @param diverged how many runs did not
 */
record Entry(Contender contender, Map<String, String> options, List<Trained> runs, int diverged) {

    /**
     * A run.
     *
     * @param options as {@code design} takes them
     * @param training what it reported itself
     * @param result what its final design is worth at the T, T_val and long T of the comparison
     */
    record Trained(Map<String, String> options, DesignResult training, DesignResult result) {}

    /** The run that validates best of a search; all runs with a result of the others. */
    static Entry of(Contender contender, List<Trial> tuning, List<Trial> trials, Map<String, DesignResult> results) {
        List<Trained> runs =
                trials.stream().flatMap(trial -> trial.run(results)).toList();
        if (runs.isEmpty()) {
            return new Entry(contender, Map.of(), runs, trials.isEmpty() ? tuning.size() : trials.size());
        }
        int diverged = trials.size() - runs.size();
        if (contender.kind() == Contender.Kind.LEARNED) {
            Map<String, String> options = new LinkedHashMap<>(runs.get(0).options());
            options.remove("seed");
            return new Entry(contender, options, runs, diverged);
        }
        Trained best = Collections.max(
                runs, Comparator.comparingDouble(run -> run.training().validationObjective()));
        return new Entry(contender, best.options(), List.of(best), diverged);
    }

    List<DesignResult> training() {
        return runs.stream().map(Trained::training).toList();
    }

    List<DesignResult> results() {
        return runs.stream().map(Trained::result).toList();
    }
}
