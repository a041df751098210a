package mfg.eval.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import mfg.eval.io.Provenance;
import mfg.eval.io.Summary;
import mfg.eval.report.Answer;
import mfg.eval.report.Pages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command with an answer: printed in a few lines, or as one line of JSON. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, abbreviateSynopsis = true, usageHelpAutoWidth = true)
abstract class AnsweringCommand implements Callable<Integer> {

    private static final int LAST = 100;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(
            names = "--json",
            order = LAST,
            description = "Print the result as one JSON object, the last line of stdout.")
    boolean json;

    /** Does what the command is for. */
    abstract Summary answer() throws IOException;

    @Override
    public final Integer call() throws IOException {
        Summary answer = answer();
        PrintWriter stdout = spec.commandLine().getOut();
        if (json) {
            stdout.println(Provenance.line(answer));
        } else {
            stdout.print(answer.summary());
        }
        stdout.flush();
        if (!answer.runDirectory().isEmpty()) {
            Pages.attempt(Path.of(answer.runDirectory()), Answer.of(spec.name(), answer));
        }
        return answer.hasFailed() ? 1 : 0;
    }
}
