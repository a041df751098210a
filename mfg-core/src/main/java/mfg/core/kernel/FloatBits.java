package mfg.core.kernel;

/** What depends on the bits of a float; {@link DoubleBits} is the same for doubles. */
final class FloatBits {

    /** Smaller exponents count as this: no probability that matters is below it, and none underflows. */
    static final float FLOOR = -100;

    /** {@code 2^23 * 1.5} plus the exponent's bias: adding it rounds to an integer, left in the lowest bits. */
    static final float ROUND = 12582912 + 127;

    static final int MANTISSA_BITS = 23;

    // 2^f on [-1/2, 1/2], interpolated at Chebyshev nodes; relative error 1e-7
    static final float C0 = 1.0000001f;
    static final float C1 = 0.6931472f;
    static final float C2 = 0.24022107f;
    static final float C3 = 0.05550357f;
    static final float C4 = 0.009676032f;
    static final float C5 = 0.0013390863f;

    private FloatBits() {}

    /** Returns {@code 2^n} for x rounded to the integer n, of {@link #FLOOR} at least; {@code 2^x} with {@link #fractionPower}. */
    static float wholePower(float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x + ROUND) << MANTISSA_BITS);
    }

    /** Returns {@code 2^f} for {@code x = n + f}. */
    static float fractionPower(float x) {
        float f = x - ((x + ROUND) - ROUND);
        return C0 + f * (C1 + f * (C2 + f * (C3 + f * (C4 + f * C5))));
    }

    /** Returns 0 for {@code +0} and 1 for others, without a branch that would be mispredicted half the time. */
    static int nonzero(float x) {
        int bits = Float.floatToRawIntBits(x);
        return (bits | -bits) >>> 31;
    }

    /** Returns 1 where x exceeds a bound of at least 0 in size, NaN included, and 0 elsewhere; without a branch, too. */
    static int exceeds(float x, float bound) {
        return (Float.floatToRawIntBits(bound) - (Float.floatToRawIntBits(x) & Integer.MAX_VALUE)) >>> 31;
    }
}
