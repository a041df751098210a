package mfg.core.trace;

import java.util.List;

/**
 * A step of a recorded function: an operation with what it is applied to. Its numbers lie row by row.
 *
 * @param id counts nodes in the order in which they were recorded
 * @param operation what it does
 * @param operands what with
 * @param size how many numbers come out
 * @param stage what they depend on
 */
record Node(int id, Operation operation, List<View> operands, int size, Stage stage) {

    /** What numbers depend on, from nothing to everything. */
    enum Stage {
        /** Nothing: they are computed once. */
        CONSTANT,
        /** The parameters only: they are computed once for all states. */
        PARAMETERS,
        /** The state, too. */
        STATE
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return operation + " " + id;
    }
}
