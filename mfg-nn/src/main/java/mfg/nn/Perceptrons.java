package mfg.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.ParameterSpec;
import mfg.core.Sizes;
import mfg.core.Tensors;

/**
 * K perceptrons side by side, each with two hidden layers (SYMM Table 2): {@code x1 = leaky(W1 x + b1)}, {@code x2 =
 * leaky(W2 x1 + b2)}, {@code y = W3 x2 + b3}, where leaky has slope 0.01 below zero. One is for all agents, or there is one for each.
 *
 * <p>Input: what agents see, (K, batch, F), and which players they are, (batch), whole numbers from 0, where {@link Identity} says
 * that it is told. Output: (K, batch, outputs). A one-hot identity never becomes a matrix: its weights W0, (N, hidden), are
 * rows to pick and add.
 */
public final class Perceptrons extends AbstractBlock {

    static final float SLOPE = 0.01f;
    private static final double HIDDEN_GAIN = Math.sqrt(2);

    private final List<ParameterSpec> specs;
    private final Identity identity;
    private final int players;
    private final int features;
    private final int hidden;
    private final int outputs;

    /**
     * What a pass leaves for the way back.
     *
     * @param x the input, with the number of the player where the network is told
     * @param first x1
     * @param second x2
     * @param output y
     */
    public record Pass(NDArray x, NDArray first, NDArray second, NDArray output) {}

    /**
     * Creates the networks, without parameters.
     *
     * @param prefix of the parameters' names
     * @param players N
     * @param features F
     * @param hidden the width of the hidden layers
     * @param outputs the width of the output
     * @param identity how they know who acts; K = N if independent, else K = 1
     */
    public Perceptrons(String prefix, int players, int features, int hidden, int outputs, Identity identity) {
        this.identity = identity;
        this.players = players;
        this.features = features;
        this.hidden = hidden;
        this.outputs = outputs;
        int networks = identity == Identity.INDEPENDENT ? players : 1;
        int inputs = identity == Identity.NUMBER ? features + 1 : features;
        this.specs = new ArrayList<>();
        addLayer(prefix, 1, networks, inputs, hidden);
        addLayer(prefix, 2, networks, hidden, hidden);
        addLayer(prefix, 3, networks, hidden, outputs);
        if (identity == Identity.ONE_HOT) {
            specs.add(new ParameterSpec(prefix + "W0", new Shape(players, hidden), 0));
        }
        for (ParameterSpec spec : specs) {
            addParameter(Parameter.builder()
                    .setName(spec.name())
                    .setType(Parameter.Type.WEIGHT)
                    .optShape(spec.shape())
                    .build());
        }
    }

    private void addLayer(String prefix, int layer, int networks, int from, int to) {
        specs.add(new ParameterSpec(prefix + "W" + layer, new Shape(networks, to, from), 0));
        specs.add(new ParameterSpec(prefix + "b" + layer, new Shape(networks, 1, to), 0));
    }

    /**
     * Returns what theta consists of.
     *
     * @return W1 (K, hidden, F), b1 (K, 1, hidden), W2, b2, W3, b3, and W0 (N, hidden) where identity is one-hot
     */
    public List<ParameterSpec> parameters() {
        return specs;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray x = inputs.head();
        NDList theta = new NDList(specs.size());
        for (Parameter parameter : getDirectParameters().values()) {
            theta.add(parameters.getValue(parameter, x.getDevice(), training));
        }
        return new NDList(pass(theta, x, inputs.get(1)).output());
    }

    /**
     * Goes forward.
     *
     * @param theta the parameters; not modified
     * @param seen (K, batch, F); not modified
     * @param who (batch), int64; not modified, and read only where identity is told
     * @return all that was computed
     */
    public Pass pass(NDList theta, NDArray seen, NDArray who) {
        NDArray x = identity == Identity.NUMBER ? seen.concat(number(who, seen), 2) : seen;
        NDArray sum = linear(theta, 1, x);
        if (identity == Identity.ONE_HOT) {
            NDArray rows =
                    Embedding.embedding(who, theta.get(6), SparseFormat.DENSE).singletonOrThrow();
            sum.addi(rows.expandDims(0));
        }
        NDArray first = leaky(sum);
        NDArray second = leaky(linear(theta, 2, first));
        return new Pass(x, first, second, linear(theta, 3, second));
    }

    private static NDArray linear(NDList theta, int layer, NDArray x) {
        return x.matMul(turned(theta.get(2 * layer - 2))).addi(theta.get(2 * layer - 1));
    }

    private static NDArray leaky(NDArray x) {
        return Activation.leakyRelu(x, SLOPE);
    }

    /** {@code i / N}, (1, batch, 1). */
    private NDArray number(NDArray who, NDArray like) {
        return Tensors.times(who.toType(like.getDataType(), false).reshape(1, -1, 1), 1.0 / players);
    }

    /**
     * Goes back: the vector-Jacobian product by theta, {@code d sum(outputBar * y) / d theta}, written out, for several threads at a
     * time can do so but not differentiate by the engine.
     *
     * @param theta the parameters; not modified
     * @param pass from the way forward; not modified
     * @param who as on the way forward
     * @param outputBar the cotangent of the output; not modified
     * @return one array a parameter
     */
    public NDList pullback(NDList theta, Pass pass, NDArray who, NDArray outputBar) {
        NDArray secondBar = through(pass.second(), outputBar.matMul(theta.get(4)));
        NDArray firstBar = through(pass.first(), secondBar.matMul(theta.get(2)));
        NDList bars = new NDList(specs.size());
        addLayer(bars, pass.x(), firstBar);
        addLayer(bars, pass.first(), secondBar);
        addLayer(bars, pass.second(), outputBar);
        if (identity == Identity.ONE_HOT) {
            bars.add(byPlayer(who, firstBar));
        }
        return bars;
    }

    private static NDArray turned(NDArray x) {
        return x.transpose(0, 2, 1);
    }

    /** Through leaky, whose sign is that of its argument. */
    private static NDArray through(NDArray output, NDArray bar) {
        return output.sign().clip(SLOPE, 1).muli(bar);
    }

    private static void addLayer(NDList bars, NDArray input, NDArray bar) {
        bars.add(turned(bar).matMul(input));
        bars.add(bar.sum(new int[] {1}, true));
    }

    /** Sums rows by player: the engine's interface has no such operation. */
    private NDArray byPlayer(NDArray who, NDArray bar) {
        double[] rows = Tensors.toDoubles(bar);
        long[] whose = who.toLongArray();
        double[] sums = new double[Sizes.product("players x width", players, hidden)];
        for (int k = 0; k < whose.length; k++) {
            int at = (int) whose[k] * hidden;
            for (int j = 0; j < hidden; j++) {
                sums[at + j] += rows[k * hidden + j];
            }
        }
        return Tensors.create(bar.getManager(), bar.getDataType(), sums, new Shape(players, hidden));
    }

    /** Where the parameters of one network lie for loops of our own, from a place on. */
    PerceptronLayout layout(int at) {
        int identities =
                switch (identity) {
                    case ONE_HOT -> players;
                    case NUMBER -> 1;
                    case NONE, INDEPENDENT -> 0;
                };
        return new PerceptronLayout(at, features + identities, hidden, outputs);
    }

    /** What players see, row r player {@code r % N}, as the loops read it. */
    SparseRows see(float[] seen, int at, int rows) {
        return SparseRows.of(seen, at, rows, features, identity, players);
    }

    /**
     * Draws a start: orthogonal weights (Saxe et al. 2014), those of hidden layers of length sqrt(2); biases and the weights of a
     * one-hot identity zero.
     *
     * @param random the source
     * @param outputGain the length of the last layer's weights
     * @param manager the owner
     * @param type float32 or float64
     * @return the parameters, each named as its spec
     */
    public NDList start(SplittableRandom random, double outputGain, NDManager manager, DataType type) {
        NDList theta = new NDList();
        for (int k = 0; k < specs.size(); k++) {
            boolean weights = k % 2 == 0 && k < 6;
            Shape shape = specs.get(k).shape();
            double gain = k == 4 ? outputGain : HIDDEN_GAIN;
            double[] numbers = weights ? Orthogonal.draw(shape, gain, random) : new double[(int) shape.size()];
            NDArray array = Tensors.create(manager, type, numbers, shape);
            array.setName(specs.get(k).name());
            theta.add(array);
        }
        return theta;
    }

    /**
     * Makes the network that a player has by itself, which need not be told who it is.
     *
     * @param theta the parameters; not modified
     * @param player from 0
     * @return new arrays, of one network without identity that computes the same
     */
    public NDList alone(NDList theta, int player) {
        NDList alone = new NDList();
        for (NDArray array : theta.subNDList(0, 6)) {
            NDArray one =
                    identity == Identity.INDEPENDENT ? array.get(new NDIndex("{}:{}", player, player + 1)) : array;
            alone.add(one.duplicate());
        }
        NDArray bias = alone.get(1);
        if (identity == Identity.ONE_HOT) {
            bias.addi(theta.get(6).get(player));
        } else if (identity == Identity.NUMBER) {
            long features = theta.get(0).getShape().get(2) - 1;
            bias.addi(Tensors.times(theta.get(0).get(new NDIndex(":, :, {}", features)), (double) player / players));
            alone.set(0, theta.get(0).get(new NDIndex(":, :, :{}", features)).duplicate());
        }
        return alone;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(1), outputs)};
    }
}
