package mfg.core;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Random inputs, and the way between engine arrays and {@code double[h][s][a]}. */
final class Samples {

    private Samples() {}

    /** A distribution, about every fifth entry exactly 0. */
    static double[] distribution(int n, SplittableRandom random) {
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            weights[i] = random.nextInt(5) == 0 ? 0 : -Math.log(1 - random.nextDouble());
        }
        weights[random.nextInt(n)] += 0.1;
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / total).toArray();
    }

    static double[][][] policy(GameShape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][][] policy = new double[shape.rounds()][shape.states()][];
        for (double[][] round : policy) {
            for (int s = 0; s < round.length; s++) {
                round[s] = distribution(shape.actions(), random);
            }
        }
        return policy;
    }

    static double[][][] logits(GameShape shape, double scale, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][][] logits = new double[shape.rounds()][shape.states()][shape.actions()];
        for (double[][] round : logits) {
            for (double[] row : round) {
                Arrays.setAll(row, a -> random.nextDouble(-scale, scale));
            }
        }
        return logits;
    }

    static double[] flat(double[][][] cube) {
        return Arrays.stream(cube)
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    static double[][][] cube(NDArray array) {
        double[] flat = Tensors.toDoubles(array);
        int rounds = (int) array.getShape().get(0);
        int states = (int) array.getShape().get(1);
        int actions = (int) array.getShape().get(2);
        double[][][] cube = new double[rounds][states][];
        for (int h = 0; h < rounds; h++) {
            for (int s = 0; s < states; s++) {
                int from = (h * states + s) * actions;
                cube[h][s] = Arrays.copyOfRange(flat, from, from + actions);
            }
        }
        return cube;
    }
}
