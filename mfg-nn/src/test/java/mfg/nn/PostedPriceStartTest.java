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
import org.junit.jupiter.api.Test;

final class PostedPriceStartTest {

    private static final double[] PRICES = {0.25, 0.5, 1};
    private static final double[] FRACTIONS = {0.6, 0, 1};

    @Test
    void everyBidButZeroPaysThePriceWhateverIsBid() {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            NeuralMechanism mechanism = new NeuralMechanism(constants, 3, 20, 8);
            List<ParameterSpec> specs = mechanism.parameters();
            NDList drawn = Theta.uniform(specs, new SplittableRandom(1), manager, DataType.FLOAT64);
            List<double[]> theta = drawn.stream().map(Tensors::toDoubles).toList();
            assertTrue(mechanism.postPrices(PRICES, FRACTIONS, theta));
            NDList start = new NDList();
            for (int i = 0; i < specs.size(); i++) {
                start.add(Tensors.create(
                        manager, DataType.FLOAT64, theta.get(i), specs.get(i).shape()));
            }
            SplittableRandom random = new SplittableRandom(2);
            for (int h = 0; h < 3; h++) {
                double[] bids = random.doubles(20).map(x -> x / 20).toArray();
                Mechanism.Offer offer = mechanism.offer(
                        h,
                        Tensors.create(manager, DataType.FLOAT64, bids, new Shape(20)),
                        Tensors.create(manager, DataType.FLOAT64, new double[] {0.8}, new Shape(1)),
                        start);
                double[] payments = Tensors.toDoubles(offer.payments());
                assertEquals(0, payments[0]);
                assertEquals(PRICES[h], payments[1], 1e-12);
                assertTrue(payments[19] > payments[1] && payments[19] < payments[1] + 0.01, "" + payments[19]);
                assertEquals(0.8 * FRACTIONS[h], Tensors.toDouble(offer.goods()), 1e-4);
            }
            // what training can take up
            assertArrayEquals(Tensors.toDoubles(drawn.get(0)), theta.get(0));
            double[] w3 = Tensors.toDoubles(drawn.get(6));
            assertArrayEquals(
                    Arrays.copyOfRange(w3, 3 * 8, w3.length),
                    Arrays.copyOfRange(theta.get(6), 3 * 8, theta.get(6).length));
        }
    }

    @Test
    void aNetworkTooNarrowForItsRoundsIsRefused() {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            NeuralMechanism mechanism = new NeuralMechanism(constants, 3, 5, 2);
            assertThrows(InvalidInputException.class, () -> mechanism.postPrices(PRICES, FRACTIONS, List.of()));
        }
    }
}
