package mfg.core.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Loops over spans with the Vector API. Loaded by name, where the module is there. */
final class VectorSpans extends Spans {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** A long loop on vectors must be compiled by itself: {@link DoubleVectors} has the reason. */
    private final MethodHandle expLoop = DoubleVectors.loop(VectorSpans.class, MethodHandles.lookup(), "expLoop");

    private static DoubleVector load(double[] x, int at) {
        return DoubleVector.fromArray(SPECIES, x, at);
    }

    private static DoubleVector all(double number) {
        return DoubleVector.broadcast(SPECIES, number);
    }

    @Override
    public void add(double[] to, int o, double[] plus, int c, double scale, double[] x, int a, int n) {
        DoubleVector factor = all(scale);
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            load(x, a + i).fma(factor, load(plus, c + i)).intoArray(to, o + i);
        }
        for (int i = whole; i < n; i++) {
            to[o + i] = Math.fma(x[a + i], scale, plus[c + i]);
        }
    }

    @Override
    public void add(double[] to, int o, double plus, double scale, double[] x, int a, int n) {
        DoubleVector factor = all(scale);
        DoubleVector shift = all(plus);
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            load(x, a + i).fma(factor, shift).intoArray(to, o + i);
        }
        for (int i = whole; i < n; i++) {
            to[o + i] = Math.fma(x[a + i], scale, plus);
        }
    }

    @Override
    public void multiply(
            double[] to, int o, double[] plus, int c, double scale, double[] x, int a, double[] y, int b, int n) {
        DoubleVector factor = all(scale);
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            load(x, a + i).mul(factor).fma(load(y, b + i), load(plus, c + i)).intoArray(to, o + i);
        }
        for (int i = whole; i < n; i++) {
            to[o + i] = Math.fma(x[a + i] * scale, y[b + i], plus[c + i]);
        }
    }

    @Override
    public void multiply(double[] to, int o, double plus, double scale, double[] x, int a, double[] y, int b, int n) {
        DoubleVector factor = all(scale);
        DoubleVector shift = all(plus);
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            load(x, a + i).mul(factor).fma(load(y, b + i), shift).intoArray(to, o + i);
        }
        for (int i = whole; i < n; i++) {
            to[o + i] = Math.fma(x[a + i] * scale, y[b + i], plus);
        }
    }

    // Lanes are added up in an order of our own, for that of the Vector API is open; and in no other method, for
    // vectors that are
    // handed over go to the heap.

    @Override
    public double dot(double[] x, int a, double[] y, int b, int n) {
        if (n < 2 * LANES) {
            return super.dot(x, a, y, b, n);
        }
        DoubleVector even = load(x, a).mul(load(y, b));
        DoubleVector odd = load(x, a + LANES).mul(load(y, b + LANES));
        int i = 2 * LANES;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            even = load(x, a + i).fma(load(y, b + i), even);
            odd = load(x, a + i + LANES).fma(load(y, b + i + LANES), odd);
        }
        DoubleVector lanes = even.add(odd);
        double sum = lanes.lane(0);
        sum = LANES >= 2 ? sum + lanes.lane(1) : sum;
        sum = LANES >= 4 ? sum + (lanes.lane(2) + lanes.lane(3)) : sum;
        sum = LANES >= 8 ? sum + ((lanes.lane(4) + lanes.lane(5)) + (lanes.lane(6) + lanes.lane(7))) : sum;
        return sum + super.dot(x, a + i, y, b + i, n - i);
    }

    @Override
    public double sum(double[] x, int a, int n) {
        if (n < 2 * LANES) {
            return super.sum(x, a, n);
        }
        DoubleVector even = load(x, a);
        DoubleVector odd = load(x, a + LANES);
        int i = 2 * LANES;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            even = load(x, a + i).add(even);
            odd = load(x, a + i + LANES).add(odd);
        }
        DoubleVector lanes = even.add(odd);
        double sum = lanes.lane(0);
        sum = LANES >= 2 ? sum + lanes.lane(1) : sum;
        sum = LANES >= 4 ? sum + (lanes.lane(2) + lanes.lane(3)) : sum;
        sum = LANES >= 8 ? sum + ((lanes.lane(4) + lanes.lane(5)) + (lanes.lane(6) + lanes.lane(7))) : sum;
        return sum + super.sum(x, a + i, n - i);
    }

    @Override
    public double max(double[] x, int a, int n) {
        if (n < 2 * LANES) {
            return super.max(x, a, n);
        }
        DoubleVector most = load(x, a);
        int i = LANES;
        for (; i <= n - LANES; i += LANES) {
            most = load(x, a + i).max(most);
        }
        double max = most.reduceLanes(VectorOperators.MAX); // the same in any order
        return i == n ? max : Math.max(max, super.max(x, a + i, n - i));
    }

    @Override
    public void exp(double[] x, int a, int n) {
        int whole = SPECIES.loopBound(n);
        try {
            expLoop.invokeExact(x, a, a + whole);
        } catch (Throwable failure) {
            throw DoubleVectors.failed(failure);
        }
        super.exp(x, a + whole, n - whole);
    }

    @SuppressWarnings("UnusedMethod") // called by its handle
    private static void expLoop(double[] x, int from, int to) {
        DoubleVector log2E = all(1 / Math.log(2));
        DoubleVector less = all(-1);
        for (int i = from; i < to; i += LANES) {
            DoubleVector exponent = load(x, i);
            VectorMask<Double> nothing = exponent.lt(NOTHING); // among it -infinity, which would become NaN
            DoubleVectorBits.exp2Plus1(exponent.fma(log2E, less))
                    .blend(0, nothing)
                    .intoArray(x, i);
        }
    }
}
