package mfg.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.eval.Runs;
import mfg.eval.catalogue.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of run gets for being one, shown by one that only counts. */
final class RunTest {

    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    @TempDir
    private Path folder;

    private final Counting kind = new Counting();

    private Counting.Sum start(Path run, String... options) throws IOException {
        return Run.start(kind, Counting.config(options), null, run, kind.context(2));
    }

    private Counting.Sum resume(Path run, Integer steps) throws IOException {
        return Run.resume(kind, CATALOGUE, run, steps == null ? null : steps.toString(), kind.context(2));
    }

    private void assertRefused(Path run, Integer steps, String... words) throws IOException {
        var before = Runs.contents(run);
        String told = assertThrows(InvalidInputException.class, () -> resume(run, steps))
                .getMessage();
        for (String word : words) {
            assertTrue(told.contains(word), told);
        }
        var after = Runs.contents(run);
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, bytes) -> assertEquals(-1, Arrays.mismatch(bytes, after.get(name)), name));
    }

    private static void assertSame(Path one, Path other) throws IOException {
        assertEquals(Files.readString(one.resolve("metrics.csv")), Files.readString(other.resolve("metrics.csv")));
        assertEquals(RunFolder.config(one), RunFolder.config(other));
        assertEquals(Runs.result(one), Runs.result(other));
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IOException("no room"),
                new IllegalStateException("a fault"),
                new InternalError("no font"),
                new NoClassDefFoundError("sun.font"),
                new StackOverflowError(),
                new OutOfMemoryError("a large picture"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aChartThatFailsCostsNothing(Throwable failure) throws IOException {
        kind.failing = "draw";
        kind.failure = failure;
        Path run = folder.resolve("run");
        assertEquals(5, start(run).sum());
        assertEquals(5, Runs.result(run).get("sum").doubleValue());
        assertFalse(Files.exists(run.resolve("sum.png")));
        kind.failing = "";
        assertEquals(5, resume(run, null).sum()); // draws anew
        assertTrue(Files.exists(run.resolve("sum.png")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"step", "end"})
    void whatWasInterruptedGoesOnToTheSameNumbers(String where) throws IOException {
        Path whole = folder.resolve("whole");
        start(whole, "addend", "0.1");
        kind.failing = where;
        Path run = folder.resolve("run");
        assertThrows(IllegalStateException.class, () -> start(run, "addend", "0.1"));
        assertFalse(Files.exists(run.resolve("result.json")));
        kind.failing = "";
        assertEquals(0.1 + 0.1 + 0.1 + 0.1 + 0.1, resume(run, null).sum());
        assertSame(whole, run);
    }

    @Test
    void whatCannotBeginLeavesNothingBehind() throws IOException {
        kind.failing = "prepare";
        kind.failure = new InvalidInputException("cannot");
        assertThrows(InvalidInputException.class, () -> start(folder.resolve("run")));
        assertEquals(List.of(), Runs.names(folder));
    }

    @Test
    void aFinishedRunGoesFurther() throws IOException {
        Path run = folder.resolve("run");
        start(run, "addend", "0.1");
        Path whole = folder.resolve("whole");
        start(whole, "addend", "0.1", "iterations", "9");
        assertEquals(9, resume(run, 9).steps());
        assertSame(whole, run);
        assertEquals(List.of("from 5 to 9 after 5"), kind.told);
        assertEquals(9, resume(run, null).steps(), "it keeps how far it goes");
        assertEquals(9, resume(run, 9).steps());
        assertEquals(1, kind.told.size(), "nothing new is nothing to tell");
    }

    /** The earlier result is none of the longer run. */
    @Test
    void aRunThatGoesFurtherHasNoResultUntilItIsThere() throws IOException {
        Path run = folder.resolve("run");
        start(run);
        kind.failing = "end";
        assertThrows(IllegalStateException.class, () -> resume(run, 7));
        assertFalse(Files.exists(run.resolve("result.json")));
        kind.failing = "";
        assertEquals(7, resume(run, null).sum());
    }

    /** Nor is what was found out about it. */
    @Test
    void whatTellsOfTheEarlierResultGoesWithIt() throws IOException {
        Path run = folder.resolve("run");
        start(run);
        List<String> about = List.of("players.csv", "players.json", "players.png", "response.csv", "response.json");
        for (String name : about) {
            Files.writeString(run.resolve(name), "of the earlier result");
        }
        Files.writeString(run.resolve("notes.txt"), "precious");
        resume(run, null);
        assertTrue(Runs.names(run).containsAll(about), "it did not go further");
        resume(run, 7);
        assertTrue(
                Runs.names(run).stream().noneMatch(about::contains),
                Runs.names(run).toString());
        assertTrue(Files.exists(run.resolve("notes.txt")));
        assertEquals(
                List.of(
                        "removed, for the earlier result is none of the longer run: " + String.join(", ", about),
                        "from 5 to 7 after 5"),
                kind.told);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, -1})
    void noRunGoesBack(int steps) throws IOException {
        Path run = folder.resolve("run");
        start(run);
        String less = "--iterations %d is less than the 5 that %s has taken".formatted(steps, run);
        assertRefused(run, steps, steps < 0 ? "--iterations" : less);
    }

    @Test
    void aCheckpointFurtherThanTheConfigurationGoesIsRefused() throws IOException {
        Path run = folder.resolve("run");
        start(run);
        Path config = run.resolve("config.yaml");
        Files.writeString(config, Files.readString(config).replace("iterations: 5", "iterations: 3"));
        assertRefused(run, null, "config.yaml: iterations 3 is less than the 5 that %s has taken".formatted(run));
    }

    @Test
    void aFinishedRunWithoutItsCheckpointIsNotStartedOver() throws IOException {
        Path run = folder.resolve("run");
        start(run);
        Files.delete(run.resolve("checkpoint.npz"));
        assertRefused(run, null, "the run has lost its %s".formatted(run.resolve("checkpoint.npz")));
    }

    @ParameterizedTest
    @CsvSource({"addend: 1.0, addend: 2.0", "enough: 1000.0, enough: 1001.0"})
    void aCheckpointOfAnotherConfigurationIsRefused(String line, String other) throws IOException {
        Path run = folder.resolve("run");
        start(run);
        Path config = run.resolve("config.yaml");
        Files.writeString(config, Files.readString(config).replace(line, other));
        assertRefused(run, null, "checkpoint.npz belongs to another configuration");
        Path another = folder.resolve("another");
        start(another, "addend", "3");
        Files.delete(run.resolve("checkpoint.npz"));
        Files.copy(another.resolve("checkpoint.npz"), run.resolve("checkpoint.npz"));
        assertRefused(run, null, "checkpoint.npz belongs to another configuration");
    }

    /** Written otherwise, it is the same configuration. */
    @Test
    void howNumbersAreWrittenDoesNotMatter() throws IOException {
        Path run = folder.resolve("run");
        start(run, "iterations", "3");
        Path config = run.resolve("config.yaml");
        Files.writeString(config, "# mine\n" + Files.readString(config).replace("addend: 1.0", "addend: '1'"));
        assertEquals(3, resume(run, null).sum());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 300})
    void aCheckpointThatIsCutShortIsNamed(int length) throws IOException {
        Path run = folder.resolve("run");
        start(run);
        Path checkpoint = run.resolve("checkpoint.npz");
        Files.write(checkpoint, Arrays.copyOf(Files.readAllBytes(checkpoint), length));
        assertRefused(run, null, "checkpoint.npz");
    }

    @ParameterizedTest
    @CsvSource({
        "'4,4.0,', '', iteration 4 of 5 is missing",
        "'0,0.0,\n', '', iteration 0 of 5 is missing",
        "'4,4.0,', '4,four,', 'four'' is no number'",
        "'4,4.0,', '4.5,4.0,', has no iteration",
        "'4,4.0,', 'x,4.0,', 'x'' is no number'",
        "'4,4.0,', ',4.0,', has no iteration",
        "'4,4.0,', '4,,', iteration 4 has no sum",
        "'4,4.0,', '4,NaN,', 'NaN'' is no number'",
        "'4,4.0,', '4,Infinity,', 'Infinity'' is no number'",
        "'4,4.0,', '4,1e999,', '1e999'' is no number'",
        "'4,4.0,', '4,1E999,', '1E999'' is no number'",
        "'4,4.0,', '4,0x1p3,', '0x1p3'' is no number'",
        "'4,4.0,', '4,1d,', '1d'' is no number'",
        "'4,4.0,', '4, 4.0,', ' 4.0'' is no number'",
        "'0,0.0,', '-5,0.0,', has no iteration",
        "'4,4.0,', '2,4.0,', iteration 2 comes twice",
        "'4,4.0,', '4,4.0,,1', metrics.csv",
        "'4,4.0,', '4', metrics.csv",
        "iteration, step, has no iteration",
    })
    void aDamagedTableIsNamed(String text, String damaged, String words) throws IOException {
        Path run = folder.resolve("run");
        start(run);
        Path metrics = run.resolve("metrics.csv");
        String whole = Files.readString(metrics).replace("\r\n", "\n");
        assertTrue(whole.contains(text), whole);
        Files.writeString(metrics, whole.replace(text, damaged));
        assertRefused(run, null, "metrics.csv", words);
        Files.delete(metrics);
        assertRefused(run, null, "metrics.csv");
    }

    /** A kill between table and checkpoint leaves rows that will be written again. */
    @Test
    void rowsBeyondTheCheckpointAreForgotten() throws IOException {
        Path run = folder.resolve("run");
        start(run);
        String whole = Files.readString(run.resolve("metrics.csv"));
        Files.writeString(run.resolve("metrics.csv"), whole + "6,6.5,\n7,x7,\n".replace("x7", "7.5"));
        assertEquals(7, resume(run, 7).sum());
        List<String> lines = Files.readAllLines(run.resolve("metrics.csv"));
        assertEquals(List.of("5,5.0,", "6,6.0,", "7,7.0,"), lines.subList(lines.size() - 3, lines.size()));
    }

    @Test
    void anEarlyEndIsToldAndDecidedAlikeAfterAnInterruption() throws IOException {
        Path run = folder.resolve("run");
        Counting.Sum sum = start(run, "enough", "2", "iterations", "9");
        assertEquals(2, sum.steps());
        assertEquals("it is enough", sum.status());
        assertEquals(List.of("count: ended after 2 of 9: it is enough"), kind.told);
        assertEquals(sum, resume(run, null));
        assertEquals(sum, resume(run, 20));
        assertEquals(Run.FINISHED, start(folder.resolve("other")).status());
    }

    @Test
    void aRunIsHadOnce() throws IOException {
        Path run = folder.resolve("run");
        Counting.Config config = Counting.config();
        assertNull(Run.earlier(kind, config, CATALOGUE, run));
        assertEquals(
                5, Run.at(kind, config, CATALOGUE, null, run, kind.context(2)).sum());
        kind.failing = "step"; // would fail if it ran again
        assertEquals(
                5, Run.at(kind, config, CATALOGUE, null, run, kind.context(2)).sum());
        String told = assertThrows(
                        InvalidInputException.class,
                        () -> Run.at(kind, Counting.config("addend", "2"), CATALOGUE, null, run, kind.context(2)))
                .getMessage();
        assertTrue(told.contains("was run with other options"), told);
    }

    @Test
    void aResultThatIsDamagedIsNone() throws IOException {
        Path run = folder.resolve("run");
        start(run);
        for (String text : List.of("", "{", "[]", "{\"sum\": 1}", "{\"sum\": \"x\", \"steps\": 1}", "null")) {
            Files.writeString(run.resolve("result.json"), text);
            assertNull(Run.earlier(kind, Counting.config(), CATALOGUE, run), text);
        }
        assertEquals(5, resume(run, null).sum());
    }
}
