package mfg.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PostedPriceStartTest {

    private static final int ROUNDS = 3;
    private static final int BIDS = 20;
    private static final int HIDDEN = PostedPriceStart.UNITS + 4;

    private interface Check {
        void on(NeuralMechanism mechanism, NDList drawn, NDList start, NDManager manager);
    }

    private static void with(double price, Check check) {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            NeuralMechanism mechanism = new NeuralMechanism(constants, ROUNDS, BIDS, HIDDEN);
            List<ParameterSpec> specs = mechanism.parameters();
            NDList drawn = Theta.uniform(specs, new SplittableRandom(1), manager, DataType.FLOAT64);
            List<double[]> theta = drawn.stream().map(Tensors::toDoubles).toList();
            assertTrue(mechanism.postPrice(price, new double[ROUNDS], theta));
            NDList start = new NDList();
            for (int i = 0; i < specs.size(); i++) {
                start.add(Tensors.create(
                        manager, DataType.FLOAT64, theta.get(i), specs.get(i).shape()));
            }
            check.on(mechanism, drawn, start, manager);
        }
    }

    /** Whatever is bid and left: all bids but 0 pay the price, and nearly all of them win, but no bid of 0 does. */
    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void itSellsToNearlyAllWhoAcceptThePrice(
            @ForAll @IntRange(max = ROUNDS - 1) int h,
            @ForAll @DoubleRange(min = 0.01, max = 0.9) double price,
            @ForAll @DoubleRange(min = 0.01, max = 0.95) double accepted,
            @ForAll @DoubleRange(min = 0.01, max = 2) double left,
            @ForAll long seed) {
        with(price, (mechanism, drawn, start, manager) -> {
            double[] bids = new SplittableRandom(seed).doubles(BIDS).toArray();
            bids[0] = 0;
            double sum = Arrays.stream(bids).sum();
            for (int a = 1; a < BIDS; a++) {
                bids[a] *= accepted / sum;
            }
            bids[0] = 1 - accepted;
            Mechanism.Offer offer = mechanism.offer(
                    h,
                    Tensors.create(manager, DataType.FLOAT64, bids, new Shape(BIDS)),
                    Tensors.create(manager, DataType.FLOAT64, new double[] {accepted + left}, new Shape(1)),
                    start);
            double[] payments = Tensors.toDoubles(offer.payments());
            assertEquals(0, payments[0]);
            assertEquals(price, payments[1], 1e-12);
            assertTrue(payments[BIDS - 1] > price && payments[BIDS - 1] < price + 0.01, "" + payments[BIDS - 1]);
            double goods = Tensors.toDouble(offer.goods());
            assertTrue(goods < accepted && goods > 0.94 * accepted, goods + " of " + accepted);
        });
    }

    @Test
    void whatIsNotNeededStaysForTrainingToTakeUp() {
        with(0.5, (mechanism, drawn, start, manager) -> {
            assertArrayEquals(Tensors.toDoubles(drawn.get(0)), Tensors.toDoubles(start.get(0)), "W1");
            double[] w3 = Tensors.toDoubles(drawn.get(6));
            int kept = PostedPriceStart.UNITS * HIDDEN;
            assertArrayEquals(
                    Arrays.copyOfRange(w3, kept, w3.length),
                    Arrays.copyOfRange(Tensors.toDoubles(start.get(6)), kept, w3.length));
        });
    }

    @Test
    void aNarrowNetworkIsRefused() {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            NeuralMechanism mechanism = new NeuralMechanism(constants, ROUNDS, 5, PostedPriceStart.UNITS - 1);
            assertThrows(InvalidInputException.class, () -> mechanism.postPrice(0.5, new double[ROUNDS], List.of()));
        }
    }
}
