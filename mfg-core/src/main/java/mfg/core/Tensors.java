package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** Between Java's double arrays and engine arrays of either precision. */
public final class Tensors {

    private Tensors() {}

    /**
     * Creates an array.
     *
     * @param manager its owner
     * @param type float32 (values are rounded) or float64
     * @param values the entries, last axis fastest
     * @param shape the shape
     * @return a new array
     * @throws InvalidInputException if the type is neither float32 nor float64
     */
    public static NDArray create(NDManager manager, DataType type, double[] values, Shape shape) {
        return switch (type) {
            case FLOAT64 -> manager.create(DoubleBuffer.wrap(values), shape, type);
            case FLOAT32 -> manager.create(FloatBuffer.wrap(rounded(values)), shape, type);
            default -> throw new InvalidInputException("precision must be float32 or float64, not " + type);
        };
    }

    /**
     * Creates an array of one number.
     *
     * @param manager its owner
     * @param type float32 (the number is rounded) or float64
     * @param value the number
     * @return a new array of shape ()
     */
    public static NDArray scalar(NDManager manager, DataType type, double value) {
        return create(manager, type, new double[] {value}, new Shape());
    }

    private static float[] rounded(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }

    /**
     * Reads an array.
     *
     * @param array float32 or float64, of any shape; not modified
     * @return its entries, last axis fastest
     */
    public static double[] toDoubles(NDArray array) {
        if (array.getDataType() == DataType.FLOAT64) {
            return array.toDoubleArray();
        }
        float[] values = array.toFloatArray();
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /**
     * Reads an array of one number.
     *
     * @param array of shape () or (1); not modified
     * @return the number
     */
    public static double toDouble(NDArray array) {
        return array.getDataType() == DataType.FLOAT64 ? array.getDouble() : array.getFloat();
    }

    /**
     * Multiplies by a number, differentiably. Never {@code x.mul(number)}, nor div, pow, maximum or minimum, in code that is differentiated: the engine keeps that number for the backward pass in memory that
     * Java's garbage collector may free before it is read, which makes gradients wrong without any error.
     *
     * @param x any array, whose manager also gets the number; not modified
     * @param factor the number
     * @return {@code factor * x}
     */
    public static NDArray times(NDArray x, double factor) {
        return x.mul(scalar(x.getManager(), x.getDataType(), factor));
    }

    /**
     * Copies a constant, so that the copy can stand first in an operation.
     *
     * @param manager the owner of the copy
     * @param constant any array; not modified
     * @return a new array
     */
    public static NDArray copy(NDManager manager, NDArray constant) {
        return manager.zeros(constant.getShape(), constant.getDataType()).add(constant);
    }
}
