package mfg.core.kernel;

/** What depends on the bits of a double; see {@link FloatBits}. */
final class DoubleBits {

    /** Smaller exponents count as this: none underflows. */
    static final double FLOOR = -1000;

    /** {@code 2^52 * 1.5} plus the exponent's bias: adding it rounds to an integer, left in the lowest bits. */
    static final double ROUND = 6755399441055744.0 + 1023;

    static final int MANTISSA_BITS = 52;

    // 2^f on [-1/2, 1/2], interpolated at Chebyshev nodes; relative error 4e-18 before rounding
    static final double C0 = 1;
    static final double C1 = 0.6931471805599453;
    static final double C2 = 0.24022650695910158;
    static final double C3 = 0.055504108664821625;
    static final double C4 = 0.009618129107587256;
    static final double C5 = 0.001333355814640647;
    static final double C6 = 0.00015403530463724353;
    static final double C7 = 1.5252733841556773e-05;
    static final double C8 = 1.3215432535912375e-06;
    static final double C9 = 1.0178057087733941e-07;
    static final double C10 = 7.074194297288521e-09;
    static final double C11 = 4.4558179083360645e-10;

    private DoubleBits() {}

    /** Returns {@code 2^n} for x rounded to the integer n, of {@link #FLOOR} at least; {@code 2^x} with {@link #fractionPower}. */
    static double wholePower(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x + ROUND) << MANTISSA_BITS);
    }

    /** Returns {@code 2^f} for {@code x = n + f}. */
    static double fractionPower(double x) {
        double f = x - ((x + ROUND) - ROUND);
        double high = C6 + f * (C7 + f * (C8 + f * (C9 + f * (C10 + f * C11))));
        return C0 + f * (C1 + f * (C2 + f * (C3 + f * (C4 + f * (C5 + f * high)))));
    }

    /** Returns 0 for {@code +0} and 1 for others, without a branch that would be mispredicted half the time. */
    static int nonzero(double x) {
        long bits = Double.doubleToRawLongBits(x);
        return (int) ((bits | -bits) >>> 63);
    }

    /** Returns 1 where x exceeds a bound of at least 0 in size, NaN included, and 0 elsewhere; without a branch, too. */
    static int exceeds(double x, double bound) {
        return (int) ((Double.doubleToRawLongBits(bound) - (Double.doubleToRawLongBits(x) & Long.MAX_VALUE)) >>> 63);
    }
}
