package mfg.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;

/** Initial values of design parameters. Drawn in Java, so that they are the same on every device and in every precision. */
public final class Theta {

    private Theta() {}

    /**
     * Draws the default start: each array uniform in (centre - spread, centre + spread).
     *
     * @param specs what theta consists of
     * @param random the source
     * @param manager the owner
     * @param type float32 or float64
     * @return the parameters, each named as its spec
     */
    public static NDList uniform(List<ParameterSpec> specs, RandomGenerator random, NDManager manager, DataType type) {
        return fill(specs, manager, type, spec -> spec.centre() + spec.spread() * (2 * random.nextDouble() - 1));
    }

    /**
     * Sets the k-th of all numbers, in order, to {@code 0.05 * sin(k)}: a start that any implementation can reproduce.
     *
     * @param specs what theta consists of
     * @param manager the owner
     * @param type float32 or float64
     * @return the parameters, each named as its spec
     */
    public static NDList sine(List<ParameterSpec> specs, NDManager manager, DataType type) {
        int[] k = {0};
        return fill(specs, manager, type, spec -> 0.05 * Math.sin(k[0]++));
    }

    private static NDList fill(
            List<ParameterSpec> specs, NDManager manager, DataType type, ToDoubleFunction<ParameterSpec> number) {
        NDList theta = new NDList(specs.size());
        for (ParameterSpec spec : specs) {
            if (spec.shape().size() > Integer.MAX_VALUE) {
                throw new InvalidInputException("%s of shape %s is too large".formatted(spec.name(), spec.shape()));
            }
            double[] values = new double[(int) spec.shape().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = number.applyAsDouble(spec);
            }
            NDArray array = Tensors.create(manager, type, values, spec.shape());
            array.setName(spec.name());
            theta.add(array);
        }
        return theta;
    }
}
