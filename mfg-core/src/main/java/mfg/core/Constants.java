package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Makes the constant arrays of games and mechanisms: of one data type, on one device, alive until {@link #close()}.
 *
 * <p>Each constant refuses to own the result of an operation (see the package page): {@code constant.mul(x)} throws, where
 * otherwise every evaluation would leave an array behind for as long as the game lives.
 */
public final class Constants implements AutoCloseable {

    private final NDManager manager;
    private final DataType type;

    /**
     * Creates a maker of constants.
     *
     * @param parent where the device comes from; closing it closes the constants too
     * @param type the data type, float32 or float64
     */
    public Constants(NDManager parent, DataType type) {
        this.manager = parent.newSubManager();
        this.type = type;
    }

    /**
     * Makes a vector.
     *
     * @param values the entries
     * @return (n)
     */
    public NDArray vector(double... values) {
        return create(values, new Shape(values.length));
    }

    /**
     * Makes a column.
     *
     * @param values the entries
     * @return (n, 1), which broadcasts over actions
     */
    public NDArray column(double... values) {
        return create(values, new Shape(values.length, 1));
    }

    /**
     * Makes a matrix.
     *
     * @param rows the rows, all of one length
     * @return (rows, columns)
     */
    public NDArray matrix(double[][] rows) {
        Sizes.product("rows x columns", rows.length, rows[0].length);
        double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        return create(flat, new Shape(rows.length, rows[0].length));
    }

    /**
     * Makes a vector of places in other arrays, to take entries by.
     *
     * @param places the numbers
     * @return (n), int64
     */
    public NDArray places(int... places) {
        NDManager sealed = manager.newSubManager();
        NDArray array = sealed.create(Arrays.stream(places).asLongStream().toArray());
        sealed.cap();
        return array;
    }

    private NDArray create(double[] values, Shape shape) {
        NDManager sealed = manager.newSubManager();
        NDArray array = Tensors.create(sealed, type, values, shape);
        sealed.cap();
        return array;
    }

    /**
     * Returns another maker of constants, on the same device and of the same type, that can be closed by itself.
     *
     * @return closed no later than this one
     */
    public Constants fresh() {
        return new Constants(manager, type);
    }

    /** Frees every constant made here. */
    @Override
    public void close() {
        manager.close();
    }
}
