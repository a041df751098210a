package mfg.eval.command;

import java.util.Set;
import picocli.CommandLine;

/** Gives commands the options of their configurations. */
public final class RunCommands {

    private RunCommands() {}

    /** The same command line, whose commands have these options. */
    public static CommandLine configured(CommandLine main) {
        main.getSubcommands().values().stream().distinct().forEach(RunCommands::withOptions);
        return main;
    }

    /** The same command with these options, if it runs something. */
    static CommandLine withOptions(CommandLine command) {
        if (command.getCommandSpec().userObject() instanceof RunCommand<?, ?> run) {
            ConfigOptions.add(
                    command.getCommandSpec(),
                    run.kind().configuration(),
                    Set.of("game", "initial-values", "values-from"));
        }
        return command;
    }
}
