package mfg.core.kernel;

/**
 * The innermost loops of {@link FloatLoops}, so simple that the compiler turns them into vector instructions: one loop a method, or
 * it does not.
 *
 * <p>{@code DoubleInnerLoops} is made from this file at build time.
 */
@SuppressWarnings("cast") // needed here, redundant in the twin
final class FloatInnerLoops {

    private FloatInnerLoops() {}

    static void stepAction(float[] z, int at, Update<float[]> u, int a, float[] next, int n) {
        stepAction(z, at, u.lse(), u.row(), (float) u.decay(), u.x()[a], u.y()[a], u.c(), u.b(), next, n);
    }

    static void stepAction(
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
    static void exponentiate(Table table, float[] power, int at, float[] scratch) {
        int size = table.size();
        clamp(power, at, size);
        wholePower(power, at, scratch, size);
        fractionPower(power, at, size);
        multiply(scratch, power, at, size);
    }

    static void subtract(float[] z, int at, float[] shift, int row, float[] to, int toAt, int n) {
        for (int s = 0; s < n; s++) {
            to[toAt + s] = z[at + s] - shift[row + s];
        }
    }

    static void clamp(float[] x, int at, int n) {
        for (int i = 0; i < n; i++) {
            x[at + i] = Math.max(x[at + i], FloatBits.FLOOR) + 0 * x[at + i]; // NaN for -Infinity, too
        }
    }

    static void wholePower(float[] x, int at, float[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = FloatBits.wholePower(x[at + i]);
        }
    }

    static void fractionPower(float[] x, int at, int n) {
        for (int i = 0; i < n; i++) {
            x[at + i] = FloatBits.fractionPower(x[at + i]);
        }
    }

    static void multiply(float[] factor, float[] to, int at, int n) {
        for (int i = 0; i < n; i++) {
            to[at + i] *= factor[i];
        }
    }

    static void addMoment(float[] power, int from, float[] z, int at, float[] shift, float[] moment, int n) {
        for (int s = 0; s < n; s++) {
            moment[s] += power[from + s] * (z[at + s] - shift[s]);
        }
    }

    /** Four sums side by side, for Java keeps the order of additions. */
    static float dot(float[] x, float[] y, int at, int n) {
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

    static void addScaled(float[] from, int at, float factor, float[] sum, int n) {
        for (int s = 0; s < n; s++) {
            sum[s] += factor * from[at + s];
        }
    }

    static void stepActionBack(
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

    static void blend(float[] pi, float[] v, float[] cotangent, int at, float eta, float[] g, int n) {
        for (int s = 0; s < n; s++) {
            g[s] = v[s] * pi[at + s] + eta * cotangent[at + s];
        }
    }

    static void fall(float[] rest, float[] e, float[] z, int at, float[] slope, int n) {
        for (int s = 0; s < n; s++) {
            slope[s] = rest[s] - e[s] * z[at + s];
        }
    }

    static void pull(float[] cotangent, float[] pi, int at, float keep, float[] slope, int n) {
        for (int s = 0; s < n; s++) {
            cotangent[at + s] = keep * cotangent[at + s] + pi[at + s] * slope[s];
        }
    }

    /** From arrays of their own: the compiler takes no two places of one array into a vector loop. */
    static void addFour(float[] factors, float[][] rows, float[] sum, int at, int n) {
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

    /** {@code max(x, 0)}, exactly; NaN for -infinity. */
    static void keepPositive(float[] from, float[] to, int at, int count) {
        for (int i = 0; i < count; i++) {
            to[at + i] = (from[i] + Math.abs(from[i])) / 2;
        }
    }
}
