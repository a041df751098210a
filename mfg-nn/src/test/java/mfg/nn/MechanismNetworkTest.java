package mfg.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.UniformInitializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.Tensors;
import org.junit.jupiter.api.Test;

/** The network as an ordinary DJL block, with parameters of its own. */
final class MechanismNetworkTest {

    private static final int INPUTS = 9;
    private static final int HIDDEN = 8;
    private static final int BIDS = 6;
    private static final int BATCH = 3;

    @Test
    void anInitializedBlockComputesWithItsOwnParametersRowByRow() {
        try (NDManager manager = NDManager.newBaseManager()) {
            MechanismNetwork network = initialized(manager, new UniformInitializer(0.5f));
            List<Double> numbers = new ArrayList<>();
            for (Parameter parameter : network.getParameters().values()) {
                for (double number : Tensors.toDoubles(parameter.getArray())) {
                    numbers.add(number);
                }
            }
            PlainNetwork plain = new PlainNetwork(INPUTS, HIDDEN, BIDS, numbers::get);
            assertEquals(numbers.size(), plain.count());

            double[] batch = batch();
            NDList heads = forward(network, manager, batch);
            double[] goods = Tensors.toDoubles(heads.get(0));
            double[] payments = Tensors.toDoubles(heads.get(1));
            for (int row = 0; row < BATCH; row++) {
                double[] x = Arrays.copyOfRange(batch, row * INPUTS, (row + 1) * INPUTS);
                assertEquals(plain.goodsLogit(x), goods[row], 1e-13);
                assertArrayEquals(
                        plain.paymentLogits(x),
                        Arrays.copyOfRange(payments, row * (BIDS - 1), (row + 1) * (BIDS - 1)),
                        1e-13);
            }
        }
    }

    @Test
    void outputShapesAreAsAnnounced() {
        try (NDManager manager = NDManager.newBaseManager()) {
            MechanismNetwork network = initialized(manager, new UniformInitializer(0.5f));
            NDList heads = forward(network, manager, batch());
            Shape[] announced = network.getOutputShapes(new Shape[] {new Shape(BATCH, INPUTS)});
            assertArrayEquals(new Shape[] {new Shape(BATCH, 1), new Shape(BATCH, BIDS - 1)}, announced);
            assertArrayEquals(announced, heads.getShapes());
        }
    }

    @Test
    void savedParametersGiveTheSameOutputInAFreshBlock() throws IOException, MalformedModelException {
        try (NDManager manager = NDManager.newBaseManager()) {
            MechanismNetwork saved = initialized(manager, new UniformInitializer(0.5f));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            saved.saveParameters(new DataOutputStream(bytes));
            MechanismNetwork loaded = new MechanismNetwork(HIDDEN, BIDS);
            loaded.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

            double[] expected = flat(forward(saved, manager, batch()));
            assertNotEquals(0, expected[0]);
            assertArrayEquals(expected, flat(forward(loaded, manager, batch())));
        }
    }

    @Test
    void givenParametersReplaceThoseOfTheBlock() {
        try (NDManager manager = NDManager.newBaseManager()) {
            MechanismNetwork network = initialized(manager, Initializer.ZEROS);
            NDList theta = new NDList();
            int[] k = {0};
            for (Parameter parameter : network.getParameters().values()) {
                Shape shape = parameter.getArray().getShape();
                double[] values = new double[Math.toIntExact(shape.size())];
                Arrays.setAll(values, i -> Math.cos(k[0]++));
                theta.add(Tensors.create(manager, DataType.FLOAT64, values, shape));
            }
            PlainNetwork plain = new PlainNetwork(INPUTS, HIDDEN, BIDS, Math::cos);
            double[] x = batch();
            NDList heads = network.forward(new ThetaStore(network, theta), input(manager, x), false);
            double[] firstRow = Arrays.copyOf(x, INPUTS);
            assertEquals(plain.goodsLogit(firstRow), Tensors.toDoubles(heads.get(0))[0], 1e-12);
            assertArrayEquals(new double[BATCH * BIDS], flat(forward(network, manager, x)));
        }
    }

    private static MechanismNetwork initialized(NDManager manager, Initializer initializer) {
        MechanismNetwork network = new MechanismNetwork(HIDDEN, BIDS);
        network.setInitializer(initializer, parameter -> true);
        network.initialize(manager, DataType.FLOAT64, new Shape(1, INPUTS));
        return network;
    }

    private static NDList forward(MechanismNetwork network, NDManager manager, double[] batch) {
        return network.forward(new ParameterStore(manager, false), input(manager, batch), false);
    }

    private static NDList input(NDManager manager, double[] batch) {
        return new NDList(Tensors.create(manager, DataType.FLOAT64, batch, new Shape(BATCH, INPUTS)));
    }

    private static double[] batch() {
        return new SplittableRandom(1).doubles(BATCH * INPUTS).toArray();
    }

    private static double[] flat(NDList heads) {
        return heads.stream()
                .flatMapToDouble(head -> Arrays.stream(Tensors.toDoubles(head)))
                .toArray();
    }
}
