package mfg.core.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import mfg.core.Sizes;

/**
 * Plain loops. The states of a table form one block, so that the innermost loops run over states, or over a network's outputs:
 * independent sums side by side, which the compiler turns into vector instructions. One loop a method, or it does not.
 *
 * <p>{@code DoubleLoops} is made from this file at build time.
 */
@SuppressWarnings("cast") // needed here, redundant in the twin
class FloatLoops implements Kernels<float[]> {

    static final double LN2 = Math.log(2);

    private static final int BAND = 16;

    /** How many numbers an array has before those that count. */
    private final int lead;

    FloatLoops() {
        this(0);
    }

    FloatLoops(int lead) {
        this.lead = lead;
    }

    @Override
    public String name() {
        return "loops";
    }

    @Override
    public float[] array(int length) {
        return new float[lead + length];
    }

    @Override
    public final void clear(float[] numbers, int count) {
        Arrays.fill(numbers, lead, lead + count, 0);
    }

    @Override
    public final void copy(float[] from, int at, float[] to, int toAt, int count) {
        System.arraycopy(from, lead + at, to, lead + toAt, count);
    }

    @Override
    public int bytes() {
        return Float.BYTES;
    }

    @Override
    public Table table(int states, int actions) {
        return new Table(states, actions, states);
    }

    @Override
    public int padded(int length) {
        return (length + 3) / 4 * 4;
    }

    @Override
    public final void toDoubles(float[] from, int at, double[] to, int toAt, int count) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] = from[lead + at + i];
        }
    }

    @Override
    public final void ofDoubles(double[] from, int at, float[] to, int toAt, int count) {
        for (int i = 0; i < count; i++) {
            to[lead + toAt + i] = (float) from[at + i];
        }
    }

    @Override
    public final float[] read(NDArray array) {
        float[] numbers = array.toFloatArray();
        float[] read = array(numbers.length);
        System.arraycopy(numbers, 0, read, lead, numbers.length);
        return read;
    }

    @Override
    public final NDArray write(NDManager manager, float[] numbers, Shape shape) {
        return manager.create(FloatBuffer.wrap(numbers, lead, (int) shape.size()), shape);
    }

    // ---- tables ----

    @Override
    public void advance(
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
            float[] shift,
            float[] mu,
            float[] next,
            float[] power,
            float[] total,
            float[] moment,
            float[] nu,
            float[] scratch) {
        int n = table.states();
        Arrays.fill(total, 0);
        Arrays.fill(moment, 0);
        for (int a = 0; a < table.actions(); a++) {
            stepAction(z, at + a * n, lse, row, (float) decay, x[a], y[a], c, b, next, n);
            subtract(next, at + a * n, shift, 0, power, a * n, n);
        }
        exponentiate(table, power, 0, scratch);
        for (int a = 0; a < table.actions(); a++) {
            addScaled(power, a * n, 1, total, n);
            addMoment(power, a * n, next, at + a * n, shift, moment, n);
        }
        for (int s = 0; s < n; s++) {
            scratch[s] = mu[s] / total[s];
        }
        for (int a = 0; a < table.actions(); a++) {
            nu[a] = dot(scratch, power, a * n, n);
        }
    }

    private static void stepAction(
            float[] z,
            int at,
            float[] lse,
            int row,
            float keep,
            float x,
            float y,
            float[] c,
            float[] b,
            float[] next,
            int n) {
        for (int s = 0; s < n; s++) {
            next[at + s] = keep * (z[at + s] - lse[row + s]) + (x * c[s] + y * b[s]);
        }
    }

    /** In loops so simple that they become vector instructions; all but the shift of bits do. */
    private static void exponentiate(Table table, float[] power, int at, float[] scratch) {
        int size = table.size();
        clamp(power, at, size);
        wholePower(power, at, scratch, size);
        fractionPower(power, at, size);
        multiply(scratch, power, at, size);
    }

    private static void subtract(float[] z, int at, float[] shift, int row, float[] to, int toAt, int n) {
        for (int s = 0; s < n; s++) {
            to[toAt + s] = z[at + s] - shift[row + s];
        }
    }

    private static void clamp(float[] x, int at, int n) {
        for (int i = 0; i < n; i++) {
            x[at + i] = Math.max(x[at + i], FloatBits.FLOOR) + 0 * x[at + i]; // NaN for -Infinity, too
        }
    }

    private static void wholePower(float[] x, int at, float[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = FloatBits.wholePower(x[at + i]);
        }
    }

    private static void fractionPower(float[] x, int at, int n) {
        for (int i = 0; i < n; i++) {
            x[at + i] = FloatBits.fractionPower(x[at + i]);
        }
    }

    private static void multiply(float[] factor, float[] to, int at, int n) {
        for (int i = 0; i < n; i++) {
            to[at + i] *= factor[i];
        }
    }

    private static void addMoment(float[] power, int from, float[] z, int at, float[] shift, float[] moment, int n) {
        for (int s = 0; s < n; s++) {
            moment[s] += power[from + s] * (z[at + s] - shift[s]);
        }
    }

    @Override
    public void normalize(Table table, float[] shift, float[] total, float[] moment, float[] lse, int row) {
        for (int s = 0; s < table.states(); s++) {
            double logSum = Math.log(total[s]) / LN2;
            total[s] = (1 + 0 * total[s]) / total[s]; // not 0 for infinity
            lse[row + s] = (float) (shift[s] + logSum);
            moment[s] = (float) (LN2 * (logSum - moment[s] * total[s]));
        }
    }

    /** Four sums side by side, for Java keeps the order of additions. */
    private static float dot(float[] x, float[] y, int at, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 += x[i] * y[at + i];
            s1 += x[i + 1] * y[at + i + 1];
            s2 += x[i + 2] * y[at + i + 2];
            s3 += x[i + 3] * y[at + i + 3];
        }
        for (; i < n; i++) {
            s0 += x[i] * y[at + i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static void addScaled(float[] from, int at, float factor, float[] sum, int n) {
        for (int s = 0; s < n; s++) {
            sum[s] += factor * from[at + s];
        }
    }

    @Override
    public void sumActions(
            Table table, float[] numbers, float[] scale, int first, float[] x, float[] y, float[] xSum, float[] ySum) {
        int n = table.states();
        Arrays.fill(xSum, 0);
        Arrays.fill(ySum, 0);
        for (int a = first; a < table.actions(); a++) {
            addScaled(numbers, a * n, x[a], xSum, n);
            addScaled(numbers, a * n, y[a], ySum, n);
        }
        for (int s = 0; s < n; s++) {
            xSum[s] *= scale[s];
            ySum[s] *= scale[s];
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
            float[] z,
            float[] pi,
            float[] scratch) {
        int n = table.states();
        for (int a = 0; a < table.actions(); a++) {
            stepActionBack(next, at + a * n, lse, row, (float) (1 / decay), x[a], y[a], c, b, z, n);
        }
        probabilities(table, z, at, lse, row, pi, scratch);
    }

    private static void stepActionBack(
            float[] next,
            int at,
            float[] lse,
            int row,
            float grow,
            float x,
            float y,
            float[] c,
            float[] b,
            float[] z,
            int n) {
        for (int s = 0; s < n; s++) {
            z[at + s] = grow * (next[at + s] - (x * c[s] + y * b[s])) + lse[row + s];
        }
    }

    @Override
    public void probabilities(Table table, float[] z, int at, float[] lse, int row, float[] pi, float[] scratch) {
        int n = table.states();
        for (int a = 0; a < table.actions(); a++) {
            subtract(z, at + a * n, lse, row, pi, at + a * n, n);
        }
        exponentiate(table, pi, at, scratch);
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
        int n = table.states();
        Arrays.fill(sum, 0);
        for (int a = first; a < table.actions(); a++) {
            int i = at + a * n;
            blend(pi, v, cotangent, i, (float) eta, scratch, n);
            yBar[a] = dot(b, scratch, 0, n);
            addScaled(cotangent, i, x[a], sum, n);
        }
    }

    private static void blend(float[] pi, float[] v, float[] cotangent, int at, float eta, float[] g, int n) {
        for (int s = 0; s < n; s++) {
            g[s] = v[s] * pi[at + s] + eta * cotangent[at + s];
        }
    }

    @Override
    public final void column(Table table, float[] from, int at, int action, float[] column) {
        int lanes = table.lanes();
        for (int block = 0; block < table.blocks(); block++) {
            copy(from, at + table.block(block) + action * lanes, column, block * lanes, lanes);
        }
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
        int states = table.states();
        Arrays.fill(n, 0);
        for (int a = 0; a < table.actions(); a++) {
            addScaled(pi, at + a * states, nuBar[a], n, states);
        }
        float[] rest = new float[states];
        float[] slope = new float[states];
        for (int s = 0; s < states; s++) {
            rest[s] = k[s] - mu[s] * n[s] + e[s] * lse[row + s];
        }
        for (int a = 0; a < table.actions(); a++) {
            int i = at + a * states;
            fall(rest, e, z, i, slope, states);
            addScaled(mu, 0, nuBar[a], slope, states);
            addScaled(c, 0, x[a], slope, states);
            addScaled(b, 0, y[a], slope, states);
            pull(cotangent, pi, i, (float) decay, slope, states);
        }
    }

    private static void fall(float[] rest, float[] e, float[] z, int at, float[] slope, int n) {
        for (int s = 0; s < n; s++) {
            slope[s] = rest[s] - e[s] * z[at + s];
        }
    }

    private static void pull(float[] cotangent, float[] pi, int at, float keep, float[] slope, int n) {
        for (int s = 0; s < n; s++) {
            cotangent[at + s] = keep * cotangent[at + s] + pi[at + s] * slope[s];
        }
    }

    // ---- networks ----

    @Override
    public final float[] packed(int outputs, int inputs) {
        return array(Sizes.product("padded outputs x inputs", padded(outputs), inputs));
    }

    /** Column by column. */
    @Override
    public void pack(float[] matrix, int outputs, int inputs, float[] packed) {
        turn(matrix, 0, inputs, packed, 0, padded(outputs), outputs, inputs);
    }

    @Override
    public void packTransposed(float[] matrix, int outputs, int inputs, float[] packed) {
        for (int j = 0; j < inputs; j++) {
            copy(matrix, j * outputs, packed, j * padded(outputs), outputs);
        }
    }

    @Override
    public final float[] transpose(float[] matrix, int rows, int columns) {
        float[] turned = array(Sizes.product("rows x columns", rows, columns));
        turn(matrix, 0, columns, turned, 0, rows, rows, columns);
        return turned;
    }

    /** Transposes a part of a matrix, in bands so narrow that they stay in the cache. */
    final void turn(float[] from, int at, int stride, float[] to, int toAt, int toStride, int rows, int columns) {
        for (int band = 0; band < columns; band += BAND) {
            int end = Math.min(columns, band + BAND);
            for (int i = 0; i < rows; i++) {
                for (int j = band; j < end; j++) {
                    to[lead + toAt + j * toStride + i] = from[lead + at + i * stride + j];
                }
            }
        }
    }

    @Override
    public void apply(float[] packed, int inputs, float[] x, int at, int[] list, int count, float[] y) {
        int outputs = packed.length / inputs;
        float[][] columns = new float[4][outputs];
        float[] factors = new float[4];
        for (int k = 0; k < count; k += 4) {
            Arrays.fill(factors, 0);
            for (int i = 0; i < Math.min(4, count - k); i++) {
                int j = list[k + i];
                factors[i] = x[at + j];
                System.arraycopy(packed, j * outputs, columns[i], 0, outputs);
            }
            addFour(factors, columns, y, 0, outputs);
        }
    }

    @Override
    public void outer(
            float[] d, int dStride, int[] list, int listed, float[] x, int xStride, int n, int count, float[] sum) {
        float[][] rows = new float[4][n];
        float[] factors = new float[4];
        for (int k = 0; k < count; k += 4) {
            int taken = Math.min(4, count - k);
            for (int i = 0; i < taken; i++) {
                System.arraycopy(x, (k + i) * xStride, rows[i], 0, n);
            }
            for (int r = 0; r < listed; r++) {
                for (int i = 0; i < 4; i++) {
                    factors[i] = i < taken ? d[(k + i) * dStride + list[r]] : 0;
                }
                addFour(factors, rows, sum, list[r] * n, n);
            }
        }
    }

    /** From arrays of their own: the compiler takes no two places of one array into a vector loop. */
    private static void addFour(float[] factors, float[][] rows, float[] sum, int at, int n) {
        float f0 = factors[0];
        float f1 = factors[1];
        float f2 = factors[2];
        float f3 = factors[3];
        float[] x0 = rows[0];
        float[] x1 = rows[1];
        float[] x2 = rows[2];
        float[] x3 = rows[3];
        for (int j = 0; j < n; j++) {
            sum[at + j] += (f0 * x0[j] + f1 * x1[j]) + (f2 * x2[j] + f3 * x3[j]);
        }
    }

    @Override
    public final int list(float[] x, int at, int count, double least, int[] list) {
        float bound = Double.isFinite(least) ? (float) least : 0; // or nothing would exceed it
        int listed = 0;
        for (int i = 0; i < count; i++) {
            list[listed] = i;
            listed += FloatBits.exceeds(x[lead + at + i], bound);
        }
        return listed;
    }

    @Override
    public Positives<float[]> positives(int count) {
        return new Positives<>(count, array(padded(count)));
    }

    @Override
    public void rectify(float[] from, float[] to, int at, int count, Positives<float[]> positives) {
        keepPositive(from, to, at, count);
        listPositive(to, at, count, positives);
    }

    /** {@code max(x, 0)}, exactly; NaN for -infinity. */
    private static void keepPositive(float[] from, float[] to, int at, int count) {
        for (int i = 0; i < count; i++) {
            to[at + i] = (from[i] + Math.abs(from[i])) / 2;
        }
    }

    /** Of numbers that are not negative. Without a branch, which would be mispredicted half the time; so the last entry may be one too many. */
    final void listPositive(float[] x, int at, int count, Positives<float[]> positives) {
        int[] list = positives.list;
        int listed = 0;
        for (int i = 0; i < count; i++) {
            list[listed] = i;
            listed += FloatBits.nonzero(x[lead + at + i]);
        }
        positives.count = listed;
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
        listPositive(output, outputAt, count, positives);
        for (int i = 0; i < count; i++) {
            to[toAt + i] = 0 * cotangent[at + i] + 0; // +0, but for what is not finite
        }
        for (int k = 0; k < positives.count; k++) {
            int i = positives.list[k];
            to[toAt + i] = cotangent[at + i];
        }
    }

    @Override
    public final void add(float[] from, int at, float[] to, int toAt, int count) {
        for (int i = 0; i < count; i++) {
            to[lead + toAt + i] += from[lead + at + i];
        }
    }

    @Override
    public void softplus(float[] x, int count, float[] value, float[] slope, int slopeAt) {
        for (int i = 0; i < count; i++) {
            double small = Math.exp(-Math.abs((double) x[i]));
            value[i] = (float) (Math.max(x[i], 0) + Math.log1p(small));
            slope[slopeAt + i] = (float) ((x[i] >= 0 ? 1 : small) / (1 + small));
        }
    }
}
