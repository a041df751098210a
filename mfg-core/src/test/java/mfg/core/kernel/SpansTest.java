package mfg.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Every implementation against the formulas, at any place and length; nothing else is touched. */
class SpansTest {

    private static final double TOLERANCE = 1e-14;

    @Provide
    Arbitrary<Spans> spans() {
        return Arbitraries.of(Spans.all());
    }

    private static double[] draws(long seed, int count) {
        return new Random(seed).doubles(count, -1, 1).toArray();
    }

    private static void assertSpan(double[] before, int from, int n, IntToDoubleFunction expected, double[] after) {
        for (int i = 0; i < before.length; i++) {
            boolean inside = i >= from && i < from + n;
            assertEquals(
                    inside ? expected.applyAsDouble(i - from) : before[i], after[i], inside ? TOLERANCE : 0, "at " + i);
        }
    }

    @Property
    void sumsAndProducts(
            @ForAll("spans") Spans spans,
            @ForAll @IntRange(max = 70) int n,
            @ForAll @IntRange(max = 9) int o,
            @ForAll long seed) {
        double[] to = draws(seed, n + 20);
        double[] x = draws(seed + 1, n + 20);
        double[] y = draws(seed + 2, n + 20);
        double[] plus = draws(seed + 3, n + 20);
        double scale = plus[0];
        int a = (o + 3) % 10;
        int b = (o + 5) % 10;
        int c = (o + 7) % 10;
        double[] out = to.clone();
        spans.add(out, o, plus, c, scale, x, a, n);
        assertSpan(to, o, n, i -> plus[c + i] + scale * x[a + i], out);
        out = to.clone();
        spans.add(out, o, 0.25, scale, x, a, n);
        assertSpan(to, o, n, i -> 0.25 + scale * x[a + i], out);
        out = to.clone();
        spans.multiply(out, o, plus, c, scale, x, a, y, b, n);
        assertSpan(to, o, n, i -> plus[c + i] + scale * x[a + i] * y[b + i], out);
        out = to.clone();
        spans.multiply(out, o, 0.25, scale, x, a, y, b, n);
        assertSpan(to, o, n, i -> 0.25 + scale * x[a + i] * y[b + i], out);
    }

    @Property
    void aResultMayBeAnArgument(@ForAll("spans") Spans spans, @ForAll @IntRange(max = 70) int n, @ForAll long seed) {
        double[] x = draws(seed, n + 8);
        double[] out = x.clone();
        spans.add(out, 3, out, 3, 0.5, out, 3, n);
        assertSpan(x, 3, n, i -> 1.5 * x[3 + i], out);
        out = x.clone();
        spans.multiply(out, 3, out, 3, 2, out, 3, out, 3, n);
        assertSpan(x, 3, n, i -> x[3 + i] + 2 * x[3 + i] * x[3 + i], out);
    }

    @Property
    void reductions(@ForAll("spans") Spans spans, @ForAll @IntRange(min = 1, max = 90) int n, @ForAll long seed) {
        double[] x = draws(seed, n + 5);
        double[] y = draws(seed + 1, n + 5);
        double dot = 0;
        double sum = 0;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            dot += x[2 + i] * y[4 + i];
            sum += x[2 + i];
            max = Math.max(max, x[2 + i]);
        }
        assertEquals(dot, spans.dot(x, 2, y, 4, n), n * TOLERANCE);
        assertEquals(sum, spans.sum(x, 2, n), n * TOLERANCE);
        assertEquals(max, spans.max(x, 2, n), 0);
        x[2 + n / 2] = Double.NaN;
        assertTrue(Double.isNaN(spans.dot(x, 2, y, 4, n)), "a product with NaN");
        assertTrue(Double.isNaN(spans.sum(x, 2, n)), "a sum with NaN");
        assertTrue(Double.isNaN(spans.max(x, 2, n)), "the largest with NaN");
    }

    @Property
    void exponentials(@ForAll("spans") Spans spans, @ForAll @IntRange(max = 90) int n, @ForAll long seed) {
        double[] x = new Random(seed).doubles(n + 8, -30, 0).toArray();
        x[5] = 0;
        double[] out = x.clone();
        spans.exp(out, 5, n);
        assertSpan(x, 5, n, i -> Math.exp(x[5 + i]), out);
    }

    @Test
    void exponentialsOfWhatIsNotFinite() {
        for (Spans spans : Spans.all()) {
            double[] x = new double[20];
            for (int i = 0; i < x.length; i++) {
                x[i] = List.of(Double.NaN, -1e9, Double.NEGATIVE_INFINITY).get(i % 3);
            }
            spans.exp(x, 0, x.length);
            for (int i = 0; i < x.length; i++) {
                assertTrue(i % 3 == 0 ? Double.isNaN(x[i]) : x[i] == 0, "" + x[i]);
            }
        }
    }

    /** Sums by lanes have an order of their own: compiled code must give what interpreted code gave. */
    @Test
    void theSameBitsWheneverItIsCompiled() {
        for (Spans spans : Spans.all()) {
            double[] x = draws(1, 1000);
            double[] first = {spans.sum(x, 0, 999), spans.dot(x, 0, x, 1, 999)};
            double[] last = first;
            for (int i = 0; i < 20_000; i++) {
                last = new double[] {spans.sum(x, 0, 999), spans.dot(x, 0, x, 1, 999)};
            }
            assertArrayEquals(first, last);
        }
    }
}
