package mfg.eval.design;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import mfg.core.InvalidInputException;
import mfg.envs.beach.BeachBar;
import mfg.envs.beach.Congestion;
import mfg.eval.io.Answer;
import mfg.eval.io.Failure;
import mfg.eval.io.Interruption;
import mfg.eval.io.RunFolder;
import mfg.eval.io.Summary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Designs the incentives of a setting. */
@Command(
        name = "design",
        description =
                "Trains the design of a setting by gradient ascent through the equilibrium of its population, or by a baseline.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./mfg design A1",
            "  ./mfg design A1 --iterations 300 --seed 1 --json",
            "  ./mfg design A1 --seeds 1..8",
            "  ./mfg design A1 --mechanism first-price --shares 0.006,0.066,0.256,0.180",
            "  ./mfg design A1 --mechanism schedule",
            "  ./mfg design A1 --method two-point --optimizer sgd --radius 0.01 --lr 0.001",
            "  ./mfg design A1 --method anneal --sigma 0.01",
            "  ./mfg design A2 --values 20 --horizon 3 --inner-steps 100 --out runs/small",
            "  ./mfg design A1 --values-from docs/bids-sample.csv --value-column bid --bidder-column bidder",
            "  ./mfg design beach-bar --max-price 0.8",
            "  ./mfg design --resume runs/small"
        })
public final class DesignCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "SETTING", description = "What to design; see: ./mfg settings")
    private @Nullable String setting;

    @Option(names = "--iterations", paramLabel = "N", description = "Training iterations; 0 evaluates the start.")
    private @Nullable Integer iterations;

    @Option(names = "--lr", paramLabel = "X", description = "The optimizer's learning rate at the start.")
    private @Nullable Double lr;

    @Option(names = "--schedule", description = "constant, linear or cosine (${DEFAULT-VALUE}).")
    private String schedule = "cosine";

    @Option(names = "--clip", paramLabel = "X", description = "Largest gradient norm (${DEFAULT-VALUE}).")
    private double clip = 1;

    @Option(
            names = "--inner-steps",
            paramLabel = "T",
            description = "Mirror-descent steps while training (400; beach 1000).")
    private @Nullable Integer innerSteps;

    @Option(names = "--validation-steps", paramLabel = "T", description = "Steps in validation (500; beach 2000).")
    private @Nullable Integer validationSteps;

    @Option(
            names = "--long-steps",
            paramLabel = "T",
            description = "Steps of the final long evaluation (${DEFAULT-VALUE}).")
    private int longSteps = 2000;

    @Option(names = "--eta", paramLabel = "X", description = "Mirror-descent step size (10; beach 0.1).")
    private @Nullable Double eta;

    @Option(names = "--tau", paramLabel = "X", description = "Entropy regularization (0.001); eta * tau < 1.")
    private @Nullable Double tau;

    @Option(names = "--hidden", paramLabel = "N", description = "Width of the neural mechanism (${DEFAULT-VALUE}).")
    private int hidden = 256;

    @Option(names = "--horizon", paramLabel = "H", description = "Rounds, instead of the setting's.")
    private @Nullable Integer horizon;

    @Option(
            names = "--values",
            paramLabel = "N",
            description = "Values and bids of an auction (100), spots of the beach (20).")
    private @Nullable Integer values;

    @ArgGroup(exclusive = false)
    private @Nullable BidLogOptions bidLog;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all that is random (1).")
    private @Nullable Long seed;

    @Option(
            names = "--seeds",
            paramLabel = "LIST",
            description = "One run for each of several seeds, side by side, such as 1..8 or 1,3,7.")
    private @Nullable String seeds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "How many of A3's draws to compute at a time (1); with --seeds, how many runs (as many as there are"
                            + " processors). Changes no number.")
    private @Nullable Integer threads;

    @Option(
            names = "--method",
            description =
                    "Gradient: amid, naive, implicit or two-point, from values alone; or anneal, a search without (${DEFAULT-VALUE}).")
    private String method = "amid";

    @Option(
            names = "--step",
            description = "How a step is computed: auto, fast (auctions on the CPU) or autodiff (${DEFAULT-VALUE}).")
    private String step = "auto";

    @Option(
            names = "--adjoint",
            description =
                    "Where amid's states come from on the way back: store, sqrt, revolve:C, reversible:K (fast step"
                            + " only; keeps every K-th) or auto (${DEFAULT-VALUE}).")
    private String adjoint = "auto";

    @Option(names = "--optimizer", description = "How to follow a gradient: adam or sgd (${DEFAULT-VALUE}).")
    private String optimizer = "adam";

    @Option(
            names = "--radius",
            paramLabel = "U",
            description = "How far to both sides two-point looks (${DEFAULT-VALUE}).")
    private double radius = DesignConfig.RADIUS;

    @Option(names = "--sigma", paramLabel = "X", description = "How far anneal looks (${DEFAULT-VALUE}).")
    private double sigma = DesignConfig.SIGMA;

    @Option(names = "--precision", defaultValue = "float32", description = "float32 or float64 (${DEFAULT-VALUE}).")
    private String precision = "float32";

    @Option(names = "--device", defaultValue = "cpu", description = "cpu or gpu (${DEFAULT-VALUE}).")
    private String device = "cpu";

    @Option(
            names = "--mechanism",
            description =
                    "Of an auction: neural, static, first-price, schedule (first price with shares to be found) or reserve.")
    private @Nullable String mechanism;

    @Option(
            names = "--shares",
            split = ",",
            paramLabel = "X",
            description = "What first-price offers in each round, per capita; equal shares by default.")
    private @Nullable List<Double> shares;

    @Option(
            names = "--reserve",
            split = ",",
            paramLabel = "X",
            description = "The reserve price, or one for each round (0.5).")
    private @Nullable List<Double> reserve;

    @Option(names = "--max-price", paramLabel = "X", description = "The beach's price cap (0.5).")
    private @Nullable Double maxPrice;

    @Option(names = "--beta", paramLabel = "X", description = "Sharpness of the beach's congestion (100).")
    private @Nullable Double beta;

    @Option(names = "--draws", paramLabel = "N", description = "Auctions drawn per gradient in A3 (${DEFAULT-VALUE}).")
    private int draws = 8;

    @Option(
            names = "--validation-draws",
            paramLabel = "N",
            description = "Auctions drawn for validation in A3 (${DEFAULT-VALUE}).")
    private int validationDraws = 64;

    @Option(
            names = "--validate-every",
            paramLabel = "N",
            description = "Iterations between validations (${DEFAULT-VALUE}).")
    private int validateEvery = 10;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description = "Iterations between checkpoints (${DEFAULT-VALUE}), of which there is one every 10 s, too.")
    private int checkpointEvery = 50;

    @Option(
            names = "--init",
            paramLabel = "START",
            description =
                    "default (random), posted-price (an auction that sells at the best price to all who accept it), sine (the"
                            + " pattern 0.05 sin k), or a snapshot such as runs/X/best.npz.")
    private String init = "default";

    @Option(names = "--out", paramLabel = "DIR", description = "The run's folder, new or empty (runs/SETTING-TIME).")
    private @Nullable Path out;

    @Option(names = "--resume", paramLabel = "DIR", description = "Go on with the run in DIR, with its configuration.")
    private @Nullable Path resume;

    @Mixin
    private Answer answer = new Answer();

    @Override
    public Integer call() throws IOException {
        Summary result = resume != null ? resumed(resume) : started();
        return answer.print(result);
    }

    @SuppressWarnings("try") // the hint only has to be open
    private Summary resumed(Path directory) throws IOException {
        boolean others = setting != null
                || spec.commandLine().getParseResult().matchedOptions().stream()
                        .map(option -> option.longestName())
                        .anyMatch(name -> !name.equals("--resume") && !name.equals("--json"));
        if (others) {
            throw new InvalidInputException("--resume takes everything from the run; give no other option but --json");
        }
        boolean several = SeedRuns.KIND.isAt(directory);
        try (Interruption hint = hint(directory, several)) {
            return several ? SeedRuns.resume(directory) : DesignRun.resume(directory, Display.ALONE);
        }
    }

    @SuppressWarnings("try") // the hint only has to be open
    private Summary started() throws IOException {
        if (setting == null) {
            throw new InvalidInputException("say what to design, as in: ./mfg design A1 (see: ./mfg settings)");
        }
        if (seed != null && seeds != null) {
            throw new InvalidInputException("--seed is for one run and --seeds for several; give one of them");
        }
        DesignConfig config = resolve(Setting.named(setting));
        Path folder = out != null ? out : RunFolder.fresh(config.setting());
        try (Interruption hint = hint(folder, seeds != null)) {
            return seeds == null
                    ? DesignRun.start(config, folder, Display.ALONE)
                    : SeedRuns.start(plan(config, seeds), folder);
        }
    }

    private static Interruption hint(Path folder, boolean several) {
        return Interruption.hint(
                folder.resolve(several ? SeedRuns.KIND.plan() : RunFolder.CONFIG), "design --resume " + folder);
    }

    private SeedRuns.Plan plan(DesignConfig config, String list) {
        return new SeedRuns.Plan(
                SeedRuns.seeds(list), or(threads, Runtime.getRuntime().availableProcessors()), config);
    }

    /** The configuration of a command line that names a setting. */
    public static DesignConfig config(List<String> arguments) throws IOException {
        DesignCommand command = new DesignCommand();
        try {
            new CommandLine(command).setExpandAtFiles(false).parseArgs(arguments.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw new InvalidInputException(Failure.sentence(e), e);
        }
        return command.resolve(Setting.named(String.valueOf(command.setting)));
    }

    private DesignConfig resolve(Setting base) throws IOException {
        if (base.auction() != null && (maxPrice != null || beta != null)) {
            throw new InvalidInputException("--max-price and --beta are for the beach bar");
        }
        String chosen = mechanism != null ? mechanism : base.mechanism();
        if ((shares != null && !chosen.equals("first-price")) || (reserve != null && !chosen.equals("reserve"))) {
            throw new InvalidInputException(
                    "--shares is for --mechanism first-price, --reserve for --mechanism reserve");
        }
        boolean fixed = chosen.equals("first-price") || chosen.equals("reserve"); // nothing to train: evaluate
        int cells = or(values, base.values());
        DesignConfig.size("--values", cells, 2);
        BidLog.Estimate bidders = bidLog == null ? BidLog.Estimate.NONE : bidLog.estimate(cells);
        return new DesignConfig(
                base.name(),
                chosen,
                start(),
                fixed ? Math.min(0, or(iterations, 0)) : or(iterations, base.iterations()),
                or(lr, base.learningRate(chosen)),
                schedule,
                clip,
                or(innerSteps, base.innerSteps()),
                or(validationSteps, base.validationSteps()),
                longSteps,
                or(eta, base.eta()),
                or(tau, base.tau()),
                hidden,
                or(horizon, base.rounds()),
                cells,
                bidders.counts(),
                bidders.report(),
                or(seed, 1L),
                method,
                step,
                adjoint,
                optimizer,
                radius,
                sigma,
                precision,
                device,
                or(shares, List.of()),
                or(reserve, List.of(0.5)),
                or(maxPrice, BeachBar.Options.DEFAULT.maxPrice()),
                or(beta, Congestion.SHARPNESS),
                draws,
                validationDraws,
                validateEvery,
                checkpointEvery,
                seeds == null ? or(threads, 1) : 1);
    }

    /** A snapshot by its full path, for a run may be resumed from another folder. */
    private String start() {
        return Start.isNamed(init) ? init : Path.of(init).toAbsolutePath().toString();
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given != null ? given : otherwise;
    }
}
