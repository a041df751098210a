package mfg.core.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link FloatExp} on vectors. */
final class FloatVectorExp {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private FloatVectorExp() {}

    static FloatVector exp2(FloatVector exponent) {
        // compare and blend: max takes care of NaN and signed zeros, at a price
        FloatVector x = exponent.blend(FloatExp.FLOOR, exponent.compare(VectorOperators.LT, FloatExp.FLOOR));
        FloatVector rounded = x.add(FloatExp.ROUND);
        FloatVector f = x.sub(rounded.sub(FloatExp.ROUND));
        FloatVector power = broadcast(SPECIES, FloatExp.C5)
                .fma(f, broadcast(SPECIES, FloatExp.C4))
                .fma(f, broadcast(SPECIES, FloatExp.C3))
                .fma(f, broadcast(SPECIES, FloatExp.C2))
                .fma(f, broadcast(SPECIES, FloatExp.C1))
                .fma(f, broadcast(SPECIES, FloatExp.C0));
        return power.mul(rounded.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, FloatExp.MANTISSA_BITS)
                .reinterpretAsFloats());
    }
}
