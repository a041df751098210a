package mfg.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import mfg.core.Sizes;
import mfg.core.kernel.Products;

/**
 * One of {@link Perceptrons}, by loops of our own on a CPU: forward and back for a block of samples at a time, small enough for a
 * processor's cache. The first layer adds up the weights of what is not zero.
 *
 * <p>Parameters lie in one array: the bias of each layer, then its weights, input by input; the weights of identities follow those of
 * features. So do gradients, and what an optimizer remembers.
 */
final class PerceptronLoops {

    /** Samples of a block. */
    static final int BLOCK = 128;

    private final Products products = Products.fastest();
    private final Layer first;
    private final Layer second;
    private final Layer third;
    private final int end;

    /** Where a layer's parameters are: the bias at {@code at}, the weights of input i at {@code at + (1 + i) stride}. */
    private record Layer(int at, int inputs, int outputs, int stride) {

        int weights() {
            return at + stride;
        }

        int end() {
            return at + Sizes.product("inputs x outputs", 1L + inputs, stride);
        }
    }

    /**
     * Lays out the parameters.
     *
     * @param at where they begin
     * @param inputs features and identities
     * @param hidden the width of the hidden layers
     * @param outputs the width of the output
     */
    PerceptronLoops(int at, int inputs, int hidden, int outputs) {
        first = new Layer(at, inputs, hidden, products.stride(hidden));
        second = new Layer(first.end(), hidden, hidden, products.stride(hidden));
        third = new Layer(second.end(), hidden, outputs, products.stride(outputs));
        end = third.end() + (products.rows(hidden) - hidden) * third.stride();
    }

    /** Behind the last parameter, padding included. */
    int end() {
        return end;
    }

    // ---- to and from the engine's arrays ----

    /** Reads one network's parameters, those of {@link Perceptrons#parameters}. */
    void read(NDList theta, int network, float[] to) {
        copy(theta, network, to, true);
    }

    /** Writes them. */
    void write(float[] from, NDList theta, int network) {
        copy(theta, network, from, false);
    }

    private void copy(NDList theta, int network, float[] own, boolean reads) {
        int features = (int) theta.get(0).getShape().get(2);
        transpose(theta.get(0), network, first, features, own, reads);
        bias(theta.get(1), network, first, own, reads);
        transpose(theta.get(2), network, second, second.inputs(), own, reads);
        bias(theta.get(3), network, second, own, reads);
        transpose(theta.get(4), network, third, third.inputs(), own, reads);
        bias(theta.get(5), network, third, own, reads);
        if (theta.size() > 6) {
            FloatBuffer identities = numbers(theta.get(6));
            for (int i = features; i < first.inputs(); i++) {
                int at = first.weights() + i * first.stride();
                row(identities, (i - features) * first.outputs(), own, at, first.outputs(), reads);
            }
        }
    }

    /** The engine has weights output by output. */
    private static void transpose(NDArray weights, int network, Layer layer, int inputs, float[] own, boolean reads) {
        FloatBuffer theirs = numbers(weights);
        float[] row = new float[inputs];
        for (int o = 0; o < layer.outputs(); o++) {
            int at = (network * layer.outputs() + o) * inputs;
            if (reads) {
                theirs.get(at, row);
            }
            for (int i = 0; i < inputs; i++) {
                int mine = layer.weights() + i * layer.stride() + o;
                if (reads) {
                    own[mine] = row[i];
                } else {
                    row[i] = own[mine];
                }
            }
            if (!reads) {
                theirs.put(at, row);
            }
        }
    }

    private static void bias(NDArray bias, int network, Layer layer, float[] own, boolean reads) {
        row(numbers(bias), network * layer.outputs(), own, layer.at(), layer.outputs(), reads);
    }

    private static void row(FloatBuffer theirs, int at, float[] own, int ownAt, int n, boolean reads) {
        if (reads) {
            theirs.get(at, own, ownAt, n);
        } else {
            theirs.put(at, own, ownAt, n);
        }
    }

    /** The array's own memory. */
    private static FloatBuffer numbers(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    // ---- forward and back ----

    /** What a thread computes with: one block at a time. */
    final class Pass {

        private final float[] x1 = rows(first);
        private final float[] x2 = rows(second);
        private final float[] y = rows(third);
        private final float[] bar1 = rows(first);
        private final float[] bar2 = rows(second);
        private final float[] yBar = rows(third);

        /** What the usual row adds to the first layer, and the sum of its cotangents. */
        private final float[] base = new float[first.stride()];

        private final float[] baseBar = new float[first.stride()];

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
                int[] rows,
                float[] factors,
                int from,
                int to,
                float[] bias,
                int biasAt,
                float[] theta,
                float[] x,
                int at) {
            products.gather(
                    rows,
                    factors,
                    from,
                    to,
                    first.outputs(),
                    bias,
                    biasAt,
                    theta,
                    first.weights(),
                    first.stride(),
                    x,
                    at);
        }

        private void scatter(int[] rows, float[] factors, int from, int to, float[] bar, int at, float[] gradient) {
            products.scatter(
                    rows, factors, from, to, first.outputs(), bar, at, gradient, first.weights(), first.stride());
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
         * @param turned the weights of the second and third layer, as {@link #turn} left them
         * @param gradient added to
         */
        void back(Transposed turned, SparseRows seen, int[] which, int from, int count, float[] gradient) {
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
        private void through(
                Layer layer, float[] turned, float[] bar, float[] x, float[] xBar, Layer below, int count) {
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

    /**
     * Weights output by output, for the way back.
     *
     * @param second (hidden, hidden)
     * @param third (outputs, hidden)
     */
    record Transposed(float[] second, float[] third) {}

    /** Room for turned weights. */
    Transposed turned() {
        int row = products.stride(second.inputs());
        return new Transposed(new float[second.outputs() * row], new float[third.outputs() * row]);
    }

    /** Turns weights. */
    void turn(float[] theta, Transposed turned) {
        turn(theta, second, turned.second());
        turn(theta, third, turned.third());
    }

    private void turn(float[] theta, Layer layer, float[] to) {
        int row = products.stride(layer.inputs());
        for (int i = 0; i < layer.inputs(); i++) {
            for (int o = 0; o < layer.outputs(); o++) {
                to[o * row + i] = theta[layer.weights() + i * layer.stride() + o];
            }
        }
    }
}
