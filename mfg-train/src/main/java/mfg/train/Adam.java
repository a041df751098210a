package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import mfg.core.Scope;
import mfg.core.Tensors;

/**
 * Adam (Kingma and Ba 2015) for ascent, with its moments in reach: a run that is resumed must continue to the same numbers,
 * and the engine's own Adam keeps its moments to itself.
 */
public final class Adam implements Optimizer, AutoCloseable {

    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    private final NDList means;
    private final NDList squares;
    private int steps;

    /**
     * Starts with zero moments.
     *
     * @param theta the parameters, whose manager owns the moments; not modified
     */
    public Adam(NDList theta) {
        this(zeros(theta), zeros(theta), 0);
    }

    /**
     * Continues from saved moments.
     *
     * @param means the running mean of each gradient; modified by {@link #ascend}
     * @param squares the running mean of its square; modified by {@link #ascend}
     * @param steps the number of steps that made them
     */
    public Adam(NDList means, NDList squares, int steps) {
        this.means = means;
        this.squares = squares;
        this.steps = steps;
    }

    private static NDList zeros(NDList theta) {
        NDList zeros = new NDList(theta.size());
        for (NDArray array : theta) {
            zeros.add(array.getManager().zeros(array.getShape(), array.getDataType()));
        }
        return zeros;
    }

    @Override
    public void ascend(NDList theta, NDList gradient, double learningRate) {
        steps++;
        NDManager owner = theta.head().getManager();
        for (int i = 0; i < theta.size(); i++) {
            try (Scope scope = new Scope(owner)) {
                NDArray slope = scope.in(gradient.get(i));
                NDArray mean = means.get(i);
                NDArray square = squares.get(i);
                mean.muli(FIRST_DECAY).addi(Tensors.times(slope, 1 - FIRST_DECAY));
                square.muli(SECOND_DECAY).addi(Tensors.times(slope.square(), 1 - SECOND_DECAY));
                NDArray unbiasedMean = Tensors.times(scope.in(mean), 1 / (1 - Math.pow(FIRST_DECAY, steps)));
                NDArray unbiasedSquare = Tensors.times(scope.in(square), 1 / (1 - Math.pow(SECOND_DECAY, steps)));
                NDArray direction = unbiasedMean.div(unbiasedSquare.sqrt().add(EPSILON));
                theta.get(i).addi(Tensors.times(direction, learningRate));
            }
        }
    }

    @Override
    public void forget() {
        means.forEach(array -> array.muli(0));
        squares.forEach(array -> array.muli(0));
        steps = 0;
    }

    /**
     * Returns the running means of the gradients.
     *
     * @return one array a parameter
     */
    public NDList means() {
        return means;
    }

    /**
     * Returns the running means of their squares.
     *
     * @return one array a parameter
     */
    public NDList squares() {
        return squares;
    }

    /**
     * Returns the number of steps taken.
     *
     * @return at least 0
     */
    public int steps() {
        return steps;
    }

    /** Frees the moments. */
    @Override
    public void close() {
        means.close();
        squares.close();
    }
}
