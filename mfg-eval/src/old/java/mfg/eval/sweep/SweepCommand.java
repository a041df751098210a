package mfg.eval.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import mfg.core.InvalidInputException;
import mfg.eval.design.RunGrid;
import mfg.eval.io.Answer;
import mfg.eval.io.Charts;
import mfg.eval.io.Csv;
import mfg.eval.io.Interruption;
import mfg.eval.io.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Designs over a grid of settings, options and seeds. */
@Command(
        name = "sweep",
        description = {
            "Runs design for every combination of the settings, options and seeds that a file lists, side by side.",
            "Leaves a folder for each run, the table runs.csv and, where a number varies, the chart sweep.png."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "A file:",
            "  settings: [A1, A4]",
            "  seeds: 1..3                          # or a list; 1 by default",
            "  options:                             # of design, less the dashes, for every run",
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

    private static final RunGrid.Kind KIND = new RunGrid.Kind("sweep", "sweep.yaml", "runs.csv", false);

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "What to run, in YAML.")
    private @Nullable Path file;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The sweep's folder (runs/sweep-TIME): new, empty, or of the same sweep, which goes on.")
    private @Nullable Path out;

    @Option(names = "--resume", paramLabel = "DIR", description = "Go on with the sweep in DIR.")
    private @Nullable Path resume;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many runs at a time (as many as there are processors). Changes no number.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private Answer answer = new Answer();

    @Override
    @SuppressWarnings("try") // the hint only has to be open
    public Integer call() throws IOException {
        Path folder = folder();
        SweepResult result;
        try (Interruption hint = Interruption.hint(folder.resolve(KIND.plan()), "sweep --resume " + folder)) {
            result = new SweepResult(run(folder), folder.toString());
        }
        List<RunGrid.Outcome> outcomes =
                result.rows().stream().map(SweepResult.Row::outcome).toList();
        Charts.attempt(() -> SweepChart.draw(outcomes, folder.resolve("sweep.png")));
        return answer.print(result);
    }

    private Path folder() {
        if (resume == null) {
            return out != null ? out : RunFolder.fresh("sweep");
        }
        if (file != null || out != null) {
            throw new InvalidInputException(
                    "--resume takes everything from the sweep; give no other option but --threads and --json");
        }
        return resume;
    }

    private List<SweepResult.Row> run(Path folder) throws IOException {
        SweepFile.Sweep sweep = sweep(folder);
        RunGrid grid = new RunGrid(KIND, sweep.cells(), folder, threads);
        List<RunGrid.Outcome> outcomes =
                KIND.isAt(folder) ? grid.resume() : grid.start(Files.readString(Objects.requireNonNull(file)));
        List<SweepResult.Row> rows = sweep.players().rows(outcomes, folder, threads);
        Csv.write(
                folder.resolve(KIND.table()),
                rows.stream().map(SweepResult.Row::fields).toList());
        return rows;
    }

    /** What to run, which is what the folder holds if there is something in it. */
    private SweepFile.Sweep sweep(Path folder) throws IOException {
        Path plan = folder.resolve(KIND.plan());
        if (resume != null) {
            if (!KIND.isAt(folder)) {
                throw new InvalidInputException("%s is no sweep: it has no %s".formatted(folder, KIND.plan()));
            }
            return SweepFile.read(plan);
        }
        if (file == null) {
            throw new InvalidInputException("say what to run, as in: ./mfg sweep FILE.yaml (see: ./mfg help sweep)");
        }
        SweepFile.Sweep sweep = SweepFile.read(file);
        if (KIND.isAt(folder) && !SweepFile.read(plan).equals(sweep)) {
            throw new InvalidInputException("%s holds another sweep; nothing was overwritten".formatted(folder));
        }
        return sweep;
    }
}
