package mfg.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.function.Function;
import mfg.core.Scope;

/**
 * The one owner of the engine's gradient collector, of which a process can have one at a time: calls from several threads
 * wait for each other.
 */
public final class Autodiff {

    private Autodiff() {}

    /**
     * A scalar and its gradient.
     *
     * @param value the scalar, shape ()
     * @param gradients its derivative by each argument, of the argument's shape and type
     */
    public record Differentiated(NDArray value, NDList gradients) {}

    /**
     * Differentiates a scalar function of arrays. A vector-Jacobian product is the gradient of {@code sum(output *
     * cotangent)}.
     *
     * @param manager owner of the result; everything else is freed
     * @param arguments where to differentiate; not modified
     * @param scalar the function, given fresh copies of the arguments; shape () or (1)
     * @return value and gradients; the gradient by an argument that the function ignores is zero
     */
    public static synchronized Differentiated differentiate(
            NDManager manager, NDList arguments, Function<NDList, NDArray> scalar) {
        try (Scope scope = new Scope(manager);
                GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDList leaves = scope.in(arguments);
            leaves.forEach(leaf -> leaf.setRequiresGradient(true));
            NDArray value = scalar.apply(leaves);
            collector.backward(value);
            NDList gradients = new NDList(leaves.size());
            for (NDArray leaf : leaves) {
                // before any backward the engine answers zeros in float32, whatever the type of the leaf
                gradients.add(scope.out(leaf.getGradient().toType(leaf.getDataType(), false)));
            }
            return new Differentiated(scope.out(value.stopGradient()), gradients);
        }
    }
}
