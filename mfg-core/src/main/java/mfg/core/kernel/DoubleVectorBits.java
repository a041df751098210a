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

    private static final long BELOW_INFINITY = (1L << DoubleBits.MANTISSA_BITS) - 1;
    private static final long ROOT_OF_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));

    private static final double INTEGER = 6755399441055744.0;

    private static final long INTEGERS = Double.doubleToRawLongBits(INTEGER);
    private static final double TWO_OVER_LN2 = (2 / Math.log(2));

    /** {@code 1 / (2k + 1)}. */
    private static final double[] INVERSES = new double[17];

    static {
        for (int k = 0; k < INVERSES.length; k++) {
            INVERSES[k] = 1.0 / (2 * k + 1);
        }
    }

    private DoubleVectorBits() {}

    static DoubleVector exp2Plus1(DoubleVector exponent) {
        DoubleVector x = exponent.reinterpretAsLongs().min(FLOOR).reinterpretAsDoubles();
        DoubleVector rounded = x.add(ROUND);
        DoubleVector f = x.sub(rounded.sub(ROUND));
        DoubleVector power = broadcast(SPECIES, DoubleBits.C11)
                .fma(f, exponent.fma(broadcast(SPECIES, 0), broadcast(SPECIES, DoubleBits.C10)))
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

    static DoubleVector nonzero(DoubleVector x) {
        LongVector bits = x.reinterpretAsLongs();
        return bits.neg().or(bits).lanewise(VectorOperators.ASHR, 63).reinterpretAsDoubles();
    }

    static DoubleVector and(DoubleVector x, DoubleVector y) {
        return x.reinterpretAsLongs().and(y.reinterpretAsLongs()).reinterpretAsDoubles();
    }

    static DoubleVector addDifferences(DoubleVector sum, DoubleVector x, DoubleVector y) {
        return x.reinterpretAsLongs()
                .lanewise(VectorOperators.XOR, y.reinterpretAsLongs())
                .or(sum.reinterpretAsLongs())
                .reinterpretAsDoubles();
    }

    static boolean any(DoubleVector x) {
        return x.reinterpretAsLongs().reduceLanes(VectorOperators.OR) != 0;
    }

    static DoubleVector ordered(DoubleVector x) {
        LongVector bits = x.reinterpretAsLongs();
        return bits.lanewise(VectorOperators.ASHR, 63)
                .lanewise(VectorOperators.LSHR, 1)
                .lanewise(VectorOperators.XOR, bits)
                .sub(BELOW_INFINITY)
                .reinterpretAsDoubles();
    }

    static DoubleVector unordered(DoubleVector key) {
        LongVector bits = key.reinterpretAsLongs().add(BELOW_INFINITY);
        return bits.lanewise(VectorOperators.ASHR, 63)
                .lanewise(VectorOperators.LSHR, 1)
                .lanewise(VectorOperators.XOR, bits)
                .reinterpretAsDoubles();
    }

    static DoubleVector larger(DoubleVector x, DoubleVector y) {
        return x.reinterpretAsLongs().max(y.reinterpretAsLongs()).reinterpretAsDoubles();
    }

    static DoubleVector log2(DoubleVector x) {
        LongVector bits = x.reinterpretAsLongs();
        LongVector exponent = bits.sub(ROOT_OF_HALF).lanewise(VectorOperators.ASHR, DoubleBits.MANTISSA_BITS);
        DoubleVector mantissa = bits.sub(exponent.lanewise(VectorOperators.LSHL, DoubleBits.MANTISSA_BITS))
                .reinterpretAsDoubles(); // between the roots of 1/2 and 2
        DoubleVector f = mantissa.sub(1).div(mantissa.add(1));
        DoubleVector whole = exponent.add(INTEGERS).reinterpretAsDoubles().sub(INTEGER);
        return atanh(f, 11).fma(broadcast(SPECIES, TWO_OVER_LN2), x.fma(broadcast(SPECIES, 0), whole));
    }

    static DoubleVector log1p(DoubleVector x) {
        return atanh(x.div(x.add(2)), 16).mul(2);
    }

    private static DoubleVector atanh(DoubleVector f, int terms) {
        DoubleVector square = f.mul(f);
        DoubleVector sum = broadcast(SPECIES, INVERSES[terms]);
        for (int k = terms - 1; k >= 0; k--) {
            sum = sum.fma(square, broadcast(SPECIES, INVERSES[k]));
        }
        return sum.mul(f);
    }
}
