package mfg.eval.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;

/** Makes the named arrays of a task's state. */
public final class Saved {

    private Saved() {}

    /** Numbers, float64. */
    public static NDArray numbers(String name, double[] numbers, Shape shape, NDManager scratch) {
        NDArray array = Tensors.create(scratch, DataType.FLOAT64, numbers, shape);
        array.setName(name);
        return array;
    }

    /** A number, float64. */
    public static NDArray number(String name, double number, NDManager scratch) {
        return numbers(name, new double[] {number}, new Shape(1), scratch);
    }

    /** What {@link #number(String, double, NDManager)} returns. */
    public static ParameterSpec number(String name) {
        return new ParameterSpec(name, new Shape(1), 0);
    }
}
