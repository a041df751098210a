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

    private FloatVectorBits() {}

    /**
     * Returns {@code 2^(x + 1)} for negative x. Negative floats are ordered against their bits as integers, whose minimum is
     * one instruction, where that of floats takes care of NaN and signed zeros at a price.
     */
    static FloatVector exp2Plus1(FloatVector exponent) {
        FloatVector x = exponent.reinterpretAsInts().min(FLOOR).reinterpretAsFloats();
        FloatVector rounded = x.add(ROUND);
        FloatVector f = x.sub(rounded.sub(ROUND));
        FloatVector power = broadcast(SPECIES, FloatBits.C5)
                .fma(f, broadcast(SPECIES, FloatBits.C4))
                .fma(f, broadcast(SPECIES, FloatBits.C3))
                .fma(f, broadcast(SPECIES, FloatBits.C2))
                .fma(f, broadcast(SPECIES, FloatBits.C1))
                .fma(f, broadcast(SPECIES, FloatBits.C0));
        return power.mul(rounded.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, FloatBits.MANTISSA_BITS)
                .reinterpretAsFloats());
    }

    /** Bits that are ordered as integers the way the numbers are; its own inverse. */
    static FloatVector ordered(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        return bits.lanewise(VectorOperators.ASHR, 31)
                .lanewise(VectorOperators.LSHR, 1)
                .lanewise(VectorOperators.XOR, bits)
                .reinterpretAsFloats();
    }

    /** The larger of two {@link #ordered} numbers. */
    static FloatVector larger(FloatVector x, FloatVector y) {
        return x.reinterpretAsInts().max(y.reinterpretAsInts()).reinterpretAsFloats();
    }
}
