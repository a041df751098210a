package mfg.core.kernel;

import static mfg.core.kernel.FloatVectorBits.addDifferences;
import static mfg.core.kernel.FloatVectorBits.and;
import static mfg.core.kernel.FloatVectorBits.any;
import static mfg.core.kernel.FloatVectorBits.exp2Plus1;
import static mfg.core.kernel.FloatVectorBits.larger;
import static mfg.core.kernel.FloatVectorBits.log1p;
import static mfg.core.kernel.FloatVectorBits.log2;
import static mfg.core.kernel.FloatVectorBits.ordered;
import static mfg.core.kernel.FloatVectorBits.positive;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops with the Vector API: states along the lanes of a vector. Each loop has a small static method of its own, or the
 * compiler puts vectors on the heap. Loaded by name, where the module is there.
 *
 * <p>{@code DoubleVectors} is made from this file at build time.
 */
@SuppressWarnings({"cast", "UnusedMethod"}) // casts are redundant in the twin; loops are called by name
final class FloatVectors extends FloatLoops {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Outputs of a matrix that are summed at once, in as many registers. */
    private static final int PANEL = 4 * LANES;

    // A loop on vectors must be compiled by itself: inlined together with others it exceeds what the compiler takes at
    // once,
    // and then vectors go to the heap, ten times slower. What is called by a handle that is no constant is not inlined.
    private final MethodHandle exponentiate = loop("exponentiate");
    private final MethodHandle addWeighted = loop("addWeighted");
    private final MethodHandle sumActionsBlock = loop("sumActionsBlock");
    private final MethodHandle stepLoop = loop("stepLoop");
    private final MethodHandle stepBackLoop = loop("stepBackLoop");
    private final MethodHandle probabilitiesBlock = loop("probabilitiesBlock");
    private final MethodHandle pullValuesBlock = loop("pullValuesBlock");
    private final MethodHandle averageBlock = loop("averageBlock");
    private final MethodHandle pullLogitsBlock = loop("pullLogitsBlock");
    private final MethodHandle applyPanels = loop("applyPanels");
    private final MethodHandle outerTile = loop("outerTile");
    private final MethodHandle maskLoop = loop("maskLoop");

    private static MethodHandle loop(String name) {
        try {
            Method method = Arrays.stream(FloatVectors.class.getDeclaredMethods())
                    .filter(candidate -> candidate.getName().equals(name))
                    .findAny()
                    .orElseThrow();
            return MethodHandles.lookup().unreflect(method);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException failed(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public Table table(int states, int actions) {
        return new Table(states, actions, LANES);
    }

    @Override
    public int padded(int length) {
        return (length + PANEL - 1) / PANEL * PANEL;
    }

    private static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(SPECIES, from, at);
    }

    private static FloatVector broadcast(float x) {
        return FloatVector.broadcast(SPECIES, x);
    }

    // ---- tables ----

    @Override
    public void policy(
            Table table,
            float[] z,
            int at,
            float[] shift,
            int row,
            float[] mu,
            float[] power,
            float[] total,
            float[] moment,
            float[] nu,
            float[] scratch) {
        int length = table.blockSize();
        clear(scratch, length);
        try {
            for (int b = 0; b < table.blocks(); b++) {
                int s = b * LANES;
                int i = b * length;
                exponentiate.invokeExact(z, at + i, shift, row + s, power, i, length, total, moment, s);
                addWeighted.invokeExact(power, i, length, mu, total, s, scratch);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
        addLanes(scratch, 0, table.actions(), nu);
    }

    private static void exponentiate(
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

    private static void addWeighted(float[] power, int at, int length, float[] mu, float[] total, int s, float[] sums) {
        FloatVector weight = load(mu, s).div(load(total, s));
        for (int i = 0; i < length; i += LANES) {
            load(power, at + i).fma(weight, load(sums, i)).intoArray(sums, i);
        }
    }

    /** One lane after the other: the order in which the Vector API adds up lanes is open. */
    private static void addLanes(float[] sums, int first, int actions, float[] to) {
        for (int a = first; a < actions; a++) {
            int at = a * LANES;
            float sum = sums[at];
            for (int lane = 1; lane < LANES; lane++) {
                sum += sums[at + lane];
            }
            to[a] = sum;
        }
    }

    @Override
    public void normalize(Table table, float[] shift, int row, float[] total, float[] moment, float[] lse) {
        for (int s = 0; s < table.rows(); s += LANES) {
            FloatVector sum = load(total, s);
            FloatVector logSum = log2(sum);
            FloatVector inverse = broadcast(1).div(sum);
            inverse.intoArray(total, s);
            load(shift, row + s).add(logSum).intoArray(lse, row + s);
            logSum.sub(load(moment, s).mul(inverse)).mul((float) LN2).intoArray(moment, s);
        }
    }

    @Override
    public void sumActions(
            Table table, float[] numbers, float[] scale, int first, float[] x, float[] y, float[] xSum, float[] ySum) {
        try {
            for (int b = 0; b < table.blocks(); b++) {
                sumActionsBlock.invokeExact(numbers, table.block(b), scale, b * LANES, first, x, y, xSum, ySum);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    private static void sumActionsBlock(
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

    @Override
    public void step(
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
        try {
            stepLoop.invokeExact(table, z, at, lse, row, decay, x, y, c, b, next, peak);
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    private static void stepLoop(
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
            ordered(largest).intoArray(peak, row + s);
        }
    }

    @Override
    public void stepBack(
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
        try {
            stepBackLoop.invokeExact(table, next, at, lse, row, decay, x, y, c, b, z);
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    private static void stepBackLoop(
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

    @Override
    public void probabilities(Table table, float[] z, int at, float[] lse, int row, float[] pi, float[] scratch) {
        int length = table.blockSize();
        try {
            for (int b = 0; b < table.blocks(); b++) {
                probabilitiesBlock.invokeExact(z, at + b * length, length, lse, row + b * LANES, pi);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    private static void probabilitiesBlock(float[] z, int at, int length, float[] lse, int row, float[] pi) {
        FloatVector low = load(lse, row).add(1);
        for (int i = 0; i < length; i += LANES) {
            exp2Plus1(load(z, at + i).sub(low)).intoArray(pi, at + i);
        }
    }

    @Override
    public void pullValues(
            Table table,
            float[] pi,
            float[] cotangent,
            int at,
            double eta,
            float[] v,
            float[] b,
            int first,
            float[] x,
            float[] yBar,
            float[] sum,
            float[] scratch) {
        clear(scratch, table.blockSize());
        try {
            for (int block = 0; block < table.blocks(); block++) {
                int i = at + table.block(block);
                pullValuesBlock.invokeExact(pi, cotangent, i, (float) eta, v, b, block * LANES, first, x, scratch, sum);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
        addLanes(scratch, first, table.actions(), yBar);
    }

    private static void pullValuesBlock(
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

    @Override
    public void pullLogits(
            Table table,
            float[] z,
            float[] pi,
            float[] cotangent,
            int at,
            float[] lse,
            int row,
            double decay,
            float[] x,
            float[] y,
            float[] nuBar,
            float[] mu,
            float[] c,
            float[] b,
            float[] k,
            float[] e,
            float[] n) {
        float keep = (float) decay;
        try {
            for (int block = 0; block < table.blocks(); block++) {
                int s = block * LANES;
                int i = at + table.block(block);
                averageBlock.invokeExact(pi, i, nuBar, n, s);
                pullLogitsBlock.invokeExact(z, pi, cotangent, i, lse, row + s, keep, x, y, nuBar, mu, c, b, k, e, n, s);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    private static void averageBlock(float[] pi, int at, float[] nuBar, float[] n, int s) {
        FloatVector total = FloatVector.zero(SPECIES);
        for (int a = 0; a < nuBar.length; a++) {
            total = load(pi, at + a * LANES).fma(broadcast(nuBar[a]), total);
        }
        total.intoArray(n, s);
    }

    private static void pullLogitsBlock(
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

    // ---- networks ----

    /** Panels of {@link #PANEL} outputs, within each input by input. */
    @Override
    public float[] pack(float[] matrix, int outputs, int inputs) {
        float[] packed = new float[padded(outputs) * inputs];
        for (int i = 0; i < outputs; i++) {
            int at = i / PANEL * PANEL * inputs + i % PANEL;
            for (int j = 0; j < inputs; j++) {
                packed[at + j * PANEL] = matrix[i * inputs + j];
            }
        }
        return packed;
    }

    @Override
    public void apply(float[] packed, int inputs, float[] x, int at, int[] list, int count, float[] y) {
        try {
            applyPanels.invokeExact(packed, inputs, x, at, list, count, y);
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    private static void applyPanels(float[] packed, int inputs, float[] x, int at, int[] list, int count, float[] y) {
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

    @Override
    public void outer(
            float[] d, int dStride, int[] list, int listed, float[] x, int xStride, int n, int count, float[] sum) {
        try {
            for (int r = 0; r < listed; r += 4) {
                for (int j = 0; j < n; j += 2 * LANES) {
                    outerTile.invokeExact(d, dStride, list, r, x, xStride, n, j, count, sum);
                }
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    /** 4 rows by 2 vectors. */
    private static void outerTile(
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

    @Override
    public void rectify(float[] from, float[] to, int at, int count, Positives<float[]> positives) {
        try {
            boolean changed = (boolean) maskLoop.invokeExact(from, 0, from, 0, to, at, count, positives.signs);
            if (changed) {
                listPositive(from, 0, count, positives);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    @Override
    public void mask(
            float[] output,
            int outputAt,
            float[] cotangent,
            int at,
            float[] to,
            int toAt,
            int count,
            Positives<float[]> positives) {
        try {
            boolean changed =
                    (boolean) maskLoop.invokeExact(output, outputAt, cotangent, at, to, toAt, count, positives.signs);
            if (changed) {
                listPositive(output, outputAt, count, positives);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    /** Returns whether other numbers are positive than the signs said. */
    private static boolean maskLoop(
            float[] output, int outputAt, float[] numbers, int at, float[] to, int toAt, int count, float[] signs) {
        FloatVector differences = FloatVector.zero(SPECIES);
        for (int i = 0; i < count; i += LANES) {
            FloatVector sign = positive(load(output, outputAt + i));
            and(sign, load(numbers, at + i)).intoArray(to, toAt + i);
            differences = addDifferences(differences, sign, load(signs, i));
            sign.intoArray(signs, i);
        }
        return any(differences);
    }

    @Override
    public void softplus(float[] x, int count, float[] value, float[] slope, int slopeAt) {
        for (int i = 0; i < count; i += LANES) {
            softplusAt(x, i, value, slope, slopeAt + i);
        }
    }

    private static void softplusAt(float[] x, int i, float[] value, float[] slope, int slopeAt) {
        FloatVector input = load(x, i);
        FloatVector size = input.abs();
        FloatVector small = exp2Plus1(size.mul((float) (-1 / LN2))).mul((float) 0.5);
        FloatVector positive = input.blend(0, input.compare(VectorOperators.LT, 0));
        log1p(small).add(positive).intoArray(value, i);
        FloatVector numerator = small.blend(1, input.compare(VectorOperators.GE, 0));
        numerator.div(small.add(1)).intoArray(slope, slopeAt);
    }
}
