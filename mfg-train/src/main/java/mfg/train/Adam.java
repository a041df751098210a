package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import mfg.core.InvalidInputException;
import mfg.core.Scope;
import mfg.core.Tensors;

/**
 * Adam (Kingma and Ba 2015) for ascent, with its moments in reach: a run that is resumed must continue to the same numbers,
 * and the engine's own Adam keeps its moments to itself.
 */
public final class Adam implements Optimizer, AutoCloseable {

    private final NDList means;
    private final NDList squares;
    private int steps;

    /**
     * Its constants.
     *
     * @param beta1 how much of a gradient's running mean a step keeps, in [0, 1)
     * @param beta2 how much of its square's, in [0, 1)
     * @param epsilon what is added to the root of the latter, above 0
     */
    public record Constants(double beta1, double beta2, double epsilon) {

        /** Those of Kingma and Ba. */
        public static final Constants USUAL = new Constants(0.9, 0.999, 1e-8);

        /**
         * Checks the numbers.
         *
         * @throws InvalidInputException if one is out of range
         */
        public Constants {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && epsilon < 1)) {
                throw new InvalidInputException(
                        "Adam needs betas in [0, 1) and an epsilon between 0 and 1, not %s, %s and %s"
                                .formatted(beta1, beta2, epsilon));
            }
        }

        /**
         * Returns what makes a running mean unbiased.
         *
         * @param steps that made it, at least 1
         * @return a factor
         */
        public double meanFactor(int steps) {
            return 1 / (1 - Math.pow(beta1, steps));
        }

        /**
         * Returns what makes a running square unbiased.
         *
         * @param steps that made it, at least 1
         * @return a factor
         */
        public double squareFactor(int steps) {
            return 1 / (1 - Math.pow(beta2, steps));
        }
    }

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
        ascend(theta, gradient, learningRate, Constants.USUAL);
    }

    /**
     * Takes a step with constants of one's own.
     *
     * @param theta the parameters; modified
     * @param gradient one array a parameter; not modified
     * @param learningRate the step size
     * @param constants of all steps
     */
    public void ascend(NDList theta, NDList gradient, double learningRate, Constants constants) {
        steps++;
        NDManager owner = theta.head().getManager();
        for (int i = 0; i < theta.size(); i++) {
            try (Scope scope = new Scope(owner)) {
                NDArray slope = scope.in(gradient.get(i));
                NDArray mean = means.get(i);
                NDArray square = squares.get(i);
                mean.muli(constants.beta1()).addi(Tensors.times(slope, 1 - constants.beta1()));
                square.muli(constants.beta2()).addi(Tensors.times(slope.square(), 1 - constants.beta2()));
                NDArray unbiasedMean = Tensors.times(scope.in(mean), constants.meanFactor(steps));
                NDArray unbiasedSquare = Tensors.times(scope.in(square), constants.squareFactor(steps));
                NDArray direction = unbiasedMean.div(unbiasedSquare.sqrt().add(constants.epsilon()));
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
     * Counts steps that were taken elsewhere, with the moments of this.
     *
     * @param count how many
     */
    public void took(int count) {
        steps += count;
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
