package mfg.nn;

import java.util.Arrays;
import mfg.core.Sizes;
import mfg.core.kernel.Products;
import mfg.nn.PerceptronLayout.Layer;

/**
 * One of {@link Perceptrons}, by loops of our own on a CPU: forward and back for a block of samples at a time, small enough for a
 * processor's cache. The first layer adds up the weights of what is not zero. For one thread.
 */
final class PerceptronLoops {

    /** Samples of a block. */
    static final int BLOCK = 128;

    private final Products products = Products.fastest();
    private final Layer first;
    private final Layer second;
    private final Layer third;
    private final float[] x1;
    private final float[] x2;
    private final float[] y;
    private final float[] bar1;
    private final float[] bar2;
    private final float[] yBar;

    /** What the usual row adds to the first layer, and the sum of its cotangents. */
    private final float[] base;

    private final float[] baseBar;

    PerceptronLoops(PerceptronLayout layout) {
        first = layout.first();
        second = layout.second();
        third = layout.third();
        x1 = rows(first);
        x2 = rows(second);
        y = rows(third);
        bar1 = rows(first);
        bar2 = rows(second);
        yBar = rows(third);
        base = new float[first.stride()];
        baseBar = new float[first.stride()];
    }

    private float[] rows(Layer layer) {
        return new float[Sizes.product("block x outputs", products.rows(BLOCK), layer.stride())];
    }

    /**
     * Goes forward.
     *
     * @param theta the parameters; not modified
     * @param seen what samples saw
     * @param which samples are those of this block, from {@code from} on
     * @param from the first of them
     * @param count how many, at most {@link #BLOCK}
     */
    void forward(float[] theta, SparseRows seen, int[] which, int from, int count) {
        float[] ones = ones(seen.usual().length);
        gather(seen.usual(), ones, 0, ones.length, theta, first.at(), theta, base, 0);
        for (int i = 0; i < count; i++) {
            int row = which[from + i];
            int begin = seen.starts()[row];
            int end = seen.starts()[row + 1];
            gather(seen.columns(), seen.values(), begin, end, base, 0, theta, x1, i * first.stride());
        }
        products.rectify(x1, count * first.stride(), Perceptrons.SLOPE);
        linear(theta, second, x1, first.stride(), x2, count);
        products.rectify(x2, count * second.stride(), Perceptrons.SLOPE);
        linear(theta, third, x2, second.stride(), y, count);
    }

    private static float[] ones(int n) {
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private void gather(
            int[] rows, float[] factors, int from, int to, float[] bias, int biasAt, float[] theta, float[] x, int at) {
        products.gather(
                rows, factors, from, to, first.outputs(), bias, biasAt, theta, first.weights(), first.stride(), x, at);
    }

    private void scatter(int[] rows, float[] factors, int from, int to, float[] bar, int at, float[] gradient) {
        products.scatter(rows, factors, from, to, first.outputs(), bar, at, gradient, first.weights(), first.stride());
    }

    private void linear(float[] theta, Layer layer, float[] x, int xRow, float[] to, int count) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(theta, layer.at(), to, i * layer.stride(), layer.stride());
        }
        products.multiply(
                count,
                layer.inputs(),
                layer.outputs(),
                x,
                0,
                xRow,
                1,
                theta,
                layer.weights(),
                layer.stride(),
                to,
                0,
                layer.stride());
    }

    /** Reads an output of a sample of the block. */
    float output(int sample, int output) {
        return y[sample * third.stride() + output];
    }

    /** Sets the cotangent of an output. */
    void setCotangent(int sample, int output, float bar) {
        yBar[sample * third.stride() + output] = bar;
    }

    /**
     * Goes back from the cotangents, over the block that went forward last.
     *
     * @param turned the weights of the second and third layer, as {@link PerceptronLayout#turn} left them
     * @param gradient added to
     */
    void back(PerceptronLayout.Transposed turned, SparseRows seen, int[] which, int from, int count, float[] gradient) {
        outer(third, x2, second.stride(), yBar, count, gradient);
        through(third, turned.third(), yBar, x2, bar2, second, count);
        outer(second, x1, first.stride(), bar2, count, gradient);
        through(second, turned.second(), bar2, x1, bar1, first, count);
        Arrays.fill(baseBar, 0);
        products.addRows(count, first.outputs(), bar1, first.stride(), baseBar, 0);
        products.addRows(1, first.outputs(), baseBar, first.stride(), gradient, first.at());
        float[] ones = ones(seen.usual().length);
        scatter(seen.usual(), ones, 0, ones.length, baseBar, 0, gradient);
        for (int i = 0; i < count; i++) {
            int row = which[from + i];
            int begin = seen.starts()[row];
            int end = seen.starts()[row + 1];
            scatter(seen.columns(), seen.values(), begin, end, bar1, i * first.stride(), gradient);
        }
    }

    /** The gradient of a layer with inputs x. */
    private void outer(Layer layer, float[] x, int xRow, float[] bar, int count, float[] gradient) {
        products.addRows(count, layer.outputs(), bar, layer.stride(), gradient, layer.at());
        products.multiply(
                layer.inputs(),
                count,
                layer.outputs(),
                x,
                0,
                1,
                xRow,
                bar,
                0,
                layer.stride(),
                gradient,
                layer.weights(),
                layer.stride());
    }

    /** The cotangent of a layer's inputs, which are outputs x of the layer below. */
    private void through(Layer layer, float[] turned, float[] bar, float[] x, float[] xBar, Layer below, int count) {
        Arrays.fill(xBar, 0, count * below.stride(), 0);
        products.multiply(
                count,
                layer.outputs(),
                layer.inputs(),
                bar,
                0,
                layer.stride(),
                1,
                turned,
                0,
                below.stride(),
                xBar,
                0,
                below.stride());
        products.unrectify(x, xBar, count * below.stride(), Perceptrons.SLOPE);
    }
}
