package mfg.eval.taxi;

import mfg.envs.taxi.CityLayout;
import mfg.nn.Identity;
import mfg.train.ppo.PpoOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code learn a-taxi} alone. */
public final class TaxiOptions {

    @Option(
            names = "--identity",
            description =
                    "How networks know who drives: none, one-hot, number, or independent, a network for each (none).")
    private String identity = Identity.NONE.toString();

    @Option(names = "--entropy", paramLabel = "X", description = "Weight of the entropy (0.006).")
    private @Nullable Double entropy;

    @Option(names = "--congestion", paramLabel = "C", description = "How much taxis jam each other (8).")
    private double congestion = 8;

    @Option(names = "--customers", paramLabel = "P", description = "How likely an empty cell gets a customer (0.2).")
    private double customers = 0.2;

    @Option(
            names = "--layout",
            paramLabel = "MAP",
            description = "Rows from the top: # wall, S start, 1 and 2 zones (" + CityLayout.DEFAULT + ").")
    private String layout = CityLayout.DEFAULT;

    @Option(names = "--cities", paramLabel = "N", description = "Cities played in at a time (1).")
    private int cities = 1;

    @Option(names = "--hidden", paramLabel = "N", description = "Width of the two hidden layers (128).")
    private int hidden = 128;

    @Option(names = "--learning-rate", paramLabel = "X", description = "At first; it falls linearly to 0 (2.5e-4).")
    private @Nullable Double learningRate;

    @Option(names = "--passes", paramLabel = "N", description = "Passes through an epoch's samples (4).")
    private @Nullable Integer passes;

    @Option(names = "--minibatch", paramLabel = "N", description = "Samples of a step (16384 for 1000 players).")
    private @Nullable Integer minibatch;

    @Option(names = "--gamma", paramLabel = "X", description = "Discount of later rewards (0.999).")
    private @Nullable Double gamma;

    @Option(names = "--gae-lambda", paramLabel = "X", description = "How far advantages look ahead (0.95).")
    private @Nullable Double lambda;

    @Option(names = "--clip", paramLabel = "X", description = "How far an epoch may move the policy (0.2).")
    private @Nullable Double clip;

    @Option(names = "--no-value-clipping", description = "Let values move further than that.")
    private boolean freeValues;

    @Option(names = "--value-loss", paramLabel = "X", description = "Weight of the value's loss (0.9).")
    private @Nullable Double valueLoss;

    @Option(names = "--gradient-norm", paramLabel = "X", description = "Largest norm of a gradient (0.5).")
    private @Nullable Double gradientNorm;

    @Option(names = "--device", description = "cpu or gpu (cpu).")
    private String device = "cpu";

    /** The configuration that these options, and those that all games have, make. */
    public TaxiConfig config(
            String algorithm,
            @Nullable Integer players,
            @Nullable Integer horizon,
            @Nullable Integer epochs,
            long seed) {
        TaxiConfig usual = TaxiConfig.of(or(players, 1000), or(epochs, 150), seed);
        PpoOptions paper = usual.ppo();
        PpoOptions ppo = new PpoOptions(
                paper.epochs(),
                or(learningRate, paper.learningRate()),
                or(gamma, paper.gamma()),
                or(lambda, paper.lambda()),
                or(entropy, paper.entropy()),
                or(valueLoss, paper.valueLoss()),
                or(gradientNorm, paper.gradientNorm()),
                or(clip, paper.clip()),
                !freeValues,
                or(passes, paper.passes()),
                or(minibatch, paper.minibatch()));
        return new TaxiConfig(
                usual.game(),
                algorithm,
                identity,
                usual.players(),
                or(horizon, usual.horizon()),
                cities,
                layout,
                congestion,
                customers,
                hidden,
                ppo,
                device,
                seed);
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given != null ? given : otherwise;
    }
}
