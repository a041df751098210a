package mfg.core.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Products with the Vector API. Loaded by name, where the module is there. */
final class VectorProducts extends Products {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** A processor with vectors this long has registers for larger tiles. */
    private static final boolean WIDE = LANES >= 16;

    /** Loops that must be compiled by themselves: {@link FloatVectors} has the reason. */
    private final MethodHandle square = tile(WIDE ? "eightByTwo" : "fourByTwo");

    private final MethodHandle narrow = tile("eightByOne");
    private final MethodHandle gatherEight = loop("gatherEight");
    private final MethodHandle gatherOne = loop("gatherOne");
    private final MethodHandle scatterEight = loop("scatterEight");
    private final MethodHandle scatterOne = loop("scatterOne");

    private static MethodHandle loop(String name) {
        return FloatVectors.loop(VectorProducts.class, MethodHandles.lookup(), name);
    }

    private static MethodHandle tile(String name) {
        return FloatVectors.loop(VectorTiles.class, MethodHandles.lookup(), name);
    }

    private static FloatVector load(float[] x, int at) {
        return FloatVector.fromArray(SPECIES, x, at);
    }

    private static FloatVector all(float x) {
        return FloatVector.broadcast(SPECIES, x);
    }

    @Override
    public boolean areVectors() {
        return true;
    }

    @Override
    public int stride(int columns) {
        return oddMultiple(columns, Math.max(LANES, ROWS));
    }

    @Override
    public void multiply(
            int rows,
            int inner,
            int columns,
            float[] a,
            int aAt,
            int aRow,
            int aInner,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            int cRow) {
        int vectors = (columns + LANES - 1) / LANES;
        int pairs = vectors / 2 * 2 * LANES;
        int high = WIDE ? 8 : 4;
        try {
            for (int j = 0; j < pairs; j += 2 * LANES) {
                for (int i = 0; i < rows(rows); i += high) {
                    square.invokeExact(
                            inner, a, aAt + i * aRow, aRow, aInner, b, bAt + j, bRow, c, cAt + i * cRow + j, cRow);
                }
            }
            for (int i = 0; i < rows(rows) && vectors % 2 == 1; i += ROWS) {
                narrow.invokeExact(
                        inner, a, aAt + i * aRow, aRow, aInner, b, bAt + pairs, bRow, c, cAt + i * cRow + pairs, cRow);
            }
        } catch (Throwable failure) {
            throw FloatVectors.failed(failure);
        }
    }

    @Override
    public void gather(
            int[] rows,
            float[] factors,
            int from,
            int to,
            int columns,
            float[] bias,
            int biasAt,
            float[] b,
            int bAt,
            int bRow,
            float[] y,
            int yAt) {
        int j = 0;
        try {
            for (; j <= columns - 8 * LANES; j += 8 * LANES) {
                gatherEight.invokeExact(rows, factors, from, to, bias, biasAt + j, b, bAt + j, bRow, y, yAt + j);
            }
            for (; j < columns; j += LANES) {
                gatherOne.invokeExact(rows, factors, from, to, bias, biasAt + j, b, bAt + j, bRow, y, yAt + j);
            }
        } catch (Throwable failure) {
            throw FloatVectors.failed(failure);
        }
    }

    @SuppressWarnings("UnusedMethod") // called by its handle
    private static void gatherEight(
            int[] rows,
            float[] factors,
            int from,
            int to,
            float[] bias,
            int biasAt,
            float[] b,
            int bAt,
            int bRow,
            float[] y,
            int yAt) {
        FloatVector y0 = load(bias, biasAt);
        FloatVector y1 = load(bias, biasAt + LANES);
        FloatVector y2 = load(bias, biasAt + 2 * LANES);
        FloatVector y3 = load(bias, biasAt + 3 * LANES);
        FloatVector y4 = load(bias, biasAt + 4 * LANES);
        FloatVector y5 = load(bias, biasAt + 5 * LANES);
        FloatVector y6 = load(bias, biasAt + 6 * LANES);
        FloatVector y7 = load(bias, biasAt + 7 * LANES);
        for (int k = from; k < to; k++) {
            FloatVector factor = all(factors[k]);
            int at = bAt + rows[k] * bRow;
            y0 = load(b, at).fma(factor, y0);
            y1 = load(b, at + LANES).fma(factor, y1);
            y2 = load(b, at + 2 * LANES).fma(factor, y2);
            y3 = load(b, at + 3 * LANES).fma(factor, y3);
            y4 = load(b, at + 4 * LANES).fma(factor, y4);
            y5 = load(b, at + 5 * LANES).fma(factor, y5);
            y6 = load(b, at + 6 * LANES).fma(factor, y6);
            y7 = load(b, at + 7 * LANES).fma(factor, y7);
        }
        y0.intoArray(y, yAt);
        y1.intoArray(y, yAt + LANES);
        y2.intoArray(y, yAt + 2 * LANES);
        y3.intoArray(y, yAt + 3 * LANES);
        y4.intoArray(y, yAt + 4 * LANES);
        y5.intoArray(y, yAt + 5 * LANES);
        y6.intoArray(y, yAt + 6 * LANES);
        y7.intoArray(y, yAt + 7 * LANES);
    }

    @SuppressWarnings("UnusedMethod") // called by its handle
    private static void gatherOne(
            int[] rows,
            float[] factors,
            int from,
            int to,
            float[] bias,
            int biasAt,
            float[] b,
            int bAt,
            int bRow,
            float[] y,
            int yAt) {
        FloatVector sum = load(bias, biasAt);
        for (int k = from; k < to; k++) {
            sum = load(b, bAt + rows[k] * bRow).fma(all(factors[k]), sum);
        }
        sum.intoArray(y, yAt);
    }

    @Override
    public void scatter(
            int[] rows,
            float[] factors,
            int from,
            int to,
            int columns,
            float[] y,
            int yAt,
            float[] b,
            int bAt,
            int bRow) {
        int j = 0;
        try {
            for (; j <= columns - 8 * LANES; j += 8 * LANES) {
                scatterEight.invokeExact(rows, factors, from, to, y, yAt + j, b, bAt + j, bRow);
            }
            for (; j < columns; j += LANES) {
                scatterOne.invokeExact(rows, factors, from, to, y, yAt + j, b, bAt + j, bRow);
            }
        } catch (Throwable failure) {
            throw FloatVectors.failed(failure);
        }
    }

    @SuppressWarnings("UnusedMethod") // called by its handle
    private static void scatterEight(
            int[] rows, float[] factors, int from, int to, float[] y, int yAt, float[] b, int bAt, int bRow) {
        FloatVector y0 = load(y, yAt);
        FloatVector y1 = load(y, yAt + LANES);
        FloatVector y2 = load(y, yAt + 2 * LANES);
        FloatVector y3 = load(y, yAt + 3 * LANES);
        FloatVector y4 = load(y, yAt + 4 * LANES);
        FloatVector y5 = load(y, yAt + 5 * LANES);
        FloatVector y6 = load(y, yAt + 6 * LANES);
        FloatVector y7 = load(y, yAt + 7 * LANES);
        for (int k = from; k < to; k++) {
            FloatVector factor = all(factors[k]);
            int at = bAt + rows[k] * bRow;
            y0.fma(factor, load(b, at)).intoArray(b, at);
            y1.fma(factor, load(b, at + LANES)).intoArray(b, at + LANES);
            y2.fma(factor, load(b, at + 2 * LANES)).intoArray(b, at + 2 * LANES);
            y3.fma(factor, load(b, at + 3 * LANES)).intoArray(b, at + 3 * LANES);
            y4.fma(factor, load(b, at + 4 * LANES)).intoArray(b, at + 4 * LANES);
            y5.fma(factor, load(b, at + 5 * LANES)).intoArray(b, at + 5 * LANES);
            y6.fma(factor, load(b, at + 6 * LANES)).intoArray(b, at + 6 * LANES);
            y7.fma(factor, load(b, at + 7 * LANES)).intoArray(b, at + 7 * LANES);
        }
    }

    @SuppressWarnings("UnusedMethod") // called by its handle
    private static void scatterOne(
            int[] rows, float[] factors, int from, int to, float[] y, int yAt, float[] b, int bAt, int bRow) {
        FloatVector row = load(y, yAt);
        for (int k = from; k < to; k++) {
            int at = bAt + rows[k] * bRow;
            row.fma(all(factors[k]), load(b, at)).intoArray(b, at);
        }
    }

    @Override
    public void addRows(int rows, int columns, float[] x, int xRow, float[] sum, int at) {
        int j = 0;
        for (; j <= columns - 4 * LANES; j += 4 * LANES) {
            FloatVector s0 = load(sum, at + j);
            FloatVector s1 = load(sum, at + j + LANES);
            FloatVector s2 = load(sum, at + j + 2 * LANES);
            FloatVector s3 = load(sum, at + j + 3 * LANES);
            for (int i = 0; i < rows; i++) {
                int row = i * xRow + j;
                s0 = s0.add(load(x, row));
                s1 = s1.add(load(x, row + LANES));
                s2 = s2.add(load(x, row + 2 * LANES));
                s3 = s3.add(load(x, row + 3 * LANES));
            }
            s0.intoArray(sum, at + j);
            s1.intoArray(sum, at + j + LANES);
            s2.intoArray(sum, at + j + 2 * LANES);
            s3.intoArray(sum, at + j + 3 * LANES);
        }
        for (; j < columns; j += LANES) {
            FloatVector s = load(sum, at + j);
            for (int i = 0; i < rows; i++) {
                s = s.add(load(x, i * xRow + j));
            }
            s.intoArray(sum, at + j);
        }
    }

    @Override
    public void rectify(float[] x, int n, float slope) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector number = load(x, i);
            number.mul(all(slope))
                    .blend(number, number.compare(VectorOperators.GT, 0))
                    .intoArray(x, i);
        }
        for (int i = whole; i < n; i++) {
            x[i] = x[i] > 0 ? x[i] : slope * x[i];
        }
    }

    @Override
    public void unrectify(float[] output, float[] bar, int n, float slope) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector number = load(bar, i);
            number.mul(all(slope))
                    .blend(number, load(output, i).compare(VectorOperators.GT, 0))
                    .intoArray(bar, i);
        }
        for (int i = whole; i < n; i++) {
            bar[i] = output[i] > 0 ? bar[i] : slope * bar[i];
        }
    }
}
