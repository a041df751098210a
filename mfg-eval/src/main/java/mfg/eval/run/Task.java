package mfg.eval.run;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import mfg.core.ParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a learner, solver or designer is to a run: a start, a step, a row to show, arrays to save and load, an end. Everything else is the
 * run's. What a task does depends on its configuration and its state alone, so that a run that was interrupted ends with the same
 * numbers.
 *
 * @param <T> what comes of it
 */
public interface Task<T extends Result> extends AutoCloseable {

    /** How many steps the whole run has. */
    int steps();

    /**
     * Gets ready to begin, before there is a folder: what cannot be done is refused, and leaves nothing behind. Not called where a
     * state will be loaded.
     */
    default void prepare() throws IOException {}

    /**
     * Begins, before the first step.
     *
     * @return row 0 of the metrics; null for none
     */
    @Nullable
    ObjectNode begin(RunFolder files) throws IOException;

    /**
     * Takes a step.
     *
     * @param k its number, from 1
     * @return a row for the metrics, whose first field is the {@link RunKind#unit}; null in steps without
     * @throws mfg.core.DivergedException if there is no way to go on
     */
    @Nullable
    ObjectNode step(int k, RunFolder files) throws IOException;

    /** Whether a step leaves a row, 0 for the beginning; what was run to fewer steps may have more rows. */
    default boolean hasRow(int k) {
        return true;
    }

    /** Whether the row of a step may lack the number of a column: it is seen now and then, or need not be finite. */
    default boolean mayBeEmpty(String column, int k) {
        return false;
    }

    /** Where it stands, short enough for a line of a terminal. */
    String figures(List<ObjectNode> rows);

    /**
     * Says why there is no use in going on; a function of what was seen alone, so that a run that is resumed decides alike.
     *
     * @param rows all so far
     * @return a sentence; null to go on
     */
    default @Nullable String ended(List<ObjectNode> rows) {
        return null;
    }

    /**
     * Returns the state.
     *
     * @param scratch the owner of what is made for this
     * @return named arrays, as {@link #saved} says
     */
    NDList save(NDManager scratch);

    /** What {@link #save} returns. */
    List<ParameterSpec> saved();

    /** The type that numbers are loaded in. */
    default DataType savedType() {
        return DataType.FLOAT64;
    }

    /**
     * Takes a state up.
     *
     * @param state as {@link #saved} says, of {@link #savedType}; closed afterwards
     * @param steps how many were taken
     * @param rows the metrics so far
     * @throws mfg.core.InvalidInputException if it contradicts itself
     */
    void load(NDList state, int steps, List<ObjectNode> rows) throws IOException;

    /**
     * Ends: finds out what came of it, and leaves tables and arrays in the folder.
     *
     * @param rows of the metrics
     * @param status why it ended: {@code finished}, or a sentence
     */
    T end(RunFolder files, List<ObjectNode> rows, String status) throws IOException;

    /** Draws, from what is in the folder by now. Nothing that happens here costs the result. */
    void draw(RunFolder files, T result) throws IOException;

    @Override
    default void close() {}
}
