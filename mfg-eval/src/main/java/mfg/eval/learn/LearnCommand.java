package mfg.eval.learn;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import mfg.core.InvalidInputException;
import mfg.eval.io.Interruption;
import mfg.eval.io.Json;
import mfg.eval.io.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Learns to play. */
@Command(
        name = "learn",
        description = {
            "Learns policies for a game of many players who are almost alike, from simulated play alone, and measures how much",
            "a player could gain by leaving them."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./mfg learn a-sis",
            "  ./mfg learn a-rps --algorithm ipmd --json",
            "  ./mfg learn a-sis --players 200 --epochs 20 --out runs/small",
            "  ./mfg learn a-rps --paper",
            "  ./mfg learn --resume runs/small"
        })
public final class LearnCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "GAME",
            description =
                    "a-rps (rock-paper-scissors), a-sis (an epidemic) or congestion (crowds on a ring), all asymmetric.")
    private @Nullable String game;

    @Option(
            names = "--algorithm",
            description = "symm-pmd (one policy for all) or ipmd (each its own) (${DEFAULT-VALUE}).")
    private String algorithm = "symm-pmd";

    @Option(names = "--players", paramLabel = "N", description = "Players (a-rps 2000; else 1000).")
    private @Nullable Integer players;

    @Option(names = "--horizon", paramLabel = "H", description = "Rounds (10; a-sis 20).")
    private @Nullable Integer horizon;

    @Option(names = "--alpha", paramLabel = "X", description = "How different players move (0.1; a-rps 0).")
    private @Nullable Double alpha;

    @Option(names = "--beta", paramLabel = "X", description = "How different rewards are (0.1).")
    private @Nullable Double beta;

    @Option(names = "--epochs", paramLabel = "T", description = "Steps of the policy (100).")
    private @Nullable Integer epochs;

    @Option(names = "--td-epochs", paramLabel = "M", description = "Trajectories for each (20).")
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

    @Option(names = "--seed", paramLabel = "N", description = "Who is who, and all that is random (${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Plays at a time (as many as there are processors). Changes no number.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "DIR", description = "The run's folder, new or empty (runs/GAME-TIME).")
    private @Nullable Path out;

    @Option(names = "--resume", paramLabel = "DIR", description = "Go on with the run in DIR, with its configuration.")
    private @Nullable Path resume;

    @Option(names = "--json", description = "Print the result as one JSON object, the last line of stdout.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (threads < 1) {
            throw new InvalidInputException("--threads must be at least 1, not " + threads);
        }
        LearnResult result = resume != null ? resumed(resume) : started();
        PrintWriter stdout = spec.commandLine().getOut();
        if (json) {
            stdout.println(Json.line(result));
        } else {
            stdout.print(result.summary());
        }
        stdout.flush();
        return 0;
    }

    @SuppressWarnings("try") // the hint only has to be open
    private LearnResult resumed(Path directory) throws IOException {
        boolean others = game != null
                || spec.commandLine().getParseResult().matchedOptions().stream()
                        .map(option -> option.longestName())
                        .anyMatch(name -> !name.matches("--resume|--json|--threads"));
        if (others) {
            throw new InvalidInputException(
                    "--resume takes everything from the run; give no other option but --threads and --json");
        }
        try (Interruption hint = hint(directory)) {
            return LearnRun.resume(directory, threads);
        }
    }

    @SuppressWarnings("try") // the hint only has to be open
    private LearnResult started() throws IOException {
        if (game == null) {
            throw new InvalidInputException("say what to learn, as in: ./mfg learn a-sis");
        }
        LearnConfig config = config(CrowdSetting.named(game));
        Path folder = out != null ? out : RunFolder.fresh(config.game());
        try (Interruption hint = hint(folder)) {
            return LearnRun.start(config, folder, threads);
        }
    }

    private static Interruption hint(Path folder) {
        return Interruption.hint(folder.resolve(RunFolder.CONFIG), "learn --resume " + folder);
    }

    private LearnConfig config(CrowdSetting setting) {
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
