package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are not ported yet; to be joined with ReportsTest. */
final class ReportsOfCommandsTest {

    @TempDir
    private Path folder;

    @Test
    void taxisThatDidNotLearnEarnedNothing() {
        Cli.Outcome outcome = Cli.run(
                "learn",
                "a-taxi",
                "--players",
                "3",
                "--horizon",
                "4",
                "--hidden",
                "8",
                "--epochs",
                "0",
                "--out",
                folder.resolve("run").toString());
        assertEquals(0, outcome.exit(), outcome.err());
        assertFalse(outcome.out().contains("NaN"), outcome.out());
        assertTrue(outcome.out().contains("0 epochs"), outcome.out());
    }
}
