package mfg.core.kernel;

import static mfg.core.kernel.FloatVectorLoops.LANES;
import static mfg.core.kernel.FloatVectorLoops.PANEL;
import static mfg.core.kernel.FloatVectorLoops.SPECIES;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import mfg.core.Sizes;

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
    private final MethodHandle exponentiate = loop("exponentiate");
    private final MethodHandle addWeighted = loop("addWeighted");
    private final MethodHandle sumActionsBlock = loop("sumActionsBlock");
    private final MethodHandle stepLoop = loop("stepLoop");
    private final MethodHandle stepBackLoop = loop("stepBackLoop");
    private final MethodHandle probabilitiesBlock = loop("probabilitiesBlock");
    private final MethodHandle pullValuesBlock = loop("pullValuesBlock");
    private final MethodHandle averageBlock = loop("averageBlock");
    private final MethodHandle pullLogitsBlock = loop("pullLogitsBlock");
    private final MethodHandle applyPanels = loop("applyPanels");
    private final MethodHandle outerTile = loop("outerTile");
    private final MethodHandle rectifyLoop = loop("rectifyLoop");
    private final MethodHandle maskLoop = loop("maskLoop");

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
            float[] nu,
            float[] scratch) {
        int length = table.blockSize();
        clear(scratch, length);
        try {
            for (int b = 0; b < table.blocks(); b++) {
                int s = b * LANES;
                int i = b * length;
                exponentiate.invokeExact(z, at + i, shift, row + s, power, i, length, total, moment, s);
                addWeighted.invokeExact(power, i, length, mu, total, s, scratch);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
        addLanes(scratch, 0, table.actions(), nu);
    }

    /** One lane after the other: the order in which the Vector API adds up lanes is open. */
    private static void addLanes(float[] sums, int first, int actions, float[] to) {
        for (int a = first; a < actions; a++) {
            int at = a * LANES;
            float sum = sums[at];
            for (int lane = 1; lane < LANES; lane++) {
                sum += sums[at + lane];
            }
            to[a] = sum;
        }
    }

    @Override
    public void normalize(Table table, float[] shift, int row, float[] total, float[] moment, float[] lse) {
        FloatVectorLoops.normalize(table.rows(), shift, row, total, moment, lse);
    }

    @Override
    public void sumActions(
            Table table, float[] numbers, float[] scale, int first, float[] x, float[] y, float[] xSum, float[] ySum) {
        try {
            for (int b = 0; b < table.blocks(); b++) {
                sumActionsBlock.invokeExact(numbers, table.block(b), scale, b * LANES, first, x, y, xSum, ySum);
            }
        } catch (Throwable failure) {
            throw failed(failure);
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
        try {
            stepLoop.invokeExact(table, z, at, lse, row, decay, x, y, c, b, next, peak);
        } catch (Throwable failure) {
            throw failed(failure);
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
        try {
            stepBackLoop.invokeExact(table, next, at, lse, row, decay, x, y, c, b, z);
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
                pullValuesBlock.invokeExact(pi, cotangent, i, (float) eta, v, b, block * LANES, first, x, scratch, sum);
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
        float keep = (float) decay;
        try {
            for (int block = 0; block < table.blocks(); block++) {
                int s = block * LANES;
                int i = at + table.block(block);
                averageBlock.invokeExact(pi, i, nuBar, n, s);
                pullLogitsBlock.invokeExact(z, pi, cotangent, i, lse, row + s, keep, x, y, nuBar, mu, c, b, k, e, n, s);
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    // ---- networks ----

    /** Panels of {@link FloatVectorLoops#PANEL} outputs, within each input by input. */
    @Override
    public float[] pack(float[] matrix, int outputs, int inputs) {
        float[] packed = new float[Sizes.product("padded outputs x inputs", padded(outputs), inputs)];
        for (int i = 0; i < outputs; i++) {
            int at = i / PANEL * PANEL * inputs + i % PANEL;
            for (int j = 0; j < inputs; j++) {
                packed[at + j * PANEL] = matrix[i * inputs + j];
            }
        }
        return packed;
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
        try {
            for (int r = 0; r < listed; r += 4) {
                for (int j = 0; j < n; j += 2 * LANES) {
                    outerTile.invokeExact(d, dStride, list, r, x, xStride, n, j, count, sum);
                }
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
        for (int i = 0; i < count; i += LANES) {
            FloatVectorLoops.softplusAt(x, i, value, slope, slopeAt + i);
        }
    }
}
