package mfg.core.kernel;

import mfg.core.InvalidInputException;
import mfg.core.Sizes;

/**
 * How a table over states and actions lies in memory: blocks of {@code lanes} states, and within a block action by action,
 * so that {@code (s, a)} is at {@code ((s / lanes) * actions + a) * lanes + s % lanes}. Sums over actions are then sums of
 * whole vectors. Numbers by state lie in order, padded to a whole number of blocks; whatever is in the padding of a table,
 * those that weigh it are 0 there.
 *
 * @param states the number of states
 * @param actions the number of actions
 * @param lanes the number of states in a block
 */
public record Table(int states, int actions, int lanes) {

    /**
     * Checks the sizes.
     *
     * @throws InvalidInputException if no array holds the table
     */
    public Table {
        Sizes.product("padded states x actions", (states + lanes - 1L) / lanes * lanes, actions);
    }

    /**
     * Returns how many blocks there are.
     *
     * @return the number of states over that of lanes, rounded up
     */
    public int blocks() {
        return (states + lanes - 1) / lanes;
    }

    /**
     * Returns the length of an array of numbers by state.
     *
     * @return at least the number of states
     */
    public int rows() {
        return blocks() * lanes;
    }

    /**
     * Returns the length of a table.
     *
     * @return {@code rows() * actions}
     */
    public int size() {
        return rows() * actions;
    }

    /**
     * Returns the length of a block.
     *
     * @return {@code actions * lanes}
     */
    public int blockSize() {
        return actions * lanes;
    }

    /**
     * Returns how many numbers a kernel may scratch.
     *
     * @return the length of a block and of an array of numbers by state
     */
    public int scratchSize() {
        return blockSize() + rows();
    }

    /** Where a block begins. */
    int block(int b) {
        return b * blockSize();
    }
}
