package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mfg.core.InvalidInputException;
import mfg.eval.grid.Place;
import mfg.eval.io.Interruption;
import mfg.eval.io.Summary;
import mfg.eval.sweep.Shard;
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
            "Runs every combination of the games, options and seeds that a file lists, side by side.",
            "Leaves a folder for each run, the table runs.csv and, where a number varies, the chart sweep.png.",
            "A sweep may grow: the same command with more games, values or seeds in the file runs what is new."
        },
        footer = {
            "",
            "A file:",
            "  command: design                      # solve or learn; design by default",
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
            "  ./mfg sweep --resume runs/tau",
            "  ./mfg sweep docs/sweeps/tau.yaml --on spark://host:7077",
            "  ./mfg sweep docs/sweeps/tau.yaml --out runs/tau --shard 2/8"
        })
public final class SweepCommand extends AnsweringCommand {

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "What to run, in YAML.")
    private @Nullable Path file;

    @Mixin
    private Out out = new Out();

    @Option(names = "--resume", paramLabel = "DIR", description = "Go on with the sweep in DIR.")
    private @Nullable Path resume;

    @Mixin
    private Where where = new Where();

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Run only the I-th of N parts; other processes may run the others in the same folder.")
    private @Nullable String shard;

    @Mixin
    private Games games = new Games();

    @Override
    @SuppressWarnings("try") // the hint only has to be open
    Summary answer() throws IOException {
        Sweep<?> sweep = sweep();
        Shard part = shard == null ? Shard.WHOLE : Shard.of(shard);
        if (shard != null && resume == null && out.given == null) {
            throw new InvalidInputException("--shard needs the folder that all parts share: --out DIR");
        }
        try (Place place = where.open()) {
            Path folder = resume != null ? resume : out.folder("sweep");
            List<String> again = List.of("sweep", "--resume", folder.toString());
            try (Interruption hint = Interruption.hint(Sweep.plan(folder), again)) {
                return sweep.run(folder, place, part);
            }
        }
    }

    private Sweep<?> sweep() throws IOException {
        if (resume != null) {
            if (file != null || out.given != null) {
                throw new InvalidInputException(
                        "--resume takes everything from the sweep; give no other option but --threads, --on, --shard, --games and --json");
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
