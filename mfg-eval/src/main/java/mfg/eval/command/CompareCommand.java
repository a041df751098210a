package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.compare.CompareBudget;
import mfg.eval.compare.Comparison;
import mfg.eval.compare.ComparisonPlan;
import mfg.eval.compare.ComparisonResult;
import mfg.eval.io.Answer;
import mfg.eval.io.Interruption;
import mfg.eval.io.Range;
import mfg.eval.run.RunFolder;
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
            "Designs a game by AMID and by its baselines, each tuned and with the same number of iterations, which are",
            "two evaluations of the objective (for ANNEAL one more in all; three in A3), and compares them at T, T_val and",
            "the long T.",
            "The baselines: 0-SGD, 0-ADAM and ANNEAL; in auctions first price with equal shares, with the best shares for T",
            "and for the long T, the best reserve price and the posted-price start before any training, too."
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

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "GAME",
            description = "Its name (see: ./mfg games), or the file that it is in.")
    private String game = "";

    @Parameters(
            index = "1..*",
            paramLabel = "OPTION",
            description = "After --, options of design for every run that has them, such as --values 20.")
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
                    "Folder of all runs (runs/compare-GAME-TIME): new, empty, or of the same comparison, which goes on.")
    private @Nullable Path out;

    @Mixin
    private Games games = new Games();

    @Mixin
    private Answer answer = new Answer();

    @Override
    @SuppressWarnings("try") // the hint only has to be open
    public Integer call() throws IOException {
        Range.check("--threads", threads);
        Catalogue.Named named = games.named(game);
        CompareBudget spend = CompareBudget.named(budget);
        spend = iterations == null ? spend : spend.withIterations(iterations);
        spend = repetitions == null ? spend : spend.withRepetitions(repetitions);
        Map<String, String> ofRuns = new DesignCommand().read(options, named, Comparison.OURS);
        ComparisonPlan plan = new ComparisonPlan(named.name(), spend, ofRuns, true);
        Path folder = out != null ? out : RunFolder.fresh("compare-" + plan.setting());
        ComparisonResult result;
        try (Interruption hint = Interruption.hint(folder.resolve(ComparisonPlan.FILE), again(folder))) {
            result =
                    Comparison.compare(plan, named.catalogue(), folder, threads).result();
        }
        return answer.print(result);
    }

    /** The arguments that go on in a folder. */
    private List<String> again(Path folder) {
        List<String> given =
                new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
        if (out == null) {
            given.addAll(1, List.of("--out", folder.toString()));
        }
        return given;
    }
}
