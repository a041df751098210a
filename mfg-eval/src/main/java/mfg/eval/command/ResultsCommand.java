package mfg.eval.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import mfg.eval.reproduce.Reproduction;
import mfg.eval.reproduce.ResultsPage;
import mfg.eval.run.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the page of measured results. */
@Command(
        name = "results",
        description = {
            "Every setting: AMID against its baselines, as a page.",
            "Compares them in every auction, designs the beach, has players who differ learn, and writes the tables.",
            "Comparisons and figures that are in the folder already stay as they are, whatever their budget: the page says each one's",
            "command."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./mfg reproduce results --settings A1,A2",
            "  ./mfg reproduce results --budget full --out runs/results --page docs/results.md",
            "  ./mfg compare A8 --iterations 20 --repetitions 1 --out runs/results/A8",
            "  ./mfg reproduce results --out runs/results --settings A8"
        })
final class ResultsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--settings",
            split = ",",
            paramLabel = "NAME",
            description = "Which settings and symm-figures are on the page (all).")
    private @Nullable List<String> settings;

    @Option(names = "--budget", description = "Of comparisons to be made: quick or full (${DEFAULT-VALUE}).")
    private String budget = "quick";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the comparisons, one below it for each setting (runs/results-TIME).")
    private @Nullable Path out;

    @Option(names = "--page", paramLabel = "FILE", description = "The page (results.md in the folder).")
    private @Nullable Path page;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many runs at a time (as many as there are processors). Changes no number.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        Reproduction.Budget spend = ReproduceOptions.budget(budget);
        Path folder = out != null ? out : RunFolder.fresh("results");
        Path file = page != null ? page : folder.resolve("results.md");
        ResultsPage.write(file, settings == null ? ResultsPage.ALL : settings, folder, spend, threads);
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.printf("%s%n", file);
        stdout.flush();
        return 0;
    }
}
