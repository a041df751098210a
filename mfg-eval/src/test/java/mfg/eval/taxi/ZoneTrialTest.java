package mfg.eval.taxi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import mfg.eval.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ZoneTrialTest {

    private static final int PLAYERS = 500;
    private static final int HORIZON = 30;

    @TempDir
    private Path folder;

    private ZoneTrial seen(String congestion) throws IOException {
        Path run = folder.resolve(congestion);
        String[] untrained = {"learn", "a-taxi", "--epochs", "0", "--hidden", "4", "--congestion", congestion};
        String[] sizes = {"--players", "" + PLAYERS, "--horizon", "" + HORIZON, "--out", run.toString()};
        assertEquals(0, Cli.run(Cli.concat(untrained, sizes)).exit());
        return ZoneTrial.of(run);
    }

    /** Who has learned nothing does anything: two of five actions lead away from the start. */
    @Test
    void othersLeaveWhenTheyLike() throws IOException {
        ZoneTrial seen = seen("0");
        double rounds = (1 - Math.pow(0.6, HORIZON)) / 0.4;
        assertEquals(rounds / HORIZON, seen.atStart(), 0.05 * rounds / HORIZON);
        assertEquals(PLAYERS, seen.returns().zone1().length, 0.15 * PLAYERS);
        assertEquals(PLAYERS, seen.returns().zone2().length, 0.15 * PLAYERS);
    }

    /** Everybody is at the start at first, where nobody's choice helps against a jam. */
    @Test
    void whoIsSentGoesThereAtOnceButForJams() throws IOException {
        ZoneTrial free = seen("0");
        ZoneTrial jammed = seen("20");
        double rounds = (1 - Math.pow(0.6, HORIZON)) / 0.4;
        assertTrue(jammed.atStart() > 1.5 * rounds / HORIZON);
        assertEquals(
                free.returns().zone1().length + free.returns().zone2().length,
                jammed.returns().zone1().length + jammed.returns().zone2().length);
        assertTrue(free.returns().in(1).mean() > jammed.returns().in(1).mean());
    }
}
