package mfg.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import mfg.core.Sizes;
import mfg.core.kernel.Products;

/**
 * Where the parameters of one of {@link Perceptrons} lie for {@link PerceptronLoops}: in one array the bias of each layer, then its
 * weights, input by input; the weights of identities follow those of features. So do gradients, and what an optimizer remembers.
 */
final class PerceptronLayout {

    private final Products products = Products.fastest();
    private final Layer first;
    private final Layer second;
    private final Layer third;
    private final int end;

    /** Where a layer's parameters are: the bias at {@code at}, the weights of input i at {@code at + (1 + i) stride}. */
    record Layer(int at, int inputs, int outputs, int stride) {

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
    PerceptronLayout(int at, int inputs, int hidden, int outputs) {
        first = new Layer(at, inputs, hidden, products.stride(hidden));
        second = new Layer(first.end(), hidden, hidden, products.stride(hidden));
        third = new Layer(second.end(), hidden, outputs, products.stride(outputs));
        end = third.end() + (products.rows(hidden) - hidden) * third.stride();
    }

    Layer first() {
        return first;
    }

    Layer second() {
        return second;
    }

    Layer third() {
        return third;
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
