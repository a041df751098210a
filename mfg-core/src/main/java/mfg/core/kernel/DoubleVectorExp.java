package mfg.core.kernel;

import static jdk.incubator.vector.DoubleVector.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link DoubleExp} on vectors. */
final class DoubleVectorExp {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private DoubleVectorExp() {}

    static DoubleVector exp2(DoubleVector exponent) {
        DoubleVector x = exponent.blend(DoubleExp.FLOOR, exponent.compare(VectorOperators.LT, DoubleExp.FLOOR));
        DoubleVector rounded = x.add(DoubleExp.ROUND);
        DoubleVector f = x.sub(rounded.sub(DoubleExp.ROUND));
        DoubleVector power = broadcast(SPECIES, DoubleExp.C11)
                .fma(f, broadcast(SPECIES, DoubleExp.C10))
                .fma(f, broadcast(SPECIES, DoubleExp.C9))
                .fma(f, broadcast(SPECIES, DoubleExp.C8))
                .fma(f, broadcast(SPECIES, DoubleExp.C7))
                .fma(f, broadcast(SPECIES, DoubleExp.C6))
                .fma(f, broadcast(SPECIES, DoubleExp.C5))
                .fma(f, broadcast(SPECIES, DoubleExp.C4))
                .fma(f, broadcast(SPECIES, DoubleExp.C3))
                .fma(f, broadcast(SPECIES, DoubleExp.C2))
                .fma(f, broadcast(SPECIES, DoubleExp.C1))
                .fma(f, broadcast(SPECIES, DoubleExp.C0));
        return power.mul(rounded.reinterpretAsLongs()
                .lanewise(VectorOperators.LSHL, DoubleExp.MANTISSA_BITS)
                .reinterpretAsDoubles());
    }
}
