package mfg.eval;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What the command line says when something fails. */
final class Failure {

    private Failure() {}

    /** Bad arguments: one sentence and where to read more. */
    static int badArguments(CommandLine.ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.printf(
                "mfg: %s (see: ./%s --help)%n",
                e.getMessage(), command.getCommandSpec().qualifiedName(" "));
        return 2;
    }

    /** Bad input and files that cannot be read or written: one sentence. Everything else is ours, and shows where. */
    static int failed(Exception e, CommandLine command, CommandLine.@Nullable ParseResult parsed) throws Exception {
        if (e instanceof InvalidInputException) {
            command.getErr().println("mfg: " + e.getMessage());
            return 2;
        }
        if (e instanceof IOException io) {
            command.getErr().println("mfg: " + reason(io));
            return 2;
        }
        if (e instanceof IllegalStateException && e.getMessage() != null) {
            command.getErr().println("mfg: " + e.getMessage());
            return 1;
        }
        throw e;
    }

    /** An I/O failure in words. */
    static String reason(@Nullable IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "no such file: " + missing.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return "permission denied: " + denied.getFile();
        }
        if (e instanceof FileSystemException failed && failed.getReason() != null) {
            return "%s: %s".formatted(failed.getFile(), failed.getReason());
        }
        return e == null || e.getMessage() == null ? "input or output failed" : e.getMessage();
    }
}
