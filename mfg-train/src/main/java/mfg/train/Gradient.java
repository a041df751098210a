package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import mfg.core.Tensors;

/**
 * An objective and its gradient.
 *
 * @param objective {@code G_T(theta)}
 * @param theta {@code dG_T/dtheta}, one array a parameter; modified by {@link #scale}, {@link #add} and {@link #divide}
 * @param stateBytes what dual variables and cotangents, and what they kept for the way back, took at most at once; 0 where
 *     that is not known
 * @param rest how the population came to rest, where it was to
 */
public record Gradient(double objective, NDList theta, long stateBytes, Rest rest) implements AutoCloseable {

    /**
     * A gradient that asks for no rest.
     *
     * @param objective as above
     * @param theta as above
     * @param stateBytes as above
     */
    public Gradient(double objective, NDList theta, long stateBytes) {
        this(objective, theta, stateBytes, Rest.NONE);
    }

    /** The same, of a population that was brought to rest. */
    Gradient at(Rest place) {
        return new Gradient(objective, theta, stateBytes, place);
    }

    /**
     * Returns the Euclidean norm over all parameters.
     *
     * @return the norm, summed in double precision array by array
     */
    public double norm() {
        double squares = 0;
        for (NDArray array : theta) {
            try (NDArray square = array.square();
                    NDArray sum = square.sum()) {
                squares += Tensors.toDouble(sum);
            }
        }
        return Math.sqrt(squares);
    }

    /**
     * Multiplies the gradient in place.
     *
     * @param factor by what
     */
    public void scale(double factor) {
        theta.forEach(array -> array.muli(factor));
    }

    /**
     * Adds another gradient and its objective in place.
     *
     * @param other what to add; not modified
     * @return the sum, in the arrays of this gradient
     */
    public Gradient add(Gradient other) {
        for (int i = 0; i < theta.size(); i++) {
            theta.get(i).addi(other.theta.get(i));
        }
        return new Gradient(
                objective + other.objective, theta, Math.max(stateBytes, other.stateBytes), rest.plus(other.rest));
    }

    /**
     * Divides gradient and objective in place.
     *
     * @param count by what
     * @return the mean, in the arrays of this gradient
     */
    public Gradient divide(int count) {
        scale(1.0 / count);
        return new Gradient(objective / count, theta, stateBytes, rest.over(count));
    }

    /**
     * Averages.
     *
     * @param gradients at least one; used up
     * @return their mean
     */
    static Gradient mean(List<Gradient> gradients) {
        Gradient sum = gradients.get(0);
        for (Gradient gradient : gradients.subList(1, gradients.size())) {
            sum = sum.add(gradient);
            gradient.close();
        }
        return sum.divide(gradients.size());
    }

    /** Frees the arrays. */
    @Override
    public void close() {
        theta.close();
    }
}
