package mfg.eval.learn;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.LearnableGame;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.core.catalogue.SolvableGame;
import mfg.eval.io.Shell;
import mfg.eval.run.Context;
import mfg.eval.run.Task;
import mfg.train.symmetry.PolicyMirrorDescent;
import mfg.train.symmetry.TemporalDifference;

/** The learners, by name. */
public sealed interface Learner permits Learner.SharedTable, Learner.OwnTables, Networks {

    /** Whether it can learn a game. */
    default boolean learns(LearnableGame game) {
        return true;
    }

    /** Which games it can learn, in words. */
    default String learnsWhat() {
        return "all";
    }

    /** Makes the task of a configuration with this learner. */
    Task<LearnResult> task(LearnConfig config, Context context);

    /** The schedules of its paper to the letter, where they are not the usual ones, by option. */
    default Map<String, String> paper() {
        return Map.of();
    }

    /** What it means for learning that it goes on for more epochs; empty if there is nothing to say. */
    default String goingOn(int before, int after, int done) {
        return "";
    }

    /**
     * A file that a run leaves at its end.
     *
     * @throws InvalidInputException if it has not come to its end
     */
    static Path finished(Path run, String name) {
        Path file = run.resolve(name);
        if (!Files.exists(file)) {
            throw new InvalidInputException("run %s has not come to its end; go on with it by ./mfg %s"
                    .formatted(run, Shell.line(List.of("learn", "--resume", run.toString()))));
        }
        return file;
    }

    /** How values and policies of tables move. */
    record Steps(
            @Parameter(about = "trajectories of an epoch", value = "20", min = 1)
            int tdEpochs,

            @Parameter(about = "step size of the first epoch", value = "20", above = 0)
            double xi0,

            @Parameter(about = "entropy regularization", value = "0.02", min = 0)
            double tau,

            @Parameter(
                    about =
                            "what nobody does in an epoch keeps the value that it had; else it is worth 0, as in the paper",
                    value = "false")
            boolean keepValues,

            @Parameter(about = "epochs between quick looks at the exploitability", value = "5", min = 1)
            int evaluateEvery) {

        PolicyMirrorDescent.Options options(double delta, TemporalDifference.Data data) {
            return new PolicyMirrorDescent.Options(tdEpochs, delta, xi0, tau, data, keepValues);
        }
    }

    /** How the exploitability of tables is measured. */
    record Measuring(
            @Parameter(
                    about = "pairs of plays of each player in the final measurement",
                    value = "20",
                    min = 2,
                    max = 1e6)
            int repetitions,

            @Parameter(about = "measure so many players, drawn at random", value = "1000", min = 1)
            int sample) {}

    /** Policy mirror descent, one table for all. */
    @Named("symm-pmd")
    record SharedTable(
            @Parameter(about = "whose play it learns from: all or player-1", value = "all")
            TemporalDifference.Data tdData,

            @Parameter(
                    about = "learning rates (2/delta)/(m + 2/delta) of trajectories m",
                    value = "0.1",
                    above = 0,
                    max = 1)
            double delta,

            Steps steps,
            Measuring measuring)
            implements Learner {
        @Override
        public boolean learns(LearnableGame game) {
            return Seated.hasStates(game);
        }

        @Override
        public String learnsWhat() {
            return "games whose players have states";
        }

        @Override
        public Task<LearnResult> task(LearnConfig config, Context context) {
            return new TablesTask(
                    config, true, steps.options(delta, tdData), steps.evaluateEvery(), measuring, context);
        }

        @Override
        public Map<String, String> paper() {
            return Map.of("xi0", "1", "td-data", "player-1");
        }
    }

    /** Policy mirror descent, each player a table of its own. */
    @Named("ipmd")
    record OwnTables(
            @Parameter(
                    about = "learning rates (2/delta)/(m + 2/delta) of trajectories m",
                    value = "0.5",
                    above = 0,
                    max = 1)
            double delta,

            Steps steps,
            Measuring measuring)
            implements Learner {
        /** Where players are alike, one table is all there is to learn. */
        @Override
        public boolean learns(LearnableGame game) {
            return !(game instanceof SolvableGame) && Seated.hasStates(game);
        }

        @Override
        public String learnsWhat() {
            return "games whose players have states and differ";
        }

        @Override
        public Task<LearnResult> task(LearnConfig config, Context context) {
            PolicyMirrorDescent.Options options = steps.options(delta, TemporalDifference.Data.ALL); // each its own
            return new TablesTask(config, false, options, steps.evaluateEvery(), measuring, context);
        }

        @Override
        public Map<String, String> paper() {
            return Map.of("xi0", "1");
        }
    }
}
