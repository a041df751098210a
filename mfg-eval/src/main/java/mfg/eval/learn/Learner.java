package mfg.eval.learn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.LearnableGame;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.core.catalogue.SolvableGame;
import mfg.envs.SimulatedGame;
import mfg.envs.Simulator;
import mfg.eval.io.Shell;
import mfg.eval.run.Context;
import mfg.eval.run.Task;
import mfg.nn.ActorCritic;
import mfg.nn.Identity;
import mfg.nn.Snapshot;
import mfg.train.Adam;
import mfg.train.ppo.PpoOptions;
import mfg.train.symmetry.PolicyMirrorDescent;
import mfg.train.symmetry.TemporalDifference;

/** The learners, by name. */
public sealed interface Learner permits Learner.SharedTable, Learner.OwnTables, Learner.Networks {

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

    /** Proximal policy optimization of networks. */
    @Named("ppo")
    record Networks(
            @Parameter(
                    about =
                            "how networks know who acts: none, one-hot, number, or independent, which is a network for each",
                    value = "none")
            Identity identity,

            @Parameter(about = "width of the two hidden layers", value = "128", min = 1)
            int hidden,

            @Parameter(about = "learning rate at first; it falls linearly to 0", value = "2.5e-4", above = 0, max = 1)
            double learningRate,

            @Parameter(about = "weight of the entropy", value = "0.006", min = 0, max = 1e6)
            double entropy,

            @Parameter(about = "passes through an epoch's samples", value = "4", min = 1)
            int passes,

            @Parameter(
                    about = "samples of a step; 0 for what suits the number of players, 16384 for 1000",
                    value = "0",
                    min = 0)
            int minibatch,

            @Parameter(about = "discount of later rewards", value = "0.999", min = 0, max = 1)
            double gamma,

            @Parameter(about = "how far advantages look ahead", value = "0.95", min = 0, max = 1)
            double gaeLambda,

            @Parameter(about = "how far an epoch may move the policy", value = "0.2", above = 0, max = 1)
            double clip,

            @Parameter(
                    about = "how far an epoch may move values: none (as far as they go), absolute (--clip, in units of "
                            + "reward), relative (--clip times the deviation of returns)",
                    value = "none")
            PpoOptions.ValueClipping valueClipping,

            @Parameter(about = "divide rewards by how much discounted sums of them have varied", value = "false")
            boolean normalizeRewards,

            @Parameter(
                    about = "no further pass once the policy has moved further than this; 0 for all",
                    value = "0",
                    min = 0)
            double targetKl,

            @Parameter(about = "weight of the value's loss", value = "0.9", min = 0, max = 1e6)
            double valueLoss,

            @Parameter(about = "largest norm of a gradient", value = "0.5", above = 0)
            double gradientNorm,

            @Parameter(about = "Adam: what of a gradient's running mean a step keeps", value = "0.9", min = 0, max = 1)
            double adamBeta1,

            @Parameter(about = "Adam: what of the running square", value = "0.999", min = 0, max = 1)
            double adamBeta2,

            @Parameter(about = "Adam: what is added to the root of the square", value = "1e-5", above = 0, max = 1)
            double adamEpsilon,

            @Parameter(
                    about = "where to compute",
                    value = "cpu",
                    oneOf = {"cpu", "gpu"})
            String device)
            implements Learner {

        /** {@inheritDoc} As in CleanRL, which the paper took: values are held back in units of reward. */
        @Override
        public Map<String, String> paper() {
            return Map.of("value-clipping", "absolute");
        }

        /** What a run leaves of its networks. */
        static final String FILE = "networks.npz";

        @Override
        public Task<LearnResult> task(LearnConfig config, Context context) {
            return config.game() instanceof SimulatedGame<?> game
                    ? new NetworksTask<>(config, game, this, context)
                    : new NetworksTask<>(config, Seated.of(config), this, context);
        }

        /** How players learn. */
        public PpoOptions options(int epochs, int players) {
            int usual = PpoOptions.paper(epochs, players).minibatch();
            return new PpoOptions(
                    epochs,
                    learningRate,
                    gamma,
                    gaeLambda,
                    entropy,
                    valueLoss,
                    gradientNorm,
                    clip,
                    valueClipping,
                    normalizeRewards,
                    targetKl,
                    passes,
                    minibatch == 0 ? usual : minibatch,
                    new Adam.Constants(adamBeta1, adamBeta2, adamEpsilon));
        }

        /** The networks of one player by itself ({@link ActorCritic#alone}). */
        public ActorCritic alone(Simulator simulator) {
            return new ActorCritic(1, simulator.features(), simulator.actions(), hidden, Identity.NONE);
        }

        /** The networks of all who play. */
        public ActorCritic networks(Simulator simulator) {
            return new ActorCritic(simulator.players(), simulator.features(), simulator.actions(), hidden, identity);
        }

        /**
         * What a run has learned.
         *
         * @throws InvalidInputException if it has not come to its end
         */
        public NDList learned(Path run, ActorCritic networks, NDManager manager) throws IOException {
            return Snapshot.load(finished(run, FILE), networks.parameters(), manager, DataType.FLOAT32);
        }

        @Override
        public String goingOn(int before, int after, int done) {
            return String.format(
                    Locale.ROOT,
                    "the learning rate now falls to 0 after epoch %d: that of epoch %d is %.3g (with %d epochs it would end at 0)",
                    after,
                    done + 1,
                    learningRate * (1 - (double) done / after),
                    before);
        }
    }
}
