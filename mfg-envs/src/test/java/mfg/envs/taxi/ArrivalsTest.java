package mfg.envs.taxi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import mfg.envs.players.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalsTest {

    private static final int DRAWS = 40_000;

    /** Each cell's frequency and that of each pair are as of independent cells, up to 5 standard deviations. */
    @ParameterizedTest
    @CsvSource({"18, 0.2", "1, 0.2", "32, 0.7", "33, 0.01", "64, 0.5", "64, 0.9999"})
    void cellsAreIndependent(int cells, double probability) {
        Arrivals arrivals = new Arrivals(cells, probability);
        int[][] together = new int[cells][cells];
        for (int k = 0; k < DRAWS; k++) {
            long come = arrivals.draw(-1L >>> (Long.SIZE - cells), 7, (long) k * arrivals.words());
            for (long left = come; left != 0; left &= left - 1) {
                int s = Long.numberOfTrailingZeros(left);
                for (long others = come; others != 0; others &= others - 1) {
                    together[s][Long.numberOfTrailingZeros(others)]++;
                }
            }
        }
        for (int s = 0; s < cells; s++) {
            for (int t = 0; t < cells; t++) {
                double expected = s == t ? probability : probability * probability;
                double deviation = Math.sqrt(expected * (1 - expected) / DRAWS);
                assertEquals(expected, (double) together[s][t] / DRAWS, 5 * deviation, s + ", " + t);
            }
        }
    }

    /** So that a taxi's customers do not depend on which it has already. */
    @Test
    void aCellsDrawDoesNotDependOnTheOthers() {
        Arrivals arrivals = new Arrivals(20, 0.3);
        long all = (1L << 20) - 1;
        for (int k = 0; k < 1000; k++) {
            long some = Draws.at(3, k) & all;
            assertEquals(arrivals.draw(all, k, 5) & some, arrivals.draw(some, k, 5));
        }
    }

    @Test
    void certainties() {
        long all = (1L << 18) - 1;
        Arrivals never = new Arrivals(18, 0);
        Arrivals always = new Arrivals(18, 1);
        assertEquals(0, never.words());
        for (int k = 0; k < 1000; k++) {
            assertEquals(0, never.draw(all, k, 0));
            assertEquals(all, always.draw(all, k, 0));
        }
    }

    /** Digits 0 at the end cost nothing. */
    @Test
    void halvesTakeOneDigit() {
        assertEquals(1, new Arrivals(64, 0.5).words());
        assertEquals(2, new Arrivals(33, 0.75).words());
        assertEquals(1, new Arrivals(18, 0.625).words());
        assertEquals(11, new Arrivals(18, 0.2).words());
    }
}
