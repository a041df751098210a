package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The search by coordinates, on functions whose maximum is known. */
final class RoundSearchTest {

    private static final double UNIT = 0x1p-8;

    /** Best at 0.1, 0.3, 0.9, 0.4, with a ridge between neighbours. */
    private static double hill(double[] x) {
        double[] top = {0.1, 0.3, 0.9, 0.4};
        double value = 0;
        for (int h = 0; h < x.length; h++) {
            double away = x[h] - top[h];
            double next = x[(h + 1) % 4] - top[(h + 1) % 4];
            value -= away * away + 0.8 * away * next;
        }
        return value;
    }

    @Test
    void findsTheTopAndAsksForNothingTwice() {
        Set<List<Double>> asked = new HashSet<>();
        RoundSearch search = new RoundSearch(
                x -> {
                    assertTrue(asked.add(Arrays.stream(x).boxed().toList()));
                    return hill(x);
                },
                x -> Arrays.stream(x).map(a -> Math.max(0, Math.min(1, a))).toArray(),
                false,
                List.of(new double[] {0.5, 0.5, 0.5, 0.5}, new double[] {1, 1, 1, 1}));
        for (int segments : new int[] {1, 2, 4}) {
            search.refine(segments, UNIT, 6, 0);
        }
        assertArrayEquals(new double[] {0.1, 0.3, 0.9, 0.4}, search.best(), 2 * UNIT);
    }

    /** All of it is best in the last round, and can get there only by moving from round to round. */
    @Test
    void partsOfAWholeMoveFromRoundToRound() {
        RoundSearch search = new RoundSearch(
                x -> x[1]
                        + 2 * x[2]
                        + 3 * x[3]
                        - 100 * Math.abs(Arrays.stream(x).sum() - 1),
                x -> Arrays.stream(x).map(a -> Math.max(0, a)).toArray(),
                true,
                List.of(new double[] {0.25, 0.25, 0.25, 0.25}));
        search.refine(4, UNIT, 6, 0);
        assertEquals(1, search.best()[3], 1e-9);
    }
}
