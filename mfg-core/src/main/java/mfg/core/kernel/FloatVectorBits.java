package mfg.core.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What depends on the bits of a float, on vectors; {@link DoubleVectorBits} is the same for doubles. */
final class FloatVectorBits {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int FLOOR = Float.floatToRawIntBits(FloatBits.FLOOR);
    private static final float ROUND = FloatBits.ROUND + 1;

    /** How many NaN of negative sign there are. */
    private static final int BELOW_INFINITY = (1 << FloatBits.MANTISSA_BITS) - 1;

    private static final int ROOT_OF_HALF = Float.floatToRawIntBits((float) Math.sqrt(0.5));
    /** {@code 2^23 * 1.5}, to whose bits an integer is added. */
    private static final float INTEGER = 12582912;

    private static final int INTEGERS = Float.floatToRawIntBits(INTEGER);
    private static final float TWO_OVER_LN2 = (float) (2 / Math.log(2));

    /** {@code 1 / (2k + 1)}. */
    private static final float[] INVERSES = new float[8];

    static {
        for (int k = 0; k < INVERSES.length; k++) {
            INVERSES[k] = 1f / (2 * k + 1);
        }
    }

    private FloatVectorBits() {}

    /**
     * Returns {@code 2^(x + 1)} for negative x. Negative floats are ordered against their bits as integers, whose minimum is
     * one instruction, where that of floats takes care of NaN and signed zeros at a price. What is not finite comes out NaN: 0 times
     * it is added to a coefficient.
     */
    static FloatVector exp2Plus1(FloatVector exponent) {
        FloatVector x = exponent.reinterpretAsInts().min(FLOOR).reinterpretAsFloats();
        FloatVector rounded = x.add(ROUND);
        FloatVector f = x.sub(rounded.sub(ROUND));
        FloatVector power = broadcast(SPECIES, FloatBits.C5)
                .fma(f, exponent.fma(broadcast(SPECIES, 0), broadcast(SPECIES, FloatBits.C4)))
                .fma(f, broadcast(SPECIES, FloatBits.C3))
                .fma(f, broadcast(SPECIES, FloatBits.C2))
                .fma(f, broadcast(SPECIES, FloatBits.C1))
                .fma(f, broadcast(SPECIES, FloatBits.C0));
        return power.mul(rounded.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, FloatBits.MANTISSA_BITS)
                .reinterpretAsFloats());
    }

    /** All bits set where a number is not {@code +0}, none elsewhere. */
    static FloatVector nonzero(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        return bits.neg().or(bits).lanewise(VectorOperators.ASHR, 31).reinterpretAsFloats();
    }

    /** The bits that both have. */
    static FloatVector and(FloatVector x, FloatVector y) {
        return x.reinterpretAsInts().and(y.reinterpretAsInts()).reinterpretAsFloats();
    }

    /** Adds the bits in which x and y differ. */
    static FloatVector addDifferences(FloatVector sum, FloatVector x, FloatVector y) {
        return x.reinterpretAsInts()
                .lanewise(VectorOperators.XOR, y.reinterpretAsInts())
                .or(sum.reinterpretAsInts())
                .reinterpretAsFloats();
    }

    /** Whether any bit is set. */
    static boolean any(FloatVector x) {
        return x.reinterpretAsInts().reduceLanes(VectorOperators.OR) != 0;
    }

    /**
     * Bits that are ordered as integers the way the numbers are, with NaN above all: those of negative sign come below
     * {@code -Infinity}, until a subtraction wraps them around.
     */
    static FloatVector ordered(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        return bits.lanewise(VectorOperators.ASHR, 31)
                .lanewise(VectorOperators.LSHR, 1)
                .lanewise(VectorOperators.XOR, bits)
                .sub(BELOW_INFINITY)
                .reinterpretAsFloats();
    }

    /** The number that was {@link #ordered}. */
    static FloatVector unordered(FloatVector key) {
        IntVector bits = key.reinterpretAsInts().add(BELOW_INFINITY);
        return bits.lanewise(VectorOperators.ASHR, 31)
                .lanewise(VectorOperators.LSHR, 1)
                .lanewise(VectorOperators.XOR, bits)
                .reinterpretAsFloats();
    }

    /** The larger of two {@link #ordered} numbers. */
    static FloatVector larger(FloatVector x, FloatVector y) {
        return x.reinterpretAsInts().max(y.reinterpretAsInts()).reinterpretAsFloats();
    }

    /**
     * Returns the logarithm of a positive number of normal size, NaN for what is not finite. Not the Vector API's: the bits of its functions change when code
     * is compiled, and with them those of a run that is repeated.
     */
    static FloatVector log2(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector exponent = bits.sub(ROOT_OF_HALF).lanewise(VectorOperators.ASHR, FloatBits.MANTISSA_BITS);
        FloatVector mantissa = bits.sub(exponent.lanewise(VectorOperators.LSHL, FloatBits.MANTISSA_BITS))
                .reinterpretAsFloats(); // between the roots of 1/2 and 2
        FloatVector f = mantissa.sub(1).div(mantissa.add(1));
        FloatVector whole = exponent.add(INTEGERS).reinterpretAsFloats().sub(INTEGER);
        return atanh(f, 4).fma(broadcast(SPECIES, TWO_OVER_LN2), x.fma(broadcast(SPECIES, 0), whole));
    }

    /** Returns {@code log(1 + x)} for x between 0 and 1, accurate also where that is tiny. */
    static FloatVector log1p(FloatVector x) {
        return atanh(x.div(x.add(2)), 7).mul(2);
    }

    /** The series of {@code atanh(f) = f + f^3 / 3 + f^5 / 5 + ..}, for f of size 1/3 at most. */
    private static FloatVector atanh(FloatVector f, int terms) {
        FloatVector square = f.mul(f);
        FloatVector sum = broadcast(SPECIES, INVERSES[terms]);
        for (int k = terms - 1; k >= 0; k--) {
            sum = sum.fma(square, broadcast(SPECIES, INVERSES[k]));
        }
        return sum.mul(f);
    }
}
