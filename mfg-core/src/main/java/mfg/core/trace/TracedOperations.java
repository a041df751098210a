package mfg.core.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** What the engine's functions that are no methods of an array, such as activations and joins, do to one that is recorded. */
record TracedOperations(TracedArray array) implements InvocationHandler {

    static NDArrayEx of(TracedArray array) {
        return (NDArrayEx) Proxy.newProxyInstance(
                NDArrayEx.class.getClassLoader(), new Class<?>[] {NDArrayEx.class}, new TracedOperations(array));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, given); // put together from other operations
        }
        return switch (method.getName()) {
            case "getArray" -> array;
            case "relu" -> array.map(Unary.RELU);
            case "sigmoid" -> array.map(Unary.SIGMOID);
            case "tanh" -> array.map(Unary.TANH);
            case "softPlus" -> array.map(Unary.SOFTPLUS);
            case "softSign" -> array.div(array.abs().add(1));
            case "leakyRelu" -> array.map(Unary.leakyRelu((float) given[0]));
            case "elu" -> array.map(Unary.elu(1, (float) given[0]));
            case "selu" -> array.map(Unary.SELU);
            case "gelu" -> array.map(Unary.GELU);
            case "where" -> array.where((NDArray) given[0], (NDArray) given[1]);
            case "stack" -> array.stack((NDList) given[0], (int) given[1]);
            case "concat" -> array.concat((NDList) given[0], (int) given[1]);
            case "linear" -> linear((NDArray) given[0], (NDArray) given[1], (NDArray) given[2]);
            default -> throw new UnsupportedOperationException(method.getName() + " is not recorded");
        };
    }

    private static NDList linear(NDArray input, NDArray weight, NDArray bias) {
        NDArray product = NDArrays.matMul(input, weight.transpose());
        return new NDList(bias == null ? product : product.add(bias));
    }
}
