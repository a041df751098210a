package mfg.core.kernel;

import static mfg.core.kernel.FloatVectorLoops.LANES;
import static mfg.core.kernel.FloatVectorLoops.LEAD;
import static mfg.core.kernel.FloatVectorLoops.PANEL;
import static mfg.core.kernel.FloatVectorLoops.SPECIES;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Loops with the Vector API, {@link FloatVectorLoops}: states along the lanes of a vector. Loaded by name, where the module is
 * there.
 *
 * <p>{@code DoubleVectors} is made from this file at build time.
 */
@SuppressWarnings("cast") // needed here, redundant in the twin
final class FloatVectors extends FloatLoops {

    // A loop on vectors must be compiled by itself: inlined together with others it exceeds what the compiler takes at
    // once, and
    // then vectors go to the heap, ten times slower. What is called by a handle that is no constant is not inlined.
    private final MethodHandle advanceBlock = loop("advanceBlock");
    private final MethodHandle bidLoop = loop("bidLoop");
    private final MethodHandle sumActionsBlock = loop("sumActionsBlock");
    private final MethodHandle normalizeLoop = loop("normalizeLoop");
    private final MethodHandle stepBackBlock = loop("stepBackBlock");
    private final MethodHandle probabilitiesBlock = loop("probabilitiesBlock");
    private final MethodHandle pullValuesBlock = loop("pullValuesBlock");
    private final MethodHandle averageBlocks = loop("averageBlocks");
    private final MethodHandle pullLogitsBlock = loop("pullLogitsBlock");
    private final MethodHandle applyPanels = loop("applyPanels");
    private final MethodHandle outerRows = loop("outerRows");
    private final MethodHandle rectifyLoop = loop("rectifyLoop");
    private final MethodHandle maskLoop = loop("maskLoop");
    private final MethodHandle softplusLoop = loop("softplusLoop");

    FloatVectors() {
        super(LEAD);
    }

    private static MethodHandle loop(String name) {
        return loop(FloatVectorLoops.class, MethodHandles.lookup(), name);
    }

    static MethodHandle loop(Class<?> loops, MethodHandles.Lookup lookup, String name) {
        try {
            Method method = Arrays.stream(loops.getDeclaredMethods())
                    .filter(candidate -> candidate.getName().equals(name))
                    .findAny()
                    .orElseThrow();
            return lookup.unreflect(method);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    static RuntimeException failed(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public Table table(int states, int actions) {
        return new Table(states, actions, LANES);
    }

    @Override
    public int padded(int length) {
        return (length + PANEL - 1) / PANEL * PANEL;
    }

    // ---- tables ----

    @Override
    public void advance(
            Table table,
            float[] z,
            int at,
            Update<float[]> u,
            float[] shift,
            float[] next,
            float[] power,
            float[] total,
            float[] moment,
            float[] scratch) {
        int actions = table.actions();
        float keep = (float) u.decay();
        try {
            for (int block = 0; block < table.blocks(); block++) {
                int s = block * LANES;
                int i = table.block(block);
                advanceBlock.invokeExact(
                        z,
                        at + i,
                        actions,
                        u.lse(),
                        u.row() + s,
                        keep,
                        u.x(),
                        u.y(),
                        u.c(),
                        u.b(),
                        shift,
                        s,
                        next,
                        power,
                        i,
                        total,
                        moment);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    @Override
    public void bid(Table table, float[] power, float[] total, float[] mu, float[] nu, float[] scratch) {
        try {
            bidLoop.invokeExact(power, table.blocks(), table.blockSize(), mu, total, scratch);
        } catch (Throwable failure) {
            throw failed(failure);
        }
        addLanes(scratch, 0, table.actions(), nu);
    }

    /** One lane after the other: the order in which the Vector API adds up lanes is open. */
    private static void addLanes(float[] sums, int first, int actions, float[] to) {
        for (int a = first; a < actions; a++) {
            int at = LEAD + a * LANES;
            float sum = sums[at];
            for (int lane = 1; lane < LANES; lane++) {
                sum += sums[at + lane];
            }
            to[LEAD + a] = sum;
        }
    }

    @Override
    public void normalize(Table table, float[] shift, float[] total, float[] moment, float[] lse, int row) {
        try {
            normalizeLoop.invokeExact(table.rows(), shift, total, moment, lse, row);
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    @Override
    public void sumActions(
            Table table, float[] numbers, float[] scale, int first, float[] x, float[] y, float[] xSum, float[] ySum) {
        int actions = table.actions();
        try {
            for (int b = 0; b < table.blocks(); b++) {
                int s = b * LANES;
                sumActionsBlock.invokeExact(numbers, table.block(b), actions, scale, s, first, x, y, xSum, ySum);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    @Override
    public void stepBack(Table table, float[] next, int at, Update<float[]> u, float[] z, float[] pi, float[] scratch) {
        int actions = table.actions();
        float grow = (float) (1 / u.decay());
        try {
            for (int block = 0; block < table.blocks(); block++) {
                int s = block * LANES;
                int i = at + table.block(block);
                stepBackBlock.invokeExact(
                        next, i, actions, u.lse(), u.row() + s, grow, u.x(), u.y(), u.c(), u.b(), s, z, pi);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    @Override
    public void probabilities(Table table, float[] z, int at, float[] lse, int row, float[] pi, float[] scratch) {
        int length = table.blockSize();
        try {
            for (int b = 0; b < table.blocks(); b++) {
                probabilitiesBlock.invokeExact(z, at + b * length, length, lse, row + b * LANES, pi);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
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
        clear(scratch, table.blockSize());
        try {
            for (int block = 0; block < table.blocks(); block++) {
                int i = at + table.block(block);
                pullValuesBlock.invokeExact(
                        pi, cotangent, i, table.actions(), (float) eta, v, b, block * LANES, first, x, scratch, sum);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
        addLanes(scratch, first, table.actions(), yBar);
    }

    @Override
    public void pullLogits(
            Table table,
            float[] z,
            float[] pi,
            float[] cotangent,
            int at,
            Update<float[]> u,
            float[] nuBar,
            float[] mu,
            float[] k,
            float[] e,
            float[] n) {
        int actions = table.actions();
        float keep = (float) u.decay();
        try {
            int last = (table.blocks() - 1) * LANES;
            for (int s = 0; s <= last; s += LANES) {
                if (s % (4 * LANES) == 0) {
                    int s1 = Math.min(last, s + LANES);
                    int s2 = Math.min(last, s + 2 * LANES);
                    int s3 = Math.min(last, s + 3 * LANES);
                    averageBlocks.invokeExact(pi, at, actions, s, s1, s2, s3, nuBar, n);
                }
                int i = at + s * actions;
                pullLogitsBlock.invokeExact(
                        z,
                        pi,
                        cotangent,
                        i,
                        actions,
                        u.lse(),
                        u.row() + s,
                        keep,
                        u.x(),
                        u.y(),
                        nuBar,
                        mu,
                        u.c(),
                        u.b(),
                        k,
                        e,
                        n,
                        s);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    // ---- networks ----

    /** Panels of {@link FloatVectorLoops#PANEL} outputs, within each input by input. */
    @Override
    public void pack(float[] matrix, int outputs, int inputs, float[] packed) {
        for (int i = 0; i < outputs; i += PANEL) {
            turn(matrix, i * inputs, inputs, packed, i * inputs, PANEL, Math.min(PANEL, outputs - i), inputs);
        }
    }

    @Override
    public void packTransposed(float[] matrix, int outputs, int inputs, float[] packed) {
        for (int i = 0; i < outputs; i += PANEL) {
            for (int j = 0; j < inputs; j++) {
                copy(matrix, j * outputs + i, packed, i * inputs + j * PANEL, Math.min(PANEL, outputs - i));
            }
        }
    }

    @Override
    public void apply(float[] packed, int inputs, float[] x, int at, int[] list, int count, float[] y) {
        try {
            applyPanels.invokeExact(packed, inputs, x, at, list, count, y);
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    @Override
    public void outer(
            float[] d, int dStride, int[] list, int listed, float[] x, int xStride, int n, int count, float[] sum) {
        float[] four = new float[4 * count];
        try {
            for (int r = 0; r < listed; r += 4) {
                for (int k = 0; k < count; k++) {
                    int row = LEAD + k * dStride;
                    four[4 * k] = d[row + list[r]];
                    four[4 * k + 1] = d[row + list[r + 1]];
                    four[4 * k + 2] = d[row + list[r + 2]];
                    four[4 * k + 3] = d[row + list[r + 3]];
                }
                outerRows.invokeExact(four, list, r, x, xStride, n, count, sum);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    @Override
    public void rectify(float[] from, float[] to, int at, int count, Positives<float[]> positives) {
        try {
            boolean changed = (boolean) rectifyLoop.invokeExact(from, to, at, count, positives.signs);
            if (changed) {
                listPositive(to, at, count, positives);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
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
        try {
            boolean changed =
                    (boolean) maskLoop.invokeExact(output, outputAt, cotangent, at, to, toAt, count, positives.signs);
            if (changed) {
                listPositive(output, outputAt, count, positives);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    @Override
    public void softplus(float[] x, int count, float[] value, float[] slope, int slopeAt) {
        try {
            softplusLoop.invokeExact(x, count, value, slope, slopeAt);
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }
}
