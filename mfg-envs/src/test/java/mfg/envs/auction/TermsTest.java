package mfg.envs.auction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import mfg.core.Constants;
import mfg.core.Mechanism;
import mfg.core.Tensors;
import mfg.core.Terms;
import mfg.core.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TermsTest {

    private static final int ROUNDS = 3;
    private static final int BIDS = 10;

    private interface Check {
        void on(Constants constants, NDManager manager);
    }

    private static void with(Check check) {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            check.on(constants, manager);
        }
    }

    private static Mechanism mechanism(String name, Constants constants) {
        return switch (name) {
            case "first-price" -> new FirstPrice(constants, BIDS, new double[] {0.1, 0.3, 0});
            case "reserve" -> new ReservePrice(constants, BIDS, new double[] {0, 0.45, 1});
            default -> new PostedPriceMechanism(constants, BIDS, new double[] {0.35, 0.35, 0.35});
        };
    }

    /** What a mechanism tells, it does, and so does whoever plays what it tells. */
    @ParameterizedTest
    @ValueSource(strings = {"first-price", "reserve", "posted-price"})
    void offersArePlayedAsTold(String name) {
        with((constants, manager) -> {
            Mechanism mechanism = mechanism(name, constants);
            Terms terms = Objects.requireNonNull(mechanism.terms());
            Mechanism played = new TermsMechanism(constants, terms);
            double[] bids = new SplittableRandom(1).doubles(BIDS, 0, 0.1).toArray();
            NDArray nu = Tensors.create(manager, DataType.FLOAT64, bids, new Shape(BIDS));
            NDArray left = Tensors.create(manager, DataType.FLOAT64, new double[] {0.8}, new Shape(1));
            for (int h = 0; h < ROUNDS; h++) {
                double told = terms.offer(h, bids);
                for (Mechanism one : List.of(mechanism, played)) {
                    Mechanism.Offer offer = one.offer(h, nu, left, new NDList());
                    assertEquals(told, Tensors.toDouble(offer.goods()), 1e-12);
                    assertArrayEquals(terms.payments()[h], Tensors.toDoubles(offer.payments()));
                    double[] payments = new double[BIDS];
                    double goods = Objects.requireNonNull(one.kernel(Kernels.doubles(), new NDList()))
                            .offer(h, bids, 0.8, payments, new double[0], 0);
                    assertEquals(told, goods, 1e-12);
                    assertArrayEquals(terms.payments()[h], payments);
                }
            }
        });
    }

    /** A blind mechanism offers the share of the goods that was offered, a little less where that followed the bids. */
    @Test
    void aStaticMechanismOffersTheShareThatWasOffered() {
        with((constants, manager) -> {
            StaticMechanism mechanism = new StaticMechanism(constants, ROUNDS, BIDS);
            List<Terms.Sale> sales = List.of(
                    new Terms.Sale(new double[] {0.1, 0.2, 0.5}, new double[] {0.5, 0.4, 0.2}),
                    new Terms.Sale(new double[] {0.3, 0.2, 0}, new double[] {0.5, 0.4, 0}));
            double[][] shares = new double[2][];
            for (int k = 0; k < 2; k++) {
                List<double[]> theta = List.of(new double[ROUNDS * BIDS], new double[ROUNDS]);
                Mechanism model = mechanism(k == 0 ? "first-price" : "posted-price", constants);
                Terms terms = Objects.requireNonNull(model.terms());
                assertTrue(mechanism.imitate(terms, sales, theta));
                for (int a = 1; a < BIDS; a++) {
                    double paid = (double) a / BIDS / (1 + Math.exp(-theta.get(0)[a]));
                    assertEquals(Math.min((double) a / BIDS, terms.payments()[0][a]), paid, 1.1e-4);
                }
                shares[k] = Arrays.stream(theta.get(1))
                        .map(x -> 1 / (1 + Math.exp(-x)))
                        .toArray();
            }
            assertArrayEquals(new double[] {0.4, 0.5}, Arrays.copyOf(shares[0], 2), 1e-12);
            assertArrayEquals(new double[] {0.97 * 0.4, 0.97 * 0.5}, Arrays.copyOf(shares[1], 2), 1e-12);
        });
    }
}
