package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.stream.IntStream;
import mfg.core.Constants;
import mfg.core.Sizes;

/** What games of players who move about have in common: kernels that never change, and starts. */
final class Moves {

    private Moves() {}

    /** Where a move leads. */
    interface Move {
        /** Returns the next state, of which noise is one cause. */
        int next(int state, int action, int noise);
    }

    /**
     * Makes a kernel.
     *
     * @param constants makes and owns it
     * @param states the number of states S
     * @param actions the number of actions A
     * @param noise the probability of each value of the noise, the first of which is number 0
     * @param move where they lead; what leads to one state adds up
     * @return (S * A, S), as a {@link mfg.core.KernelRound} has it
     * @throws mfg.core.InvalidInputException if no array is that large
     */
    static NDArray kernel(Constants constants, int states, int actions, double[] noise, Move move) {
        Sizes.product("states x actions x states", states, actions, states);
        double[][] kernel = new double[states * actions][states];
        for (int s = 0; s < states; s++) {
            for (int a = 0; a < actions; a++) {
                for (int n = 0; n < noise.length; n++) {
                    kernel[s * actions + a][move.next(s, a, n)] += noise[n];
                }
            }
        }
        return constants.matrix(kernel);
    }

    /** Makes the kernel of moves without noise. */
    static NDArray kernel(Constants constants, int states, int actions, Move move) {
        return kernel(constants, states, actions, new double[] {1}, move);
    }

    /** Keeps a coordinate within 0 to {@code size - 1}. */
    static int clamped(int at, int size) {
        return Math.max(0, Math.min(size - 1, at));
    }

    /** Makes probabilities of weights. */
    static double[] normalized(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** Starts in states with probabilities proportional to 1, 2, ..., S. */
    static double[] rising(int states) {
        return normalized(IntStream.rangeClosed(1, states).asDoubleStream().toArray());
    }

    /** Starts in each state with the same probability. */
    static double[] even(int states) {
        return IntStream.range(0, states).mapToDouble(s -> 1.0 / states).toArray();
    }

    /** Column and row of each state of a building, {@code (height f + i) width + j}: row i, and the floors f side by side. */
    static int[][] map(int floors, int height, int width) {
        return IntStream.range(0, floors * height * width)
                .mapToObj(s -> new int[] {s % width + s / (height * width) * (width + 1), s / width % height})
                .toArray(int[][]::new);
    }
}
