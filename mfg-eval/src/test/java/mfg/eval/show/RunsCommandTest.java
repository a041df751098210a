package mfg.eval.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import mfg.eval.Cli;
import mfg.eval.report.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same list in text, and how a run is removed. */
final class RunsCommandTest {

    @TempDir
    private Path folder;

    private Cli.Outcome answering(String answer, String... args) {
        InputStream stdin = System.in;
        try {
            System.setIn(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
            return Cli.run(args);
        } finally {
            System.setIn(stdin);
        }
    }

    @Test
    void runsAreListedAndRemovedAfterAsking() throws IOException {
        Path run = folder.resolve("one");
        Cli.run("solve", "rps", "--iterations", "3", "--out", run.toString());
        Path kept = Files.writeString(folder.resolve("kept.txt"), "kept");
        Files.createSymbolicLink(run.resolve("link.txt"), run.resolve("metrics.csv"));
        Cli.Outcome listed = Cli.run("runs", folder.toString());
        assertTrue(listed.out().contains("one") && listed.out().contains("finished"), listed.out());

        assertTrue(answering("n\n", "runs", folder.toString(), "--remove", "one")
                .out()
                .contains("kept"));
        assertTrue(Files.exists(run.resolve("result.json")));
        assertTrue(answering("", "runs", folder.toString(), "--remove", "one")
                .out()
                .contains("kept"));
        Cli.run("runs", folder.toString(), "--remove", "../x").assertRefused("there is no run '../x'");
        assertTrue(answering("y\n", "runs", folder.toString(), "--remove", "one")
                .out()
                .contains("removed"));
        assertFalse(Files.exists(run));
        assertEquals("kept", Files.readString(kept));
        assertTrue(Cli.run("runs", folder.toString()).out().startsWith("no runs in"));
    }

    /** A folder of seeds stands where its runs stand, and is kept while one of them runs. */
    @Test
    void severalRunsStandWhereTheirRunsStand() throws IOException {
        Path seeds = folder.resolve("seeds");
        Cli.run("solve", "rps", "--iterations", "3", "--seeds", "1..2", "--out", seeds.toString());
        assertEquals(State.Kind.FINISHED, State.of(seeds).kind());
        try (FileChannel lock = FileChannel.open(seeds.resolve("seed-2/run.lock"), StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            assertTrue(held.isValid());
            assertEquals(State.Kind.RUNNING, State.of(seeds).kind());
            Cli.run("runs", folder.toString(), "--remove", "seeds/", "--yes").assertRefused("seeds is running");
        }
        Files.delete(seeds.resolve("seed-2/result.json"));
        Files.delete(seeds.resolve("report/answer-solve.json"));
        assertEquals(
                new State(
                        State.Kind.STOPPED,
                        "stopped before its end: 1 of the 2 runs begun have ended; --resume continues it"),
                State.of(seeds));
        assertEquals(0, Cli.run("report", seeds.toString()).exit());
        String listed = Cli.run("runs", folder.toString()).out();
        assertTrue(listed.contains("1 of the 2 runs begun have ended"), listed);

        Cli.run("solve", "--resume", seeds.toString());
        assertEquals(State.Kind.FINISHED, State.of(seeds).kind());
        Cli.Outcome removed = Cli.run("runs", folder.toString(), "--remove", "seeds/", "--remove", "seeds", "--yes");
        assertTrue(removed.out().contains("with 2 runs in it"), removed.out());
        assertFalse(Files.exists(seeds));
    }

    /** Whoever starts a run and the list at once sees the run as soon as its folder is there. */
    @Test
    void aRunIsListedWhileItIsPrepared() throws IOException {
        Path root = folder.resolve("runs");
        Runs runs = Runs.expected(root);
        assertEquals(List.of(), runs.all());
        assertFalse(Files.exists(root), "it only looks");
        Files.createDirectories(root.resolve("A1-20261130-101500"));
        Files.createDirectories(root.resolve("my-own"));
        List<Runs.Entry> all = runs.all();
        assertEquals(
                List.of("A1-20261130-101500"), all.stream().map(Runs.Entry::id).toList());
        assertEquals(new State(State.Kind.RUNNING, "being prepared"), all.get(0).state());
    }

    @Test
    void aFolderThatIsNotThereIsRefused() throws IOException {
        Cli.run("runs", folder.resolve("none").toString()).assertRefused("there is no folder");
        Cli.run("show", folder.resolve("none").toString(), "--no-browser").assertRefused("there is no folder");
        Path file = Files.writeString(folder.resolve("file"), "");
        Cli.run("runs", file.toString()).assertRefused("is a file, not a folder");
        Cli.run("show", folder.toString(), "--port", "99999").assertRefused("--port must be from 0 to 65535");
    }
}
