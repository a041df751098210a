package mfg.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.core.Terms;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TermsWriterTest {

    private static final int ROUNDS = 3;
    private static final int BIDS = 20;
    private static final int HIDDEN = 130;

    private static final List<Terms.Sale> SALES =
            List.of(new Terms.Sale(new double[] {0.1, 0.37, 0.2}, new double[] {1.1, 1, 0.6}));

    private interface Check {
        void on(NeuralMechanism mechanism, NDList drawn, NDList start, NDManager manager);
    }

    private static void with(DataType type, int hidden, Terms terms, Check check) {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, type)) {
            NeuralMechanism mechanism = new NeuralMechanism(constants, ROUNDS, BIDS, hidden);
            List<ParameterSpec> specs = mechanism.parameters();
            NDList drawn = Theta.uniform(specs, new SplittableRandom(1), manager, type);
            List<double[]> theta = drawn.stream().map(Tensors::toDoubles).toList();
            assertTrue(mechanism.imitate(terms, SALES, theta));
            NDList start = new NDList();
            for (int i = 0; i < specs.size(); i++) {
                start.add(
                        Tensors.create(manager, type, theta.get(i), specs.get(i).shape()));
            }
            check.on(mechanism, drawn, start, manager);
        }
    }

    /** Terms of every kind: by round or not, following bids, blind, or both. */
    private static Terms terms(SplittableRandom random) {
        boolean alike = random.nextBoolean();
        double[][] payments = new double[ROUNDS][];
        int[] served = new int[ROUNDS];
        double[] goods = new double[ROUNDS];
        for (int h = 0; h < ROUNDS; h++) {
            double[] paid = random.doubles(BIDS, 0, 1).sorted().toArray();
            paid[0] = 0;
            payments[h] = alike && h > 0 ? payments[0] : paid;
            served[h] = alike && h > 0 ? served[0] : random.nextInt(1, BIDS + 1);
            goods[h] = served[h] == BIDS || random.nextBoolean() ? random.nextDouble(0.02, 0.3) : 0;
        }
        return new Terms(payments, served, goods);
    }

    private static double[] bids(SplittableRandom random, double mass) {
        double[] bids = random.doubles(BIDS).toArray();
        double sum = Arrays.stream(bids).sum();
        return Arrays.stream(bids).map(x -> x / sum * mass).toArray();
    }

    private static Mechanism.Offer offer(
            NeuralMechanism mechanism, NDList theta, int h, double[] bids, double remaining, NDManager manager) {
        DataType type = theta.head().getDataType();
        return mechanism.offer(
                h,
                Tensors.create(manager, type, bids, new Shape(BIDS)),
                Tensors.create(manager, type, new double[] {remaining}, new Shape(1)),
                theta);
    }

    /** Whatever is bid and left: between knots the logarithms are off by 1 % at most, but for masses that hardly matter. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void offersAndPaymentsAreThoseOfTheTerms(
            @ForAll @IntRange(max = ROUNDS - 1) int h,
            @ForAll @DoubleRange(min = 0.05, max = 1) double mass,
            @ForAll @DoubleRange(min = 0.01, max = 1) double left,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Terms terms = terms(random);
        with(DataType.FLOAT64, HIDDEN, terms, (mechanism, drawn, start, manager) -> {
            double[] bids = bids(random, mass);
            double wanted = terms.offer(h, bids);
            Mechanism.Offer offer = offer(mechanism, start, h, bids, wanted + left, manager);
            assertEquals(wanted, Tensors.toDouble(offer.goods()), 0.015 * wanted + 5e-5);
            assertArrayEquals(terms.payments()[h], Tensors.toDoubles(offer.payments()), TermsWriter.LEAST_INCREMENT);
        });
    }

    /** Where bidders will be, nothing is left of the error, in either precision. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64"})
    void offersAreExactWhereTheyWereSeen(DataType type) {
        double[][] payments = new double[ROUNDS][BIDS];
        Arrays.stream(payments).forEach(row -> Arrays.fill(row, 1, BIDS, 0.5));
        Terms terms = Terms.following(payments, new int[] {1, 10, 15});
        with(type, HIDDEN, terms, (mechanism, drawn, start, manager) -> {
            for (int h = 0; h < ROUNDS; h++) {
                double[] bids = new double[BIDS];
                bids[0] = 0.4;
                bids[16] = SALES.get(0).offered()[h];
                double remaining = SALES.get(0).remaining()[h];
                Mechanism.Offer offer = offer(mechanism, start, h, bids, remaining, manager);
                assertEquals(bids[16], Tensors.toDouble(offer.goods()), type == DataType.FLOAT32 ? 2e-6 : 1e-12);
            }
        });
    }

    /** More is wanted than there is: all of it is on offer. */
    @Test
    void allIsOnOfferWhereItIsNotEnough() {
        double[] goods = {0.3, 0.3, 0.3};
        with(
                DataType.FLOAT64,
                HIDDEN,
                Terms.blind(new double[ROUNDS][BIDS], goods),
                (mechanism, drawn, start, manager) -> {
                    double offered = Tensors.toDouble(offer(mechanism, start, 2, new double[BIDS], 0.2, manager)
                            .goods());
                    assertEquals(0.2, offered, 1e-5);
                });
    }

    @Test
    void whatIsNotNeededStaysForTrainingToTakeUp() {
        double[][] payments = new double[ROUNDS][BIDS];
        Terms terms = Terms.following(payments, new int[] {1, 1, 1});
        with(DataType.FLOAT64, HIDDEN, terms, (mechanism, drawn, start, manager) -> {
            assertArrayEquals(Tensors.toDoubles(drawn.get(0)), Tensors.toDoubles(start.get(0)), "W1");
            double[] w3 = Tensors.toDoubles(drawn.get(6));
            int kept = (HIDDEN - 10) * HIDDEN;
            assertArrayEquals(
                    Arrays.copyOfRange(w3, kept, w3.length),
                    Arrays.copyOfRange(Tensors.toDoubles(start.get(6)), kept, w3.length));
        });
    }

    @Test
    void aNarrowNetworkIsRefused() {
        Terms terms = Terms.blind(new double[ROUNDS][BIDS], new double[] {0.1, 0.2, 0.3});
        InvalidInputException e = assertThrows(
                InvalidInputException.class, () -> with(DataType.FLOAT64, 5, terms, (m, drawn, start, manager) -> {}));
        assertTrue(e.getMessage().contains("5 hidden units are too few"), e.getMessage());
    }

    /** A network of another width makes the same offers where it was shown them, and between. */
    @Test
    void aFitMakesTheOffersOfAnotherNetwork() {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            NeuralMechanism model = new NeuralMechanism(constants, ROUNDS, BIDS, 30);
            NDList theirs = Theta.uniform(model.parameters(), new SplittableRandom(5), manager, DataType.FLOAT64);
            SplittableRandom random = new SplittableRandom(3);
            double[] before = bids(random, 1);
            double[] after = bids(random, 0.8);
            List<Mechanism.Example> examples = new ArrayList<>();
            for (int i = 0; i <= 20; i++) {
                for (int h = 0; h < ROUNDS; h++) {
                    examples.add(example(model, theirs, h, between(before, after, i / 20.0), manager));
                }
            }
            NeuralMechanism own = new NeuralMechanism(constants, ROUNDS, BIDS, 50);
            List<double[]> theta =
                    Theta.uniform(own.parameters(), new SplittableRandom(1), manager, DataType.FLOAT64).stream()
                            .map(Tensors::toDoubles)
                            .toList();
            assertTrue(own.fit(examples, theta));
            NDList fitted = new NDList();
            for (int i = 0; i < theta.size(); i++) {
                fitted.add(Tensors.create(
                        manager,
                        DataType.FLOAT64,
                        theta.get(i),
                        own.parameters().get(i).shape()));
            }
            double[] middle = between(before, after, 0.475);
            for (int h = 0; h < ROUNDS; h++) {
                Mechanism.Example wanted = example(model, theirs, h, middle, manager);
                Mechanism.Example found = example(own, fitted, h, middle, manager);
                assertEquals(wanted.goods(), found.goods(), 1e-5);
                assertArrayEquals(wanted.payments(), found.payments(), 1e-5);
            }
        }
    }

    private static double[] between(double[] first, double[] second, double part) {
        double[] mix = new double[BIDS];
        Arrays.setAll(mix, a -> (1 - part) * first[a] + part * second[a]);
        return mix;
    }

    private static Mechanism.Example example(
            NeuralMechanism mechanism, NDList theta, int h, double[] bids, NDManager manager) {
        double remaining = 0.9 - 0.1 * h;
        Mechanism.Offer offer = offer(mechanism, theta, h, bids, remaining, manager);
        return new Mechanism.Example(
                h, bids, remaining, Tensors.toDouble(offer.goods()), Tensors.toDoubles(offer.payments()), 1);
    }
}
