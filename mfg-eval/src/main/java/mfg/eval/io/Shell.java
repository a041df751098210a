package mfg.eval.io;

import java.util.List;
import java.util.stream.Collectors;

/** Command lines to be told. */
public final class Shell {

    private Shell() {}

    /** Arguments in one line, as a shell takes them. */
    public static String line(List<String> arguments) {
        return arguments.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./,:=+@%-]+") ? argument : "'%s'".formatted(argument.replace("'", "'\\''"));
    }
}
