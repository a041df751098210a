package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import mfg.train.IncentiveDesign.Iteration;
import org.junit.jupiter.api.Test;

/** When training has died, from its figures alone. */
final class StandstillTest {

    private final List<Iteration> iterations = new ArrayList<>();

    private void add(int count, double objective, double gradientNorm) {
        add(count, objective, gradientNorm, 1e-3);
    }

    private void add(int count, double objective, double gradientNorm, double rate) {
        for (int i = 0; i < count; i++) {
            iterations.add(new Iteration(iterations.size() + 1, objective, gradientNorm, rate, Rest.NONE, 0.01, null));
        }
    }

    @Test
    void tenGradientsOfExactlyZeroInARow() {
        add(5, 0.4, 0.2);
        add(9, 6e-28, 0);
        assertNull(Standstill.of(iterations));
        add(1, 6e-28, 0);
        assertEquals(Standstill.FLAT, Standstill.of(iterations));
    }

    @Test
    void aGradientInBetweenIsASignOfLife() {
        add(9, -0.1, 0);
        add(1, -0.1, 1e-30);
        add(9, -0.1, 0);
        assertNull(Standstill.of(iterations));
    }

    /** Bidders who have not learned yet leave a little, and a gradient that leads nowhere. */
    @Test
    void anObjectiveThatFellToNextToNothing() {
        add(20, 0.56, 0.3);
        add(9, 1e-3, 0.026);
        assertNull(Standstill.of(iterations));
        add(1, 1e-3, 0.026);
        assertEquals(Standstill.LOST, Standstill.of(iterations));
    }

    @Test
    void smallObjectivesAndThoseBelowZeroAreNotLost() {
        add(30, 1e-9, 1e-9);
        assertNull(Standstill.of(iterations), "never was better");
        iterations.clear();
        add(10, -0.5, 0.1);
        add(30, -0.001, 0.1);
        assertNull(Standstill.of(iterations), "it climbed to 0");
        iterations.clear();
        add(10, 0.5, 0.1);
        add(30, -3, 0.1);
        assertNull(Standstill.of(iterations), "far below 0 there is a way to go");
        iterations.clear();
        add(10, 0.5, 0.1);
        add(30, 0.0051, 0.1);
        assertNull(Standstill.of(iterations), "more than a hundredth");
    }

    @Test
    void stepsThatBecameTooShortToMatter() {
        add(1, 0.5, 0.1, Double.NaN);
        add(5, 0.5, 0.1, 1e-3);
        add(9, 0.5, 0.1, 0.9e-9);
        assertNull(Standstill.of(iterations));
        add(1, 0.5, 0.1, 1.1e-9);
        add(9, 0.5, 0.1, 0.9e-9);
        assertNull(Standstill.of(iterations), "one was longer");
        add(1, 0.5, 0.1, 0.9e-9);
        assertEquals(Standstill.STUCK, Standstill.of(iterations));
    }

    /** A cosine ends at 0, but not for ten iterations. */
    @Test
    void aScheduleThatEndsAtZeroIsNotStuck() {
        int all = 10_000;
        for (int i = 0; i < all; i++) {
            add(1, 0.5, 0.1, 0.5e-3 * (1 + Math.cos(Math.PI * i / all)));
        }
        assertNull(Standstill.of(iterations));
    }

    @Test
    void methodsWithoutARateAreNotStuck() {
        add(30, 0.5, 0.1, Double.NaN);
        assertNull(Standstill.of(iterations));
    }

    @Test
    void whereThereIsNoGradientItIsNotZero() {
        add(30, 0, Double.NaN);
        assertNull(Standstill.of(iterations));
    }

    @Test
    void eachSaysWhatMayHelp() {
        for (Standstill end : Standstill.values()) {
            assertTrue(end.sentence().contains("start elsewhere"), end.sentence());
        }
    }
}
