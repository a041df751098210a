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
}
