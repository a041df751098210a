package mfg.envs.auction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import mfg.core.InvalidInputException;
import mfg.core.Tensors;
import mfg.envs.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class AuctionSettingTest {

    static final List<AuctionSetting> ALL = AuctionSetting.ALL;

    /** Source: AMID App. F. */
    @ParameterizedTest
    @CsvSource({
        "A1, 4, 0.8, 0.8", "A2, 4, 0.8, 0.8", "A3, 5, 0.6, 1.2", "A4, 4, 0.8, 0.8", "A5, 4, 0.8, 0.8",
        "A6, 4, 0.8, 0.8", "A7, 6, 0.8, 0.8", "A8, 100, 5, 5", "A9, 4, 0.8, 0.8", "a10, 4, 0.8, 0.8"
    })
    void settingsHaveTheHorizonAndSupplyOfThePaper(String name, int rounds, double least, double most) {
        AuctionSetting setting = AuctionSetting.named(name);
        assertEquals(rounds, setting.rounds());
        assertEquals(least, setting.alphaMin());
        assertEquals(most, setting.alphaMax());
    }

    @Test
    void unknownNamesAreRefused() {
        assertThrows(InvalidInputException.class, () -> AuctionSetting.named("A11"));
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void transitionsAreDistributions(AuctionSetting setting) {
        double[] initial = setting.draw(100, new SplittableRandom(3)).initialValues();
        double[][] w = setting.transitions(initial);
        assertEquals(101, w.length);
        for (double[] row : w) {
            assertEquals(101, row.length);
            assertTrue(Arrays.stream(row).allMatch(p -> p >= 0 && p <= 1));
            assertEquals(1, Arrays.stream(row).sum(), 1e-12);
        }
        for (int s = 0; s < 100; s++) {
            assertEquals(0, w[s][100], "losers stay in the auction");
            assertEquals(setting.reentry() * initial[s], w[100][s], 1e-15);
        }
    }

    @Test
    void theLongHorizonsKernelSurvivesSinglePrecision() {
        AuctionSetting setting = AuctionSetting.named("A8");
        AuctionSetting.Scenario scenario = setting.draw(100, new SplittableRandom(3));
        try (Bench bench = new Bench(DataType.FLOAT32)) {
            NDArray kernel = bench.constants.matrix(setting.transitions(scenario.initialValues()));
            float[] rows = kernel.toFloatArray();
            for (int s = 0; s <= 100; s++) {
                double mass = 0;
                for (int to = 0; to <= 100; to++) {
                    mass += rows[s * 101 + to];
                }
                assertEquals(1, mass, 1e-6, "row " + s);
            }
            assertEquals(1, rows[99 * 101 + 99], 1e-3, "1.2 * 0.99 lies above the grid: the top value stays");

            BatchedAuction game = setting.game(
                    bench.constants,
                    100,
                    scenario,
                    new FirstPrice(bench.constants, 100, FirstPrice.equalShares(100, 5)));
            NDArray last = bench.uniform(game, Bench.NO_THETA).rounds().get(99).next();
            assertEquals(1, Tensors.toDouble(last.sum()), 1e-4);
        }
    }

    @Test
    void aNarrowDriftBeyondTheGridStaysFinite() {
        AuctionSetting narrow = new AuctionSetting(
                "narrow",
                "every weight of the top row underflows",
                1,
                1,
                1,
                AuctionSetting.Initial.UNIFORM,
                0,
                new AuctionSetting.Drift(1.2, 0.002),
                Utility.LINEAR,
                AuctionObjective.REVENUE);
        double[][] w = narrow.transitions(ReferenceAuction.initial("A1", 100));
        assertEquals(1, w[99][99], 1e-12);
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void onlyTheThirdSettingIsDrawn(AuctionSetting setting) {
        AuctionSetting.Scenario one = setting.draw(100, new SplittableRandom(1));
        AuctionSetting.Scenario again = setting.draw(100, new SplittableRandom(1));
        AuctionSetting.Scenario other = setting.draw(100, new SplittableRandom(2));
        assertArrayEquals(one.initialValues(), again.initialValues());
        assertEquals(one.alphaMax(), again.alphaMax());
        assertEquals(setting.name().equals("A3"), setting.isRandom());
        if (setting.isRandom()) {
            assertNotEquals(one.alphaMax(), other.alphaMax());
            assertNotEquals(one.initialValues()[0], other.initialValues()[0]);
        } else {
            assertArrayEquals(ReferenceAuction.initial(setting.name(), 100), one.initialValues(), 1e-15);
            assertEquals(setting.alphaMax(), one.alphaMax());
            RandomGenerator untouched = () -> {
                throw new AssertionError("nothing is random here");
            };
            setting.draw(100, untouched);
        }
    }

    @Test
    void drawsCoverTheSupplyAndTheSimplexEvenly() {
        AuctionSetting setting = AuctionSetting.named("A3");
        RandomGenerator random = new SplittableRandom(4);
        int draws = 4000;
        double supply = 0;
        double first = 0;
        double square = 0;
        for (int i = 0; i < draws; i++) {
            AuctionSetting.Scenario scenario = setting.draw(4, random);
            assertTrue(scenario.alphaMax() >= 0.6 && scenario.alphaMax() < 1.2);
            assertEquals(1, Arrays.stream(scenario.initialValues()).sum(), 1e-14);
            supply += scenario.alphaMax() / draws;
            first += scenario.initialValues()[0] / draws;
            square += Math.pow(scenario.initialValues()[0], 2) / draws;
        }
        // moments of the uniform and of Dirichlet(1, 1, 1, 1); four standard errors
        assertEquals(0.9, supply, 0.011);
        assertEquals(0.25, first, 0.0125);
        assertEquals(0.1, square, 0.0085);
    }
}
