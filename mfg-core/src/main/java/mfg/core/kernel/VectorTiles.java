package mfg.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of {@link VectorProducts#multiply}: some rows by one or two vectors, which stay in registers over the inner index. Written out,
 * for the compiler keeps no array of vectors in registers.
 */
final class VectorTiles {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorTiles() {}

    private static FloatVector load(float[] x, int at) {
        return FloatVector.fromArray(SPECIES, x, at);
    }

    private static FloatVector all(float x) {
        return FloatVector.broadcast(SPECIES, x);
    }

    static void eightByTwo(
            int inner,
            float[] a,
            int aAt,
            int aRow,
            int aInner,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            int cRow) {
        FloatVector s00 = load(c, cAt);
        FloatVector s01 = load(c, cAt + LANES);
        FloatVector s10 = load(c, cAt + cRow);
        FloatVector s11 = load(c, cAt + cRow + LANES);
        FloatVector s20 = load(c, cAt + 2 * cRow);
        FloatVector s21 = load(c, cAt + 2 * cRow + LANES);
        FloatVector s30 = load(c, cAt + 3 * cRow);
        FloatVector s31 = load(c, cAt + 3 * cRow + LANES);
        FloatVector s40 = load(c, cAt + 4 * cRow);
        FloatVector s41 = load(c, cAt + 4 * cRow + LANES);
        FloatVector s50 = load(c, cAt + 5 * cRow);
        FloatVector s51 = load(c, cAt + 5 * cRow + LANES);
        FloatVector s60 = load(c, cAt + 6 * cRow);
        FloatVector s61 = load(c, cAt + 6 * cRow + LANES);
        FloatVector s70 = load(c, cAt + 7 * cRow);
        FloatVector s71 = load(c, cAt + 7 * cRow + LANES);
        for (int k = 0; k < inner; k++) {
            int at = aAt + k * aInner;
            FloatVector x0 = load(b, bAt + k * bRow);
            FloatVector x1 = load(b, bAt + k * bRow + LANES);
            FloatVector factor = all(a[at]);
            s00 = x0.fma(factor, s00);
            s01 = x1.fma(factor, s01);
            factor = all(a[at + aRow]);
            s10 = x0.fma(factor, s10);
            s11 = x1.fma(factor, s11);
            factor = all(a[at + 2 * aRow]);
            s20 = x0.fma(factor, s20);
            s21 = x1.fma(factor, s21);
            factor = all(a[at + 3 * aRow]);
            s30 = x0.fma(factor, s30);
            s31 = x1.fma(factor, s31);
            factor = all(a[at + 4 * aRow]);
            s40 = x0.fma(factor, s40);
            s41 = x1.fma(factor, s41);
            factor = all(a[at + 5 * aRow]);
            s50 = x0.fma(factor, s50);
            s51 = x1.fma(factor, s51);
            factor = all(a[at + 6 * aRow]);
            s60 = x0.fma(factor, s60);
            s61 = x1.fma(factor, s61);
            factor = all(a[at + 7 * aRow]);
            s70 = x0.fma(factor, s70);
            s71 = x1.fma(factor, s71);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LANES);
        s10.intoArray(c, cAt + cRow);
        s11.intoArray(c, cAt + cRow + LANES);
        s20.intoArray(c, cAt + 2 * cRow);
        s21.intoArray(c, cAt + 2 * cRow + LANES);
        s30.intoArray(c, cAt + 3 * cRow);
        s31.intoArray(c, cAt + 3 * cRow + LANES);
        s40.intoArray(c, cAt + 4 * cRow);
        s41.intoArray(c, cAt + 4 * cRow + LANES);
        s50.intoArray(c, cAt + 5 * cRow);
        s51.intoArray(c, cAt + 5 * cRow + LANES);
        s60.intoArray(c, cAt + 6 * cRow);
        s61.intoArray(c, cAt + 6 * cRow + LANES);
        s70.intoArray(c, cAt + 7 * cRow);
        s71.intoArray(c, cAt + 7 * cRow + LANES);
    }

    static void fourByTwo(
            int inner,
            float[] a,
            int aAt,
            int aRow,
            int aInner,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            int cRow) {
        FloatVector s00 = load(c, cAt);
        FloatVector s01 = load(c, cAt + LANES);
        FloatVector s10 = load(c, cAt + cRow);
        FloatVector s11 = load(c, cAt + cRow + LANES);
        FloatVector s20 = load(c, cAt + 2 * cRow);
        FloatVector s21 = load(c, cAt + 2 * cRow + LANES);
        FloatVector s30 = load(c, cAt + 3 * cRow);
        FloatVector s31 = load(c, cAt + 3 * cRow + LANES);
        for (int k = 0; k < inner; k++) {
            int at = aAt + k * aInner;
            FloatVector x0 = load(b, bAt + k * bRow);
            FloatVector x1 = load(b, bAt + k * bRow + LANES);
            FloatVector factor = all(a[at]);
            s00 = x0.fma(factor, s00);
            s01 = x1.fma(factor, s01);
            factor = all(a[at + aRow]);
            s10 = x0.fma(factor, s10);
            s11 = x1.fma(factor, s11);
            factor = all(a[at + 2 * aRow]);
            s20 = x0.fma(factor, s20);
            s21 = x1.fma(factor, s21);
            factor = all(a[at + 3 * aRow]);
            s30 = x0.fma(factor, s30);
            s31 = x1.fma(factor, s31);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LANES);
        s10.intoArray(c, cAt + cRow);
        s11.intoArray(c, cAt + cRow + LANES);
        s20.intoArray(c, cAt + 2 * cRow);
        s21.intoArray(c, cAt + 2 * cRow + LANES);
        s30.intoArray(c, cAt + 3 * cRow);
        s31.intoArray(c, cAt + 3 * cRow + LANES);
    }

    static void eightByOne(
            int inner,
            float[] a,
            int aAt,
            int aRow,
            int aInner,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            int cRow) {
        FloatVector s00 = load(c, cAt);
        FloatVector s10 = load(c, cAt + cRow);
        FloatVector s20 = load(c, cAt + 2 * cRow);
        FloatVector s30 = load(c, cAt + 3 * cRow);
        FloatVector s40 = load(c, cAt + 4 * cRow);
        FloatVector s50 = load(c, cAt + 5 * cRow);
        FloatVector s60 = load(c, cAt + 6 * cRow);
        FloatVector s70 = load(c, cAt + 7 * cRow);
        for (int k = 0; k < inner; k++) {
            int at = aAt + k * aInner;
            FloatVector x0 = load(b, bAt + k * bRow);
            FloatVector factor = all(a[at]);
            s00 = x0.fma(factor, s00);
            factor = all(a[at + aRow]);
            s10 = x0.fma(factor, s10);
            factor = all(a[at + 2 * aRow]);
            s20 = x0.fma(factor, s20);
            factor = all(a[at + 3 * aRow]);
            s30 = x0.fma(factor, s30);
            factor = all(a[at + 4 * aRow]);
            s40 = x0.fma(factor, s40);
            factor = all(a[at + 5 * aRow]);
            s50 = x0.fma(factor, s50);
            factor = all(a[at + 6 * aRow]);
            s60 = x0.fma(factor, s60);
            factor = all(a[at + 7 * aRow]);
            s70 = x0.fma(factor, s70);
        }
        s00.intoArray(c, cAt);
        s10.intoArray(c, cAt + cRow);
        s20.intoArray(c, cAt + 2 * cRow);
        s30.intoArray(c, cAt + 3 * cRow);
        s40.intoArray(c, cAt + 4 * cRow);
        s50.intoArray(c, cAt + 5 * cRow);
        s60.intoArray(c, cAt + 6 * cRow);
        s70.intoArray(c, cAt + 7 * cRow);
    }
}
