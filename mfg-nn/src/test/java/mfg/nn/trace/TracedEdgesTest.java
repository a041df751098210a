package mfg.nn.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import mfg.core.Tensors;
import mfg.core.trace.Machine;
import mfg.core.trace.TracedFunction;
import mfg.core.trace.UntraceableException;
import mfg.nn.Autodiff;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The odd corners of operations: what is traced is the engine's there too, and what would not be is not traced. */
final class TracedEdgesTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    /** Of x, (3, 4): -1, 0, 1 / 3, .. */
    @TestFactory
    Stream<DynamicTest> theSameNumbers() {
        Map<String, UnaryOperator<NDArray>> functions = new LinkedHashMap<>();
        functions.put(
                "softmax of what is repeated",
                x -> x.get(":, 0").reshape(3, 1).broadcast(3, 9).softmax(1));
        functions.put(
                "logSoftmax of what is repeated",
                x -> x.get(":, 1").reshape(3, 1).broadcast(3, 9).logSoftmax(1).add(x.sum()));
        functions.put(
                "softmax far apart",
                x -> Tensors.times(x, 1000).repeat(0, 8).reshape(8, 12).softmax(1));
        functions.put("remainder", x -> Tensors.times(x, 5).add(1).mod(0.1).add(x.mod(-0.3)));
        functions.put("remainder by x", x -> x.onesLike().mul(6).mod(x.add(3)));
        functions.put("clip from above its end", x -> x.clip(2, 1).add(x));
        functions.put("elu at 0", x -> Activation.elu(x, 2));
        functions.put("leaky relu at 0", x -> Activation.leakyRelu(x, 0.1f));
        functions.put("running sums down", NDArray::cumSum);
        functions.put("flip nothing", NDArray::flip);
        functions.put("squeeze nothing", x -> x.squeeze().mul(x.squeeze(0)));
        functions.put(
                "squeeze",
                x -> x.reshape(3, 1, 4, 1).squeeze().add(x.expandDims(0).squeeze(0)));
        functions.put(
                "flatten some",
                x -> x.reshape(3, 2, 2)
                        .flatten(1, 2)
                        .mul(x)
                        .add(x.reshape(3, 4, 1).flatten(-2, -1)));
        functions.put("duplicate", x -> x.duplicate().mul(x));
        functions.put("count", x -> x.mul(x.gt(0).sum().toType(DataType.FLOAT64, false)));
        functions.put(
                "whole numbers",
                x -> x.mul(x.mul(3).toType(DataType.INT32, false).toType(DataType.FLOAT64, false)));
        functions.put(
                "unsigned constant",
                x -> x.mul(x.getManager().create(new int[] {200, 255, 9, 1}).toType(DataType.FLOAT64, false)));
        return functions.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    UnaryOperator<NDArray> function = entry.getValue();
                    NDArray x = MANAGER.create(
                            DoubleStream.iterate(-1, at -> at + 1.0 / 3)
                                    .limit(12)
                                    .map(at -> Math.abs(at) < 1e-9 ? 0 : at)
                                    .toArray(),
                            new Shape(3, 4));
                    NDArray value = function.apply(x);
                    Machine machine = traced(function).machine();
                    Machine.Memory memory = machine.memory();
                    machine.run(memory, x.toDoubleArray());
                    double[] actual = new double[(int) value.size()];
                    machine.read(memory, 0, actual);
                    assertArrayEquals(value.toDoubleArray(), actual, 1e-12);
                    double[] weights = DoubleStream.iterate(0.3, w -> -0.9 * w)
                            .limit(actual.length)
                            .toArray();
                    NDArray weighing = MANAGER.create(weights, value.getShape());
                    NDList slopes = Autodiff.differentiate(
                                    MANAGER,
                                    new NDList(x),
                                    leaves -> function.apply(leaves.head())
                                            .mul(weighing)
                                            .sum())
                            .gradients();
                    machine.pull(memory, weights);
                    double[] gradient = new double[12];
                    machine.cotangent(0, gradient);
                    assertArrayEquals(slopes.head().toDoubleArray(), gradient, 1e-10);
                }));
    }

    private static TracedFunction traced(UnaryOperator<NDArray> function) {
        return TracedFunction.of(
                DataType.FLOAT64,
                List.of(),
                List.of(new Shape(3, 4)),
                (manager, none, states) -> new NDList(function.apply(states.head())));
    }

    /** The engine computes where its types of whole numbers, empty arrays or places that are not there have a say. */
    @TestFactory
    Stream<DynamicTest> notTraced() {
        Map<String, UnaryOperator<NDArray>> functions = new LinkedHashMap<>();
        functions.put("truth plus truth", x -> x.gt(0).add(x.gt(1)));
        functions.put(
                "half of a whole number", x -> x.toType(DataType.INT32, false).div(2));
        functions.put("bytes", x -> x.toType(DataType.UINT8, false));
        functions.put("arrays of two types", x -> x.stack(x.toType(DataType.FLOAT32, false)));
        functions.put("the sum of nothing", x -> x.get(0).add(x.get(":0").sum(new int[] {0})));
        functions.put(
                "the product over nothing",
                x -> x.get(":, :0").matMul(x.get(":0")).add(x));
        functions.put("a row that is not there", x -> x.get(3));
        functions.put("columns that are not there", x -> x.get(":, 5:9"));
        functions.put("a column backwards", x -> x.get(":, 2:1"));
        return functions.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertThrows(UntraceableException.class, () -> traced(entry.getValue()))));
    }

    @TestFactory
    Stream<DynamicTest> probabilitiesOfNothing() {
        return Stream.of(3, 70)
                .map(n -> DynamicTest.dynamicTest(n + " logits", () -> {
                    TracedFunction softmax = TracedFunction.of(
                            DataType.FLOAT64,
                            List.of(),
                            List.of(new Shape(n)),
                            (manager, none, states) -> new NDList(states.head().softmax(0)));
                    double[] logits = new double[n];
                    logits[0] = Double.NEGATIVE_INFINITY;
                    logits[1] = -800;
                    Machine machine = softmax.machine();
                    Machine.Memory memory = machine.memory();
                    machine.run(memory, logits);
                    machine.read(memory, 0, logits);
                    assertEquals(0, logits[0]);
                    assertEquals(0, logits[1]);
                }));
    }
}
