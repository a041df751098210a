package mfg.core.trace;

import static mfg.core.trace.Factors.A;
import static mfg.core.trace.Factors.B;
import static mfg.core.trace.Factors.BIAS;
import static mfg.core.trace.Factors.OUT;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import mfg.core.trace.Factors.Back;
import mfg.core.trace.Factors.Flow;

/**
 * Every product is in a table, those of one result side by side: for small sums, and for those of which a constant leaves out
 * most.
 *
 * @param from where the products of each result begin, and where the last ends
 * @param out where each result goes
 * @param bias where its bias is
 * @param a the first factor of each product
 * @param b the second
 */
record ByTable(int[] from, int[] out, int[] bias, int[] a, int[] b, double scale, Flow flow) implements Instruction {

    /** Leaves out the products that a constant makes 0. */
    static ByTable of(Loop loop, double scale, Flow flow, IntPredicate isZero) {
        Loop flat = loop.flat();
        int[][] at = flat.at();
        int[] order = IntStream.range(0, flat.turns())
                .mapToLong(i -> (long) at[OUT][i] << Integer.SIZE | i)
                .sorted()
                .mapToInt(key -> (int) key)
                .toArray();
        int[] starts = IntStream.range(0, order.length)
                .filter(i -> i == 0 || at[OUT][order[i]] != at[OUT][order[i - 1]])
                .toArray();
        int[] kept = Arrays.stream(order)
                .filter(e -> !isZero.test(at[A][e]) && !isZero.test(at[B][e]))
                .toArray();
        int[] from = new int[starts.length + 1];
        int next = 0;
        for (int r = 0; r < starts.length; r++) {
            int place = at[OUT][order[starts[r]]];
            while (next < kept.length && at[OUT][kept[next]] == place) {
                next++;
            }
            from[r + 1] = next;
        }
        return new ByTable(
                from,
                Arrays.stream(starts).map(i -> at[OUT][order[i]]).toArray(),
                Arrays.stream(starts).map(i -> at[BIAS][order[i]]).toArray(),
                Arrays.stream(kept).map(e -> at[A][e]).toArray(),
                Arrays.stream(kept).map(e -> at[B][e]).toArray(),
                scale,
                flow);
    }

    /** The same with every operand elsewhere. */
    ByTable moved(int[] by) {
        return new ByTable(
                from, moved(out, by[OUT]), moved(bias, by[BIAS]), moved(a, by[A]), moved(b, by[B]), scale, flow);
    }

    private static int[] moved(int[] places, int by) {
        return by == 0 ? places : Arrays.stream(places).map(place -> place + by).toArray();
    }

    @Override
    public void run(double[] v) {
        for (int r = 0; r < out.length; r++) {
            double sum = 0;
            for (int k = from[r]; k < from[r + 1]; k++) {
                sum += v[a[k]] * v[b[k]];
            }
            v[out[r]] = v[bias[r]] + scale * sum;
        }
    }

    @Override
    public void pull(double[] v, double[] g) {
        if (flow.a() != Back.NOTHING && flow.b() != Back.NOTHING) {
            both(v, g);
        } else if (flow.a() != Back.NOTHING) {
            multiplied(v, g, a, b);
        } else if (flow.b() != Back.NOTHING) {
            multiplied(v, g, b, a);
        }
        if (flow.bias() != Back.NOTHING) {
            for (int r = 0; r < out.length; r++) {
                g[bias[r]] += g[out[r]];
            }
        }
    }

    private void both(double[] v, double[] g) {
        for (int r = 0; r < out.length; r++) {
            double cotangent = scale * g[out[r]];
            for (int k = from[r]; k < from[r + 1]; k++) {
                g[a[k]] += cotangent * v[b[k]];
                g[b[k]] += cotangent * v[a[k]];
            }
        }
    }

    private void multiplied(double[] v, double[] g, int[] to, int[] by) {
        for (int r = 0; r < out.length; r++) {
            double cotangent = scale * g[out[r]];
            for (int k = from[r]; k < from[r + 1]; k++) {
                g[to[k]] += cotangent * v[by[k]];
            }
        }
    }
}
