package mfg.nn.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import mfg.core.Tensors;
import mfg.core.trace.Machine;
import mfg.core.trace.TracedFunction;
import mfg.nn.Autodiff;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every operation that can be traced: its value is the engine's, its derivative the engine's and that of differences. */
final class TracedOperationsTest {

    private static NDManager manager;

    /** Operations on x (2, 3, 4), y (3, 4) and positive z (4). */
    private static final Map<String, Function<NDList, NDArray>> OPERATIONS = new LinkedHashMap<>();

    private static void one(String name, Function<NDArray, NDArray> operation) {
        OPERATIONS.put(name, arrays -> operation.apply(arrays.get(0)));
    }

    private static void two(String name, java.util.function.BinaryOperator<NDArray> operation) {
        OPERATIONS.put(name, arrays -> operation.apply(arrays.get(0), arrays.get(1)));
        OPERATIONS.put(
                name + ", broadcast", arrays -> operation.apply(arrays.get(1).get(":, 1:2"), arrays.get(0)));
        OPERATIONS.put(
                name + ", scalar",
                arrays -> operation.apply(arrays.get(0), arrays.get(2).get(2)));
    }

    static {
        two("add", NDArray::add);
        two("sub", NDArray::sub);
        two("mul", NDArray::mul);
        two("maximum", NDArray::maximum);
        two("minimum", NDArray::minimum);
        OPERATIONS.put("div", a -> a.get(0).div(a.get(2)));
        OPERATIONS.put("div, broadcast", a -> a.get(1).get(0).div(a.get(2).expandDims(1)));
        OPERATIONS.put("pow", a -> a.get(2).pow(a.get(0)));
        OPERATIONS.put("atan2", a -> a.get(0).atan2(a.get(2)));
        OPERATIONS.put("mod", a -> a.get(0).mod(a.get(2)));
        one("add number", x -> x.add(2).add(0.5).sub(3));
        one("mul number", x -> x.mul(2).mul(0.25));
        one("div number", x -> x.div(4));
        one("pow 2", x -> x.pow(2));
        one("pow 3", x -> x.pow(3));
        one("number - x", x -> NDArrays.sub(1, x));
        one("number * x", x -> NDArrays.mul(2, x));
        OPERATIONS.put("number / z", a -> NDArrays.div(2, a.get(2)));
        OPERATIONS.put("number mod z", a -> NDArrays.mod(2, a.get(2)));
        OPERATIONS.put("number ^ z", a -> NDArrays.pow(2, a.get(2)));
        one("Tensors.times", x -> Tensors.times(x, 1.5));
        one("neg", NDArray::neg);
        one("abs", NDArray::abs);
        one("sign", NDArray::sign);
        one("square", NDArray::square);
        OPERATIONS.put("sqrt", a -> a.get(2).sqrt());
        OPERATIONS.put("log", a -> a.get(2).log());
        OPERATIONS.put("log2", a -> a.get(2).log2());
        OPERATIONS.put("log10", a -> a.get(2).log10());
        OPERATIONS.put("cbrt", a -> a.get(2).cbrt());
        OPERATIONS.put("xlogy", a -> a.get(0).xlogy(a.get(2)));
        one("erf", x -> Tensors.times(x, 3).erf());
        one("toDegrees", x -> x.toDegrees().toRadians());
        one("scaleGradient", x -> x.scaleGradient(0.5));
        one("duplicate", x -> x.mul(x.duplicate()));
        one("duplicate what is computed", x -> x.exp().mul(x.exp().duplicate()));
        one("toType", x -> x.mul(x.toType(DataType.FLOAT64, true)));
        one("toDevice", x -> x.mul(x.toDevice(x.getDevice(), false)));
        one("isNaN", x -> NDArrays.where(x.log().isNaN(), x, x.mul(x)));
        one("isInfinite", x -> NDArrays.where(x.mul(x.gt(0)).log().isInfinite(), x, x.mul(x)));
        one("exp", NDArray::exp);
        one("sin", NDArray::sin);
        one("cos", NDArray::cos);
        one("tan", NDArray::tan);
        one("asin", x -> Tensors.times(x, 0.3).asin());
        one("acos", x -> Tensors.times(x, 0.3).acos());
        one("atan", NDArray::atan);
        one("sinh", NDArray::sinh);
        one("cosh", NDArray::cosh);
        one("tanh", NDArray::tanh);
        one("floor", NDArray::floor);
        one("ceil", NDArray::ceil);
        one("round", NDArray::round);
        one("trunc", NDArray::trunc);
        one("clip", x -> x.clip(-0.5, 0.7));
        one("stopGradient", x -> x.mul(x.stopGradient()));
        one("sigmoid", Activation::sigmoid);
        one("relu", Activation::relu);
        one("softPlus", x -> Activation.softPlus(Tensors.times(x, 30)));
        one("softSign", Activation::softSign);
        one("leakyRelu", x -> Activation.leakyRelu(x, 0.1f));
        one("elu", x -> Activation.elu(x, 0.7f));
        one("selu", Activation::selu);
        one("gelu", Activation::gelu);
        one("mish", Activation::mish);
        one("relu6", x -> Activation.relu6(x.mul(x).mul(x).mul(x)));
        one("swish", x -> Activation.swish(x, 1f));
        one("activation tanh", Activation::tanh);
        one("where", x -> NDArrays.where(x.gt(0), x, x.mul(x)));
        one("eq", x -> x.mul(x.round().eq(0).toType(DataType.FLOAT64, false)));
        one("neq", x -> x.mul(x.round().neq(0).toType(DataType.FLOAT64, false)));
        two("gt", (x, y) -> x.mul(x.gt(y).toType(DataType.FLOAT64, false)));
        two("gte", (x, y) -> x.mul(x.gte(y).toType(DataType.FLOAT64, false)));
        two("lt", (x, y) -> x.mul(x.lt(y).toType(DataType.FLOAT64, false)));
        two("lte", (x, y) -> x.mul(x.lte(y).toType(DataType.FLOAT64, false)));
        two("and", (x, y) -> x.mul(x.gt(0).logicalAnd(y.gt(0)).toType(DataType.FLOAT64, false)));
        two("or", (x, y) -> x.mul(x.gt(0).logicalOr(y.gt(0)).toType(DataType.FLOAT64, false)));
        two("xor", (x, y) -> x.mul(x.gt(0).logicalXor(y.gt(0)).toType(DataType.FLOAT64, false)));
        one("not", x -> x.mul(x.gt(0).logicalNot().toType(DataType.FLOAT64, false)));
        one("sum", NDArray::sum);
        one("sum of an axis", x -> x.sum(new int[] {1}));
        one("sum of axes", x -> x.sum(new int[] {0, -1}, true));
        one("mean", NDArray::mean);
        one("mean of an axis", x -> x.mean(new int[] {2}, true));
        one("add three", x -> NDArrays.add(x, x.exp(), x));
        one("mul three", x -> NDArrays.mul(x, x.exp(), manager.full(x.getShape(), 0.7f, x.getDataType()), x));
        one("prod", NDArray::prod);
        one("prod of an axis", x -> x.prod(new int[] {1}));
        one("prod, kept", x -> x.prod(new int[] {-1}, true));
        one("cumProd", x -> x.cumProd(1));
        one("cumProd of five", x -> x.get(0, 0).concat(x.get(1, 0)).get(":5").cumProd(0));
        one("norm", NDArray::norm);
        one("norm, kept", x -> x.norm(true));
        one("norm of an axis", x -> x.norm(new int[] {1}));
        one("norm 1", x -> x.norm(1, new int[] {0, 2}, true));
        one("normalize", NDArray::normalize);
        one("normalize 1", x -> x.normalize(1, -1));
        one("any", x -> x.mul(x.gt(1).any().logicalNot().toType(DataType.FLOAT64, false)));
        one("all", x -> x.mul(x.gt(1).all().logicalNot().toType(DataType.FLOAT64, false)));
        one("none", x -> x.mul(x.gt(2).none().toType(DataType.FLOAT64, false)));
        one("countNonzero", x -> x.mul(x.gt(0).countNonzero(1).expandDims(1)));
        one("max", x -> x.max(new int[] {1}));
        one("max, kept", x -> x.max(new int[] {-1}, true));
        one("max of all", NDArray::max);
        one("min", x -> x.min(new int[] {0}));
        one("argMax", x -> x.mul(x.argMax(1).expandDims(1).toType(DataType.FLOAT64, false)));
        one("argMin", x -> x.mul(x.argMin(2).expandDims(2).toType(DataType.FLOAT64, false)));
        one("oneHot", x -> x.argMax(2).oneHot(4, DataType.FLOAT64).mul(x));
        one("softmax", x -> x.softmax(-1));
        one("softmax of the first axis", x -> x.softmax(0));
        one("logSoftmax", x -> x.logSoftmax(1));
        one("softmax and logSoftmax", x -> x.softmax(-1).mul(x.logSoftmax(-1)).sum(new int[] {-1}));
        one("cumSum", x -> x.cumSum(1));
        one("sort", x -> x.sort(1));
        one("sort the last axis", NDArray::sort);
        one("argSort", x -> x.mul(x.argSort(1).toType(DataType.FLOAT64, false)));
        one("argSort, descending", x -> x.mul(x.argSort(-1, false).toType(DataType.FLOAT64, false)));
        one("topK", x -> x.topK(2, 1).head());
        one("topK, smallest", x -> x.topK(3, -1, false, true).get(0));
        one("topK, arg", x -> x.get(":, :2").mul(x.topK(2, 1).get(1).toType(DataType.FLOAT64, false)));
        one("median", NDArray::median);
        one("median of an axis", x -> x.median(new int[] {1}));
        one("diff", x -> x.diff(1, 1));
        one("diff twice", x -> x.diff(2, -1));
        OPERATIONS.put("dot", a -> a.get(2).dot(a.get(1).get(0)));
        OPERATIONS.put("matMul", a -> a.get(1).matMul(a.get(0).get(0).transpose()));
        OPERATIONS.put("matMul of a vector", a -> a.get(2).matMul(a.get(1).transpose()));
        OPERATIONS.put("matMul with a vector", a -> a.get(1).matMul(a.get(2)));
        OPERATIONS.put("matMul of stacks", a -> a.get(0).matMul(a.get(0).transpose(0, 2, 1)));
        OPERATIONS.put("matMul of a stack", a -> a.get(0).matMul(a.get(1).transpose()));
        OPERATIONS.put("batchMatMul", a -> a.get(0).batchMatMul(a.get(0).transpose(0, 2, 1)));
        OPERATIONS.put(
                "Linear",
                a -> Linear.linear(a.get(0), a.get(1), a.get(2).get(":3")).head());
        one("transpose", x -> x.transpose().add(x.get(0).transpose().expandDims(2)));
        one("swapAxes", x -> x.swapAxes(0, 2));
        one("reshape", x -> x.reshape(4, 6).softmax(1));
        one(
                "reshape what is transposed",
                x -> x.transpose(2, 0, 1).reshape(8, 3).cumSum(0));
        one("flatten", x -> x.flatten().cumSum(0));
        one("flatten two axes", x -> x.flatten(1, 2).cumSum(1));
        one("flatten the first axes", x -> x.flatten(0, -2).cumSum(0));
        one("flip", x -> x.flip(1).cumSum(1));
        one("expandDims", x -> x.expandDims(1).mul(x.expandDims(-2).sum(new int[] {0})));
        one("squeeze", x -> x.get(":, 1:2").squeeze(1));
        one("squeeze nothing", x -> x.squeeze().mul(x));
        one("squeeze a number", x -> x.mul(x.sum().squeeze()));
        one("squeeze all", x -> x.get(":1, :, 2:3").squeeze());
        one("diagonal", x -> x.get(1).diagonal());
        one("diagonal above", x -> x.get(0).diagonal(1).cumSum(0));
        one("diagonal below", x -> x.diagonal(-1, 2, 1).cumSum(0));
        one("pad", x -> x.pad(new Shape(1, 2, 0, 1), 0.5).cumSum(1));
        one("broadcast", x -> x.get(":1").broadcast(5, 3, 4).mul(x.sum()));
        one("get", x -> x.get(1));
        one("get two", x -> x.get(0, 2));
        one("get a slice", x -> x.get(":, 1:, ::2"));
        one("get from behind", x -> x.get("..., -1"));
        one("get one of each", x -> x.get(":, 1, :"));
        one("take", x -> x.get(new NDIndex("{}", manager.create(new long[] {1, 0, 1}))));
        one("gather", x -> x.gather(manager.create(new long[] {2, 0, 1, 1, 0, 0, 2, 2}, new Shape(2, 1, 4)), 1));
        one("get a mask", x -> x.get(mask(new Shape(2, 3))).cumSum(0));
        one("get a mask of an axis", x -> x.get(new NDIndex("{}, ...", mask(new Shape(2)))));
        one("get a mask of all", x -> x.get(mask(new Shape(2, 3, 4))));
        one(
                "get a computed mask",
                x -> x.flatten().get(x.getManager().arange(24f).mod(3).eq(1)));
        one("booleanMask", x -> x.booleanMask(mask(new Shape(2, 3, 4))));
        one("booleanMask of last axes", x -> x.booleanMask(mask(new Shape(3, 4)), 1));
        one("split", x -> x.split(2, 2).get(1).mul(x.split(new long[] {1}, 2).get(0)));
        OPERATIONS.put(
                "stack",
                a -> NDArrays.stack(new NDList(a.get(1), a.get(1).exp()), 1)
                        .cumSum(1)
                        .mul(a.get(0).sum()));
        one("concat", x -> x.concat(x.mul(x), 1).cumSum(1));
        one(
                "concat, first axis",
                x -> x.exp().concat(x, 0).concat(x.get(":1").neg(), 0).cumSum(0));
        one("repeat", x -> x.repeat(1, 2).cumSum(1));
        one("repeat all", x -> x.repeat(2).cumSum(1));
        one("repeat some", x -> x.repeat(new long[] {3, 1, 2}).cumSum(2));
        one("repeat to a shape", x -> x.repeat(new Shape(6, 4)).cumSum(2));
        one("tile", x -> x.tile(2).cumSum(1));
        one("tile some", x -> x.tile(new long[] {3, 1, 2}).cumSum(2));
        one("tile more", x -> x.get(0).tile(new long[] {2, 1, 3}).cumSum(2));
        one("zerosLike, onesLike", x -> x.onesLike().add(x.zerosLike()).mul(x));
        one(
                "created constants",
                x -> x.mul(x.getManager().arange(4f).toType(DataType.FLOAT64, false))
                        .add(x.getManager().ones(new Shape(3, 4), DataType.FLOAT64))
                        .add(x.getManager().full(new Shape(4), 2f, DataType.FLOAT64))
                        .add(x.getManager().linspace(0, 1, 4).toType(DataType.FLOAT64, false))
                        .add(x.getManager().arange(0f, 0.35f, 0.1f).toType(DataType.FLOAT64, false))
                        .matMul(x.getManager().eye(4).toType(DataType.FLOAT64, false)));
    }

    /** A mask of which about half is open. */
    private static NDArray mask(Shape shape) {
        boolean[] open = new boolean[(int) shape.size()];
        for (int i = 0; i < open.length; i++) {
            open[i] = i * i % 5 != 1;
        }
        return manager.create(open, shape);
    }

    /** Whose gradients are not their slopes. */
    private static final List<String> CUT =
            List.of("stopGradient", "scaleGradient", "duplicate", "duplicate what is computed");

    /** Whose gradients the engine may compute from memory that Java has freed. */
    private static final List<String> NUMBERS = List.of(
            "mul number",
            "div number",
            "pow 2",
            "pow 3",
            "number * x",
            "number ^ z",
            "toDegrees",
            "scaleGradient",
            "relu6",
            "swish");

    @BeforeAll
    static void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    @TestFactory
    Stream<DynamicTest> operations() {
        return OPERATIONS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getKey(), entry.getValue())));
    }

    private static NDList arguments() {
        SplittableRandom random = new SplittableRandom(7);
        return new NDList(
                manager.create(random.doubles(24, -1.5, 1.5).toArray(), new Shape(2, 3, 4)),
                manager.create(random.doubles(12, -1.5, 1.5).toArray(), new Shape(3, 4)),
                manager.create(random.doubles(4, 0.3, 2).toArray(), new Shape(4)));
    }

    private static void check(String name, Function<NDList, NDArray> operation) {
        NDList arguments = arguments();
        List<Shape> shapes = arguments.stream().map(NDArray::getShape).toList();
        NDArray expected = operation.apply(arguments);
        double[] weights =
                new SplittableRandom(8).doubles(expected.size(), -1, 1).toArray();
        TracedFunction traced = TracedFunction.of(
                DataType.FLOAT64, List.of(), shapes, (owner, none, states) -> new NDList(operation.apply(states)));
        Machine machine = traced.machine();
        machine.set();
        Machine.Memory memory = machine.memory();
        machine.run(memory, values(arguments));
        double[] value = new double[(int) expected.size()];
        machine.read(memory, 0, value);
        assertArrayEquals(expected.toDoubleArray(), value, 1e-13, "value");

        NDArray weighing = manager.create(weights, expected.getShape());
        Function<NDList, NDArray> scalar =
                arrays -> operation.apply(arrays).mul(weighing).sum();
        machine.pull(memory, weights);
        double[][] differences = differences(arguments, scalar);
        NDList engine = name.contains("arg") || NUMBERS.contains(name) || isFlat(name)
                ? new NDList()
                : Autodiff.differentiate(manager, arguments, scalar).gradients();
        for (int i = 0; i < arguments.size(); i++) {
            double[] gradient = new double[(int) arguments.get(i).size()];
            machine.cotangent(i, gradient);
            if (!engine.isEmpty()) {
                assertArrayEquals(engine.get(i).toDoubleArray(), gradient, 1e-13, name + ": gradient " + i);
            }
            if (!CUT.contains(name)) {
                assertArrayEquals(differences[i], gradient, 1e-7, "difference quotient " + i);
            }
        }
    }

    /** The engine does not differentiate what depends on nothing. */
    private static boolean isFlat(String name) {
        return List.of("sign", "floor", "ceil", "round", "trunc").contains(name);
    }

    private static double[][] values(NDList arrays) {
        return arrays.stream().map(NDArray::toDoubleArray).toArray(double[][]::new);
    }

    private static double[][] differences(NDList arguments, Function<NDList, NDArray> scalar) {
        double step = 1e-6;
        double[][] slopes = values(arguments);
        for (int i = 0; i < arguments.size(); i++) {
            double[] at = arguments.get(i).toDoubleArray();
            for (int k = 0; k < at.length; k++) {
                double centre = at[k];
                double[] ends = new double[2];
                for (int side = 0; side < 2; side++) {
                    at[k] = centre + (side == 0 ? step : -step);
                    NDList moved = new NDList(arguments);
                    moved.set(i, manager.create(at.clone(), arguments.get(i).getShape()));
                    ends[side] = scalar.apply(moved).getDouble();
                }
                at[k] = centre;
                slopes[i][k] = (ends[0] - ends[1]) / (2 * step);
            }
        }
        return slopes;
    }

    /** Where a function has a kink, the engine's convention holds. */
    @TestFactory
    Stream<DynamicTest> ties() {
        Map<String, Function<NDList, NDArray>> kinks = new LinkedHashMap<>();
        kinks.put("maximum", a -> a.get(0).maximum(a.get(1)));
        kinks.put("minimum", a -> a.get(0).minimum(a.get(1)));
        kinks.put("abs", a -> a.get(0).abs());
        kinks.put("relu", a -> Activation.relu(a.get(0)));
        kinks.put("clip", a -> a.get(0).clip(-1, 1));
        kinks.put("max", a -> a.get(0).max(new int[] {0}));
        kinks.put("min", a -> a.get(0).min(new int[] {0}));
        kinks.put("max of all", a -> a.get(0).max());
        kinks.put("min of all", a -> a.get(0).min());
        kinks.put("leakyRelu", a -> Activation.leakyRelu(a.get(0), 0.1f));
        kinks.put("elu", a -> Activation.elu(a.get(0), 0.7f));
        kinks.put("selu", a -> Activation.selu(a.get(0)));
        kinks.put("prod with 0", a -> a.get(0).prod());
        kinks.put("prod of an axis with 0", a -> a.get(0).prod(new int[] {0}));
        kinks.put("prod with two 0", a -> a.get(0).mul(a.get(0).sub(1)).prod().mul(a.get(1)));
        kinks.put("cumProd with 0", a -> a.get(0).cumProd(0));
        kinks.put("norm of 0", a -> a.get(0).mul(0).norm());
        kinks.put("normalize 0", a -> a.get(0).mul(a.get(0).abs().lt(0)).normalize(2, 0));
        kinks.put("xlogy", a -> a.get(0).xlogy(a.get(1).abs()));
        kinks.put("sort", a -> a.get(0).sort(0).mul(manager.arange(5f).toType(DataType.FLOAT64, false)));
        return kinks.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    NDList arguments = new NDList(
                            manager.create(new double[] {1, 0, -1, 1, -1}),
                            manager.create(new double[] {1, 0, 2, -1, -1}));
                    TracedFunction traced = TracedFunction.of(
                            DataType.FLOAT64,
                            List.of(),
                            List.of(new Shape(5), new Shape(5)),
                            (owner, none, states) ->
                                    new NDList(entry.getValue().apply(states).sum()));
                    Machine machine = traced.machine();
                    Machine.Memory memory = machine.memory();
                    machine.run(memory, values(arguments));
                    machine.pull(memory, new double[] {1});
                    NDList engine = Autodiff.differentiate(
                                    manager,
                                    arguments,
                                    arrays -> entry.getValue().apply(arrays).sum())
                            .gradients();
                    for (int i = 0; i < 2; i++) {
                        double[] gradient = new double[5];
                        machine.cotangent(i, gradient);
                        assertArrayEquals(engine.get(i).toDoubleArray(), gradient, 1e-15, Arrays.toString(gradient));
                    }
                }));
    }

    /** What the trace cannot follow says so by name and place. */
    @TestFactory
    Stream<DynamicTest> refusals() {
        Map<String, Function<NDArray, NDArray>> refused = new LinkedHashMap<>();
        refused.put("getDouble", x -> x.mul(x.sum().getDouble()));
        refused.put("addi", x -> x.addi(1));
        refused.put("booleanMask", x -> x.booleanMask(x.gt(0)));
        refused.put("get", x -> x.get(x.gt(0)));
        refused.put("tile", x -> x.tile(0, 2));
        refused.put("norm", x -> x.norm(3, new int[] {0}, false));
        refused.put("linspace", x -> x.mul(x.getManager().linspace(0, 1, 2, false)));
        refused.put("pad", x -> x.pad(new Shape(-1, 0), 0));
        refused.put("inverse", x -> x.inverse());
        return refused.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    List<String> messages = new ArrayList<>();
                    try {
                        TracedFunction.of(
                                DataType.FLOAT64,
                                List.of(),
                                List.of(new Shape(2, 2)),
                                (owner, none, states) ->
                                        new NDList(entry.getValue().apply(states.head())));
                    } catch (mfg.core.trace.UntraceableException e) {
                        messages.add(e.getMessage().replaceAll(":\\d+", ":LINE").replaceAll(" \\(.*", ""));
                    }
                    assertEquals(
                            List.of(entry.getKey() + " in TracedOperationsTest.java:LINE cannot be traced"), messages);
                }));
    }
}
