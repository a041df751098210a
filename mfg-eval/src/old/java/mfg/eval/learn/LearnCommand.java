package mfg.eval.learn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;
import mfg.eval.io.Answer;
import mfg.eval.io.Interruption;
import mfg.eval.io.RunFolder;
import mfg.eval.io.Summary;
import mfg.eval.taxi.TaxiConfig;
import mfg.eval.taxi.TaxiOptions;
import mfg.eval.taxi.TaxiRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Learns to play. */
@Command(
        name = "learn",
        description =
                "Learns policies for a game of many players who are almost alike, from simulated play alone. Where "
                        + "policies are tables it measures how much a player could gain by leaving them; for taxis, who have "
                        + "networks, see respond.",
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
            "  ./mfg learn a-taxi --players 200 --epochs 100",
            "  ./mfg learn a-taxi --identity one-hot --congestion 3 --out runs/one-hot",
            "  ./mfg learn --resume runs/small"
        })
public final class LearnCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "GAME",
            description = "a-rps (rock-paper-scissors), a-sis (an epidemic), congestion (crowds on a ring) or a-taxi "
                    + "(taxis who jam each other), all asymmetric.")
    private @Nullable String game;

    @Option(
            names = "--algorithm",
            description = "symm-pmd (one policy for all) or ipmd (each its own) (symm-pmd); for a-taxi ppo.")
    private @Nullable String algorithm;

    @Option(names = "--players", paramLabel = "N", description = "Players (a-rps 2000; else 1000).")
    private @Nullable Integer players;

    @Option(names = "--horizon", paramLabel = "H", description = "Rounds (10; a-sis 20; a-taxi 128).")
    private @Nullable Integer horizon;

    @Option(names = "--epochs", paramLabel = "T", description = "Steps of the policy (100; a-taxi 150).")
    private @Nullable Integer epochs;

    @Option(names = "--seed", paramLabel = "N", description = "Who is who, and all that is random (${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads (as many as there are processors). Changes no number.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "DIR", description = "The run's folder, new or empty (runs/GAME-TIME).")
    private @Nullable Path out;

    @Option(names = "--resume", paramLabel = "DIR", description = "Go on with the run in DIR, with its configuration.")
    private @Nullable Path resume;

    @Mixin
    private Answer answer = new Answer();

    /** Null if none of them is given. */
    @ArgGroup(exclusive = false, validate = false, heading = "%nOf a-rps, a-sis and congestion:%n")
    private @Nullable CrowdOptions crowd;

    /** Null if none of them is given. */
    @ArgGroup(exclusive = false, validate = false, heading = "%nOf a-taxi:%n")
    private @Nullable TaxiOptions taxi;

    @Override
    public Integer call() throws IOException {
        if (threads < 1) {
            throw new InvalidInputException("--threads must be at least 1, not " + threads);
        }
        Summary result = resume != null ? resumed(resume) : started();
        return answer.print(result);
    }

    @SuppressWarnings("try") // the hint only has to be open
    private Summary resumed(Path directory) throws IOException {
        boolean others = game != null
                || spec.commandLine().getParseResult().matchedOptions().stream()
                        .map(option -> option.longestName())
                        .anyMatch(name -> !name.matches("--resume|--json|--threads"));
        if (others) {
            throw new InvalidInputException(
                    "--resume takes everything from the run; give no other option but --threads and --json");
        }
        try (Interruption hint = hint(directory)) {
            return RunFolder.config(directory).path("game").asText().equals(TaxiConfig.GAME)
                    ? TaxiRun.resume(directory, threads)
                    : LearnRun.resume(directory, threads);
        }
    }

    @SuppressWarnings("try") // the hint only has to be open
    private Summary started() throws IOException {
        if (game == null) {
            throw new InvalidInputException("say what to learn, as in: ./mfg learn a-sis");
        }
        Path folder = out != null ? out : RunFolder.fresh(game);
        try (Interruption hint = hint(folder)) {
            return game.equalsIgnoreCase(TaxiConfig.GAME)
                    ? TaxiRun.start(taxiConfig(), folder, threads)
                    : LearnRun.start(crowdConfig(CrowdSetting.named(game)), folder, threads);
        }
    }

    private static Interruption hint(Path folder) {
        return Interruption.hint(folder.resolve(RunFolder.CONFIG), "learn --resume " + folder);
    }

    private TaxiConfig taxiConfig() {
        refuse(crowd, TaxiConfig.GAME);
        TaxiOptions options = taxi != null ? taxi : new TaxiOptions();
        return options.config(algorithm != null ? algorithm : "ppo", players, horizon, epochs, seed);
    }

    private LearnConfig crowdConfig(CrowdSetting setting) {
        refuse(taxi, setting.name());
        CrowdOptions options = crowd != null ? crowd : new CrowdOptions();
        String method = algorithm != null ? algorithm : "symm-pmd";
        return options.config(setting, method, players, horizon, epochs, seed);
    }

    /** Refuses options of other games, which are null unless one of them is given. */
    private void refuse(@Nullable Object others, String game) {
        if (others != null) {
            String given = spec.commandLine().getParseResult().matchedOptions().stream()
                    .filter(option ->
                            option.group() != null && option.group().typeInfo().getType() == others.getClass())
                    .map(OptionSpec::longestName)
                    .collect(Collectors.joining(", "));
            throw new InvalidInputException("%s has no %s; see ./mfg learn --help".formatted(game, given));
        }
    }
}
