package mfg.eval.solve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.eval.io.Fact;
import mfg.eval.io.Text;
import mfg.eval.run.Result;
import mfg.eval.run.Run;

/**
 * What {@code solve} reports, by JSON name.
 *
 * @param exploitability plain, after 0, 1, 2, .. iterations
 * @param value what the game is worth to a player under the last policy
 * @param bestIteration after how many iterations the exploitability was least
 * @param bestExploitability how much it was then
 * @param secondsPerIteration on average, measuring included
 * @param status {@code finished}, or why the run ended early
 */
public record SolveResult(
        String game,
        String algorithm,
        int iterations,
        List<Double> exploitability,
        double value,
        int bestIteration,
        double bestExploitability,
        double secondsPerIteration,
        String status,
        String runDirectory)
        implements Result {

    private static final int LINES = 10;

    /** The last policy is worse than the best one if its exploitability is more than so many times as large. */
    private static final double WORSE = 1.01;

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("exploitability", last());
        figures.put("value", value);
        return figures;
    }

    private double last() {
        return exploitability.get(exploitability.size() - 1);
    }

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact(
                        "Exploitability",
                        Text.of("%.4g", last()),
                        Text.of(
                                "after %d iterations of %s; %.4g at the start",
                                iterations, algorithm, exploitability.get(0))),
                new Fact("Least", Text.of("%.4g", bestExploitability), Text.of("after %d iterations", bestIteration)),
                new Fact("Value of the game", Text.of("%.6g", value), "what a player earns under the last policy"),
                new Fact("Time", Text.of("%.3g s", secondsPerIteration), "an iteration, measuring included"));
    }

    /** What a reader of the last number must know: that there was a better one, or never another. */
    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (last() > WORSE * bestExploitability) {
            warnings.add(Text.of(
                    "it got worse: the exploitability was %.8g after %d iterations; best.npz has the policy",
                    bestExploitability, bestIteration));
        }
        double start = exploitability.get(0);
        if (iterations > 1 && start > 0 && exploitability.stream().allMatch(now -> now == start)) {
            warnings.add("it never moved");
        }
        if (!status.equals(Run.FINISHED)) {
            warnings.add(status);
        }
        return warnings;
    }

    @Override
    public String summary() {
        Text text = new Text();
        text.line("%s by %s", game, algorithm);
        text.line("%10s  %s", "iteration", "exploitability");
        int last = exploitability.size() - 1;
        for (int k = 0; k <= last; k++) {
            if (k == last || k % Math.max(1, last / LINES) == 0) {
                text.line("%10d  %.8g", k, exploitability.get(k));
            }
        }
        warnings().forEach(warning -> text.line("%s", warning));
        text.line("value of the last policy %.8g", value);
        text.line("all of it in %s", runDirectory);
        return text.toString();
    }
}
