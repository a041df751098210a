package mfg.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What networks are made of, in all four implementations, against the formula in its description, in plain doubles. */
class NetworkKernelsTest {

    @Provide
    Arbitrary<Kernels<?>> kernels() {
        return Arbitraries.of(KernelsTest.all());
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void matricesMultiplyWhatIsListed(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 90) int outputs,
            @ForAll @IntRange(min = 1, max = 40) int inputs,
            @ForAll long seed) {
        apply(new Tables<>(kernels, 1, 1, seed), outputs, inputs);
    }

    private static <F> void apply(Tables<F> t, int outputs, int inputs) {
        double[] matrix = t.draws(outputs * inputs, -1, 1);
        int at = t.random.nextInt(5);
        double[] x = t.draws(at + inputs, -1, 1);
        int[] list = t.random.ints(inputs, 0, 2).toArray();
        int count = 0;
        for (int j = 0; j < inputs; j++) {
            boolean listed = list[j] == 1;
            list[count] = j;
            count += listed ? 1 : 0;
        }
        Arrays.fill(list, count, inputs, -1);
        double[] y = t.draws(t.kernels.padded(outputs), -1, 1);
        double[] expected = Arrays.copyOf(y, outputs);
        double[] turned = new double[matrix.length];
        for (int i = 0; i < outputs; i++) {
            for (int k = 0; k < count; k++) {
                expected[i] += matrix[i * inputs + list[k]] * x[at + list[k]];
            }
            for (int j = 0; j < inputs; j++) {
                turned[j * outputs + i] = matrix[i * inputs + j];
            }
        }
        F original = t.array(matrix);
        F xIn = t.array(x);
        F yFound = t.array(y);
        F packed = t.kernels.packed(outputs, inputs);
        t.kernels.pack(original, outputs, inputs, packed);
        t.kernels.apply(packed, inputs, xIn, at, list, count, yFound);
        t.assertClose(expected, t.read(yFound, 0, outputs), inputs, "y");
        t.assertUnchanged(x, xIn);

        F transposed = t.kernels.transpose(original, outputs, inputs);
        assertArrayEquals(turned, t.read(transposed, 0, turned.length));
        F same = t.kernels.packed(outputs, inputs);
        t.kernels.packTransposed(transposed, outputs, inputs, same);
        int length = t.kernels.padded(outputs) * inputs;
        assertArrayEquals(t.read(packed, 0, length), t.read(same, 0, length));
        t.assertUnchanged(matrix, original);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void productsOfColumnsAddUp(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 90) int left,
            @ForAll @IntRange(min = 1, max = 90) int right,
            @ForAll @IntRange(max = 20) int count,
            @ForAll long seed) {
        outer(new Tables<>(kernels, 1, 1, seed), kernels.padded(left), kernels.padded(right), count);
    }

    /** Rows lie in any order and with gaps; a row of zeros fills up the list. */
    private static <F> void outer(Tables<F> t, int m, int n, int count) {
        int dStride = m + 1 + t.random.nextInt(4);
        int xStride = n + t.random.nextInt(4);
        double[] d = t.draws(dStride * count, -1, 1);
        double[] x = t.draws(xStride * count, -1, 1);
        double[] sum = t.draws((m + 1) * n, -1, 1);
        for (int k = 0; k < count; k++) {
            d[k * dStride + m] = 0;
        }
        List<Integer> rows = new ArrayList<>(IntStream.range(0, m)
                .filter(i -> t.random.nextBoolean())
                .boxed()
                .toList());
        Collections.shuffle(rows, new Random(t.random.nextLong()));
        double[] expected = sum.clone();
        for (int i : rows) {
            for (int k = 0; k < count; k++) {
                for (int j = 0; j < n; j++) {
                    expected[i * n + j] += d[k * dStride + i] * x[k * xStride + j];
                }
            }
        }
        while (rows.size() % 4 != 0) {
            rows.add(m);
        }
        int[] list = rows.stream().mapToInt(i -> i).toArray();
        F dIn = t.array(d);
        F xIn = t.array(x);
        F found = t.array(sum);
        t.kernels.outer(dIn, dStride, list, list.length, xIn, xStride, n, count, found);
        t.assertClose(expected, t.read(found, 0, sum.length), count + 1, "sum");
        t.assertUnchanged(d, dIn);
        t.assertUnchanged(x, xIn);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void whatCountsIsKeptAndListed(
            @ForAll("kernels") Kernels<?> kernels, @ForAll @IntRange(max = 90) int count, @ForAll long seed) {
        whatCountsIsKeptAndListed(new Tables<>(kernels, 1, 1, seed), count);
    }

    private static <F> void whatCountsIsKeptAndListed(Tables<F> t, int count) {
        int padded = t.kernels.padded(count);
        int at = t.random.nextInt(5);
        int toAt = t.random.nextInt(5);
        // zeros, small and large numbers of both signs
        double[] numbers = new double[at + padded];
        double[] cotangents = new double[at + padded];
        for (int i = at; i < at + count; i++) {
            numbers[i] = t.random.nextInt(3) == 0 ? 0 : t.draw(-1, 1);
            numbers[i] *= t.random.nextInt(3) == 0 ? 0x1p-20 : 1;
            cotangents[i] = t.draw(-1, 1);
        }
        F in = t.array(numbers);

        int[] list = new int[padded + 1];
        int listed = t.kernels.list(in, at, count, 1e-3, list);
        assertListed(numbers, at, count, x -> Math.abs(x) > 1e-3, list, listed);
        t.assertUnchanged(numbers, in);

        F fromZero = t.array(Arrays.copyOfRange(numbers, at, at + padded));
        double[] to = t.draws(toAt + padded + 3, 5, 6);
        F kept = t.array(to);
        Positives<F> positives = t.kernels.positives(count);
        t.kernels.rectify(fromZero, kept, toAt, count, positives);
        for (int i = 0; i < count; i++) {
            assertEquals(Math.max(numbers[at + i], 0), t.read(kept, toAt + i, 1)[0]);
        }
        assertListed(numbers, at, count, x -> x > 0, positives.list(), positives.count());
        assertAround(t, to, kept, toAt, padded);

        F cotangent = t.array(cotangents);
        F pulled = t.array(to);
        t.kernels.mask(kept, toAt, cotangent, at, pulled, toAt, count, positives);
        for (int i = 0; i < count; i++) {
            assertEquals(numbers[at + i] > 0 ? cotangents[at + i] : 0, t.read(pulled, toAt + i, 1)[0], 1e-300);
        }
        assertListed(numbers, at, count, x -> x > 0, positives.list(), positives.count());
        assertAround(t, to, pulled, toAt, padded);
        t.assertUnchanged(cotangents, cotangent);

        double[] others = Arrays.stream(numbers).map(x -> -x).toArray();
        t.kernels.rectify(t.array(Arrays.copyOfRange(others, at, at + padded)), t.array(to), toAt, count, positives);
        assertListed(others, at, count, x -> x > 0, positives.list(), positives.count());

        double[] sums = to.clone();
        for (int i = 0; i < count; i++) {
            sums[toAt + i] += cotangents[at + i];
        }
        F added = t.array(to);
        t.kernels.add(cotangent, at, added, toAt, count);
        t.assertClose(sums, t.read(added, 0, sums.length), 1, "sum");
        assertAround(t, to, added, toAt, padded);
    }

    private static void assertListed(
            double[] numbers, int at, int count, DoublePredicate counts, int[] list, int listed) {
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (counts.test(numbers[at + i])) {
                expected.add(i);
            }
        }
        assertEquals(expected, Arrays.stream(list, 0, listed).boxed().toList());
    }

    /** What lies before and behind the padded numbers. */
    private static <F> void assertAround(Tables<F> t, double[] before, F after, int at, int padded) {
        assertArrayEquals(Arrays.copyOf(before, at), t.read(after, 0, at));
        int end = at + padded;
        assertArrayEquals(Arrays.copyOfRange(before, end, before.length), t.read(after, end, before.length - end));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void softplusAndItsSlope(
            @ForAll("kernels") Kernels<?> kernels, @ForAll @IntRange(min = 1, max = 90) int count, @ForAll long seed) {
        softplus(new Tables<>(kernels, 1, 1, seed), count);
    }

    private static <F> void softplus(Tables<F> t, int count) {
        int padded = t.kernels.padded(count);
        double[] x = Arrays.copyOf(t.draws(count, -15, 15), padded);
        if (t.random.nextBoolean()) {
            x[0] = t.random.nextBoolean() ? 60 : -60;
        }
        int at = t.random.nextInt(5);
        F value = t.kernels.array(padded);
        F slope = t.array(t.draws(at + padded, 5, 6));
        t.kernels.softplus(t.array(x), count, value, slope, at);
        double[] values = t.read(value, 0, count);
        double[] slopes = t.read(slope, at, count);
        double tolerance = t.kernels.bytes() == Double.BYTES ? 1e-14 : 6e-6;
        for (int i = 0; i < count; i++) {
            double small = Math.exp(-Math.abs(x[i]));
            double expected = Math.max(x[i], 0) + Math.log1p(small);
            assertEquals(expected, values[i], tolerance * expected, "softplus of " + x[i]);
            double rise = (x[i] > 0 ? 1 : small) / (1 + small);
            assertEquals(rise, slopes[i], tolerance * rise, "its slope at " + x[i]);
        }
    }

    @Test
    void softplusHasLimits() {
        for (Kernels<?> kernels : KernelsTest.all()) {
            softplusHasLimits(new Tables<>(kernels, 1, 1, 5));
        }
    }

    /** What overflowed has a limit; what is not a number is not made one. */
    private static <F> void softplusHasLimits(Tables<F> t) {
        double[] x = {0, -0.0, 0x1p100, -0x1p100, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};
        double[] values = {Math.log(2), Math.log(2), 0x1p100, 0, Double.POSITIVE_INFINITY, 0, Double.NaN};
        double[] slopes = {0.5, 0.5, 1, 0, 1, 0};
        int padded = t.kernels.padded(x.length);
        F value = t.kernels.array(padded);
        F slope = t.kernels.array(padded);
        t.kernels.softplus(t.array(Arrays.copyOf(x, padded)), x.length, value, slope, 0);
        assertArrayEquals(values, t.read(value, 0, x.length), 1e-7);
        assertArrayEquals(slopes, t.read(slope, 0, slopes.length), 1e-7);
    }
}
