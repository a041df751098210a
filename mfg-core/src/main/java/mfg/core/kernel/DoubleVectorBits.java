package mfg.core.kernel;

import static jdk.incubator.vector.DoubleVector.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What depends on the bits of a double, on vectors; see {@link FloatVectorBits}. */
final class DoubleVectorBits {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private static final long FLOOR = Double.doubleToRawLongBits(DoubleBits.FLOOR);
    private static final double ROUND = DoubleBits.ROUND + 1;

    private DoubleVectorBits() {}

    static DoubleVector exp2Plus1(DoubleVector exponent) {
        DoubleVector x = exponent.reinterpretAsLongs().min(FLOOR).reinterpretAsDoubles();
        DoubleVector rounded = x.add(ROUND);
        DoubleVector f = x.sub(rounded.sub(ROUND));
        DoubleVector power = broadcast(SPECIES, DoubleBits.C11)
                .fma(f, broadcast(SPECIES, DoubleBits.C10))
                .fma(f, broadcast(SPECIES, DoubleBits.C9))
                .fma(f, broadcast(SPECIES, DoubleBits.C8))
                .fma(f, broadcast(SPECIES, DoubleBits.C7))
                .fma(f, broadcast(SPECIES, DoubleBits.C6))
                .fma(f, broadcast(SPECIES, DoubleBits.C5))
                .fma(f, broadcast(SPECIES, DoubleBits.C4))
                .fma(f, broadcast(SPECIES, DoubleBits.C3))
                .fma(f, broadcast(SPECIES, DoubleBits.C2))
                .fma(f, broadcast(SPECIES, DoubleBits.C1))
                .fma(f, broadcast(SPECIES, DoubleBits.C0));
        return power.mul(rounded.reinterpretAsLongs()
                .lanewise(VectorOperators.LSHL, DoubleBits.MANTISSA_BITS)
                .reinterpretAsDoubles());
    }

    static DoubleVector ordered(DoubleVector x) {
        LongVector bits = x.reinterpretAsLongs();
        return bits.lanewise(VectorOperators.ASHR, 63)
                .lanewise(VectorOperators.LSHR, 1)
                .lanewise(VectorOperators.XOR, bits)
                .reinterpretAsDoubles();
    }

    static DoubleVector larger(DoubleVector x, DoubleVector y) {
        return x.reinterpretAsLongs().max(y.reinterpretAsLongs()).reinterpretAsDoubles();
    }
}
