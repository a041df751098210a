package mfg.eval.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import mfg.eval.taxi.ZoneReturns;
import mfg.eval.taxi.ZoneTrial;
import org.junit.jupiter.api.Test;

final class DriftTest {

    /** A hundred taxis, one more above and one more below the mean. */
    private static double[] around(double mean) {
        double[] returns = new double[100];
        Arrays.setAll(returns, k -> mean + (k % 2 == 0 ? 1 : -1));
        return returns;
    }

    private static Drift drift(double share, double zone1, double zone2) {
        return new Drift(
                Learned.SYM,
                8,
                3,
                share,
                0.5,
                new ZoneTrial(new ZoneReturns(around(zone1), around(zone2)), 0.025),
                new ZoneReturns(around(17), around(31)));
    }

    private static String words(Drift drift) {
        return Drift.text(List.of(drift))
                .lines()
                .filter(line -> line.startsWith("- "))
                .reduce("", String::concat);
    }

    @Test
    void whatIsWhereItShouldBeNeedsNoWords() {
        assertEquals("", words(drift(0.55, 17, 16)));
        assertFalse(Drift.text(List.of(drift(0.55, 17, 16))).contains("away"));
    }

    @Test
    void theOtherZonePaysMoreOrLessOrTheSame() {
        String more = words(drift(0.9, 17, 18));
        assertTrue(more.contains("Zone 2 pays 1.00 ± 0.14 more") && more.contains("2.5 %"), more);
        String less = words(drift(0.9, 17, 14));
        assertTrue(less.contains("Zone 2 pays 3.00 ± 0.14 less") && less.contains("earn 14.00 more"), less);
        String same = words(drift(0.9, 17, 17.1));
        assertTrue(same.contains("0.10 ± 0.14 more to who is sent there, which may be noise"), same);
        String up = words(drift(0.1, 18, 17));
        assertTrue(up.contains("Zone 1 pays 1.00 ± 0.14 more") && up.contains("0.100 instead of 0.500"), up);
    }

    @Test
    void theTableHasEverybody() {
        String text = Drift.text(List.of(drift(0.55, 17, 16), drift(0.9, 17, 18)));
        assertEquals(
                2,
                text.lines()
                        .filter(line -> line.startsWith("| 8 | Sym-NN | 3 "))
                        .count());
        assertTrue(text.contains("17.00 ± 0.10") && text.contains("31.00"), text);
    }
}
