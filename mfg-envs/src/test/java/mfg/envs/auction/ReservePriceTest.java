package mfg.envs.auction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.core.OnlineMirrorDescent;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.envs.Bench;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservePriceTest {

    private static BatchedAuction oneRound(Bench bench, int n, double reserve) {
        AuctionSetting.Scenario scenario = new AuctionSetting.Scenario(1, ReferenceAuction.initial("A1", n));
        ReservePrice mechanism = new ReservePrice(bench.constants, n, new double[] {reserve});
        return AuctionSetting.named("A1").game(bench.constants, 1, scenario, mechanism);
    }

    /** Empty bids are the hard case: what is sold is what is bid above them, up to rounding. */
    @Property(tries = 200)
    void bidsBelowTheReserveLoseAndOthersWin(
            @ForAll @IntRange(max = 20) int reserve, @ForAll boolean exact, @ForAll long seed) {
        int n = 20;
        SplittableRandom random = new SplittableRandom(seed);
        double[] flow = new double[(n + 1) * n];
        for (int a = 0; a < n; a++) {
            boolean made = random.nextInt(3) == 0;
            for (int s = 0; s <= n; s++) {
                flow[s * n + a] = made ? random.nextDouble(0.1, 1) : 0;
            }
        }
        flow[0] += 0.1;
        double total = Arrays.stream(flow).sum();
        try (Bench bench = new Bench(exact ? DataType.FLOAT64 : DataType.FLOAT32)) {
            NDArray population = Tensors.create(bench.manager, bench.type, flow, new Shape(n + 1, n))
                    .div(total);
            AuctionRound round = oneRound(bench, n, reserve / (double) n).round(0, population, null, Bench.NO_THETA);
            double[] bids = Tensors.toDoubles(round.bids());
            double[] winning = Tensors.toDoubles(round.winning());
            for (int a = 0; a < n; a++) {
                if (a < reserve) {
                    assertEquals(0, winning[a], "bid " + a);
                } else if (bids[a] > 0) {
                    assertEquals(1, winning[a], exact ? 1e-9 : 0.05, "bid " + a);
                }
            }
        }
    }

    /**
     * Theory: with a reserve and goods for all, a bidder of value v gets {@code v - b} for any bid b from the reserve up,
     * whatever the others do, so the logits after T steps are that times {@code (1 - (1 - eta tau)^T) / tau}.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.8})
    void withGoodsForAllItIsAPostedPrice(double reserve) {
        int n = 100;
        int steps = 300;
        double sharpness = (1 - Math.pow(1 - 10 * 1e-3, steps)) / 1e-3;
        double expected = 0;
        for (int v = 0; v < n; v++) {
            double weights = 0;
            double paid = 0;
            for (int b = 0; b < n; b++) {
                double bid = (double) b / n;
                double gain = bid >= reserve ? (double) v / n - bid : 0;
                weights += Math.exp(sharpness * gain);
                paid += bid >= reserve ? bid * Math.exp(sharpness * gain) : 0;
            }
            expected += paid / weights / n;
        }
        try (Bench bench = new Bench()) {
            PopulationFlow<AuctionRound> flow = bench.learned(
                    oneRound(bench, n, reserve), Bench.NO_THETA, new OnlineMirrorDescent(10, 1e-3), steps);
            assertEquals(expected, Tensors.toDouble(AuctionObjective.REVENUE.of(flow, Bench.NO_THETA)), 1e-10);
        }
    }

    @Test
    void reservesOutsideTheGridAreRefused() {
        try (Bench bench = new Bench()) {
            assertThrows(
                    InvalidInputException.class, () -> new ReservePrice(bench.constants, 2, new double[] {0.5, 1.1}));
            assertThrows(InvalidInputException.class, () -> new ReservePrice(bench.constants, 2, new double[] {-0.1}));
            assertThrows(
                    InvalidInputException.class, () -> new ReservePrice(bench.constants, 2, new double[] {Double.NaN}));
        }
    }
}
