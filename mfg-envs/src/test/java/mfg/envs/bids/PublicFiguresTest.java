package mfg.envs.bids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others found, or what is known in closed form, of values behind first-price bids. */
final class PublicFiguresTest {

    private static final int AUCTIONS = 3000;
    private static final int BIDDERS = 4;
    private static final int BIDS = AUCTIONS * BIDDERS;

    /**
     * A simulation whose figures are public: github.com/rawatpranjal/structural-economics, commit e5be3147,
     * structural-econometrics/auction-valuation-recovery/README.md, table "True and Recovered Value Distributions", row "Recovered
     * pseudo-values", and table "Recovery Diagnostics". It has 3,000 auctions of 4 bidders with beta(2, 5) values, a Gaussian kernel,
     * and leaves out 5 % of the bids at either end. Its draws are others than ours, so figures may differ by three standard errors of
     * both samples and by rounding.
     */
    @Test
    void recoveredValuesAreThoseOfAPublicSimulation() {
        double[][] drawn = KnownValues.BETA.draw(BIDDERS, AUCTIONS, 1);
        List<Auction> log = KnownValues.BETA.firstPrice(drawn);
        double[][] found = new FirstPriceBids(log).values();
        double[] bids = Ascending.bids(log);
        double low = bids[BIDS / 20];
        double high = bids[BIDS - BIDS / 20 - 1];
        double[] errors = new double[BIDS];
        double[] values = new double[BIDS];
        int kept = 0;
        for (int a = 0; a < AUCTIONS; a++) {
            for (int i = 0; i < BIDDERS; i++) {
                double bid = log.get(a).bids()[i];
                if (bid >= low && bid <= high) {
                    values[kept] = found[a][i];
                    errors[kept++] = found[a][i] - drawn[a][i];
                }
            }
        }
        assertEquals(10_800, kept);
        double[] recovered = Ascending.sorted(Arrays.copyOf(values, kept));
        double mean = Arrays.stream(recovered).average().orElseThrow();
        double deviation = root(Arrays.stream(recovered).map(v -> v - mean).toArray());
        assertEquals(0.280, mean, tolerance(0.131 / Math.sqrt(10_800)));
        assertEquals(0.131, deviation, tolerance(0.131 / Math.sqrt(2 * 10_800)));
        assertQuantile(0.112, recovered, 0.1);
        assertQuantile(0.264, recovered, 0.5);
        assertQuantile(0.473, recovered, 0.9);
        assertEquals(0.001, root(Arrays.copyOf(errors, kept)), tolerance(0.0006)); // between logs
    }

    private static double root(double[] deviations) {
        return Math.sqrt(Arrays.stream(deviations).map(x -> x * x).average().orElseThrow());
    }

    /** Of the shares between the 5 % that are left out at either end. */
    private static void assertQuantile(double published, double[] recovered, double share) {
        double all = 0.05 + 0.9 * share;
        double density = 30 * published * Math.pow(1 - published, 4);
        double error = Math.sqrt(all * (1 - all) / BIDS) / density;
        assertEquals(published, Ascending.quantile(recovered, share), tolerance(error));
    }

    private static double tolerance(double standardError) {
        return 3 * Math.sqrt(2) * standardError + 0.0005;
    }

    /**
     * Of values with {@code F(v) = v^p} on [0, 1], n bidders bid {@code b = c v}, {@code c = (n-1) p / ((n-1) p + 1)} (Krishna 2009,
     * section 2.3). Of bids at even shares G and g have no error but the kernel's: it adds {@code h^2 g'' / 18} to g, the triweight
     * kernel having variance 1/9, exactly so where g is a polynomial of degree 3 or less. Where few bid, sums over bids are no integrals, so the lowest 5 % are
     * left out.
     */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "2, 5", "3, 3", "3, 10", "4, 3"})
    void powersOfValuesHaveAClosedForm(int p, int n) {
        int bids = 20_000 * n;
        double c = (n - 1.0) * p / ((n - 1.0) * p + 1);
        List<Auction> log = IntStream.range(0, bids / n)
                .mapToObj(a -> new Auction(
                        n,
                        IntStream.range(0, n)
                                .mapToDouble(i -> c * Math.pow((a * n + i + 0.5) / bids, 1.0 / p))
                                .toArray()))
                .toList();
        double h = 2.978 * 1.06 * c * Math.sqrt(p / ((p + 1.0) * (p + 1) * (p + 2))) * Math.pow(bids, -0.2);
        double[][] found = new FirstPriceBids(log, Boundary.TRIM).values();
        int kept = 0;
        for (int a = 0; a < found.length; a++) {
            for (int i = 0; i < n; i++) {
                double b = log.get(a).bids()[i];
                if (!Double.isNaN(found[a][i]) && Math.pow(b / c, p) > 0.05) {
                    double g = p * Math.pow(b / c, p - 1) / c;
                    double bent = p * (p - 1) * (p - 2) * Math.pow(b / c, p - 3) / (c * c * c);
                    double expected = b + Math.pow(b / c, p) / ((n - 1) * (g + h * h * bent / 18));
                    assertEquals(expected, found[a][i], 1e-4);
                    kept++;
                }
            }
        }
        assertTrue(kept > bids / 2, kept + " kept");
    }
}
