package mfg.eval.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How reports write numbers. */
final class NumbersTest {

    @Test
    void zeroHasNoSign() {
        assertEquals("0.0000", Numbers.fixed(-0.00004));
        assertEquals("0.0000", Numbers.fixed(-0.0));
        assertEquals("-0.0001", Numbers.fixed(-0.00006));
        assertEquals("0", Numbers.fixed(-0.4, 0));
        assertEquals("-10", Numbers.fixed(-10, 0));
        assertEquals("0.0000 1.5000", Numbers.fixed(new double[] {-1e-9, 1.5}));
    }

    @Test
    void whatCannotBeBelowZeroIsNot() {
        assertEquals("0.0000", Numbers.positive(-0.0003));
        assertEquals("0.0003", Numbers.positive(0.0003));
    }

    @Test
    void whatIsNotThereIsNone() {
        assertEquals("none", Numbers.fixed(Double.NaN));
        assertEquals("none", Numbers.positive(Double.NaN));
    }
}
