package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import mfg.core.Tensors;

/**
 * A direction in the space of theta. Drawn in Java, so that it is the same on every device and for any number of threads.
 *
 * @param numbers one for each number of theta, in order
 */
record Direction(double[] numbers) {

    /** Independent standard normal numbers, which depend on nothing but the seed and the iteration. */
    static Direction gaussian(NDList theta, long seed, int iteration) {
        // another stream than that of the games, and neighbouring seeds must not share directions
        long mixed = new SplittableRandom(seed).split().nextLong();
        RandomGenerator random = new SplittableRandom(mixed + iteration);
        long size = theta.stream().mapToLong(NDArray::size).sum();
        double[] numbers = new double[Math.toIntExact(size)];
        Arrays.setAll(numbers, i -> random.nextGaussian());
        return new Direction(numbers);
    }

    /** The same direction with length 1: a Gaussian one becomes uniform on the sphere. */
    Direction normalized() {
        double length = Math.sqrt(Arrays.stream(numbers).map(x -> x * x).sum());
        return new Direction(Arrays.stream(numbers).map(x -> x / length).toArray());
    }

    /** {@code factor * direction}, in arrays like those of theta and with their owner. */
    NDList times(double factor, NDList theta) {
        NDManager owner = theta.head().getManager();
        NDList arrays = new NDList(theta.size());
        int from = 0;
        for (NDArray array : theta) {
            int to = from + Math.toIntExact(array.size());
            double[] part =
                    Arrays.stream(numbers, from, to).map(x -> factor * x).toArray();
            arrays.add(Tensors.create(owner, array.getDataType(), part, array.getShape()));
            from = to;
        }
        return arrays;
    }

    /** {@code theta + distance * direction}, with the owner of theta, which is not modified. */
    NDList from(NDList theta, double distance) {
        NDList arrays = times(distance, theta);
        for (int i = 0; i < theta.size(); i++) {
            arrays.get(i).addi(theta.get(i));
        }
        return arrays;
    }
}
