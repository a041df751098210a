package mfg.eval.learn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.envs.SimulatedGame;
import mfg.envs.Simulator;
import mfg.eval.run.Context;
import mfg.eval.run.Task;
import mfg.nn.ActorCritic;
import mfg.nn.Identity;
import mfg.nn.Snapshot;
import mfg.train.Adam;
import mfg.train.ppo.PpoOptions;

/** Proximal policy optimization of networks. */
@Named("ppo")
public record Networks(
        @Parameter(
                about =
                        "how networks know who acts: none (Sym-NN), one-hot (OH-NN), number (ID-NN), or independent (Ind-NN), which is a network for each",
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
        return Snapshot.load(Learner.finished(run, FILE), networks.parameters(), manager, DataType.FLOAT32);
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
