package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import mfg.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a population is brought to rest, where theory knows every step. */
final class SettlingTest {

    private static final double PACE = 0.1;
    private static final int BLOCK = 50;

    /** A single number, {@code F(x) = (1 - pace) x + pace q(x)}, from 1; a policy moves as the number does. */
    private static final class Numbers implements EquilibriumStep<double[]> {
        private final DoubleUnaryOperator q;
        private final Set<double[]> alive = Collections.newSetFromMap(new IdentityHashMap<>());
        private int taken;
        private double longest;
        private double last;
        private int failsAt = Integer.MAX_VALUE;
        private boolean failsToMove;

        Numbers(DoubleUnaryOperator q) {
            this.q = q;
        }

        private double[] born(double x) {
            double[] state = {x};
            alive.add(state);
            return state;
        }

        @Override
        public double[] start() {
            return born(1);
        }

        @Override
        public double[] next(double[] x, int t, double stretch) {
            assertTrue(alive.contains(x));
            assertEquals(taken++, t);
            if (taken == failsAt) {
                throw new IllegalStateException("broken");
            }
            longest = Math.max(longest, stretch);
            last = stretch;
            return born(x[0] + stretch * PACE * (q.applyAsDouble(x[0]) - x[0]));
        }

        @Override
        public double move(double[] x, double[] next) {
            assertTrue(alive.contains(x) && alive.contains(next));
            if (failsToMove) {
                throw new IllegalStateException("broken");
            }
            return Math.abs(next[0] - x[0]);
        }

        @Override
        public void release(double[] x) {
            assertTrue(alive.remove(x), "released twice");
        }

        @Override
        public double value(double[] x) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double[] objective(double[] x) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double[] pullback(double[] x, int t, double[] cotangent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Products<double[]> products(double[] x, int t) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void pullbackStart(double[] cotangent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Gradient gradient() {
            throw new UnsupportedOperationException();
        }

        @Override
        public NDArray read(double[] x) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    /** Towards 0 the distance is the number itself: after N own steps {@code (1 - p)^N (1 - L p)^(t - 1)}. */
    @ParameterizedTest
    @CsvSource({"0, 1, 0.01", "7, 1, 1e-6", "20, 2, 1e-3", "0, 0.5, 1e-4", "3, 0.05, 0.3"})
    void stepsAndGapAreThoseOfTheory(int own, double stretch, double gap) {
        Numbers step = new Numbers(x -> 0);
        Settling.Settled<double[]> settled = new Settling(own, stretch, gap, 5000).run(step, PACE);
        double start = Math.pow(1 - PACE, own);
        int t = BLOCK;
        while (start * Math.pow(1 - stretch * PACE, t - 1) > gap) {
            t += BLOCK;
        }
        assertEquals(own + t, settled.steps());
        double expected = start * Math.pow(1 - stretch * PACE, t - 1);
        assertEquals(expected, settled.gap(), 1e-9 * expected);
        assertEquals(expected * (1 - stretch * PACE), settled.state()[0], 1e-9 * expected);
        assertEquals(stretch, step.last, "a step that arrives is not shortened");
        assertEquals(1, step.alive.size(), "states are left behind");
    }

    @Test
    void stepsAreNoLongerThanTheWay() {
        Numbers step = new Numbers(x -> 0.25);
        Settling.Settled<double[]> settled = new Settling(0, 1e6, 1e-9, 500).run(step, PACE);
        assertEquals(1 / PACE, step.longest);
        assertEquals(0.25, settled.state()[0], 1e-15);
        assertEquals(BLOCK, settled.steps());
    }

    /** {@code q(x) = -24 x}: steps are multiples of {@code 1 - 2.5 stretch}, so that those of half the length arrive. */
    @Test
    void stepsThatOvershootAreHalved() {
        Numbers step = new Numbers(x -> -24 * x);
        Settling.Settled<double[]> settled = new Settling(0, 1, 1e-9, 500).run(step, PACE);
        assertEquals(0.5, step.last);
        assertTrue(settled.gap() <= 1e-9);
    }

    /** Everybody runs to the other side: no step is short enough. */
    @ParameterizedTest
    @CsvSource({"0, 1000", "10, 73", "5, 1"})
    void circlesEndFarFromRest(int own, int most) {
        Numbers step = new Numbers(x -> x > 0 ? -1 : 1);
        Settling.Settled<double[]> settled = new Settling(own, 1, 1e-3, most).run(step, PACE);
        assertEquals(own + most, settled.steps());
        assertTrue(settled.gap() > 0.9, "a gap of " + settled.gap());
        assertEquals(1, step.alive.size(), "states are left behind");
        assertTrue(step.last >= 0.1);
    }

    @Test
    void shortStepsDoNotBecomeLonger() {
        Numbers step = new Numbers(x -> x > 0 ? -1 : 1);
        new Settling(0, 0.01, 1e-3, 300).run(step, PACE);
        assertEquals(0.01, step.longest);
    }

    @Test
    void numbersThatAreNoneAreNotNearRest() {
        Numbers step = new Numbers(x -> Double.NaN);
        Settling.Settled<double[]> settled = new Settling(5, 1, 1e-3, 300).run(step, PACE);
        assertTrue(Double.isNaN(settled.gap()));
        assertEquals(1, step.alive.size(), "states are left behind");
    }

    @Test
    void failuresLeaveNoStatesBehind() {
        for (int failsAt : new int[] {1, 5, 11, 40, 60}) {
            Numbers step = new Numbers(x -> 0);
            step.failsAt = failsAt;
            Settling settling = new Settling(10, 1, 1e-9, 300);
            assertThrows(IllegalStateException.class, () -> settling.run(step, PACE));
            assertEquals(0, step.alive.size(), "states are left behind");
        }
        Numbers step = new Numbers(x -> 0);
        step.failsToMove = true;
        assertThrows(IllegalStateException.class, () -> new Settling(10, 1, 1e-9, 300).run(step, PACE));
        assertEquals(0, step.alive.size(), "states are left behind");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(InvalidInputException.class, () -> new Settling(-1, 1, 1, 1));
        assertThrows(InvalidInputException.class, () -> new Settling(0, 0, 1, 1));
        assertThrows(InvalidInputException.class, () -> new Settling(0, Double.NaN, 1, 1));
        assertThrows(InvalidInputException.class, () -> new Settling(0, 1, 0, 1));
        assertThrows(InvalidInputException.class, () -> new Settling(0, 1, 1, 0));
    }
}
