package mfg.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Every method of both implementations against the formula in its description, in doubles. */
class ProductsTest {

    private static final double ROUNDING = 1e-5;

    @Provide
    Arbitrary<Products> products() {
        return Arbitraries.of(Products.all());
    }

    @Test
    void thereAreTwo() {
        assertEquals(
                List.of(false, true),
                Products.all().stream().map(Products::areVectors).toList());
        assertTrue(Products.fastest().areVectors());
    }

    /** A matrix with padding of 0, and room for more rows. */
    private static float[] matrix(Products products, int rows, int columns, SplittableRandom random) {
        int stride = products.stride(columns);
        float[] matrix = new float[products.rows(rows) * stride];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix[i * stride + j] = (float) random.nextDouble(-1, 1);
            }
        }
        return matrix;
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void multiplies(
            @ForAll("products") Products products,
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 40) int inner,
            @ForAll @IntRange(min = 1, max = 150) int columns,
            @ForAll boolean transposed,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] a = transposed ? matrix(products, inner, rows, random) : matrix(products, rows, inner, random);
        int aRow = transposed ? 1 : products.stride(inner);
        int aInner = transposed ? products.stride(rows) : 1;
        float[] b = matrix(products, inner, columns, random);
        float[] c = matrix(products, rows, columns, random);
        int stride = products.stride(columns);
        float[] sum = c.clone();
        products.multiply(rows, inner, columns, a, 0, aRow, aInner, b, 0, stride, sum, 0, stride);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < stride; j++) {
                double expected = c[i * stride + j];
                for (int k = 0; k < inner; k++) {
                    expected += (double) a[i * aRow + k * aInner] * b[k * stride + j];
                }
                assertEquals(expected, sum[i * stride + j], ROUNDING);
            }
        }
        // the last row alone has the same bits
        float[] one = matrix(products, 1, columns, random);
        System.arraycopy(c, (rows - 1) * stride, one, 0, stride);
        float[] its = new float[products.rows(1) * inner];
        for (int k = 0; k < inner; k++) {
            its[k] = a[(rows - 1) * aRow + k * aInner];
        }
        products.multiply(1, inner, columns, its, 0, inner, 1, b, 0, stride, one, 0, stride);
        assertArrayEquals(
                Arrays.copyOfRange(sum, (rows - 1) * stride, rows * stride), Arrays.copyOfRange(one, 0, stride));
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void gathersAndScatters(
            @ForAll("products") Products products,
            @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(min = 0, max = 12) int count,
            @ForAll @IntRange(min = 1, max = 300) int columns,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int stride = products.stride(columns);
        float[] b = matrix(products, rows, columns, random);
        float[] bias = matrix(products, 1, columns, random);
        int[] which = random.ints(count + 2L, 0, rows).toArray();
        float[] factors = matrix(products, 1, count + 2, random);
        float[] y = new float[stride];
        products.gather(which, factors, 1, 1 + count, columns, bias, 0, b, 0, stride, y, 0);
        float[] bar = b.clone();
        products.scatter(which, factors, 1, 1 + count, columns, bias, 0, bar, 0, stride);
        double[] expected = new double[b.length];
        for (int j = 0; j < columns; j++) {
            double sum = bias[j];
            for (int k = 1; k <= count; k++) {
                sum += (double) factors[k] * b[which[k] * stride + j];
                expected[which[k] * stride + j] += (double) factors[k] * bias[j];
            }
            assertEquals(sum, y[j], ROUNDING);
        }
        for (int i = 0; i < b.length; i++) {
            assertEquals(b[i] + expected[i], bar[i], ROUNDING);
        }
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void addsUpRows(
            @ForAll("products") Products products,
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 150) int columns,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int stride = products.stride(columns);
        float[] x = matrix(products, rows, columns, random);
        float[] sum = matrix(products, 2, columns, random);
        float[] before = sum.clone();
        products.addRows(rows, columns, x, stride, sum, stride);
        for (int j = 0; j < columns; j++) {
            double expected = before[stride + j];
            for (int i = 0; i < rows; i++) {
                expected += x[i * stride + j];
            }
            assertEquals(expected, sum[stride + j], ROUNDING);
            assertEquals(before[j], sum[j]);
        }
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void rectifiesAndGoesBack(
            @ForAll("products") Products products, @ForAll @IntRange(min = 1, max = 100) int n, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = matrix(products, 1, n, random);
        x[0] = seed % 3 == 0 ? Float.NaN : 0;
        float[] y = x.clone();
        float[] bar = matrix(products, 1, n, random);
        float[] back = bar.clone();
        products.rectify(y, n, 0.01f);
        products.unrectify(y, back, n, 0.01f);
        for (int i = 0; i < n; i++) {
            assertEquals(x[i] > 0 ? x[i] : 0.01f * x[i], y[i]);
            assertEquals(x[i] > 0 ? bar[i] : 0.01f * bar[i], back[i]);
        }
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void takesAStepOfAdam(
            @ForAll("products") Products products, @ForAll @IntRange(min = 1, max = 100) int n, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] gradient = matrix(products, 1, n, random);
        float[] theta = matrix(products, 1, n, random);
        float[] mean = matrix(products, 1, n, random);
        float[] square = matrix(products, 1, n, random);
        for (int i = 0; i < n; i++) {
            square[i] *= square[i];
        }
        float[] before = theta.clone();
        float[] oldMean = mean.clone();
        float[] oldSquare = square.clone();
        products.adam(n, gradient, 0.5f, 0.9f, 0.99f, 0.1f, 2f, 1e-3f, theta, mean, square);
        for (int i = 0; i < n; i++) {
            double g = 0.5 * gradient[i];
            double m = 0.9 * oldMean[i] + 0.1 * g;
            double v = 0.99 * oldSquare[i] + 0.01 * g * g;
            assertEquals(m, mean[i], 1e-6);
            assertEquals(v, square[i], 1e-6);
            assertEquals(before[i] + 0.1 * m / (2 * Math.sqrt(v) + 1e-3), theta[i], 1e-4);
        }
    }
}
