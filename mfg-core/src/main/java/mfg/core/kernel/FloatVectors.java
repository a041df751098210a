package mfg.core.kernel;

import static mfg.core.kernel.FloatVectorExp.exp2;

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
@SuppressWarnings("cast") // needed here, redundant in the twin
final class FloatVectors extends FloatLoops {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Outputs of a matrix that are summed at once, in as many registers. */
    private static final int PANEL = 4 * LANES;

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

    private static FloatVector larger(FloatVector x, FloatVector y) {
        return x.blend(y, y.compare(VectorOperators.GT, x));
    }

    // ---- tables ----

    @Override
    public void policy(
            Table table,
            float[] z,
            int at,
            float[] peak,
            int row,
            float[] mu,
            float[] lse,
            float[] power,
            float[] scale,
            float[] entropy,
            float[] nu) {
        int actions = table.actions();
        float[] sums = new float[actions * LANES];
        for (int b = 0; b < table.blocks(); b++) {
            int s = b * LANES;
            int block = table.block(b);
            exponentiate(z, at + block, peak, row + s, power, block, actions, scale, entropy, s);
            summarize(peak, row + s, lse, scale, entropy, s);
            addWeighted(power, block, load(mu, s).mul(load(scale, s)), sums, actions);
        }
        reduce(sums, 0, actions, nu);
    }

    /** Leaves the sums of powers and moments where scale and entropy will be. */
    private static void exponentiate(
            float[] z,
            int at,
            float[] peak,
            int row,
            float[] power,
            int to,
            int actions,
            float[] totals,
            float[] moments,
            int s) {
        FloatVector shift = load(peak, row);
        FloatVector total = FloatVector.zero(SPECIES);
        FloatVector moment = total;
        for (int i = 0; i < actions * LANES; i += LANES) {
            FloatVector exponent = load(z, at + i).sub(shift);
            FloatVector p = exp2(exponent);
            p.intoArray(power, to + i);
            total = total.add(p);
            moment = p.fma(exponent, moment);
        }
        total.intoArray(totals, s);
        moment.intoArray(moments, s);
    }

    private static void summarize(float[] peak, int row, float[] lse, float[] scale, float[] entropy, int s) {
        FloatVector total = load(scale, s);
        FloatVector logTotal = total.lanewise(VectorOperators.LOG).mul((float) (1 / LN2));
        FloatVector inverse = broadcast(1).div(total);
        inverse.intoArray(scale, s);
        load(peak, row).add(logTotal).intoArray(lse, row);
        logTotal.sub(load(entropy, s).mul(inverse)).mul((float) LN2).intoArray(entropy, s);
    }

    private static void addWeighted(float[] power, int at, FloatVector weight, float[] sums, int actions) {
        for (int i = 0; i < actions * LANES; i += LANES) {
            load(power, at + i).fma(weight, load(sums, i)).intoArray(sums, i);
        }
    }

    private static void reduce(float[] sums, int first, int actions, float[] to) {
        for (int a = first; a < actions; a++) {
            to[a] = load(sums, a * LANES).reduceLanes(VectorOperators.ADD);
        }
    }

    @Override
    public void winners(
            Table table, float[] power, float[] scale, int first, float[] x, float[] y, float[] sumX, float[] sumY) {
        for (int b = 0; b < table.blocks(); b++) {
            int at = table.block(b);
            sumWinners(power, at, scale, first, table.actions(), x, y, sumX, sumY, b * LANES);
        }
    }

    private static void sumWinners(
            float[] power,
            int at,
            float[] scale,
            int first,
            int actions,
            float[] x,
            float[] y,
            float[] sumX,
            float[] sumY,
            int s) {
        FloatVector totalX = FloatVector.zero(SPECIES);
        FloatVector totalY = totalX;
        for (int a = first; a < actions; a++) {
            FloatVector p = load(power, at + a * LANES);
            totalX = p.fma(broadcast(x[a]), totalX);
            totalY = p.fma(broadcast(y[a]), totalY);
        }
        FloatVector factor = load(scale, s);
        totalX.mul(factor).intoArray(sumX, s);
        totalY.mul(factor).intoArray(sumY, s);
    }

    @Override
    public void step(
            Table table,
            float[] z,
            int at,
            float[] lse,
            int row,
            double decay,
            int first,
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
            stepLosers(z, from, lse, row + s, keep, first, next, peak);
            stepWinners(z, from, lse, row + s, keep, first, table.actions(), x, y, c, b, s, next, peak);
        }
    }

    private static void stepLosers(
            float[] z, int at, float[] lse, int row, float keep, int first, float[] next, float[] peak) {
        FloatVector shift = load(lse, row).mul(-keep);
        FloatVector largest = broadcast(Float.NEGATIVE_INFINITY);
        for (int i = at; i < at + first * LANES; i += LANES) {
            FloatVector value = load(z, i).fma(broadcast(keep), shift);
            value.intoArray(next, i);
            largest = larger(largest, value);
        }
        largest.intoArray(peak, row);
    }

    private static void stepWinners(
            float[] z,
            int at,
            float[] lse,
            int row,
            float keep,
            int first,
            int actions,
            float[] x,
            float[] y,
            float[] c,
            float[] b,
            int s,
            float[] next,
            float[] peak) {
        FloatVector shift = load(lse, row).mul(-keep);
        FloatVector forX = load(c, s);
        FloatVector forY = load(b, s);
        FloatVector largest = load(peak, row);
        for (int a = first; a < actions; a++) {
            int i = at + a * LANES;
            FloatVector value = load(z, i).fma(broadcast(keep), shift);
            value = forX.fma(broadcast(x[a]), value);
            value = forY.fma(broadcast(y[a]), value);
            value.intoArray(next, i);
            largest = larger(largest, value);
        }
        largest.intoArray(peak, row);
    }

    @Override
    public void stepBack(
            Table table,
            float[] next,
            int at,
            float[] lse,
            int row,
            double decay,
            int first,
            float[] x,
            float[] y,
            float[] c,
            float[] b,
            float[] z) {
        float grow = (float) (1 / decay);
        for (int block = 0; block < table.blocks(); block++) {
            int s = block * LANES;
            int from = at + table.block(block);
            recallLosers(next, from, lse, row + s, grow, first, z);
            recallWinners(next, from, lse, row + s, grow, first, table.actions(), x, y, c, b, s, z);
        }
    }

    private static void recallLosers(float[] next, int at, float[] lse, int row, float grow, int first, float[] z) {
        FloatVector shift = load(lse, row);
        for (int i = at; i < at + first * LANES; i += LANES) {
            load(next, i).fma(broadcast(grow), shift).intoArray(z, i);
        }
    }

    private static void recallWinners(
            float[] next,
            int at,
            float[] lse,
            int row,
            float grow,
            int first,
            int actions,
            float[] x,
            float[] y,
            float[] c,
            float[] b,
            int s,
            float[] z) {
        FloatVector shift = load(lse, row);
        FloatVector forX = load(c, s).neg();
        FloatVector forY = load(b, s).neg();
        for (int a = first; a < actions; a++) {
            int i = at + a * LANES;
            FloatVector value = forX.fma(broadcast(x[a]), load(next, i));
            value = forY.fma(broadcast(y[a]), value);
            value.fma(broadcast(grow), shift).intoArray(z, i);
        }
    }

    @Override
    public void pullValues(
            Table table,
            float[] z,
            float[] cotangent,
            int at,
            float[] lse,
            int row,
            double eta,
            float[] v,
            float[] b,
            int first,
            float[] x,
            float[] sumX,
            float[] yBar) {
        int actions = table.actions();
        float[] sums = new float[actions * LANES];
        for (int block = 0; block < table.blocks(); block++) {
            int s = block * LANES;
            int from = at + table.block(block);
            pullBlock(z, cotangent, from, lse, row + s, (float) eta, v, b, s, first, actions, sums);
            sumCotangents(cotangent, from, first, actions, x, sumX, s);
        }
        reduce(sums, first, actions, yBar);
    }

    private static void pullBlock(
            float[] z,
            float[] cotangent,
            int at,
            float[] lse,
            int row,
            float eta,
            float[] v,
            float[] b,
            int s,
            int first,
            int actions,
            float[] sums) {
        FloatVector shift = load(lse, row);
        FloatVector weight = load(b, s);
        FloatVector forPi = load(v, s).mul(weight);
        FloatVector forCotangent = weight.mul(eta);
        for (int i = first * LANES; i < actions * LANES; i += LANES) {
            FloatVector pi = exp2(load(z, at + i).sub(shift));
            FloatVector sum = pi.fma(forPi, load(sums, i));
            load(cotangent, at + i).fma(forCotangent, sum).intoArray(sums, i);
        }
    }

    private static void sumCotangents(
            float[] cotangent, int at, int first, int actions, float[] x, float[] sumX, int s) {
        FloatVector total = FloatVector.zero(SPECIES);
        for (int a = first; a < actions; a++) {
            total = load(cotangent, at + a * LANES).fma(broadcast(x[a]), total);
        }
        total.intoArray(sumX, s);
    }

    @Override
    public void pullLogits(
            Table table,
            float[] z,
            float[] cotangent,
            int at,
            float[] lse,
            int row,
            double decay,
            int first,
            float[] x,
            float[] y,
            float[] nuBar,
            float[] mu,
            float[] c,
            float[] b,
            float[] k,
            float[] e,
            float[] n,
            float[] out) {
        int actions = table.actions();
        float[] pi = new float[actions * LANES];
        float keep = (float) decay;
        for (int block = 0; block < table.blocks(); block++) {
            int s = block * LANES;
            int from = at + table.block(block);
            probabilities(z, from, lse, row + s, nuBar, actions, pi, n, s);
            pullLosers(z, cotangent, from, lse, row + s, keep, nuBar, first, pi, mu, k, e, n, s, out);
            pullWinners(
                    z, cotangent, from, lse, row + s, keep, nuBar, first, actions, x, y, pi, mu, c, b, k, e, n, s, out);
        }
    }

    private static void probabilities(
            float[] z, int at, float[] lse, int row, float[] nuBar, int actions, float[] pi, float[] n, int s) {
        FloatVector shift = load(lse, row);
        FloatVector total = FloatVector.zero(SPECIES);
        for (int a = 0; a < actions; a++) {
            FloatVector p = exp2(load(z, at + a * LANES).sub(shift));
            p.intoArray(pi, a * LANES);
            total = p.fma(broadcast(nuBar[a]), total);
        }
        total.intoArray(n, s);
    }

    private static void pullLosers(
            float[] z,
            float[] cotangent,
            int at,
            float[] lse,
            int row,
            float keep,
            float[] nuBar,
            int first,
            float[] pi,
            float[] mu,
            float[] k,
            float[] e,
            float[] n,
            int s,
            float[] out) {
        FloatVector mass = load(mu, s);
        FloatVector fall = load(e, s).neg();
        FloatVector rest = rest(mass, load(n, s), load(k, s), fall, load(lse, row));
        for (int a = 0; a < first; a++) {
            int i = at + a * LANES;
            FloatVector slope = load(z, i).fma(fall, mass.fma(broadcast(nuBar[a]), rest));
            load(cotangent, i)
                    .fma(broadcast(keep), slope.mul(load(pi, a * LANES)))
                    .intoArray(out, i);
        }
    }

    /** {@code k - mu n + e lse}, what does not depend on the action. */
    private static FloatVector rest(FloatVector mu, FloatVector n, FloatVector k, FloatVector fall, FloatVector lse) {
        return k.sub(mu.mul(n)).sub(fall.mul(lse));
    }

    private static void pullWinners(
            float[] z,
            float[] cotangent,
            int at,
            float[] lse,
            int row,
            float keep,
            float[] nuBar,
            int first,
            int actions,
            float[] x,
            float[] y,
            float[] pi,
            float[] mu,
            float[] c,
            float[] b,
            float[] k,
            float[] e,
            float[] n,
            int s,
            float[] out) {
        FloatVector mass = load(mu, s);
        FloatVector fall = load(e, s).neg();
        FloatVector rest = rest(mass, load(n, s), load(k, s), fall, load(lse, row));
        FloatVector forX = load(c, s);
        FloatVector forY = load(b, s);
        for (int a = first; a < actions; a++) {
            int i = at + a * LANES;
            FloatVector slope = load(z, i).fma(fall, mass.fma(broadcast(nuBar[a]), rest));
            slope = forX.fma(broadcast(x[a]), slope);
            slope = forY.fma(broadcast(y[a]), slope);
            load(cotangent, i)
                    .fma(broadcast(keep), slope.mul(load(pi, a * LANES)))
                    .intoArray(out, i);
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
        for (int output = 0; output < packed.length / inputs; output += PANEL) {
            applyPanel(packed, output * inputs, x, at, list, count, y, output);
        }
    }

    private static void applyPanel(
            float[] packed, int panel, float[] x, int at, int[] list, int count, float[] y, int output) {
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

    @Override
    public void outer(float[] d, int m, float[] x, int n, int count, float[] sum) {
        for (int i = 0; i < m; i += 4) {
            for (int j = 0; j < n; j += 2 * LANES) {
                outerTile(d, m, i, x, n, j, count, sum);
            }
        }
    }

    /** 4 rows by 2 vectors. */
    private static void outerTile(float[] d, int m, int i, float[] x, int n, int j, int count, float[] sum) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        for (int k = 0; k < count; k++) {
            FloatVector x0 = load(x, k * n + j);
            FloatVector x1 = load(x, k * n + j + LANES);
            int at = k * m + i;
            FloatVector factor = broadcast(d[at]);
            s00 = x0.fma(factor, s00);
            s01 = x1.fma(factor, s01);
            factor = broadcast(d[at + 1]);
            s10 = x0.fma(factor, s10);
            s11 = x1.fma(factor, s11);
            factor = broadcast(d[at + 2]);
            s20 = x0.fma(factor, s20);
            s21 = x1.fma(factor, s21);
            factor = broadcast(d[at + 3]);
            s30 = x0.fma(factor, s30);
            s31 = x1.fma(factor, s31);
        }
        int to = i * n + j;
        addInto(s00, s01, sum, to);
        addInto(s10, s11, sum, to + n);
        addInto(s20, s21, sum, to + 2 * n);
        addInto(s30, s31, sum, to + 3 * n);
    }

    private static void addInto(FloatVector left, FloatVector right, float[] sum, int at) {
        left.add(load(sum, at)).intoArray(sum, at);
        right.add(load(sum, at + LANES)).intoArray(sum, at + LANES);
    }

    @Override
    public void softplus(float[] x, int count, float[] value, float[] slope, int slopeAt) {
        int whole = SPECIES.loopBound(count);
        softplusVectors(x, whole, value, slope, slopeAt);
        if (whole < count) {
            int rest = count - whole;
            float[] tail = Arrays.copyOfRange(x, whole, whole + LANES);
            float[] tailValue = new float[LANES];
            float[] tailSlope = new float[LANES];
            softplusVectors(tail, LANES, tailValue, tailSlope, 0);
            System.arraycopy(tailValue, 0, value, whole, rest);
            System.arraycopy(tailSlope, 0, slope, slopeAt + whole, rest);
        }
    }

    private static void softplusVectors(float[] x, int count, float[] value, float[] slope, int slopeAt) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector input = load(x, i);
            FloatVector size = input.abs();
            FloatVector small = size.neg().lanewise(VectorOperators.EXP);
            FloatVector positive = input.add(size).mul((float) 0.5);
            small.lanewise(VectorOperators.LOG1P).add(positive).intoArray(value, i);
            FloatVector numerator = small.blend(1, input.compare(VectorOperators.GE, 0));
            numerator.div(small.add(1)).intoArray(slope, slopeAt + i);
        }
    }
}
