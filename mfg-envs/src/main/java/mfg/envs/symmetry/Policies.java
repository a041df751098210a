package mfg.envs.symmetry;

import java.util.Arrays;
import mfg.core.GameShape;
import mfg.core.Sizes;

/**
 * What all players play: one table for all, or one for each.
 *
 * @param shape the size of the game
 * @param tables 1, or N
 * @param probabilities {@code pi_i[h](a | s)}, (tables, H, S, A), last axis fastest; not copied
 */
public record Policies(GameShape shape, int tables, double[] probabilities) {

    /**
     * Makes uniform policies.
     *
     * @param shape the size of the game
     * @param tables 1, or N
     * @return the policies
     */
    public static Policies uniform(GameShape shape, int tables) {
        double[] probabilities = new double
                [Sizes.product(
                        "tables x rounds x states x actions",
                        tables,
                        shape.policy().size())];
        Arrays.fill(probabilities, 1.0 / shape.actions());
        return new Policies(shape, tables, probabilities);
    }

    /**
     * Returns the size of one table.
     *
     * @return {@code H S A}
     */
    public int size() {
        return probabilities.length / tables;
    }

    /**
     * Returns where a player's table begins.
     *
     * @param i the player
     * @return an index of {@link #probabilities}
     */
    public int at(int i) {
        return tables == 1 ? 0 : i * size();
    }

    /**
     * Returns a player's table.
     *
     * @param i the player
     * @return a copy, (H, S, A)
     */
    public double[] of(int i) {
        return Arrays.copyOfRange(probabilities, at(i), at(i) + size());
    }

    /**
     * Returns what a player does who is taken at random.
     *
     * @return the mean over tables, (H, S, A)
     */
    public double[] mean() {
        double[] mean = new double[size()];
        for (int k = 0; k < probabilities.length; k++) {
            mean[k % mean.length] += probabilities[k] / tables;
        }
        return mean;
    }

    /**
     * Draws what a player does.
     *
     * @param i the player
     * @param h the round
     * @param state where it is
     * @param unit uniform in [0, 1)
     * @return the action
     */
    public int draw(int i, int h, int state, double unit) {
        int row = at(i) + (h * shape.states() + state) * shape.actions();
        return draw(probabilities, row, shape.actions(), unit);
    }

    /** The outcome in which the cumulated distribution exceeds a number in [0, 1), counted: no processor could foresee a branch. */
    static int draw(double[] distribution, int from, int length, double unit) {
        int outcome = 0;
        double total = 0;
        for (int k = from; k < from + length - 1; k++) { // the sum is 1 but for rounding
            total += distribution[k];
            outcome += unit >= total ? 1 : 0;
        }
        return outcome;
    }
}
