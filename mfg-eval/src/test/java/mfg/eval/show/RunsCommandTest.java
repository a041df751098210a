package mfg.eval.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import mfg.eval.Cli;
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

    @Test
    void aFolderThatIsNotThereIsRefused() {
        Cli.run("runs", folder.resolve("none").toString()).assertRefused("there is no folder");
        Cli.run("show", folder.resolve("none").toString(), "--no-browser").assertRefused("there is no folder");
        Cli.run("show", folder.toString(), "--port", "99999").assertRefused("--port must be from 0 to 65535");
    }
}
