package mfg.core.kernel;

import static mfg.core.kernel.FloatVectorBits.addDifferences;
import static mfg.core.kernel.FloatVectorBits.and;
import static mfg.core.kernel.FloatVectorBits.any;
import static mfg.core.kernel.FloatVectorBits.exp2Plus1;
import static mfg.core.kernel.FloatVectorBits.log1p;
import static mfg.core.kernel.FloatVectorBits.log2;
import static mfg.core.kernel.FloatVectorBits.nonzero;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link FloatVectors}, each in a method of its own: a vector that lives across two loops, or a branch, goes to the
 * heap.
 *
 * <p>{@code DoubleVectorLoops} is made from this file at build time.
 */
@SuppressWarnings("cast") // needed here, redundant in the twin
final class FloatVectorLoops {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    /** Outputs of a matrix that are summed at once, in as many registers. */
    static final int PANEL = 8 * LANES;

    /**
     * Numbers before the first that counts: with Java's header of 16 bytes they fill a cache line. So vectors lie on lines of
     * their own where objects do ({@code -XX:ObjectAlignmentInBytes=64}); one that lies across two takes twice as long.
     */
    static final int LEAD = 48 / Float.BYTES;

    private FloatVectorLoops() {}

    private static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(SPECIES, from, LEAD + at);
    }

    private static void store(FloatVector vector, float[] to, int at) {
        vector.intoArray(to, LEAD + at);
    }

    private static FloatVector spread(float[] from, int at) {
        return broadcast(from[LEAD + at]);
    }

    private static FloatVector broadcast(float x) {
        return FloatVector.broadcast(SPECIES, x);
    }

    static void advanceBlock(
            float[] z,
            int at,
            int actions,
            float[] lse,
            int row,
            float keep,
            float[] x,
            float[] y,
            float[] c,
            float[] b,
            float[] shift,
            int s,
            float[] next,
            float[] power,
            int to,
            float[] total,
            float[] moment) {
        FloatVector start = load(lse, row).mul(-keep);
        FloatVector forX = load(c, s);
        FloatVector forY = load(b, s);
        FloatVector low = load(shift, s).add(1);
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector weighed = sum;
        for (int a = 0; a < actions; a++) {
            int i = a * LANES;
            FloatVector value = load(z, at + i).fma(broadcast(keep), start);
            value = forX.fma(spread(x, a), value);
            value = forY.fma(spread(y, a), value);
            store(value, next, at + i);
            FloatVector exponent = value.sub(low);
            FloatVector p = exp2Plus1(exponent);
            store(p, power, to + i);
            sum = sum.add(p);
            weighed = p.fma(exponent, weighed);
        }
        store(sum, total, s);
        store(weighed.add(sum), moment, s);
    }

    /** {@code sums(a) = sum_b power(b, a) mu(b) / total(b)}, a vector for each action; the weights lie behind the sums. */
    static void bidLoop(float[] power, int blocks, int length, float[] mu, float[] total, float[] sums) {
        for (int s = 0; s < blocks * LANES; s += LANES) {
            store(load(mu, s).div(load(total, s)), sums, length + s);
        }
        for (int i = 0; i < length; i += LANES) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int b = 0; b < blocks; b++) {
                sum = load(power, b * length + i).fma(load(sums, length + b * LANES), sum);
            }
            store(sum, sums, i);
        }
    }

    static void normalizeLoop(int rows, float[] shift, float[] total, float[] moment, float[] lse, int row) {
        for (int s = 0; s < rows; s += LANES) {
            FloatVector sum = load(total, s);
            FloatVector logSum = log2(sum);
            FloatVector inverse = sum.fma(broadcast(0), broadcast(1)).div(sum); // not 0 for infinity
            store(inverse, total, s);
            store(load(shift, s).add(logSum), lse, row + s);
            store(logSum.sub(load(moment, s).mul(inverse)).mul((float) FloatLoops.LN2), moment, s);
        }
    }

    static void sumActionsBlock(
            float[] numbers,
            int at,
            int actions,
            float[] scale,
            int s,
            int first,
            float[] x,
            float[] y,
            float[] xSum,
            float[] ySum) {
        FloatVector byX = FloatVector.zero(SPECIES);
        FloatVector byY = byX;
        for (int a = first; a < actions; a++) {
            FloatVector number = load(numbers, at + a * LANES);
            byX = number.fma(spread(x, a), byX);
            byY = number.fma(spread(y, a), byY);
        }
        FloatVector factor = load(scale, s);
        store(byX.mul(factor), xSum, s);
        store(byY.mul(factor), ySum, s);
    }

    static void stepBackBlock(
            float[] next,
            int at,
            int actions,
            float[] lse,
            int row,
            float grow,
            float[] x,
            float[] y,
            float[] c,
            float[] b,
            int s,
            float[] z,
            float[] pi) {
        FloatVector shift = load(lse, row);
        FloatVector low = shift.add(1);
        FloatVector forX = load(c, s).neg();
        FloatVector forY = load(b, s).neg();
        for (int a = 0; a < actions; a++) {
            int i = at + a * LANES;
            FloatVector value = forX.fma(spread(x, a), load(next, i));
            value = forY.fma(spread(y, a), value);
            value = value.fma(broadcast(grow), shift);
            store(value, z, i);
            store(exp2Plus1(value.sub(low)), pi, i);
        }
    }

    static void probabilitiesBlock(float[] z, int at, int length, float[] lse, int row, float[] pi) {
        FloatVector low = load(lse, row).add(1);
        for (int i = 0; i < length; i += LANES) {
            store(exp2Plus1(load(z, at + i).sub(low)), pi, at + i);
        }
    }

    static void pullValuesBlock(
            float[] pi,
            float[] cotangent,
            int at,
            int actions,
            float eta,
            float[] v,
            float[] b,
            int s,
            int first,
            float[] x,
            float[] sums,
            float[] sum) {
        FloatVector weight = load(b, s);
        FloatVector forPi = load(v, s).mul(weight);
        FloatVector forCotangent = weight.mul(eta);
        FloatVector total = FloatVector.zero(SPECIES);
        for (int a = first; a < actions; a++) {
            int i = a * LANES;
            FloatVector pulled = load(cotangent, at + i);
            total = pulled.fma(spread(x, a), total);
            FloatVector partial = load(pi, at + i).fma(forPi, load(sums, i));
            store(pulled.fma(forCotangent, partial), sums, i);
        }
        store(total, sum, s);
    }

    /** Four blocks at a time: sums side by side. */
    static void averageBlocks(
            float[] pi, int at, int actions, int s0, int s1, int s2, int s3, float[] nuBar, float[] n) {
        FloatVector n0 = FloatVector.zero(SPECIES);
        FloatVector n1 = n0;
        FloatVector n2 = n0;
        FloatVector n3 = n0;
        for (int a = 0; a < actions; a++) {
            FloatVector factor = spread(nuBar, a);
            int i = at + a * LANES;
            n0 = load(pi, i + s0 * actions).fma(factor, n0);
            n1 = load(pi, i + s1 * actions).fma(factor, n1);
            n2 = load(pi, i + s2 * actions).fma(factor, n2);
            n3 = load(pi, i + s3 * actions).fma(factor, n3);
        }
        store(n0, n, s0);
        store(n1, n, s1);
        store(n2, n, s2);
        store(n3, n, s3);
    }

    static void pullLogitsBlock(
            float[] z,
            float[] pi,
            float[] cotangent,
            int at,
            int actions,
            float[] lse,
            int row,
            float keep,
            float[] x,
            float[] y,
            float[] nuBar,
            float[] mu,
            float[] c,
            float[] b,
            float[] k,
            float[] e,
            float[] n,
            int s) {
        FloatVector forNu = load(mu, s);
        FloatVector forX = load(c, s);
        FloatVector forY = load(b, s);
        FloatVector fall = load(e, s).neg();
        FloatVector rest = load(k, s).sub(forNu.mul(load(n, s))).sub(fall.mul(load(lse, row)));
        for (int a = 0; a < actions; a++) {
            int i = at + a * LANES;
            FloatVector slope = load(z, i).fma(fall, rest);
            slope = forNu.fma(spread(nuBar, a), slope);
            slope = forX.fma(spread(x, a), slope);
            slope = forY.fma(spread(y, a), slope);
            store(load(cotangent, i).fma(broadcast(keep), slope.mul(load(pi, i))), cotangent, i);
        }
    }

    static void applyPanels(float[] packed, int inputs, float[] x, int at, int[] list, int count, float[] y) {
        int panels = (packed.length - LEAD) / (inputs * PANEL);
        for (int p = 0; p < panels; p++) {
            int panel = p * inputs * PANEL;
            int output = p * PANEL;
            FloatVector y0 = load(y, output);
            FloatVector y1 = load(y, output + LANES);
            FloatVector y2 = load(y, output + 2 * LANES);
            FloatVector y3 = load(y, output + 3 * LANES);
            FloatVector y4 = load(y, output + 4 * LANES);
            FloatVector y5 = load(y, output + 5 * LANES);
            FloatVector y6 = load(y, output + 6 * LANES);
            FloatVector y7 = load(y, output + 7 * LANES);
            for (int k = 0; k < count; k++) {
                int j = list[k];
                FloatVector factor = spread(x, at + j);
                int w = panel + j * PANEL;
                y0 = load(packed, w).fma(factor, y0);
                y1 = load(packed, w + LANES).fma(factor, y1);
                y2 = load(packed, w + 2 * LANES).fma(factor, y2);
                y3 = load(packed, w + 3 * LANES).fma(factor, y3);
                y4 = load(packed, w + 4 * LANES).fma(factor, y4);
                y5 = load(packed, w + 5 * LANES).fma(factor, y5);
                y6 = load(packed, w + 6 * LANES).fma(factor, y6);
                y7 = load(packed, w + 7 * LANES).fma(factor, y7);
            }
            store(y0, y, output);
            store(y1, y, output + LANES);
            store(y2, y, output + 2 * LANES);
            store(y3, y, output + 3 * LANES);
            store(y4, y, output + 4 * LANES);
            store(y5, y, output + 5 * LANES);
            store(y6, y, output + 6 * LANES);
            store(y7, y, output + 7 * LANES);
        }
    }

    /**
     * Four rows of sums, two vectors of each at a time, from {@code d(k, i)} four by four. All are stored at the end: a load soon after
     * a store may be taken for the same place.
     */
    static void outerRows(float[] four, int[] list, int r, float[] x, int xStride, int n, int count, float[] sum) {
        int i0 = list[r] * n;
        int i1 = list[r + 1] * n;
        int i2 = list[r + 2] * n;
        int i3 = list[r + 3] * n;
        for (int j = 0; j < n; j += 2 * LANES) {
            FloatVector s00 = load(sum, i0 + j);
            FloatVector s01 = load(sum, i0 + j + LANES);
            FloatVector s10 = load(sum, i1 + j);
            FloatVector s11 = load(sum, i1 + j + LANES);
            FloatVector s20 = load(sum, i2 + j);
            FloatVector s21 = load(sum, i2 + j + LANES);
            FloatVector s30 = load(sum, i3 + j);
            FloatVector s31 = load(sum, i3 + j + LANES);
            for (int k = 0; k < count; k++) {
                int from = k * xStride + j;
                FloatVector x0 = load(x, from);
                FloatVector x1 = load(x, from + LANES);
                FloatVector factor = broadcast(four[4 * k]);
                s00 = x0.fma(factor, s00);
                s01 = x1.fma(factor, s01);
                factor = broadcast(four[4 * k + 1]);
                s10 = x0.fma(factor, s10);
                s11 = x1.fma(factor, s11);
                factor = broadcast(four[4 * k + 2]);
                s20 = x0.fma(factor, s20);
                s21 = x1.fma(factor, s21);
                factor = broadcast(four[4 * k + 3]);
                s30 = x0.fma(factor, s30);
                s31 = x1.fma(factor, s31);
            }
            store(s00, sum, i0 + j);
            store(s01, sum, i0 + j + LANES);
            store(s10, sum, i1 + j);
            store(s11, sum, i1 + j + LANES);
            store(s20, sum, i2 + j);
            store(s21, sum, i2 + j + LANES);
            store(s30, sum, i3 + j);
            store(s31, sum, i3 + j + LANES);
        }
    }

    /** Returns whether other numbers are positive than the signs said. NaN counts as positive. */
    static boolean rectifyLoop(float[] from, float[] to, int toAt, int count, float[] signs) {
        FloatVector differences = FloatVector.zero(SPECIES);
        for (int i = 0; i < count; i += LANES) {
            FloatVector number = load(from, i);
            FloatVector kept = number.add(number.abs()).mul((float) 0.5);
            store(kept, to, toAt + i);
            FloatVector sign = nonzero(kept);
            differences = addDifferences(differences, sign, load(signs, i));
            store(sign, signs, i);
        }
        return any(differences);
    }

    /** The same of an output of the other; 0 times a cotangent that is not kept is 0, or NaN. */
    static boolean maskLoop(
            float[] output, int outputAt, float[] numbers, int at, float[] to, int toAt, int count, float[] signs) {
        FloatVector differences = FloatVector.zero(SPECIES);
        for (int i = 0; i < count; i += LANES) {
            FloatVector sign = nonzero(load(output, outputAt + i));
            FloatVector number = load(numbers, at + i);
            store(number.fma(broadcast(0), and(sign, number)), to, toAt + i);
            differences = addDifferences(differences, sign, load(signs, i));
            store(sign, signs, i);
        }
        return any(differences);
    }

    static void softplusLoop(float[] x, int count, float[] value, float[] slope, int slopeAt) {
        for (int i = 0; i < count; i += LANES) {
            softplus(x, i, value, slope, slopeAt + i);
        }
    }

    private static void softplus(float[] x, int i, float[] value, float[] slope, int slopeAt) {
        FloatVector input = load(x, i);
        FloatVector size = input.abs();
        FloatVector exponent = size.mul((float) (-1 / FloatLoops.LN2)).max(FloatBits.FLOOR); // infinity has a limit
        FloatVector small = exp2Plus1(exponent).mul((float) 0.5);
        FloatVector positive = input.blend(0, input.compare(VectorOperators.LT, 0));
        store(log1p(small).add(positive), value, i);
        FloatVector numerator = small.blend(1, input.compare(VectorOperators.GE, 0));
        store(numerator.div(small.add(1)), slope, slopeAt);
    }
}
