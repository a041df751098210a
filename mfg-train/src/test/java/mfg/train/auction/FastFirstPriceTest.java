package mfg.train.auction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.auction.FirstPrice;
import mfg.train.DesignProblem;
import mfg.train.Evaluation;
import mfg.train.Problems;
import mfg.train.StepMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** First price with 100 values by the fast step, in float64: figures of page 3 of the specification, measured independently. */
final class FastFirstPriceTest {

    private static final int VALUES = 100;

    /** Half a unit of the fourth decimal. */
    private static final double DIGITS = 5.1e-5;

    private static double[] evenly() {
        double[] even = new double[VALUES];
        Arrays.fill(even, 1.0 / VALUES);
        return even;
    }

    private static AuctionSetting.Scenario scenario(AuctionSetting setting) {
        // of A3's draws, the one whose figures are known
        return setting.isRandom()
                ? new AuctionSetting.Scenario(0.9, evenly())
                : setting.draw(VALUES, new SplittableRandom(1));
    }

    private static List<Evaluation> learned(
            AuctionSetting setting, AuctionSetting.Scenario scenario, double[] shares, Integer... steps) {
        try (Problems problems = new Problems()) {
            FirstPrice mechanism = new FirstPrice(problems.constants, VALUES, shares);
            return Evaluation.along(
                    new DesignProblem<>(
                            setting.game(problems.constants, shares.length, scenario, mechanism),
                            setting.objective(),
                            Problems.AUCTION_DESCENT,
                            1),
                    StepMethod.FAST,
                    new NDList(),
                    List.of(steps),
                    problems.manager,
                    DataType.FLOAT64,
                    (evaluation, flow) -> {});
        }
    }

    @ParameterizedTest
    @CsvSource({
        "A1, 0.1481, 0.1481, 0.1481, 0.0024",
        "A2, 0.2964, 0.3039, 0.3425, 0.0001",
        "A3, 0.3892, 0.3896, 0.3907, 0.0024",
        "A7, 0.2128, 0.2134, 0.2144, 0.0001"
    })
    void equalSharesEarnWhatWasMeasured(String name, double at400, double at500, double at2000, double gain) {
        AuctionSetting setting = AuctionSetting.named(name);
        AuctionSetting.Scenario scenario = scenario(setting);
        double[] shares = FirstPrice.equalShares(setting.rounds(), scenario.alphaMax());
        List<Evaluation> found = learned(setting, scenario, shares, 400, 500, 2000);
        assertEquals(at400, found.get(0).objective(), DIGITS);
        assertEquals(at500, found.get(1).objective(), DIGITS);
        assertEquals(at2000, found.get(2).objective(), DIGITS);
        assertEquals(gain, found.get(2).exploitability(), DIGITS);
    }

    /** The shares are known to three digits only, so the revenue to 0.002. */
    @ParameterizedTest
    @CsvSource({
        "A1, 0.006 0.066 0.256 0.180, 0.2447, 0.2445, 0.2426, 0.0023",
        "A2, 0 0.017 0.107 0.542, 0.5348, 0.5482, 0.6052, 0.0002",
        "A7, 0.020 0.008 0.026 0.026 0.065 0.400, 0.2754, 0.2759, 0.2767, 0.0000"
    })
    void theBestSharesEarnWhatWasMeasured(
            String name, String list, double at400, double at500, double at2000, double gain) {
        AuctionSetting setting = AuctionSetting.named(name);
        double[] shares = numbers(list);
        List<Evaluation> found = learned(setting, scenario(setting), shares, 400, 500, 2000);
        assertEquals(at400, found.get(0).objective(), 0.002);
        assertEquals(at500, found.get(1).objective(), 0.002);
        assertEquals(at2000, found.get(2).objective(), 0.002);
        assertEquals(gain, found.get(2).exploitability(), 0.0005);
    }

    @ParameterizedTest
    @CsvSource({"A10, 0.2 0.2 0.2 0.2, 400, 0.3497, 5.1e-5", "A2, 0 0 0.128 0.610, 2000, 0.6327, 0.002"})
    void otherSharesEarnWhatWasMeasured(String name, String list, int steps, double expected, double tolerance) {
        AuctionSetting setting = AuctionSetting.named(name);
        Evaluation found =
                learned(setting, scenario(setting), numbers(list), steps).get(0);
        assertEquals(expected, found.objective(), tolerance);
    }

    /** In the long run the goods go at the market-clearing value, one step of the grid lower. */
    @ParameterizedTest
    @CsvSource({"0.3, 0.2010, 0.2070", "0.5, 0.2343, 0.2450", "0.8, 0.1433, 0.1520"})
    void oneRoundEarnsWhatWasMeasuredAndClearsTheMarketInTheLongRun(double alpha, double at400, double at20000) {
        AuctionSetting.Scenario scenario = new AuctionSetting.Scenario(alpha, evenly());
        List<Evaluation> found = learned(AuctionSetting.named("A1"), scenario, new double[] {alpha}, 400, 20_000);
        assertEquals(at400, found.get(0).objective(), DIGITS);
        assertEquals(at20000, found.get(1).objective(), DIGITS);
        assertEquals(alpha * (1 - alpha - 1.0 / VALUES), found.get(1).objective(), DIGITS);
    }

    private static double[] numbers(String list) {
        return Arrays.stream(list.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}
