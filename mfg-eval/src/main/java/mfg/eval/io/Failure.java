package mfg.eval.io;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What the command line says when something fails. */
public final class Failure {

    /** The name of class loaders of games that are not built in. */
    public static final String OF_A_GAME = "game";

    private Failure() {}

    /** A command that may know what was meant by arguments that it does not understand. */
    @FunctionalInterface
    public interface Adviser {

        /**
         * What to say instead.
         *
         * @param unmatched the arguments, at least one
         * @return empty if it does not know
         */
        String advice(List<String> unmatched);
    }

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
        if (e.getCause() instanceof InvalidInputException refused) {
            return String.valueOf(refused.getMessage()); // by the option itself
        }
        if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
            return String.valueOf(e.getMessage())
                    .replaceFirst("^Error: ", "") // which picocli has before some
                    .replaceFirst("is not an? (int|long)$", "is not a whole number")
                    .replaceFirst("is not a double$", "is not a number");
        }
        String advice = advice(unmatched);
        return "'%s' is not understood%s"
                .formatted(unmatched.getUnmatched().get(0), advice.isEmpty() ? "" : "; " + advice);
    }

    private static String advice(CommandLine.UnmatchedArgumentException unmatched) {
        Object command = unmatched.getCommandLine().getCommandSpec().userObject();
        String advice = command instanceof Adviser adviser ? adviser.advice(unmatched.getUnmatched()) : "";
        CommandLine.Model.CommandSpec spec = unmatched.getCommandLine().getCommandSpec();
        String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
        List<String> names = word.startsWith("-")
                ? spec.options().stream()
                        .map(CommandLine.Model.OptionSpec::longestName)
                        .toList()
                : List.copyOf(spec.subcommands().keySet());
        return advice.isEmpty()
                ? Nearest.to(word, names).map("did you mean %s?"::formatted).orElse("")
                : advice;
    }

    /** What a command throws. */
    public static int failed(Exception e, CommandLine command, CommandLine.@Nullable ParseResult parsed) {
        return told(e, command.getErr());
    }

    /**
     * Tells of a failure in one sentence, and with {@code MFG_DEBUG} in the environment also where it happened.
     *
     * @return the exit code: 2 for bad input and files that cannot be read or written, else 1
     */
    public static int told(Throwable e, PrintWriter err) {
        boolean input = e instanceof InvalidInputException
                || e instanceof IOException
                || e instanceof UncheckedIOException
                || (e instanceof RuntimeException && !(e instanceof DivergedException) && game(e).isPresent());
        err.println("mfg: " + reason(e));
        err.flush();
        trace(e);
        return input ? 2 : 1;
    }

    /** Where a failure happened, if that was asked for. */
    public static void trace(Throwable e) {
        if (System.getenv("MFG_DEBUG") != null) {
            e.printStackTrace();
        }
    }

    /** A failure in one sentence. */
    public static String reason(Throwable e) {
        Throwable root = root(e);
        if (causes(e)
                .anyMatch(cause -> cause instanceof OutOfMemoryError
                        || (cause instanceof EngineException
                                && String.valueOf(cause.getMessage())
                                        .matches("(?s).*((allocate|out of) memory|for large tensor).*")))) {
            return "not enough memory for these sizes (MFG_JAVA_OPTS=-Xmx8g gives Java more)";
        }
        if (causes(e).anyMatch(StackOverflowError.class::isInstance)) {
            return "not enough stack (MFG_JAVA_OPTS=-Xss16m gives Java more)";
        }
        if (e instanceof InvalidInputException || e instanceof DivergedException) {
            return oneLine(e.getMessage());
        }
        if (e instanceof IOException io) {
            return oneLine(reason(io));
        }
        if (e instanceof UncheckedIOException unchecked) {
            return oneLine(reason(unchecked.getCause()));
        }
        if (String.valueOf(e.getMessage()).contains("Fontconfig")) {
            return oneLine(e.getMessage() + " (a Linux server needs fontconfig and a font)");
        }
        if (causes(e).anyMatch(Failure::isOfLoading)) {
            return oneLine(
                    "the engine or another library cannot be loaded: %s (DJL_CACHE_DIR and MFG_JAVA_OPTS=-Djava.io.tmpdir choose where its files are unpacked)"
                            .formatted(root instanceof IOException io ? reason(io) : named(root)));
        }
        Optional<StackTraceElement> game = game(e);
        if (game.isPresent()) {
            return oneLine("%s:%d fails: %s"
                    .formatted(game.get().getFileName(), game.get().getLineNumber(), ofAGame(root)));
        }
        return oneLine("a fault of mfg, please report it: %s (MFG_DEBUG=1 tells where)".formatted(named(e)));
    }

    /** The line of a user's game that a failure comes from. */
    private static Optional<StackTraceElement> game(Throwable e) {
        return causes(e)
                .flatMap(cause -> Stream.of(cause.getStackTrace()))
                .filter(frame -> OF_A_GAME.equals(frame.getClassLoaderName()))
                .findFirst();
    }

    private static String ofAGame(Throwable e) {
        return String.valueOf(e.getMessage()).contains("capped")
                ? "an operation begins with a constant; write x.mul(constant), not constant.mul(x), and make constants in the shape that they need"
                : named(e);
    }

    private static boolean isOfLoading(Throwable e) {
        return e instanceof LinkageError
                || (e instanceof EngineException
                        && String.valueOf(e.getMessage()).startsWith("Failed to load"))
                || Stream.of(e.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("loadLibrary"));
    }

    private static String named(Throwable e) {
        return e.getClass().getName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(50);
    }

    private static Throwable root(Throwable e) {
        return causes(e).reduce(e, (outer, inner) -> inner);
    }

    private static String oneLine(@Nullable String message) {
        return Text.visible(String.valueOf(message));
    }

    private static String reason(@Nullable IOException e) {
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
