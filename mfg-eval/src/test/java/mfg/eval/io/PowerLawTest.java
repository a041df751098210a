package mfg.eval.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PowerLawTest {

    @Test
    void aPowerLawIsFoundAndWhatHasNoLogarithmLeftOut() {
        double[] x = {1, 4, 9, 25};
        double[] y = {3, 1.5, 0, 0.6}; // 3 / sqrt(x)
        PowerLaw law = PowerLaw.fit(x, y);
        assertEquals(-0.5, law.slope(), 1e-12);
        assertEquals(0.3, law.at(100), 1e-12);
    }

    /** By hand: logarithms to base 2 are (0, 0), (1, 2), (2, 1), so the slope is (1 * 1) / 2. */
    @Test
    void squaresAreLeast() {
        assertEquals(
                0.5,
                PowerLaw.fit(new double[] {1, 2, 4}, new double[] {1, 4, 2}).slope(),
                1e-12);
    }

    @Test
    void onePointHasNoSlope() {
        assertTrue(Double.isNaN(
                PowerLaw.fit(new double[] {10, 20}, new double[] {0.1, 0}).slope()));
        assertTrue(Double.isNaN(PowerLaw.fit(new double[0], new double[0]).slope()));
    }
}
