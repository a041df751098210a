package mfg.eval.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.engine.EngineException;
import java.awt.AWTError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.eval.view.Charts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every failure is one sentence and an exit code. */
final class FailureTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new InvalidInputException("two\n  lines"), 2, "mfg: two lines"),
                arguments(new NoSuchFileException("a.csv"), 2, "no such file: a.csv"),
                arguments(new UncheckedIOException(new IOException("No space left on device")), 2, "No space left"),
                arguments(new OutOfMemoryError("Java heap space"), 1, "not enough memory"),
                arguments(new IllegalStateException(new OutOfMemoryError()), 1, "not enough memory"),
                arguments(new EngineException("CUDA out of memory. Tried"), 1, "not enough memory"),
                arguments(new StackOverflowError(), 1, "not enough stack"),
                arguments(
                        new UnsatisfiedLinkError("libgomp.so.1: cannot open"), 1, "cannot be loaded: java.lang.Unsat"),
                arguments(new ExceptionInInitializerError(new IOException("x")), 1, "cannot be loaded: x"),
                arguments(
                        new EngineException("Failed to load PyTorch native library", new NoSuchFileException("/c")),
                        1,
                        "cannot be loaded: no such file: /c (DJL_CACHE_DIR"),
                arguments(
                        new IllegalArgumentException("bad"),
                        1,
                        "a fault of mfg, please report it: java.lang.IllegalArgumentException: bad (MFG_DEBUG=1"),
                arguments(new AssertionError(), 1, "java.lang.AssertionError (MFG_DEBUG=1"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isOneSentence(Throwable failure, int exit, String words) {
        StringWriter err = new StringWriter();
        assertEquals(exit, Failure.told(failure, new PrintWriter(err)));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith("mfg: ") && err.toString().contains(words), err.toString());
    }

    @Test
    void noChartCostsAResult() {
        List<Charts.Work> failing = List.of(
                () -> {
                    throw new IOException("no room");
                },
                () -> {
                    throw new IndexOutOfBoundsException();
                },
                () -> {
                    throw new InternalError("no font");
                },
                () -> {
                    throw new AWTError("no font");
                },
                () -> {
                    throw new NoClassDefFoundError("sun.font");
                });
        PrintStream stderr = System.err;
        try {
            for (Charts.Work drawing : failing) {
                ByteArrayOutputStream told = new ByteArrayOutputStream();
                System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
                Charts.attempt(drawing);
                String text = told.toString(StandardCharsets.UTF_8);
                assertTrue(text.startsWith("no charts: "), text);
                assertFalse(text.contains("\tat "), text);
            }
        } finally {
            System.setErr(stderr);
        }
    }
}
