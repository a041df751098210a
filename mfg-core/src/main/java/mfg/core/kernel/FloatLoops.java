package mfg.core.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Plain loops. The states of a table form one block, so that the innermost loops run over states, or over a network's outputs:
 * independent sums side by side, which the compiler turns into vector instructions. One loop a method, or it does not.
 *
 * <p>{@code DoubleLoops} is made from this file at build time.
 */
@SuppressWarnings("cast") // needed here, redundant in the twin
class FloatLoops implements Kernels<float[]> {

    static final double LN2 = Math.log(2);

    @Override
    public String name() {
        return "loops";
    }

    @Override
    public float[] array(int length) {
        return new float[length];
    }

    @Override
    public final void clear(float[] numbers, int count) {
        Arrays.fill(numbers, 0, count, 0);
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
        return length;
    }

    @Override
    public final void toDoubles(float[] from, int at, double[] to, int toAt, int count) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] = from[at + i];
        }
    }

    @Override
    public final void ofDoubles(double[] from, int at, float[] to, int toAt, int count) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] = (float) from[at + i];
        }
    }

    @Override
    public final float[] read(NDArray array) {
        return array.toFloatArray();
    }

    @Override
    public final NDArray write(NDManager manager, float[] numbers, Shape shape) {
        return manager.create(FloatBuffer.wrap(numbers), shape);
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
            float[] nu) {
        int n = table.states();
        Arrays.fill(total, 0);
        Arrays.fill(moment, 0);
        for (int a = 0; a < table.actions(); a++) {
            exponentiate(z, at + a * n, shift, row, power, a * n, n);
            addScaled(power, a * n, 1, total, n);
            addMoment(power, a * n, z, at + a * n, shift, row, moment, n);
        }
        float[] weight = new float[n];
        for (int s = 0; s < n; s++) {
            weight[s] = mu[s] / total[s];
        }
        for (int a = 0; a < table.actions(); a++) {
            nu[a] = dot(weight, power, a * n, n);
        }
    }

    private static void exponentiate(float[] z, int at, float[] shift, int row, float[] power, int to, int n) {
        for (int s = 0; s < n; s++) {
            power[to + s] = FloatBits.exp2(z[at + s] - shift[row + s]);
        }
    }

    private static void addMoment(
            float[] power, int from, float[] z, int at, float[] shift, int row, float[] moment, int n) {
        for (int s = 0; s < n; s++) {
            moment[s] += power[from + s] * (z[at + s] - shift[row + s]);
        }
    }

    @Override
    public void normalize(Table table, float[] shift, int row, float[] total, float[] moment, float[] lse) {
        for (int s = 0; s < table.states(); s++) {
            double logSum = Math.log(total[s]) / LN2;
            total[s] = 1 / total[s];
            lse[row + s] = (float) (shift[row + s] + logSum);
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
    public void sumActions(Table table, float[] numbers, int at, float[] scale, int first, float[] x, float[] sum) {
        int n = table.states();
        Arrays.fill(sum, 0);
        for (int a = first; a < table.actions(); a++) {
            addScaled(numbers, at + a * n, x[a], sum, n);
        }
        for (int s = 0; s < n; s++) {
            sum[s] *= scale[s];
        }
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
        int n = table.states();
        Arrays.fill(peak, row, row + n, Float.NEGATIVE_INFINITY);
        for (int a = 0; a < table.actions(); a++) {
            stepAction(z, at + a * n, lse, row, (float) decay, x[a], y[a], c, b, next, n);
            raise(next, at + a * n, peak, row, n);
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

    private static void raise(float[] next, int at, float[] peak, int row, int n) {
        for (int s = 0; s < n; s++) {
            peak[row + s] = Math.max(peak[row + s], next[at + s]);
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
        int n = table.states();
        for (int a = 0; a < table.actions(); a++) {
            stepActionBack(next, at + a * n, lse, row, (float) (1 / decay), x[a], y[a], c, b, z, n);
        }
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
            float[] yBar) {
        int n = table.states();
        float[] g = new float[n];
        for (int a = first; a < table.actions(); a++) {
            exponentiate(z, at + a * n, lse, row, g, 0, n);
            blend(g, v, cotangent, at + a * n, (float) eta, n);
            yBar[a] = dot(b, g, 0, n);
        }
    }

    /** {@code g = v g + eta cotangent}. */
    private static void blend(float[] g, float[] v, float[] cotangent, int at, float eta, int n) {
        for (int s = 0; s < n; s++) {
            g[s] = v[s] * g[s] + eta * cotangent[at + s];
        }
    }

    @Override
    public final void column(Table table, float[] from, int at, int action, float[] column) {
        int lanes = table.lanes();
        for (int block = 0; block < table.blocks(); block++) {
            int start = at + table.block(block) + action * lanes;
            System.arraycopy(from, start, column, block * lanes, lanes);
        }
    }

    @Override
    public final void probability(Table table, float[] z, int at, float[] lse, int row, int action, float[] column) {
        column(table, z, at, action, column);
        for (int s = 0; s < table.rows(); s++) {
            column[s] = FloatBits.exp2(column[s] - lse[row + s]);
        }
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
        float[] pi = new float[table.size()];
        Arrays.fill(n, 0);
        for (int a = 0; a < table.actions(); a++) {
            exponentiate(z, at + a * states, lse, row, pi, a * states, states);
            addScaled(pi, a * states, nuBar[a], n, states);
        }
        float[] rest = new float[states];
        for (int s = 0; s < states; s++) {
            rest[s] = k[s] - mu[s] * n[s];
        }
        float[] slope = new float[states];
        for (int a = 0; a < table.actions(); a++) {
            int i = a * states;
            slope(z, at + i, lse, row, nuBar[a], mu, e, rest, slope, states);
            gain(x[a], c, y[a], b, slope, states);
            pull(cotangent, at + i, (float) decay, pi, i, slope, states);
        }
    }

    private static void slope(
            float[] z,
            int at,
            float[] lse,
            int row,
            float nuBar,
            float[] mu,
            float[] e,
            float[] k,
            float[] slope,
            int n) {
        for (int s = 0; s < n; s++) {
            slope[s] = mu[s] * nuBar + (k[s] + e[s] * (lse[row + s] - z[at + s]));
        }
    }

    private static void gain(float x, float[] c, float y, float[] b, float[] slope, int n) {
        for (int s = 0; s < n; s++) {
            slope[s] += x * c[s] + y * b[s];
        }
    }

    private static void pull(float[] cotangent, int at, float keep, float[] pi, int i, float[] slope, int n) {
        for (int s = 0; s < n; s++) {
            cotangent[at + s] = keep * cotangent[at + s] + pi[i + s] * slope[s];
        }
    }

    // ---- networks ----

    @Override
    public float[] pack(float[] matrix, int outputs, int inputs) {
        return transpose(matrix, outputs, inputs);
    }

    @Override
    public final float[] transpose(float[] matrix, int rows, int columns) {
        float[] turned = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                turned[j * rows + i] = matrix[i * columns + j];
            }
        }
        return turned;
    }

    @Override
    public void apply(float[] packed, int inputs, float[] x, int at, int[] list, int count, float[] y) {
        int outputs = packed.length / inputs;
        for (int k = 0; k < count; k++) {
            addScaled(packed, list[k] * outputs, x[at + list[k]], y, outputs);
        }
    }

    @Override
    public void outer(float[] d, int m, float[] x, int n, int count, float[] sum) {
        for (int i = 0; i < m; i++) {
            for (int k = 0; k < count; k++) {
                addScaledTo(x, k * n, d[k * m + i], sum, i * n, n);
            }
        }
    }

    private static void addScaledTo(float[] from, int at, float factor, float[] sum, int to, int n) {
        for (int j = 0; j < n; j++) {
            sum[to + j] += factor * from[at + j];
        }
    }

    @Override
    public final int list(float[] x, int at, int count, double least, int[] list) {
        float bound = (float) least;
        int listed = 0;
        for (int i = 0; i < count; i++) {
            list[listed] = i;
            listed += FloatBits.positive(Math.abs(x[at + i]) - bound);
        }
        return listed;
    }

    @Override
    public final int rectify(float[] from, float[] to, int at, int count, int[] list) {
        keepPositive(from, to, at, count);
        return listPositive(from, 0, count, list);
    }

    /** {@code max(x, 0)}, exactly. */
    private static void keepPositive(float[] from, float[] to, int at, int count) {
        for (int i = 0; i < count; i++) {
            to[at + i] = (from[i] + Math.abs(from[i])) / 2;
        }
    }

    private static int listPositive(float[] x, int at, int count, int[] list) {
        int listed = 0;
        for (int i = 0; i < count; i++) {
            list[listed] = i;
            listed += FloatBits.positive(x[at + i]);
        }
        return listed;
    }

    @Override
    public final int mask(
            float[] output, int outputAt, float[] cotangent, int at, float[] to, int toAt, int count, int[] list) {
        int listed = listPositive(output, outputAt, count, list);
        Arrays.fill(to, toAt, toAt + count, 0);
        for (int k = 0; k < listed; k++) {
            to[toAt + list[k]] = cotangent[at + list[k]];
        }
        return listed;
    }

    @Override
    public final void add(float[] from, int at, float[] to, int toAt, int count) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] += from[at + i];
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
