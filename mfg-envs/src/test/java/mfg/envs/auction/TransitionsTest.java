package mfg.envs.auction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.Tensors;
import mfg.envs.Bench;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TransitionsTest {

    static final List<AuctionSetting> ALL = AuctionSetting.ALL;

    /** Rows with zeros at either end and between, or nothing else. */
    private static double[][] matrix(int states, SplittableRandom random) {
        double[][] w = new double[states][states];
        for (double[] row : w) {
            int from = random.nextInt(states + 1);
            int to = random.nextInt(states + 1);
            for (int s = from; s < to; s++) {
                row[s] = random.nextInt(3) == 0 ? 0 : random.nextDouble();
            }
        }
        return w;
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void bothWaysAreTheProductWithTheMatrix(@ForAll @IntRange(min = 1, max = 30) int states, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] w = matrix(states, random);
        double[] x = random.doubles(states, -1, 1).toArray();
        x[random.nextInt(states)] = 0;
        double[] given = x.clone();
        double[] moved = new double[states];
        double[] expected = new double[states];
        for (int s = 0; s < states; s++) {
            for (int next = 0; next < states; next++) {
                moved[next] += x[s] * w[s][next];
                expected[s] += w[s][next] * x[next];
            }
        }
        Transitions transitions = Transitions.of(w);
        double[] found = random.doubles(states).toArray(); // overwritten
        transitions.move(x, found);
        assertArrayEquals(moved, found, 1e-13);
        transitions.expect(x, found);
        assertArrayEquals(expected, found, 1e-13);
        assertArrayEquals(given, x, "not modified");
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void eachWayIsTheAdjointOfTheOther(@ForAll @IntRange(min = 1, max = 30) int states, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Transitions transitions = random.nextInt(10) == 0 ? Transitions.STILL : Transitions.of(matrix(states, random));
        double[] x = random.doubles(states, -1, 1).toArray();
        double[] y = random.doubles(states, -1, 1).toArray();
        double[] moved = new double[states];
        double[] expected = new double[states];
        transitions.move(x, moved);
        transitions.expect(y, expected);
        assertEquals(dot(moved, y), dot(x, expected), 1e-12);
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    @Test
    void nothingMovesWhereAllIsStill() {
        double[] x = {0.25, 0, 0.75};
        double[] to = {9, 9, 9};
        Transitions.STILL.move(x, to);
        assertArrayEquals(x, to);
        Arrays.fill(to, 9);
        Transitions.STILL.expect(x, to);
        assertArrayEquals(x, to);
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void everySettingMovesAsTheEngineSays(AuctionSetting setting) {
        int n = 100;
        SplittableRandom random = new SplittableRandom(7);
        AuctionSetting.Scenario scenario = setting.draw(n, random);
        try (Bench bench = new Bench()) {
            FirstPrice mechanism = new FirstPrice(bench.constants, n, FirstPrice.equalShares(2, 0.5));
            ValueDynamics dynamics =
                    setting.game(bench.constants, 2, scenario, mechanism).dynamics();
            Transitions transitions = dynamics.transitions();
            double[] xi = random.doubles(n + 1).map(x -> x / n).toArray();
            double[] value = random.doubles(n + 1, -1, 1).toArray();
            NDArray population = Tensors.create(bench.manager, bench.type, xi, new Shape(n + 1));
            NDArray later = Tensors.create(bench.manager, bench.type, value, new Shape(n + 1));
            double[] found = new double[n + 1];
            transitions.move(xi, found);
            assertArrayEquals(Tensors.toDoubles(dynamics.next(population)), found, 1e-15);
            transitions.expect(value, found);
            assertArrayEquals(Tensors.toDoubles(dynamics.continuation(later, population)), found, 1e-14);
        }
    }
}
