package mfg.eval.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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

    /** Arrays as they are, not copied: each is {@code prefix/NAME} with the name of the array in its place among others. */
    public static NDList views(String prefix, NDList arrays, NDList named, NDManager scratch) {
        NDList views = new NDList();
        for (int i = 0; i < arrays.size(); i++) {
            NDArray view = arrays.get(i).stopGradient();
            view.attach(scratch);
            view.setName(prefix + "/" + named.get(i).getName());
            views.add(view);
        }
        return views;
    }
}
