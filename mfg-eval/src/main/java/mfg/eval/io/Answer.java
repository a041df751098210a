package mfg.eval.io;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command prints: its result in a few lines, or as one line of JSON. */
public final class Answer {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(names = "--json", description = "Print the result as one JSON object, the last line of stdout.")
    private boolean json;

    /** Whether it is JSON. */
    public boolean json() {
        return json;
    }

    /** Prints; returns the exit code. */
    public int print(Summary result) {
        PrintWriter stdout = command.commandLine().getOut();
        if (json) {
            stdout.println(Provenance.line(result));
        } else {
            stdout.print(result.summary());
        }
        stdout.flush();
        return 0;
    }
}
