package mfg.eval.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mfg.core.Parallel;
import mfg.envs.players.NPlayerEvaluation;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.grid.Outcome;
import mfg.eval.io.Progress;
import mfg.eval.players.PlayersResult;
import mfg.eval.players.PlayersRun;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;

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
    List<SweepResult.Row> rows(List<? extends Outcome<?>> outcomes, Catalogue catalogue, Path folder, int threads) {
        if (counts.isEmpty()) {
            return outcomes.stream().map(SweepResult.Row::alone).toList();
        }
        try (Progress progress = new Progress("players", 0, outcomes.size())) {
            return Parallel.map(outcomes, threads, outcome -> {
                SweepResult.Row row = row(outcome, catalogue, folder);
                progress.advance(outcome.cell().name());
                return row;
            });
        }
    }

    /** One that fails stops no other. */
    private SweepResult.Row row(Outcome<?> outcome, Catalogue catalogue, Path folder) {
        if (outcome.result() == null) {
            return SweepResult.Row.alone(outcome);
        }
        try (RunFolder files = RunFolder.open(folder.resolve(outcome.cell().name()))) {
            return new SweepResult.Row(
                    outcome, outcome.status(), evaluation(files, catalogue).rows());
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            String status = "%s; among N players: %s".formatted(outcome.status(), e.getMessage());
            return new SweepResult.Row(outcome, status, List.of());
        }
    }

    /** The earlier evaluation of a run if it was the same, else one done now. */
    private PlayersResult evaluation(RunFolder files, Catalogue catalogue) throws IOException {
        DesignConfig config = Run.config(DesignKind.DESIGN, catalogue, files.path());
        PlayersResult earlier = PlayersResult.of(files);
        if (earlier != null && isOurs(earlier, config)) {
            return earlier;
        }
        NPlayerEvaluation.Plan plan = new NPlayerEvaluation.Plan(repetitions, SEED, 1);
        return PlayersRun.evaluate(files, config, counts, config.population().longSteps(), plan, (done, figures) -> {});
    }

    /** Whether nothing of others is lost: they are among these, or there are none. */
    boolean includes(SweepPlayers others) {
        return counts.containsAll(others.counts())
                && (others.counts().isEmpty() || repetitions == others.repetitions());
    }

    private boolean isOurs(PlayersResult earlier, DesignConfig config) {
        return earlier.steps() == config.population().longSteps()
                && earlier.repetitions() == repetitions
                && earlier.seed() == SEED
                && earlier.rows().stream()
                        .map(NPlayerEvaluation::players)
                        .toList()
                        .equals(counts);
    }
}
