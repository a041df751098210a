package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import mfg.eval.bids.BidLog;
import mfg.eval.bids.Hints;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a log of bids to counts of values. */
final class ValueEstimateTest {

    @TempDir
    private Path folder;

    private record Bid(int auction, int bidder, int cents) {}

    /** Against nested loops over whole cents. */
    @Property(tries = 300)
    void countsAreThoseOfAPlainGrouping(
            @ForAll("bids") List<Bid> bids,
            @ForAll @IntRange(min = 2, max = 120) int n,
            @ForAll @IntRange(min = 1, max = 2000) int scale,
            @ForAll @IntRange(max = 2) int grouping)
            throws IOException {
        double[] expected = new double[n];
        for (int i = 0; i < bids.size(); i++) {
            boolean highest = true; // ties go to the first
            for (int j = 0; j < bids.size(); j++) {
                highest &= !same(bids, i, j, grouping)
                        || bids.get(i).cents() > bids.get(j).cents()
                        || (bids.get(i).cents() == bids.get(j).cents() && i <= j);
            }
            if (highest) {
                expected[Math.min(n - 1, bids.get(i).cents() * n / scale)]++;
            }
        }
        Path log = Files.createTempFile("bids", ".csv");
        try {
            Files.writeString(
                    log,
                    bids.stream()
                            .map(bid -> "%d,%s,b%d".formatted(bid.auction(), decimal(bid.cents()), bid.bidder()))
                            .collect(Collectors.joining("\n", "auction,bid,bidder\n", "\n")));
            Hints hints = new Hints(
                    "bid",
                    grouping > 0 ? "bidder" : null,
                    grouping > 1 ? "auction" : null,
                    List.of(),
                    true,
                    null,
                    null,
                    null);
            List<Double> counts =
                    ValueEstimate.of(BidLog.read(log, hints), n, decimal(scale)).counts();
            assertArrayEquals(expected, counts.stream().mapToDouble(x -> x).toArray());
        } finally {
            Files.delete(log);
        }
    }

    private static boolean same(List<Bid> bids, int i, int j, int grouping) {
        return switch (grouping) {
            case 0 -> i == j;
            case 1 -> bids.get(i).bidder() == bids.get(j).bidder();
            default ->
                bids.get(i).bidder() == bids.get(j).bidder()
                        && bids.get(i).auction() == bids.get(j).auction();
        };
    }

    private static String decimal(int cents) {
        return "%d.%02d".formatted(cents / 100, cents % 100);
    }

    @Provide
    Arbitrary<List<Bid>> bids() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 1500))
                .as(Bid::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    @ParameterizedTest
    @CsvSource({
        "0,        4, 1,             0",
        "-0,       4, 1,             0",
        "0.2499,   4, 1,             0",
        "0.25,     4, 1,             1",
        "0.9999,   4, 1,             3",
        "1,        4, 1,             3",
        "1e99,     4, 1,             3",
        "0.29,     100, 1,           29", // 0.29 * 100 < 29 in floating point
        "0.1,      12, 0.2,          6", // 6 * 0.2 / 12 > 0.1 in floating point
        "7,        4, max,           3",
        "7,        4, quantile:0.01, 3",
    })
    void aValueCountsForTheHighestGridValueItReaches(String bid, int n, String scale, int cell) throws IOException {
        List<Double> counts = estimate("bid\n" + bid + "\n", n, scale).counts();
        for (int k = 0; k < n; k++) {
            assertEquals(k == cell ? 1 : 0, counts.get(k), counts.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"max, 40", "quantile:1, 40", "quantile:0.75, 30", "quantile:0.7501, 40", "quantile:0.2, 10"})
    void theScaleIsTheLeastValueThatTheShareDoesNotExceed(String scale, String one) throws IOException {
        String report = estimate("bid\n30\n10\n40\n20\n", 10, scale).report();
        assertTrue(report.contains("scale %s (".formatted(one)), report);
    }

    @Test
    void whatIsDroppedAndClippedIsReported() throws IOException {
        String report =
                estimate("bid,bidder\n1,a\n,b\n2,\n4,c\n9,d\n,e\n", 4, "4").report();
        for (String words : List.of(
                "6 rows",
                "2 dropped for a blank bid",
                "1 dropped for a blank bidder",
                "3 values",
                "with 2 at or above")) {
            assertTrue(report.contains(words), report);
        }
    }

    private ValueEstimate estimate(String text, int n, String scale) throws IOException {
        Path log = Files.writeString(folder.resolve("bids.csv"), text);
        return ValueEstimate.of(BidLog.read(log, Hints.NONE), n, scale);
    }
}
