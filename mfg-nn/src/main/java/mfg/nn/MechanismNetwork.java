package mfg.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * The network of the neural mechanism (AMID App. F): {@code x1 = relu(W1 x + b1)}, {@code x2 = relu(W2 x1 + b2) + V2 x +
 * c2}, {@code x3 = relu(W3 x2 + b3)}, then two linear heads.
 *
 * <p>Input: (batch, n). Output: the logit of the share of goods, (batch, 1), and of the payments' increments, (batch,
 * bids - 1). Its parameters in order: W1, b1, W2, b2, V2, c2, W3, b3, wg, bg, W4, b4; weights are (outputs, inputs).
 */
public final class MechanismNetwork extends AbstractBlock {

    private final Block first;
    private final Block second;
    private final Block skip;
    private final Block third;
    private final Block goods;
    private final Block payments;
    private final int hidden;
    private final int bids;

    /**
     * Creates the network, without parameters.
     *
     * @param hidden the width of the hidden layers
     * @param bids the number of bids A
     */
    public MechanismNetwork(int hidden, int bids) {
        this.hidden = hidden;
        this.bids = bids;
        first = addChildBlock("first", linear(hidden));
        second = addChildBlock("second", linear(hidden));
        skip = addChildBlock("skip", linear(hidden));
        third = addChildBlock("third", linear(hidden));
        goods = addChildBlock("goods", linear(1));
        payments = addChildBlock("payments", linear(bids - 1));
    }

    private static Block linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> params) {
        NDList x = inputs;
        NDList x1 = relu(first.forward(parameters, x, training));
        NDArray through = relu(second.forward(parameters, x1, training)).singletonOrThrow();
        NDArray around = skip.forward(parameters, x, training).singletonOrThrow();
        NDList x3 = relu(third.forward(parameters, new NDList(through.add(around)), training));
        return new NDList(
                goods.forward(parameters, x3, training).singletonOrThrow(),
                payments.forward(parameters, x3, training).singletonOrThrow());
    }

    private static NDList relu(NDList x) {
        return new NDList(Activation.relu(x.singletonOrThrow()));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        long batch = inputShapes[0].get(0);
        return new Shape[] {new Shape(batch, 1), new Shape(batch, bids - 1)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape inner = new Shape(inputShapes[0].get(0), hidden);
        first.initialize(manager, dataType, inputShapes);
        skip.initialize(manager, dataType, inputShapes);
        second.initialize(manager, dataType, inner);
        third.initialize(manager, dataType, inner);
        goods.initialize(manager, dataType, inner);
        payments.initialize(manager, dataType, inner);
    }
}
