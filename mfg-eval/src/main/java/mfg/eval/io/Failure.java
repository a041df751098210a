package mfg.eval.io;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What the command line says when something fails. */
public final class Failure {

    private Failure() {}

    /** Bad arguments: one sentence and where to read more. */
    public static int badArguments(CommandLine.ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        if (args.length == 0) {
            command.usage(err);
        } else {
            err.printf(
                    "mfg: %s (see: ./%s --help)%n",
                    oneLine(sentence(e)), command.getCommandSpec().qualifiedName(" "));
        }
        return 2;
    }

    /** What is wrong with arguments. */
    public static String sentence(CommandLine.ParameterException e) {
        if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
            return String.valueOf(e.getMessage()).replaceFirst("^Error: ", ""); // which picocli has before some
        }
        String suggestions = String.join(" or ", unmatched.getSuggestions());
        return "'%s' is not understood%s"
                .formatted(
                        unmatched.getUnmatched().get(0),
                        suggestions.isEmpty() ? "" : "; did you mean " + suggestions + "?");
    }

    /** Bad input, files that cannot be read or written, computations that diverge: one sentence. Else it is our fault. */
    public static int failed(Exception e, CommandLine command, CommandLine.@Nullable ParseResult parsed)
            throws Exception {
        if (e instanceof InvalidInputException) {
            command.getErr().println("mfg: " + oneLine(e.getMessage()));
            return 2;
        }
        if (e instanceof IOException io) {
            command.getErr().println("mfg: " + oneLine(reason(io)));
            return 2;
        }
        if (e instanceof EngineException
                && String.valueOf(e.getMessage()).matches("(?s).*(allocate|out of) memory.*")) {
            return outOfMemory(command.getErr());
        }
        if (e instanceof DivergedException) {
            command.getErr().println("mfg: " + oneLine(e.getMessage()));
            return 1;
        }
        throw e;
    }

    /** Java's heap or the engine's memory does not suffice. */
    public static int outOfMemory(PrintWriter err) {
        err.println("mfg: not enough memory for these sizes (MFG_JAVA_OPTS=-Xmx8g gives Java more)");
        err.flush();
        return 1;
    }

    private static String oneLine(@Nullable String message) {
        return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
    }

    /** An I/O failure in words. */
    public static String reason(@Nullable IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "no such file: " + missing.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return "permission denied: " + denied.getFile();
        }
        if (e instanceof FileAlreadyExistsException taken) {
            return "%s exists already and is no folder".formatted(taken.getFile());
        }
        if (e instanceof FileSystemException failed && failed.getReason() != null) {
            return "%s: %s".formatted(failed.getFile(), failed.getReason());
        }
        return e == null || e.getMessage() == null ? "input or output failed" : e.getMessage();
    }
}
