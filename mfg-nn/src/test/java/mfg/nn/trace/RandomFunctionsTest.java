package mfg.nn.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.Tensors;
import mfg.core.trace.Machine;
import mfg.core.trace.TracedFunction;
import mfg.nn.Autodiff;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Functions put together at random: traced they have the engine's values and gradients. */
final class RandomFunctionsTest {

    private static final int STEPS = 25;

    /** Puts arrays together; the same seed and shapes give the same function. */
    private static NDArray function(long seed, NDList parameters, NDList states) {
        SplittableRandom random = new SplittableRandom(seed);
        List<NDArray> pool = new ArrayList<>(parameters);
        pool.addAll(states);
        NDArray total = states.head().sum();
        for (int step = 0; step < STEPS; step++) {
            NDArray next = step(random, pick(random, pool), pick(random, pool));
            if (random.nextInt(4) == 0) {
                total = total.add(Tensors.times(next.sum(), random.nextDouble(-1, 1)));
            }
            pool.add(next);
        }
        return total.add(pool.get(pool.size() - 1).sum());
    }

    private static NDArray pick(SplittableRandom random, List<NDArray> pool) {
        return pool.get(random.nextInt(pool.size()));
    }

    private static NDArray step(SplittableRandom random, NDArray x, NDArray y) {
        int last = x.getShape().dimension() - 1;
        return switch (random.nextInt(last < 0 ? 10 : 28)) {
            case 0 -> fit(x, y) ? x.add(y) : x;
            case 1 -> fit(x, y) ? x.sub(y) : x.neg();
            case 2 -> fit(x, y) ? bounded(x.mul(y)) : x.square();
            case 3 -> fit(x, y) ? x.div(y.square().add(1)) : x;
            case 4 -> Activation.tanh(x);
            case 5 -> Activation.sigmoid(x).log();
            case 6 -> Activation.softPlus(x).sqrt();
            case 7 -> Tensors.times(x, random.nextDouble(-1, 1));
            case 8 -> NDArrays.sub(1, bounded(x).exp());
            case 9 -> fit(x, y) ? x.maximum(y) : x.abs();
            case 10 -> x.sum(new int[] {random.nextInt(last + 1)}, random.nextBoolean());
            case 11 -> x.mean(new int[] {random.nextInt(last + 1)});
            case 12 -> x.softmax(random.nextInt(last + 1));
            case 13 -> x.logSoftmax(last).mul(x.softmax(last));
            case 14 -> bounded(x.cumSum(random.nextInt(last + 1)));
            case 15 -> x.transpose();
            case 16 -> last == 1 ? bounded(x.transpose().matMul(x)) : x.expandDims(random.nextInt(2));
            case 17 -> x.get(0);
            case 18 -> x.getShape().get(last) > 1 ? x.get("...,1:") : x.squeeze(last);
            case 19 -> last < 2 && fit(x, y) ? NDArrays.stack(new NDList(x, x.mul(x)), random.nextInt(2)) : x;
            case 20 ->
                last == 1 ? x.concat(Tensors.times(x, 0.5), random.nextInt(2)).get(":4, :4") : x;
            case 21 -> x.prod(new int[] {random.nextInt(last + 1)});
            case 22 -> bounded(x).cumProd(random.nextInt(last + 1));
            case 23 -> x.size() < 100 ? x.repeat(random.nextInt(last + 1), 2) : x;
            case 24 -> x.size() < 100 ? x.tile(2) : x;
            case 25 -> last == 1 ? x.diagonal() : x.norm();
            case 26 -> x.get(x.getManager().create(mask((int) x.size(0)), new Shape(x.size(0))));
            default -> x.flatten();
        };
    }

    private static boolean[] mask(int length) {
        boolean[] open = new boolean[length];
        for (int i = 0; i < length; i++) {
            open[i] = i % 3 != 1;
        }
        return open;
    }

    /** Keeps numbers of a size at which rounding stays small. */
    private static NDArray bounded(NDArray x) {
        return Tensors.times(Activation.tanh(Tensors.times(x, 0.5)), 2);
    }

    /** Whether y broadcasts to the shape of x. */
    private static boolean fit(NDArray x, NDArray y) {
        long[] to = x.getShape().getShape();
        long[] from = y.getShape().getShape();
        for (int d = 1; d <= from.length; d++) {
            if (d > to.length || (from[from.length - d] != 1 && from[from.length - d] != to[to.length - d])) {
                return false;
            }
        }
        return true;
    }

    @Property(tries = 500)
    void valuesAndGradientsAreTheEngines(@ForAll long seed) {
        compare(seed, DataType.FLOAT64, 1e-12);
    }

    @Property(tries = 500)
    void andNearlySoInSinglePrecision(@ForAll long seed) {
        compare(seed, DataType.FLOAT32, 1e-4);
    }

    private static void compare(long seed, DataType type, double tolerance) {
        try (NDManager manager = NDManager.newBaseManager()) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Shape> parameters = List.of(new Shape(3, 4), new Shape());
            List<Shape> states = List.of(new Shape(3, 4), new Shape(4), new Shape(3, 1));
            NDList theta = arrays(manager, type, random, parameters);
            NDList state = arrays(manager, type, random, states);
            NDList all = new NDList(theta);
            all.addAll(state);
            Autodiff.Differentiated engine = Autodiff.differentiate(
                    manager, all, leaves -> function(seed, leaves.subNDList(0, 2), leaves.subNDList(2)));

            Machine machine = TracedFunction.of(
                            type,
                            parameters,
                            states,
                            (owner, settings, arguments) -> new NDList(function(seed, settings, arguments)))
                    .machine();
            machine.set(theta.stream().map(Tensors::toDoubles).toArray(double[][]::new));
            Machine.Memory memory = machine.memory();
            machine.run(memory, state.stream().map(Tensors::toDoubles).toArray(double[][]::new));
            double value = Tensors.toDouble(engine.value());
            double[] traced = new double[1];
            machine.read(memory, 0, traced);
            assertEquals(value, traced[0], tolerance * Math.max(1, Math.abs(value)));

            machine.pull(memory, new double[] {1});
            double[][] gradients =
                    all.stream().map(array -> new double[(int) array.size()]).toArray(double[][]::new);
            machine.settle(gradients[0], gradients[1]);
            for (int i = 0; i < states.size(); i++) {
                machine.cotangent(i, gradients[2 + i]);
            }
            double size = engine.gradients().stream()
                    .mapToDouble(array -> Tensors.toDouble(array.square().sum()))
                    .sum();
            for (int i = 0; i < gradients.length; i++) {
                double[] expected = Tensors.toDoubles(engine.gradients().get(i));
                for (int k = 0; k < expected.length; k++) {
                    double difference = Math.abs(expected[k] - gradients[i][k]);
                    assertTrue(difference <= tolerance * Math.max(1, Math.sqrt(size)), i + ": " + difference);
                }
            }
        }
    }

    private static NDList arrays(NDManager manager, DataType type, SplittableRandom random, List<Shape> shapes) {
        NDList arrays = new NDList();
        for (Shape shape : shapes) {
            arrays.add(Tensors.create(
                    manager, type, random.doubles(shape.size(), -1, 1).toArray(), shape));
        }
        return arrays;
    }
}
