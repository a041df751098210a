package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import mfg.core.InvalidInputException;
import mfg.eval.io.Answer;
import mfg.eval.io.Interruption;
import mfg.eval.io.Range;
import mfg.eval.run.RunFolder;
import mfg.eval.sweep.Sweep;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs over a grid of games, options and seeds. */
@Command(
        name = "sweep",
        description = {
            "Runs design, or another command, for every combination of the games, options and seeds that a file lists, side",
            "by side. Leaves a folder for each run, the table runs.csv and, where a number varies, the chart sweep.png.",
            "A sweep may grow: the same command with more games, values or seeds in the file runs what is new."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "A file:",
            "  command: design                      # or solve; design by default",
            "  settings: [A1, A4]                   # games, or files such as RoadTolls.java",
            "  seeds: 1..3                          # or a list; 1 by default",
            "  options:                             # of the command, less the dashes, for every run",
            "    iterations: 100",
            "  grid:                                # every combination",
            "    tau: [0.0005, 0.001, 0.002]",
            "    mechanism: [neural, static]",
            "  players: [100, 1000]                 # evaluate every design among so many, too",
            "  repetitions: 500                     # plays for each of them; 200 by default",
            "",
            "Examples:",
            "  ./mfg sweep docs/sweeps/tau.yaml",
            "  ./mfg sweep docs/sweeps/tau.yaml --out runs/tau --threads 4",
            "  ./mfg sweep --resume runs/tau"
        })
public final class SweepCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "What to run, in YAML.")
    private @Nullable Path file;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "The sweep's folder (runs/sweep-TIME): new, empty, or of the same or a smaller sweep, which goes on.")
    private @Nullable Path out;

    @Option(names = "--resume", paramLabel = "DIR", description = "Go on with the sweep in DIR.")
    private @Nullable Path resume;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many runs at a time (as many as there are processors). Changes no number.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private Games games = new Games();

    @Mixin
    private Answer answer = new Answer();

    @Override
    @SuppressWarnings("try") // the hint only has to be open
    public Integer call() throws IOException {
        Range.check("--threads", threads);
        Sweep<?> sweep = sweep();
        Path folder = resume != null ? resume : out != null ? out : RunFolder.fresh("sweep");
        List<String> again = List.of("sweep", "--resume", folder.toString());
        try (Interruption hint = Interruption.hint(Sweep.plan(folder), again)) {
            return answer.print(sweep.run(folder, threads));
        }
    }

    private Sweep<?> sweep() throws IOException {
        if (resume != null) {
            if (file != null || out != null) {
                throw new InvalidInputException(
                        "--resume takes everything from the sweep; give no other option but --threads, --games and --json");
            }
            if (!Sweep.isAt(resume)) {
                throw new InvalidInputException("%s is no sweep: it has no %s"
                        .formatted(resume, Sweep.plan(resume).getFileName()));
            }
            return Sweep.read(Sweep.plan(resume), games.catalogue());
        }
        if (file == null) {
            throw new InvalidInputException("say what to run, as in: ./mfg sweep FILE.yaml (see: ./mfg help sweep)");
        }
        return Sweep.read(file, games.catalogue());
    }
}
