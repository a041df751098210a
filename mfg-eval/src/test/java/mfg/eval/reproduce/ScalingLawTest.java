package mfg.eval.reproduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScalingLawTest {

    private static final double[] X = {10, 100, 1000};

    private static double[] power(double factor, double exponent) {
        return Arrays.stream(X).map(x -> factor * Math.pow(x, exponent)).toArray();
    }

    private static ScalingLaw law(double bound, double exponent, double other) {
        return new ScalingLaw("N", "error", bound, X, List.of(power(2, exponent), power(4, other)));
    }

    @Test
    void slopesAreThoseOfEachSeed() {
        ScalingLaw law = law(-0.5, -1, -0.8);
        assertEquals(-0.9, law.slope().mean(), 1e-12);
        assertEquals("error: slope -0.90 ± 0.14", law.text());
        assertEquals(3, law.rows().size());
        assertArrayEquals(power(3, -1), law(-1, -1, -1).fit().y(), 1e-12);
    }

    @Test
    void aBoundAllowsWhatFallsFasterAndWhatVanishesFaster() {
        assertTrue(law(-0.5, -0.5, -0.5).growsNoFaster() && law(-0.5, -1, -1).growsNoFaster());
        assertFalse(law(-0.5, -0.4, -0.4).growsNoFaster());
        assertTrue(law(1, 1, 1).vanishesNoSlower() && law(1, 2, 2).vanishesNoSlower());
        assertFalse(law(1, 0.5, 0.9).vanishesNoSlower());
    }

    @Test
    void aSinglePointHasNoSlope() {
        ScalingLaw law = new ScalingLaw("N", "error", 0, new double[] {10}, List.of(new double[] {1}));
        assertFalse(law.hasSlope());
        assertEquals("error", law.text());
    }
}
