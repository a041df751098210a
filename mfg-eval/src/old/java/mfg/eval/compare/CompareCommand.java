package mfg.eval.compare;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import mfg.core.AtomicFile;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignOptions;
import mfg.eval.design.Experiment;
import mfg.eval.design.Setting;
import mfg.eval.io.Answer;
import mfg.eval.io.Charts;
import mfg.eval.io.Interruption;
import mfg.eval.io.Json;
import mfg.eval.io.Provenance;
import mfg.eval.io.RunFolder;
import mfg.eval.io.Shell;
import mfg.eval.io.Yaml;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares AMID with its baselines. */
@Command(
        name = "compare",
        description = {
            "Designs an auction by AMID and by its baselines, each tuned and with the same number of iterations, which are",
            "two evaluations of the objective (for ANNEAL one more in all; three in A3), and compares them at T, T_val and",
            "the long T.",
            "The baselines: first price with equal shares, with the best shares for T and for the long T, the best reserve",
            "price, the posted-price start before any training, 0-SGD, 0-ADAM and ANNEAL."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./mfg compare A1",
            "  ./mfg compare A1 --budget full --out runs/compare-A1",
            "  ./mfg compare A2 --iterations 100 --repetitions 3 --json",
            "  ./mfg compare A3 --iterations 20 -- --draws 2 --validation-draws 4"
        })
public final class CompareCommand implements Callable<Integer> {

    public static final String PLAN = "compare.yaml";

    /** Options of {@code design} that the comparison takes care of. */
    private static final Set<String> OURS = Set.of(
            "--iterations",
            "--lr",
            "--method",
            "--optimizer",
            "--radius",
            "--sigma",
            "--mechanism",
            "--shares",
            "--reserve",
            "--init",
            "--seed",
            "--seeds",
            "--threads",
            "--out",
            "--resume",
            "--json",
            "--help",
            "-h",
            "--version",
            "-V");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SETTING", description = "Which auction; see: ./mfg settings")
    private String setting = "";

    @Parameters(
            index = "1..*",
            paramLabel = "OPTION",
            description = "After --, options of design for every run, such as --values 20.")
    private List<String> options = new ArrayList<>();

    @Option(
            names = "--budget",
            description =
                    "quick (about a minute for A1: few iterations, thin grids) or full (hours: the paper's grids, 1000"
                            + " iterations, ten repetitions) (${DEFAULT-VALUE}).")
    private String budget = "quick";

    @Option(names = "--iterations", paramLabel = "N", description = "Training iterations, instead of the budget's.")
    private @Nullable Integer iterations;

    @Option(names = "--repetitions", paramLabel = "R", description = "Seeds, instead of the budget's.")
    private @Nullable Integer repetitions;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many runs at a time (as many as there are processors). Changes no number.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder of all runs (runs/compare-SETTING-TIME): new, empty, or of the same comparison, which goes"
                            + " on.")
    private @Nullable Path out;

    @Mixin
    private Answer answer = new Answer();

    @Override
    @SuppressWarnings("try") // the hint only has to be open
    public Integer call() throws IOException {
        Comparison.Plan plan = plan();
        Path folder = out != null ? out : RunFolder.fresh("compare-" + plan.setting());
        ComparisonResult result;
        try (Interruption hint = Interruption.hint(folder.resolve(PLAN), again(folder))) {
            result = compare(plan, folder, threads).result();
        }
        return answer.print(result);
    }

    /** What came of a comparison. */
    public record Compared(DesignConfig config, List<Comparison.Entry> entries, ComparisonResult result) {}

    /** Compares, or goes on; leaves tables and charts in the folder. */
    public static Compared compare(Comparison.Plan plan, Path folder, int threads) throws IOException {
        Comparison comparison = new Comparison(plan, folder, threads);
        claim(folder, plan, comparison);
        List<Comparison.Entry> entries = comparison.run();
        DesignConfig config = plan.config(List.of());
        ComparisonResult result = ComparisonResult.of(config, entries, bound(config), folder);
        result.save(folder);
        AtomicFile.write(folder.resolve("result.json"), Json.line(result) + System.lineSeparator());
        Charts.attempt(() -> ComparisonResult.draw(config, entries, folder.resolve("compare.png")));
        return new Compared(config, entries, result);
    }

    /** Makes the folder ours, unless it is. */
    private static void claim(Path folder, Comparison.Plan plan, Comparison comparison) throws IOException {
        Path file = folder.resolve(PLAN);
        if (!Files.exists(file)) {
            RunFolder.requireFree(folder);
            comparison.check();
            Files.createDirectories(folder);
            AtomicFile.write(file, Provenance.header() + Yaml.text(plan));
        } else if (!Yaml.read(file, Comparison.Plan.class, Comparison.Plan.YOUNGER)
                .equals(plan)) {
            throw new InvalidInputException("%s holds another comparison; nothing was overwritten".formatted(folder));
        }
    }

    private static @Nullable Double bound(DesignConfig config) {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT32)) {
            return Experiment.of(config, constants).bound();
        }
    }

    private Comparison.Plan plan() {
        Setting known = Setting.named(setting);
        if (known.auction() == null) {
            throw new InvalidInputException("compare is for auctions, not for " + known.name());
        }
        CompareBudget spend = CompareBudget.named(budget);
        spend = iterations == null ? spend : spend.withIterations(iterations);
        spend = repetitions == null ? spend : spend.withRepetitions(repetitions);
        return new Comparison.Plan(known.name(), spend, checked(DesignOptions.joined(options)), true);
    }

    /** In an order of their own, so that the same options are the same plan; what design makes of them it says itself. */
    private static List<String> checked(List<String> options) {
        TreeMap<String, String> byName = new TreeMap<>();
        for (String option : options) {
            String name = option.replaceFirst("=.*", "");
            if (OURS.contains(name)) {
                throw new InvalidInputException(
                        "%s is not for the runs of a comparison, which sees to it".formatted(name));
            }
            if (byName.put(name, option) != null) {
                throw new InvalidInputException(name + " is given twice");
            }
        }
        return List.copyOf(byName.values());
    }

    /** The arguments that go on in a folder. */
    private String again(Path folder) {
        List<String> given =
                new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
        if (out == null) {
            given.addAll(1, List.of("--out", folder.toString()));
        }
        return Shell.line(given);
    }
}
