package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mfg.eval.contest.ZooPage;
import mfg.eval.io.Range;
import mfg.eval.io.Summary;
import mfg.eval.run.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Every game by every solver. */
@Command(
        name = "zoo",
        description = {
            "Every game by every solver, and where solvers fail.",
            "What exploitability they reach after equal iterations and after equal seconds: zoo.csv and the tables of a page."
        },
        footer = {
            "",
            "Examples:",
            "  ./mfg reproduce zoo --games sis,building --iterations 50",
            "  ./mfg reproduce zoo --page docs/zoo.md"
        })
final class ZooCommand extends AnsweringCommand {

    @Option(names = "--games", split = ",", paramLabel = "NAME", description = "Which games (all but auctions).")
    private @Nullable List<String> games;

    @Option(names = "--iterations", paramLabel = "N", description = "Of each solver (${DEFAULT-VALUE}).")
    private int iterations = 100;

    @Option(
            names = "--seconds",
            paramLabel = "X",
            description = "Of each solver, after as many in which Java compiles (${DEFAULT-VALUE}).")
    private double seconds = 1;

    @Option(
            names = "--most",
            paramLabel = "X",
            description = "A solver begins no step after so many seconds (${DEFAULT-VALUE}).")
    private double most = 20;

    @Option(names = "--out", paramLabel = "DIR", description = "The folder, new or empty (runs/zoo-TIME).")
    private @Nullable Path out;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description =
                    "Write the tables between the two lines of this page that are meant for them (zoo.md in the folder).")
    private @Nullable Path page;

    @Mixin
    private Threads threads = new Threads();

    @Override
    Summary answer() throws IOException {
        Range.atLeast("--iterations", iterations, 1);
        Range.positive("--seconds", seconds);
        Range.positive("--most", most);
        Path folder = out != null ? out : RunFolder.fresh("zoo");
        Path file = page != null ? page : folder.resolve("zoo.md");
        ZooPage.write(
                games == null ? ZooPage.games() : games,
                new ZooPage.Budget(iterations, seconds, most),
                folder,
                file,
                threads.count());
        return new Page(file.toString());
    }

    /** What is reported. */
    private record Page(String page) implements Summary {
        @Override
        public String summary() {
            return page + System.lineSeparator();
        }
    }
}
