package mfg.envs.bids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reserve prices earn. */
final class SecondPriceRevenueTest {

    /** Of uniform values: the textbook's r = (1 + v0) / 2, and 5/12 instead of 1/3 from two bidders (Riley and Samuelson 1981). */
    @ParameterizedTest
    @CsvSource({
        "1, 0,   0.5, 0.25,              0",
        "2, 0,   0.5, 0.4166666666666667, 0.3333333333333333",
        "3, 0,   0.5, 0.53125,           0.5",
        "1, 0.2, 0.6, 0.36,              0",
    })
    void uniformValuesHaveAKnownBestReserve(int bidders, double unsold, double reserve, double most, double without) {
        SecondPriceRevenue revenue = new SecondPriceRevenue(KnownValues.UNIFORM.distribution(), bidders, unsold);
        assertEquals(reserve, revenue.bestReserve(), 1e-4);
        assertEquals(most, revenue.at(revenue.bestReserve()), 1e-4);
        assertEquals(without, revenue.at(0), 1e-4);
    }

    /** Over all that three bidders may draw of four values, two of them the same. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.3", "1, 0", "2, 0.5", "2.5, 0", "9, 0.1"})
    void isTheMeanOverAllDraws(double reserve, double unsold) {
        double[] values = {1, 2, 2, 5};
        double sum = 0;
        for (int draw = 0; draw < 64; draw++) {
            double[] drawn = Ascending.sorted(new double[] {values[draw % 4], values[draw / 4 % 4], values[draw / 16]});
            sum += drawn[2] < reserve ? unsold : Math.max(reserve, drawn[1]);
        }
        SecondPriceRevenue revenue = new SecondPriceRevenue(ValueDistribution.of(values), 3, unsold);
        assertEquals(sum / 64, revenue.at(reserve), 1e-12);
        double most = Arrays.stream(values).map(revenue::at).max().orElseThrow();
        assertEquals(most, revenue.at(revenue.bestReserve()));
    }

    /** The small version of {@link ReserveCoverageCheck}. */
    @Test
    void intervalsHoldTheRevenueOfTheBestReserve() {
        long held = ReserveCoverageCheck.held(KnownValues.UNIFORM, 3, 100, 60);
        assertTrue(held >= 49, held + " of 60");
    }

    @Test
    void unsoldGoodsMakeReservesHigher() {
        ValueDistribution values = new FirstPriceBids(KnownValues.BETA.firstPrice(3, 300, 1)).distribution();
        double free = new SecondPriceRevenue(values, 3, 0).bestReserve();
        assertTrue(free < new SecondPriceRevenue(values, 3, 0.3).bestReserve());
    }
}
