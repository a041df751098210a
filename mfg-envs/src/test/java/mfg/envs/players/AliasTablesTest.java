package mfg.envs.players;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasTablesTest {

    /** Every column at evenly spaced fractions stands for all of chance. */
    @Property(tries = 200)
    void outcomesHaveTheirProbabilities(
            @ForAll @IntRange(min = 1, max = 30) int columns, @ForAll boolean sparse, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] p = random.doubles(columns)
                .map(x -> sparse && x < 0.7 ? 0 : Math.pow(x, 8))
                .toArray();
        p[random.nextInt(columns)] += 1e-3;
        double total = Arrays.stream(p).sum();
        AliasTables table = new AliasTables(1, columns);
        table.fill(p);
        int steps = 1 << 12;
        int[] counts = new int[columns];
        for (long column = 0; column < columns; column++) {
            long high = (column * (1L << 32) + columns - 1) / columns;
            for (long low = 0; low < steps; low++) {
                counts[table.draw(0, high << 32 | low << 20)]++;
            }
        }
        for (int a = 0; a < columns; a++) {
            // each of the columns that give to an outcome is off by a step at most
            assertEquals(p[a] / total, (double) counts[a] / columns / steps, p[a] == 0 ? 0 : 1.0 / steps);
        }
    }

    @Test
    void numbersByPlaceAreThoseOfASplittableRandom() {
        for (long seed : new long[] {0, 1, -7, Long.MIN_VALUE}) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 100; i++) {
                assertEquals(random.nextLong(), Draws.at(seed, i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoDistributionIsRefused(double entry) {
        GameShape shape = new GameShape(1, 1, 3);
        assertThrows(InvalidInputException.class, () -> Actions.tabular(shape, new double[] {1, 0.5, entry}));
    }

    @Test
    void aPolicyMustFitItsGame() {
        GameShape shape = new GameShape(2, 1, 3);
        assertThrows(InvalidInputException.class, () -> Actions.tabular(shape, new double[3]));
        assertThrows(InvalidInputException.class, () -> Actions.tabular(shape, new double[6]));
    }
}
