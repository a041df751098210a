package mfg.eval.counterfactual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleUnaryOperator;
import mfg.envs.bids.Market;
import mfg.envs.bids.SaleRule;
import mfg.envs.bids.SaleRule.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample of docs is what it says. */
final class SampleLogTest {

    private static final Path FILE = Path.of("../docs/timber-sample.csv");

    /** The test leaves what ought to be in docs in {@code mfg-eval/target}. */
    @Test
    void theFileIsWhatTheSeedWrites() throws IOException {
        String text = new SampleLog(SampleLog.SEED).text();
        Files.writeString(Path.of("target", FILE.getFileName().toString()), text);
        assertEquals(text, Files.readString(FILE));
    }

    /** Who bids as if the value were another one gains less. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void bidsAreBestAmongOthersWhoBidLikewise(int bidders) {
        for (double z = -2; z <= 2; z += 0.5) {
            double value = Math.exp(SampleLog.SIGMA * z);
            DoubleUnaryOperator gain = other ->
                    (value - SampleLog.bid(bidders, other)) * Math.pow(SampleLog.cumulative(other), bidders - 1);
            for (double other : new double[] {z - 1, z - 0.1, z + 0.1, z + 1}) {
                assertTrue(gain.applyAsDouble(other) < gain.applyAsDouble(z), z + " as " + other);
            }
        }
    }

    /** Against the sums of {@link Market}, which takes 2000 values. */
    @Test
    void theTruthIsThatOfAMarket() {
        SampleLog sample = new SampleLog(SampleLog.SEED);
        Market market = sample.market();
        assertAgree(market, Contender.ALL_SOLD, sample.noReserve());
        assertEquals(1, market.expected(Contender.ALL_SOLD).worth() / sample.mostWorth(), 0.002);
        assertAgree(market, market.best(Format.UNIFORM_PRICE), sample.bestReserve());
        assertAgree(market, market.best(Format.POSTED_PRICE), sample.bestPrice());
    }

    private static void assertAgree(Market market, SaleRule rule, SampleLog.Truth truth) {
        assertEquals(1, market.expected(rule).revenue() / truth.revenue(), 0.001);
        assertEquals(rule.least(), truth.least(), 0.01 * truth.least());
    }

    /** {@code v - (1 - F(v)) / f(v)} rises where anybody is. */
    @Test
    void virtualValuesRise() {
        double last = Double.NEGATIVE_INFINITY;
        for (double z = -4; z <= 4; z += 0.01) {
            double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            double virtual = Math.exp(SampleLog.SIGMA * z) * (1 - SampleLog.SIGMA * SampleLog.cumulative(-z) / density);
            assertTrue(virtual > last, "at " + z);
            last = virtual;
        }
    }
}
