package mfg.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism.Offer;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class NeuralMechanismTest {

    private static final int ROUNDS = 4;
    private static final int BIDS = 100;
    private static final int HIDDEN = 256;

    @Test
    void itsParametersAreThoseOfThePaperInOrder() {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            List<ParameterSpec> specs = new NeuralMechanism(constants, ROUNDS, BIDS, HIDDEN).parameters();
            assertEquals(
                    List.of("W1", "b1", "W2", "b2", "V2", "c2", "W3", "b3", "wg", "bg", "W4", "b4"),
                    specs.stream().map(ParameterSpec::name).toList());
            int inputs = ROUNDS + BIDS + 1;
            assertEquals(new Shape(HIDDEN, inputs), specs.get(0).shape());
            assertEquals(new Shape(HIDDEN, inputs), specs.get(4).shape());
            assertEquals(new Shape(1, HIDDEN), specs.get(8).shape());
            assertEquals(new Shape(BIDS - 1, HIDDEN), specs.get(10).shape());
            // the count of the independent float64 computation of A1
            assertEquals(
                    211_556,
                    specs.stream().mapToLong(spec -> spec.shape().size()).sum());
        }
    }

    @Test
    void weightsAndBiasesStartWithinOneOverTheRootOfTheFanIn() {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            for (ParameterSpec spec : new NeuralMechanism(constants, 3, 7, 16).parameters()) {
                boolean fromInput = List.of("W1", "b1", "V2", "c2").contains(spec.name());
                assertEquals(1 / Math.sqrt(fromInput ? 3 + 7 + 1 : 16), spec.spread(), 1e-15, spec.name());
            }
        }
    }

    @Test
    void offersEqualTheFormulasOfThePaperInPlainJava() {
        PlainNetwork plain = new PlainNetwork(ROUNDS + BIDS + 1, HIDDEN, BIDS, k -> 0.05 * Math.sin(k));
        assertEquals(211_556, plain.count());
        try (NDManager manager = NDManager.newBaseManager()) {
            for (DataType type : List.of(DataType.FLOAT64, DataType.FLOAT32)) {
                try (Constants constants = new Constants(manager, type)) {
                    NeuralMechanism mechanism = new NeuralMechanism(constants, ROUNDS, BIDS, HIDDEN);
                    NDList theta = Theta.sine(mechanism.parameters(), manager, type);
                    double tolerance = type == DataType.FLOAT64 ? 1e-12 : 2e-5;
                    for (int h = 0; h < ROUNDS; h++) {
                        double remaining = 0.8 - 0.15 * h;
                        double[] bids = bids(new SplittableRandom(h), BIDS);
                        double[] x = input(h, ROUNDS, bids, remaining);
                        Offer offer = mechanism.offer(
                                h, vector(manager, type, bids), vector(manager, type, remaining), theta);
                        assertEquals(
                                plain.offered(x, remaining), Tensors.toDouble(offer.goods()), tolerance, "goods " + h);
                        assertArrayEquals(
                                plain.payments(x), Tensors.toDoubles(offer.payments()), tolerance, "payments " + h);
                    }
                }
            }
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void paymentsStartAtZeroAndNeverFallAndGoodsStayWithinWhatRemains(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int rounds,
            @ForAll @IntRange(min = 2, max = 30) int bids,
            @ForAll @IntRange(min = 1, max = 12) int hidden,
            @ForAll @DoubleRange(min = 0.1, max = 20) double scale,
            @ForAll boolean single) {
        DataType type = single ? DataType.FLOAT32 : DataType.FLOAT64;
        SplittableRandom random = new SplittableRandom(seed);
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, type)) {
            NeuralMechanism mechanism = new NeuralMechanism(constants, rounds, bids, hidden);
            NDList theta = Theta.uniform(mechanism.parameters(), random, manager, type);
            theta.forEach(array -> array.muli(scale));
            double remaining = random.nextDouble();
            NDArray left = vector(manager, type, remaining);
            Offer offer =
                    mechanism.offer(random.nextInt(rounds), vector(manager, type, bids(random, bids)), left, theta);
            double goods = Tensors.toDouble(offer.goods());
            assertTrue(goods >= 0 && goods <= Tensors.toDouble(left), "goods " + goods);
            double[] payments = Tensors.toDoubles(offer.payments());
            assertEquals(bids, payments.length);
            assertEquals(0, payments[0]);
            double rounding = single ? 1e-6 : 1e-14; // the engine sums in an order of its own
            for (int a = 1; a < bids; a++) {
                assertTrue(payments[a] >= payments[a - 1] * (1 - rounding), () -> Arrays.toString(payments));
            }
        }
    }

    @Test
    void aNetworkWithoutHiddenUnitsIsRefused() {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            InvalidInputException refusal =
                    assertThrows(InvalidInputException.class, () -> new NeuralMechanism(constants, 4, 10, 0));
            assertEquals("the hidden width must be at least 1, not 0", refusal.getMessage());
        }
    }

    /** The network's input: one-hot round, bid distribution, remaining goods. */
    static double[] input(int h, int rounds, double[] bids, double remaining) {
        double[] x = new double[rounds + bids.length + 1];
        x[h] = 1;
        System.arraycopy(bids, 0, x, rounds, bids.length);
        x[rounds + bids.length] = remaining;
        return x;
    }

    /** A bid distribution of mass below 1, with a bid that nobody makes. */
    static double[] bids(SplittableRandom random, int count) {
        double[] bids = random.doubles(count).map(x -> x / count).toArray();
        bids[random.nextInt(count)] = 0;
        return bids;
    }

    private static NDArray vector(NDManager manager, DataType type, double... values) {
        return Tensors.create(manager, type, values, new Shape(values.length));
    }
}
