package mfg.core.kernel;

import static mfg.core.kernel.FloatVectorBits.addDifferences;
import static mfg.core.kernel.FloatVectorBits.and;
import static mfg.core.kernel.FloatVectorBits.any;
import static mfg.core.kernel.FloatVectorBits.exp2Plus1;
import static mfg.core.kernel.FloatVectorBits.larger;
import static mfg.core.kernel.FloatVectorBits.log1p;
import static mfg.core.kernel.FloatVectorBits.log2;
import static mfg.core.kernel.FloatVectorBits.nonzero;
import static mfg.core.kernel.FloatVectorBits.ordered;
import static mfg.core.kernel.FloatVectorBits.unordered;

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
    static final int PANEL = 4 * LANES;

    private FloatVectorLoops() {}

    private static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(SPECIES, from, at);
    }

    private static FloatVector broadcast(float x) {
        return FloatVector.broadcast(SPECIES, x);
    }

    static void exponentiate(
            float[] z,
            int at,
            float[] shift,
            int row,
            float[] power,
            int to,
            int length,
            float[] total,
            float[] moment,
            int s) {
        FloatVector low = load(shift, row).add(1);
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector weighed = sum;
        for (int i = 0; i < length; i += LANES) {
            FloatVector exponent = load(z, at + i).sub(low);
            FloatVector p = exp2Plus1(exponent);
            p.intoArray(power, to + i);
            sum = sum.add(p);
            weighed = p.fma(exponent, weighed);
        }
        sum.intoArray(total, s);
        weighed.add(sum).intoArray(moment, s);
    }

    static void addWeighted(float[] power, int at, int length, float[] mu, float[] total, int s, float[] sums) {
        FloatVector weight = load(mu, s).div(load(total, s));
        for (int i = 0; i < length; i += LANES) {
            load(power, at + i).fma(weight, load(sums, i)).intoArray(sums, i);
        }
    }

    static void normalize(int rows, float[] shift, int row, float[] total, float[] moment, float[] lse) {
        for (int s = 0; s < rows; s += LANES) {
            FloatVector sum = load(total, s);
            FloatVector logSum = log2(sum);
            FloatVector inverse = sum.fma(broadcast(0), broadcast(1)).div(sum); // not 0 for infinity
            inverse.intoArray(total, s);
            load(shift, row + s).add(logSum).intoArray(lse, row + s);
            logSum.sub(load(moment, s).mul(inverse)).mul((float) FloatLoops.LN2).intoArray(moment, s);
        }
    }

    static void sumActionsBlock(
            float[] numbers,
            int at,
            float[] scale,
            int s,
            int first,
            float[] x,
            float[] y,
            float[] xSum,
            float[] ySum) {
        FloatVector byX = FloatVector.zero(SPECIES);
        FloatVector byY = byX;
        for (int a = first; a < x.length; a++) {
            FloatVector number = load(numbers, at + a * LANES);
            byX = number.fma(broadcast(x[a]), byX);
            byY = number.fma(broadcast(y[a]), byY);
        }
        FloatVector factor = load(scale, s);
        byX.mul(factor).intoArray(xSum, s);
        byY.mul(factor).intoArray(ySum, s);
    }

    static void stepLoop(
            Table table,
            float[] z,
            int at,
            float[] lse,
            int row,
            double decay,
            float[] x,
            float[] y,
            float[] c,
            float[] b,
            float[] next,
            float[] peak) {
        float keep = (float) decay;
        for (int block = 0; block < table.blocks(); block++) {
            int s = block * LANES;
            int from = at + table.block(block);
            FloatVector shift = load(lse, row + s).mul(-keep);
            FloatVector forX = load(c, s);
            FloatVector forY = load(b, s);
            FloatVector largest = ordered(broadcast(Float.NEGATIVE_INFINITY));
            for (int a = 0; a < table.actions(); a++) {
                int i = from + a * LANES;
                FloatVector value = load(z, i).fma(broadcast(keep), shift);
                value = forX.fma(broadcast(x[a]), value);
                value = forY.fma(broadcast(y[a]), value);
                value.intoArray(next, i);
                largest = larger(largest, ordered(value));
            }
            unordered(largest).intoArray(peak, row + s);
        }
    }

    static void stepBackLoop(
            Table table,
            float[] next,
            int at,
            float[] lse,
            int row,
            double decay,
            float[] x,
            float[] y,
            float[] c,
            float[] b,
            float[] z) {
        float grow = (float) (1 / decay);
        for (int block = 0; block < table.blocks(); block++) {
            int s = block * LANES;
            int from = at + table.block(block);
            FloatVector shift = load(lse, row + s);
            FloatVector forX = load(c, s).neg();
            FloatVector forY = load(b, s).neg();
            for (int a = 0; a < table.actions(); a++) {
                int i = from + a * LANES;
                FloatVector value = forX.fma(broadcast(x[a]), load(next, i));
                value = forY.fma(broadcast(y[a]), value);
                value.fma(broadcast(grow), shift).intoArray(z, i);
            }
        }
    }

    static void probabilitiesBlock(float[] z, int at, int length, float[] lse, int row, float[] pi) {
        FloatVector low = load(lse, row).add(1);
        for (int i = 0; i < length; i += LANES) {
            exp2Plus1(load(z, at + i).sub(low)).intoArray(pi, at + i);
        }
    }

    static void pullValuesBlock(
            float[] pi,
            float[] cotangent,
            int at,
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
        for (int a = first; a < x.length; a++) {
            int i = a * LANES;
            FloatVector pulled = load(cotangent, at + i);
            total = pulled.fma(broadcast(x[a]), total);
            FloatVector partial = load(pi, at + i).fma(forPi, load(sums, i));
            pulled.fma(forCotangent, partial).intoArray(sums, i);
        }
        total.intoArray(sum, s);
    }

    static void averageBlock(float[] pi, int at, float[] nuBar, float[] n, int s) {
        FloatVector total = FloatVector.zero(SPECIES);
        for (int a = 0; a < nuBar.length; a++) {
            total = load(pi, at + a * LANES).fma(broadcast(nuBar[a]), total);
        }
        total.intoArray(n, s);
    }

    static void pullLogitsBlock(
            float[] z,
            float[] pi,
            float[] cotangent,
            int at,
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
        for (int a = 0; a < x.length; a++) {
            int i = at + a * LANES;
            FloatVector slope = load(z, i).fma(fall, rest);
            slope = forNu.fma(broadcast(nuBar[a]), slope);
            slope = forX.fma(broadcast(x[a]), slope);
            slope = forY.fma(broadcast(y[a]), slope);
            load(cotangent, i).fma(broadcast(keep), slope.mul(load(pi, i))).intoArray(cotangent, i);
        }
    }

    static void applyPanels(float[] packed, int inputs, float[] x, int at, int[] list, int count, float[] y) {
        int panels = packed.length / (inputs * PANEL);
        for (int p = 0; p < panels; p++) {
            int panel = p * inputs * PANEL;
            int output = p * PANEL;
            FloatVector y0 = load(y, output);
            FloatVector y1 = load(y, output + LANES);
            FloatVector y2 = load(y, output + 2 * LANES);
            FloatVector y3 = load(y, output + 3 * LANES);
            for (int k = 0; k < count; k++) {
                int j = list[k];
                FloatVector factor = broadcast(x[at + j]);
                int w = panel + j * PANEL;
                y0 = load(packed, w).fma(factor, y0);
                y1 = load(packed, w + LANES).fma(factor, y1);
                y2 = load(packed, w + 2 * LANES).fma(factor, y2);
                y3 = load(packed, w + 3 * LANES).fma(factor, y3);
            }
            y0.intoArray(y, output);
            y1.intoArray(y, output + LANES);
            y2.intoArray(y, output + 2 * LANES);
            y3.intoArray(y, output + 3 * LANES);
        }
    }

    /** 4 rows by 2 vectors. */
    static void outerTile(
            float[] d, int dStride, int[] list, int r, float[] x, int xStride, int n, int j, int count, float[] sum) {
        int i0 = list[r];
        int i1 = list[r + 1];
        int i2 = list[r + 2];
        int i3 = list[r + 3];
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        for (int k = 0; k < count; k++) {
            FloatVector x0 = load(x, k * xStride + j);
            FloatVector x1 = load(x, k * xStride + j + LANES);
            int at = k * dStride;
            FloatVector factor = broadcast(d[at + i0]);
            s00 = x0.fma(factor, s00);
            s01 = x1.fma(factor, s01);
            factor = broadcast(d[at + i1]);
            s10 = x0.fma(factor, s10);
            s11 = x1.fma(factor, s11);
            factor = broadcast(d[at + i2]);
            s20 = x0.fma(factor, s20);
            s21 = x1.fma(factor, s21);
            factor = broadcast(d[at + i3]);
            s30 = x0.fma(factor, s30);
            s31 = x1.fma(factor, s31);
        }
        addTo(sum, i0 * n + j, s00, s01);
        addTo(sum, i1 * n + j, s10, s11);
        addTo(sum, i2 * n + j, s20, s21);
        addTo(sum, i3 * n + j, s30, s31);
    }

    private static void addTo(float[] sum, int at, FloatVector first, FloatVector second) {
        first.add(load(sum, at)).intoArray(sum, at);
        second.add(load(sum, at + LANES)).intoArray(sum, at + LANES);
    }

    /** Returns whether other numbers are positive than the signs said. NaN counts as positive. */
    static boolean rectifyLoop(float[] from, float[] to, int toAt, int count, float[] signs) {
        FloatVector differences = FloatVector.zero(SPECIES);
        for (int i = 0; i < count; i += LANES) {
            FloatVector number = load(from, i);
            FloatVector kept = number.add(number.abs()).mul((float) 0.5);
            kept.intoArray(to, toAt + i);
            FloatVector sign = nonzero(kept);
            differences = addDifferences(differences, sign, load(signs, i));
            sign.intoArray(signs, i);
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
            number.fma(broadcast(0), and(sign, number)).intoArray(to, toAt + i);
            differences = addDifferences(differences, sign, load(signs, i));
            sign.intoArray(signs, i);
        }
        return any(differences);
    }

    static void softplusAt(float[] x, int i, float[] value, float[] slope, int slopeAt) {
        FloatVector input = load(x, i);
        FloatVector size = input.abs();
        FloatVector exponent = size.mul((float) (-1 / FloatLoops.LN2)).max(FloatBits.FLOOR); // infinity has a limit
        FloatVector small = exp2Plus1(exponent).mul((float) 0.5);
        FloatVector positive = input.blend(0, input.compare(VectorOperators.LT, 0));
        log1p(small).add(positive).intoArray(value, i);
        FloatVector numerator = small.blend(1, input.compare(VectorOperators.GE, 0));
        numerator.div(small.add(1)).intoArray(slope, slopeAt);
    }
}
