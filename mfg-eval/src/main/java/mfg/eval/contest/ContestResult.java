package mfg.eval.contest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mfg.core.DivergedException;
import mfg.eval.grid.Outcome;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import mfg.eval.solve.SolveResult;

/**
 * What came of games by solvers, by JSON name.
 *
 * @param runs that have a result
 * @param failed why the others have none, by the name of their folder
 */
public record ContestResult(List<SolveResult> runs, Map<String, String> failed, String runDirectory)
        implements Summary {

    /**
     * Gathers outcomes.
     *
     * @throws DivergedException if none has a result
     */
    static ContestResult of(List<Outcome<SolveResult>> outcomes, Path folder) {
        Map<String, String> failed = new LinkedHashMap<>();
        outcomes.stream()
                .filter(outcome -> outcome.result() == null)
                .forEach(outcome -> failed.put(outcome.cell().name(), outcome.status()));
        List<SolveResult> runs = outcomes.stream()
                .filter(outcome -> outcome.result() != null)
                .map(outcome -> Objects.requireNonNull(outcome.result()))
                .toList();
        if (runs.isEmpty()) {
            List<String> why = new ArrayList<>();
            failed.forEach((name, status) -> why.add("%s: %s".formatted(name, status)));
            throw new DivergedException("no solver came to a result; " + String.join("; ", why));
        }
        return new ContestResult(runs, failed, folder.toString());
    }

    @Override
    public String summary() {
        Text text = new Text();
        text.line(
                "%s",
                TextTable.of(runs)
                        .column("game", SolveResult::game)
                        .column("algorithm", SolveResult::algorithm)
                        .column("iterations", run -> Text.of("%d", run.iterations()))
                        .column(
                                "exploitability",
                                run -> Text.of("%.6g", run.exploitability().get(run.iterations())))
                        .column("least", run -> Text.of("%.6g", run.bestExploitability()))
                        .column("after", run -> Text.of("%d", run.bestIteration()))
                        .column("seconds an iteration", run -> Text.of("%.3g", run.secondsPerIteration())));
        runs.forEach(run ->
                run.warnings().forEach(warning -> text.line("%s by %s: %s", run.game(), run.algorithm(), warning)));
        failed.forEach((name, why) -> text.line("%s: %s", name, why));
        text.line("all of it in %s", runDirectory);
        return text.toString();
    }
}
