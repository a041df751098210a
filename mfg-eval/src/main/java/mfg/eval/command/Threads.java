package mfg.eval.command;

import mfg.eval.io.Range;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much a command does at a time. */
final class Threads {

    private @Nullable Integer given;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How much is done at a time (usually as many as there are processors). Changes no number.")
    void set(int count) {
        Range.check("--threads", count, 1);
        given = count;
    }

    /** As many as were given, else as there are processors. */
    int count() {
        return or(Runtime.getRuntime().availableProcessors());
    }

    /** As many as were given, else as usual. */
    int or(int usual) {
        return given != null ? given : usual;
    }
}
