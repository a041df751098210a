package mfg.eval;

import java.nio.file.Path;
import java.util.List;
import mfg.core.InvalidInputException;
import mfg.eval.command.BenchCommand;
import mfg.eval.command.CompareCommand;
import mfg.eval.command.CounterfactualCommand;
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
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  ./mfg design A1                   train a neural auction (minutes)",
            "  ./mfg counterfactual bids.csv     what other rules would have earned",
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

    private static final List<Class<?>> COMMANDS = List.of(
            GamesCommand.class,
            DesignCommand.class,
            CounterfactualCommand.class,
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
            HelpCommand.class);

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
            return commandLine(args).execute(args);
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

    /**
     * The command line as far as these arguments need it: describing the options of all commands takes half a second.
     *
     * @param args the arguments; none for all commands
     */
    static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Main());
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> args.length > 0 && command != HelpCommand.class && isCalled(command, args[0]))
                .toList();
        (named.isEmpty() ? COMMANDS : named).forEach(command -> line.addSubcommand(new CommandLine(command)));
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // a value may begin with @
                .registerConverter(Path.class, Main::path)
                .setParameterExceptionHandler(Failure::badArguments)
                .setExecutionExceptionHandler(Failure::failed);
    }

    private static boolean isCalled(Class<?> type, String word) {
        Command command = type.getAnnotation(Command.class);
        return command.name().equals(word) || List.of(command.aliases()).contains(word);
    }
}
