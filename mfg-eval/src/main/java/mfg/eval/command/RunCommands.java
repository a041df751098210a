package mfg.eval.command;

import java.util.Set;
import picocli.CommandLine;

/** Gives commands the options of their configurations. */
public final class RunCommands {

    private RunCommands() {}

    /** The same command line with these options. */
    public static CommandLine configured(CommandLine main) {
        main.getSubcommands().values().stream().distinct().forEach(command -> {
            if (command.getCommandSpec().userObject() instanceof RunCommand<?, ?> run) {
                ConfigOptions.add(
                        command.getCommandSpec(),
                        run.kind().configuration(),
                        Set.of("game", "initial-values", "values-from"));
            }
        });
        return main;
    }
}
