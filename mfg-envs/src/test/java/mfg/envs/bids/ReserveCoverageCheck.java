package mfg.envs.bids;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mfg.envs.bids.SaleRule.Format;
import org.junit.jupiter.api.Test;

/**
 * How often intervals hold what the best reserve price really earns, in simulated logs of first-price auctions. It takes minutes, so
 * it is run by name: {@code mvn -pl mfg-envs -am test -Dtest=ReserveCoverageCheck -Dsurefire.failIfNoSpecifiedTests=false}
 */
final class ReserveCoverageCheck {

    private static final int LOGS = 100;

    /** What 90 % intervals must hold of 100. */
    private static final int LEAST = 85;

    @Test
    void ninetyPercentIntervalsHoldTheRevenueOfTheBestReserve() {
        List<String> tooFew = new ArrayList<>();
        for (int auctions : new int[] {200, 2000}) {
            for (KnownValues values : List.of(KnownValues.UNIFORM, KnownValues.BETA, KnownValues.LOGNORMAL)) {
                for (int bidders : new int[] {3, 5, 10}) {
                    long held = held(values, bidders, auctions, LOGS);
                    String line =
                            "%s, %d bidders, %d auctions: %d of %d".formatted(values, bidders, auctions, held, LOGS);
                    System.out.println(line);
                    if (held < LEAST) {
                        tooFew.add(line);
                    }
                }
            }
        }
        assertTrue(tooFew.isEmpty(), tooFew.toString());
    }

    /** In how many of so many logs. */
    static long held(KnownValues values, int bidders, int auctions, int logs) {
        Market known = market(values.distribution(), bidders);
        double most = known.expected(known.best(Format.UNIFORM_PRICE)).revenue();
        return IntStream.range(1000, 1000 + logs) // seeds by which nothing was chosen
                .filter(log -> interval(values.firstPrice(bidders, auctions, log), bidders, log)
                        .contains(most))
                .count();
    }

    /** Of what the reserve that is best by the log earns in its resamples, as a counterfactual has it. */
    private static Interval interval(List<Auction> log, int bidders, int seed) {
        SaleRule best = market(BidRule.FIRST_PRICE.distribution(log), bidders).best(Format.UNIFORM_PRICE);
        return new AuctionBootstrap(99, 0.9, seed, 2)
                .intervals(log, resample -> new double[] {
                    market(BidRule.FIRST_PRICE.distribution(resample), bidders)
                            .expected(best)
                            .revenue()
                })
                .get(0);
    }

    private static Market market(ValueDistribution values, int bidders) {
        return new Market(values, List.of(new Market.Place(bidders, 1, 1)));
    }
}
