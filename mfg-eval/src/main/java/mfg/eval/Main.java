package mfg.eval;

import java.nio.file.Path;
import mfg.core.InvalidInputException;
import mfg.eval.command.BenchCommand;
import mfg.eval.command.CompareCommand;
import mfg.eval.command.DesignCommand;
import mfg.eval.command.EvaluateCommand;
import mfg.eval.command.GamesCommand;
import mfg.eval.command.LearnCommand;
import mfg.eval.command.LqExactCommand;
import mfg.eval.command.ReportCommand;
import mfg.eval.command.ReproduceCommand;
import mfg.eval.command.RespondCommand;
import mfg.eval.command.RunsCommand;
import mfg.eval.command.ShowCommand;
import mfg.eval.command.SolveCommand;
import mfg.eval.command.SweepCommand;
import mfg.eval.io.Failure;
import mfg.eval.io.Provenance;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line. */
@Command(
        name = "mfg",
        description = "Games with very many players: find their equilibria, and design their rules through them.",
        subcommands = {
            GamesCommand.class,
            DesignCommand.class,
            CompareCommand.class,
            EvaluateCommand.class,
            SweepCommand.class,
            LearnCommand.class,
            RespondCommand.class,
            SolveCommand.class,
            LqExactCommand.class,
            BenchCommand.class,
            ReproduceCommand.class,
            ShowCommand.class,
            RunsCommand.class,
            ReportCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  ./mfg design A1                   train a neural auction (minutes)",
            "  ./mfg show                        watch runs in a browser",
            "  ./mfg games                       what there is, and what each can do",
            "  ./mfg evaluate runs/X             a design among finitely many players",
            "  ./mfg compare A1                  AMID beside its baselines",
            "  ./mfg sweep docs/sweeps/tau.yaml  many designs side by side",
            "  ./mfg learn a-sis                 a thousand players learn from play",
            "  ./mfg respond runs/X              one of them learns to do better",
            "  ./mfg solve rps --algorithm fictitious-play"
        })
public final class Main {

    private Main() {}

    /** Tells the version. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return Provenance.lines().toArray(String[]::new);
        }
    }

    /**
     * Runs a command.
     *
     * @param args the arguments
     */
    public static void main(String[] args) {
        Stderr.choose();
        System.exit(run(args));
    }

    /** Runs a command and returns the exit code: 0, 1 for a computation that failed, 2 for bad input. */
    static int run(String... args) {
        // one thread: the arrays are small, and sums must not depend on the number of cores
        System.setProperty("ai.djl.pytorch.num_threads", System.getProperty("ai.djl.pytorch.num_threads", "1"));
        System.setProperty(
                "ai.djl.pytorch.num_interop_threads", System.getProperty("ai.djl.pytorch.num_interop_threads", "1"));
        try {
            return commandLine().execute(args);
        } catch (Error e) {
            return Failure.told(e, commandLine().getErr());
        }
    }

    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new InvalidInputException("the name of a file or folder is empty");
        }
        return Path.of(text);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // a value may begin with @
                .registerConverter(Path.class, Main::path)
                .setParameterExceptionHandler(Failure::badArguments)
                .setExecutionExceptionHandler(Failure::failed);
    }
}
