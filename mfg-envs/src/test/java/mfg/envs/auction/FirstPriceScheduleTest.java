package mfg.envs.auction;

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
import mfg.core.Mechanism;
import mfg.core.Tensors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FirstPriceScheduleTest {

    /** What is offered by round, and withheld in the end. */
    private static double[] offered(double[] logits, double alphaMax) {
        int rounds = logits.length - 1;
        double[] goods = new double[rounds];
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            FirstPriceSchedule mechanism = new FirstPriceSchedule(constants, rounds, 5, alphaMax);
            assertEquals(
                    List.of(new Shape(rounds + 1)),
                    mechanism.parameters().stream().map(spec -> spec.shape()).toList());
            NDList theta = new NDList(Tensors.create(manager, DataType.FLOAT64, logits, new Shape(rounds + 1)));
            NDArray bids = manager.ones(new Shape(5), DataType.FLOAT64);
            for (int h = 0; h < rounds; h++) {
                Mechanism.Offer offer = mechanism.offer(h, bids, manager.ones(new Shape(1), DataType.FLOAT64), theta);
                goods[h] = Tensors.toDouble(offer.goods());
                assertArrayEquals(new double[] {0, 0.2, 0.4, 0.6, 0.8}, Tensors.toDoubles(offer.payments()), 1e-15);
            }
        }
        return goods;
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void neverMoreIsOfferedThanThereIs(
            @ForAll @IntRange(min = 1, max = 12) int rounds,
            @ForAll @DoubleRange(min = 0.1, max = 5) double alphaMax,
            @ForAll @DoubleRange(min = 0.1, max = 100) double spread,
            @ForAll long seed) {
        double[] logits =
                new SplittableRandom(seed).doubles(rounds + 1, -spread, spread).toArray();
        double[] goods = offered(logits, alphaMax);
        assertTrue(Arrays.stream(goods).allMatch(share -> share >= 0), Arrays.toString(goods));
        assertTrue(Arrays.stream(goods).sum() <= alphaMax * (1 + 1e-15), Arrays.toString(goods));
    }

    /** Any shares can be reached: by their logarithms, with that of the rest in the end. */
    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void everyScheduleCanBeOffered(@ForAll @IntRange(min = 1, max = 12) int rounds, @ForAll long seed) {
        double[] weights =
                new SplittableRandom(seed).doubles(rounds + 1, 1e-6, 1).toArray();
        double total = Arrays.stream(weights).sum();
        double[] shares = Arrays.stream(weights).map(w -> 0.8 * w / total).toArray();
        double[] logits =
                Arrays.stream(shares).map(share -> Math.log(share) + 3).toArray();
        assertArrayEquals(Arrays.copyOf(shares, rounds), offered(logits, 0.8), 1e-14);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void goodsThatAreNoneAreRefused(double alphaMax) {
        assertThrows(InvalidInputException.class, () -> offered(new double[3], alphaMax));
    }
}
