package mfg.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.GameShape;
import mfg.core.ParameterSpec;
import mfg.core.Scope;
import mfg.core.Sizes;
import mfg.core.Tensors;

/**
 * A network that says a number for each action, a logit or a value, in a round and a state: {@link Perceptrons} of a one-hot round
 * beside a one-hot state, scaled to a mean square of 1 an input. A place is such a pair, {@code h * S + s}; a batch is of places.
 */
public final class ActionNetwork {

    /** How large the first outputs are: all actions start about alike. */
    private static final double GAIN = 0.01;

    /** Places that are looked at together where nothing is learned. */
    private static final int CHUNK = 4096;

    private final GameShape shape;
    private final int inputs;
    private final Perceptrons perceptrons;

    /**
     * Creates the network, without parameters.
     *
     * @param shape rounds H, states S and actions A
     * @param hidden the width of the two hidden layers
     * @throws mfg.core.InvalidInputException if a layer has more weights than an array holds
     */
    public ActionNetwork(GameShape shape, int hidden) {
        this.shape = shape;
        this.inputs = shape.rounds() + shape.states();
        Sizes.product(
                "inputs, outputs or units x hidden width", Math.max(inputs, Math.max(shape.actions(), hidden)), hidden);
        this.perceptrons = new Perceptrons("network", 1, inputs, hidden, shape.actions(), Identity.NONE);
    }

    /**
     * Returns what theta consists of.
     *
     * @return as {@link Perceptrons#parameters}
     */
    public List<ParameterSpec> parameters() {
        return perceptrons.parameters();
    }

    /**
     * Draws a start.
     *
     * @param random the source
     * @param manager the owner
     * @return the parameters, float32, named
     */
    public NDList start(SplittableRandom random, NDManager manager) {
        return perceptrons.start(random, GAIN, manager, DataType.FLOAT32);
    }

    /**
     * Goes forward.
     *
     * @param theta the parameters, whose manager owns all that is computed; not modified
     * @param places of the batch
     * @return the pass, whose output is (1, batch, A)
     */
    public Perceptrons.Pass pass(NDList theta, int[] places) {
        NDManager manager = theta.head().getManager();
        NDArray rounds = oneHot(manager, IntStream.of(places).map(place -> place / shape.states()), shape.rounds());
        NDArray states = oneHot(manager, IntStream.of(places).map(place -> place % shape.states()), shape.states());
        NDArray input = Tensors.times(rounds.concat(states, 1), Math.sqrt(inputs / 2.0));
        return perceptrons.pass(theta, input.expandDims(0), rounds);
    }

    private static NDArray oneHot(NDManager manager, IntStream indices, int depth) {
        return manager.create(indices.asLongStream().toArray()).oneHot(depth, DataType.FLOAT32);
    }

    /**
     * Goes back.
     *
     * @param theta the parameters; not modified
     * @param pass from the way forward; not modified
     * @param outputBar the cotangent of the output, (1, batch, A); not modified
     * @return one array a parameter
     */
    public NDList pullback(NDList theta, Perceptrons.Pass pass, NDArray outputBar) {
        return perceptrons.pullback(theta, pass, pass.x(), outputBar);
    }

    /**
     * Asks for all places.
     *
     * @param theta the parameters; not modified
     * @return (H, S, A), last axis fastest
     */
    public double[] everywhere(NDList theta) {
        int places = shape.rounds() * shape.states();
        double[] all = new double[places * shape.actions()];
        for (int from = 0; from < places; from += CHUNK) {
            int[] some = IntStream.range(from, Math.min(places, from + CHUNK)).toArray();
            try (Scope scope = new Scope(theta.head().getManager())) {
                double[] outputs = Tensors.toDoubles(pass(scope.in(theta), some).output());
                System.arraycopy(outputs, 0, all, from * shape.actions(), outputs.length);
            }
        }
        return all;
    }
}
