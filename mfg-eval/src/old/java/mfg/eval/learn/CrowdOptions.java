package mfg.eval.learn;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code learn} for games whose policies are tables. */
final class CrowdOptions {

    @Option(names = "--alpha", paramLabel = "X", description = "How different players move (0.1; a-rps 0).")
    private @Nullable Double alpha;

    @Option(names = "--beta", paramLabel = "X", description = "How different rewards are (0.1).")
    private @Nullable Double beta;

    @Option(names = "--td-epochs", paramLabel = "M", description = "Trajectories of an epoch (20).")
    private @Nullable Integer tdEpochs;

    @Option(names = "--td-data", description = "Whose play symm-pmd learns from: all or player-1 (all).")
    private @Nullable String tdData;

    @Option(
            names = "--delta",
            paramLabel = "X",
            description = "Learning rates (2/delta)/(m + 2/delta) of trajectories m (0.1; ipmd 0.5).")
    private @Nullable Double delta;

    @Option(names = "--xi0", paramLabel = "X", description = "Step size of the first epoch (20; a-rps 5).")
    private @Nullable Double xi0;

    @Option(
            names = "--paper",
            description = "The paper's schedules to the letter: --xi0 1, and --td-data player-1 for symm-pmd.")
    private boolean paper;

    @Option(names = "--tau", paramLabel = "X", description = "Entropy regularization (0.02).")
    private @Nullable Double tau;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            description = "Epochs between quick looks at the exploitability (5).")
    private @Nullable Integer evaluateEvery;

    @Option(
            names = "--repetitions",
            paramLabel = "R",
            description = "Pairs of plays of each player in the final measurement (20).")
    private @Nullable Integer repetitions;

    @Option(names = "--sample", paramLabel = "N", description = "Measure so many players, drawn at random (1000).")
    private @Nullable Integer sample;

    /** The configuration that these options, and those that all games have, make. */
    LearnConfig config(
            CrowdSetting setting,
            String algorithm,
            @Nullable Integer players,
            @Nullable Integer horizon,
            @Nullable Integer epochs,
            long seed) {
        LearnConfig usual = LearnConfig.of(setting, algorithm, seed);
        boolean shared = algorithm.equals("symm-pmd");
        return new LearnConfig(
                setting.name(),
                algorithm,
                or(players, usual.players()),
                or(horizon, usual.horizon()),
                or(alpha, usual.alpha()),
                or(beta, usual.beta()),
                or(epochs, usual.epochs()),
                or(tdEpochs, usual.tdEpochs()),
                or(tdData, paper && shared ? "player-1" : usual.tdData()),
                or(delta, usual.delta()),
                or(xi0, paper ? 1 : usual.xi0()),
                or(tau, usual.tau()),
                or(evaluateEvery, usual.evaluateEvery()),
                or(repetitions, usual.repetitions()),
                or(sample, usual.sample()),
                seed);
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given != null ? given : otherwise;
    }
}
