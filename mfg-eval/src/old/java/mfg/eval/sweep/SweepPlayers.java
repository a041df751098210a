package mfg.eval.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import mfg.core.DivergedException;
import mfg.core.Parallel;
import mfg.envs.players.NPlayerEvaluation;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.RunDirectory;
import mfg.eval.design.RunGrid;
import mfg.eval.io.Progress;
import mfg.eval.players.PlayersResult;
import mfg.eval.players.PlayersRun;

/**
 * Among whom a sweep evaluates the design of each finished run.
 *
 * @param counts the numbers of players, ascending; none for no evaluation
 * @param repetitions plays for each of them
 */
record SweepPlayers(List<Integer> counts, int repetitions) {

    private static final long SEED = 1;

    /**
     * Evaluates what was not evaluated before.
     *
     * @param outcomes the runs, finished or not; not modified
     * @param folder where their folders are
     * @param threads how many runs at a time; changes no number
     * @return a row for each, in their order
     */
    List<SweepResult.Row> rows(List<RunGrid.Outcome> outcomes, Path folder, int threads) throws IOException {
        if (counts.isEmpty()) {
            return outcomes.stream()
                    .map(outcome -> new SweepResult.Row(outcome, List.of()))
                    .toList();
        }
        try (Progress progress = new Progress("players", 0, outcomes.size())) {
            return Parallel.map(outcomes, threads, outcome -> {
                SweepResult.Row row = row(outcome, folder);
                progress.advance(outcome.cell().name());
                return row;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private SweepResult.Row row(RunGrid.Outcome outcome, Path folder) {
        if (outcome.result() == null) {
            return new SweepResult.Row(outcome, List.of());
        }
        try (RunDirectory files =
                RunDirectory.open(folder.resolve(outcome.cell().name()))) {
            return new SweepResult.Row(outcome, evaluation(files).rows());
        } catch (DivergedException e) {
            String status = "finished; among N players: " + e.getMessage();
            return new SweepResult.Row(new RunGrid.Outcome(outcome.cell(), status, outcome.result()), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The earlier evaluation of a run if it was the same, else one done now. */
    private PlayersResult evaluation(RunDirectory files) throws IOException {
        DesignConfig config = files.config();
        PlayersResult earlier = PlayersResult.of(files);
        if (earlier != null && isOurs(earlier, config)) {
            return earlier;
        }
        NPlayerEvaluation.Plan plan = new NPlayerEvaluation.Plan(repetitions, SEED, 1);
        return PlayersRun.evaluate(files, config, counts, config.longSteps(), plan, (done, figures) -> {});
    }

    private boolean isOurs(PlayersResult earlier, DesignConfig config) {
        return earlier.steps() == config.longSteps()
                && earlier.repetitions() == repetitions
                && earlier.seed() == SEED
                && earlier.rows().stream()
                        .map(NPlayerEvaluation::players)
                        .toList()
                        .equals(counts);
    }
}
