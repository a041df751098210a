package mfg.core.kernel;

import static mfg.core.kernel.FloatInnerLoops.addFour;
import static mfg.core.kernel.FloatInnerLoops.addMoment;
import static mfg.core.kernel.FloatInnerLoops.addScaled;
import static mfg.core.kernel.FloatInnerLoops.blend;
import static mfg.core.kernel.FloatInnerLoops.dot;
import static mfg.core.kernel.FloatInnerLoops.exponentiate;
import static mfg.core.kernel.FloatInnerLoops.fall;
import static mfg.core.kernel.FloatInnerLoops.keepPositive;
import static mfg.core.kernel.FloatInnerLoops.pull;
import static mfg.core.kernel.FloatInnerLoops.stepAction;
import static mfg.core.kernel.FloatInnerLoops.stepActionBack;
import static mfg.core.kernel.FloatInnerLoops.subtract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import mfg.core.Sizes;

/**
 * Plain loops. The states of a table form one block, so that the innermost loops run over states, or over a network's outputs:
 * independent sums side by side, {@link FloatInnerLoops}.
 *
 * <p>{@code DoubleLoops} is made from this file at build time.
 */
@SuppressWarnings("cast") // needed here, redundant in the twin
class FloatLoops implements Kernels<float[]> {

    static final double LN2 = Math.log(2);

    /** Columns that are transposed at a time: as many as lie on one line of the cache. */
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
            Update<float[]> update,
            float[] shift,
            float[] next,
            float[] power,
            float[] total,
            float[] moment,
            float[] scratch) {
        int n = table.states();
        Arrays.fill(total, 0);
        Arrays.fill(moment, 0);
        for (int a = 0; a < table.actions(); a++) {
            stepAction(z, at + a * n, update, a, next, n);
            subtract(next, at + a * n, shift, 0, power, a * n, n);
        }
        exponentiate(table, power, 0, scratch);
        for (int a = 0; a < table.actions(); a++) {
            addScaled(power, a * n, 1, total, n);
            addMoment(power, a * n, next, at + a * n, shift, moment, n);
        }
    }

    @Override
    public void bid(Table table, float[] power, float[] total, float[] mu, float[] nu, float[] scratch) {
        int n = table.states();
        for (int s = 0; s < n; s++) {
            scratch[s] = mu[s] / total[s];
        }
        for (int a = 0; a < table.actions(); a++) {
            nu[a] = dot(scratch, power, a * n, n);
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
    public void stepBack(Table table, float[] next, int at, Update<float[]> u, float[] z, float[] pi, float[] scratch) {
        int n = table.states();
        float grow = (float) (1 / u.decay());
        for (int a = 0; a < table.actions(); a++) {
            stepActionBack(next, at + a * n, u.lse(), u.row(), grow, u.x()[a], u.y()[a], u.c(), u.b(), z, n);
        }
        probabilities(table, z, at, u.lse(), u.row(), pi, scratch);
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
            Update<float[]> update,
            float[] nuBar,
            float[] mu,
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
            rest[s] = k[s] - mu[s] * n[s] + e[s] * update.lse()[update.row() + s];
        }
        for (int a = 0; a < table.actions(); a++) {
            int i = at + a * states;
            fall(rest, e, z, i, slope, states);
            addScaled(mu, 0, nuBar[a], slope, states);
            addScaled(update.c(), 0, update.x()[a], slope, states);
            addScaled(update.b(), 0, update.y()[a], slope, states);
            pull(cotangent, pi, i, (float) update.decay(), slope, states);
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
