package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mfg.eval.grid.Place;
import mfg.eval.io.Summary;
import mfg.eval.reproduce.Reproduction;
import mfg.eval.reproduce.ResultsPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the page of measured results. */
@Command(
        name = "results",
        description = {
            "Every setting, the papers' figures and the checks, as a page.",
            "Compares designs with all others in every auction, designs the beach, reproduces figures, and writes the tables.",
            "Comparisons and figures that are in the folder already stay as they are, whatever their budget: the page says each one's",
            "command."
        },
        footer = {
            "",
            "Examples:",
            "  ./mfg reproduce results --settings A1,A2",
            "  ./mfg reproduce results --settings A1,fig5,check2",
            "  ./mfg reproduce results --budget full --out runs/results --page docs/results.md",
            "  ./mfg compare A8 --iterations 20 --repetitions 1 --out runs/results/A8",
            "  ./mfg reproduce results --out runs/results --settings A8"
        })
final class ResultsCommand extends AnsweringCommand {

    @Option(
            names = "--settings",
            split = ",",
            paramLabel = "NAME",
            description = "Which settings, figures and checks are on the page (all).")
    private @Nullable List<String> settings;

    @Option(names = "--budget", description = "Of comparisons to be made: quick or full (${DEFAULT-VALUE}).")
    private String budget = "quick";

    @Mixin
    private Out out = new Out();

    @Option(names = "--page", paramLabel = "FILE", description = "The page (results.md in the folder).")
    private @Nullable Path page;

    @Mixin
    private Where where = new Where();

    @Override
    Summary answer() throws IOException {
        Reproduction.Budget spend = ReproducingCommand.budget(budget);
        try (Place place = where.open()) {
            Path folder = out.folder("results");
            Path file = page != null ? page : folder.resolve("results.md");
            ResultsPage.write(file, settings == null ? ResultsPage.ALL : settings, folder, spend, place);
            return new Page(file.toString());
        }
    }

    /** What is reported. */
    private record Page(String page) implements Summary {
        @Override
        public String summary() {
            return page + System.lineSeparator();
        }
    }
}
