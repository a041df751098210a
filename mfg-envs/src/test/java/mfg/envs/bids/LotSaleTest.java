package mfg.envs.bids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import mfg.envs.bids.LotSale.Outcome;
import mfg.envs.bids.SaleRule.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sales bring: against closed forms, against plays, and against each other. */
final class LotSaleTest {

    /** Nearly uniform on [0, 1]. */
    private static final ValueDistribution UNIFORM = ValueDistribution.of(
            IntStream.range(0, 2000).mapToDouble(i -> (i + 0.5) / 2000).toArray());

    /** Uniform values: the j-th highest of n is worth (n + 1 - j) / (n + 1). */
    @ParameterizedTest
    @CsvSource({"2, 1", "5, 1", "5, 2", "10, 9", "1000, 1", "1000, 400", "4, 4", "3, 7"})
    void withoutReserveLotsGoToTheHighestAtTheNextPrice(int bidders, int lots) {
        Outcome sale = new LotSale(UNIFORM, bidders, lots).efficient(0);
        int sold = Math.min(bidders, lots);
        double worth = IntStream.rangeClosed(1, sold)
                .mapToDouble(j -> (bidders + 1.0 - j) / (bidders + 1))
                .sum();
        double price = Math.max(0, (bidders - lots) / (bidders + 1.0));
        assertEquals(sold, sale.sold(), 1e-9);
        assertEquals(worth, sale.worth(), 1e-3 * sold);
        assertEquals(lots * price, sale.revenue(), 1e-3 * sold);
    }

    /** The reserve 1/2 earns 5/12 from two bidders, and first price does so by bids of v/2 + 1/(8v). */
    @Test
    void reservesAreMyersons() {
        LotSale sale = new LotSale(UNIFORM, 2, 1);
        assertEquals(5.0 / 12, sale.efficient(0.5).revenue(), 1e-3);
        assertEquals(3.0 / 4, sale.efficient(0.5).sold(), 1e-9);
        double[] bids = sale.firstPriceBids(0.5);
        for (int j = 0; j < bids.length; j++) {
            double v = (j + 0.5) / 2000;
            assertEquals(v < 0.5 ? Double.NaN : v / 2 + 1 / (8 * v), bids[j], 1e-3);
        }
        assertEquals(
                0.5,
                new Market(UNIFORM, List.of(new Market.Place(7, 1, 3)))
                        .best(Format.FIRST_PRICE)
                        .least(),
                1e-3);
    }

    /** Over all that three bidders may draw of four values, two of them the same. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 2, 2.5, 5, 9})
    void isTheMeanOverAllDraws(double reserve) {
        double[] values = {1, 2, 2, 5};
        double revenue = 0;
        double worth = 0;
        for (int draw = 0; draw < 64; draw++) {
            double[] drawn = Ascending.sorted(new double[] {values[draw % 4], values[draw / 4 % 4], values[draw / 16]});
            revenue += drawn[2] < reserve ? 0 : Math.max(reserve, drawn[1]) / 64;
            worth += drawn[2] < reserve ? 0 : drawn[2] / 64;
        }
        Outcome sale = new LotSale(ValueDistribution.of(values).inSteps(9), 3, 1).efficient(reserve);
        assertEquals(revenue, sale.revenue(), 1e-12);
        assertEquals(worth, sale.worth(), 1e-12);
    }

    /** The small version of {@link ReserveCoverageCheck}. */
    @Test
    void intervalsHoldTheRevenueOfTheBestReserve() {
        long held = ReserveCoverageCheck.held(KnownValues.UNIFORM, 3, 100, 60);
        assertTrue(held >= 49, held + " of 60");
    }

    @Test
    void postedPricesSellToWhoIsReady() {
        LotSale sale = new LotSale(UNIFORM, 3, 1);
        double sold = 1 - Math.pow(0.6, 3);
        assertEquals(0.6 * sold, sale.posted(0.6).revenue(), 1e-9);
        assertEquals(0.8 * sold, sale.posted(0.6).worth(), 1e-3);
        assertEquals(Outcome.NONE, sale.posted(1.1));
        assertEquals(Outcome.NONE, sale.efficient(1.1));
    }

    /** Values that come twice, prices between values, more lots than one: plays are the oracle. */
    @ParameterizedTest
    @CsvSource({"5, 1, 2.5", "6, 3, 2", "2, 4, 0", "9, 2, 7.5"})
    void expectationsAreWhatPlaysBringOnAverage(int bidders, int lots, double least) {
        ValueDistribution values = ValueDistribution.of(new double[] {1, 1, 2, 2, 2, 3, 5, 5, 7, 9})
                .inSteps(100);
        Market market = new Market(values, List.of(new Market.Place(bidders, lots, 1)));
        List<SaleRule> rules =
                Arrays.stream(Format.values()).map(f -> new SaleRule(f, least)).toList();
        SplittableRandom random = new SplittableRandom(3);
        int plays = 100_000;
        double[][] sums = new double[rules.size()][3];
        for (int play = 0; play < plays; play++) {
            List<Outcome> outcomes = market.play(rules, random);
            for (int i = 0; i < sums.length; i++) {
                sums[i][0] += outcomes.get(i).revenue() / plays;
                sums[i][1] += outcomes.get(i).worth() / plays;
                sums[i][2] += outcomes.get(i).sold() / plays;
            }
        }
        for (int i = 0; i < sums.length; i++) {
            Outcome expected = market.expected(rules.get(i));
            String rule = rules.get(i).toString();
            assertEquals(expected.revenue(), sums[i][0], 0.01 * (1 + expected.revenue()), rule);
            assertEquals(expected.worth(), sums[i][1], 0.01 * (1 + expected.worth()), rule);
            assertEquals(expected.sold(), sums[i][2], 0.01, rule);
        }
    }

    @Test
    void aMarketIsTheSumOfItsSales() {
        SaleRule rule = new SaleRule(Format.UNIFORM_PRICE, 0.3);
        Market.Place one = new Market.Place(3, 1, 2);
        Market.Place other = new Market.Place(8, 2, 10);
        Market market = new Market(UNIFORM, List.of(one, other, one));
        Outcome all = market.expected(rule);
        Outcome first = market.expected(one, rule);
        Outcome second = market.expected(other, rule);
        assertEquals(2 * first.revenue() + second.revenue(), all.revenue(), 1e-9);
        assertEquals(2 * first.worth() + second.worth(), all.worth(), 1e-9);
        assertEquals(2 * first.sold() + second.sold(), all.sold(), 1e-9);
        assertTrue(second.revenue() > 10 * 0.3);
    }

    @Test
    void nothingIsSoldToNobody() {
        assertThrows(InvalidInputException.class, () -> new LotSale(UNIFORM, 0, 1));
        assertThrows(InvalidInputException.class, () -> new LotSale(UNIFORM, 1, 0));
    }
}
