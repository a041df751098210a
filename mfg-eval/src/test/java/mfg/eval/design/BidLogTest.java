package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a log of bids to counts of values. */
final class BidLogTest {

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
            BidLog.Columns columns =
                    new BidLog.Columns("bid", grouping > 0 ? "bidder" : null, grouping > 1 ? "auction" : null);
            List<Double> counts =
                    new BidLog(log, columns).estimate(n, decimal(scale)).counts();
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
        List<Double> counts = log("bid\n" + bid + "\n").estimate(n, scale).counts();
        for (int k = 0; k < n; k++) {
            assertEquals(k == cell ? 1 : 0, counts.get(k), counts.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"max, 40", "quantile:1, 40", "quantile:0.75, 30", "quantile:0.7501, 40", "quantile:0.2, 10"})
    void theScaleIsTheLeastValueThatTheShareDoesNotExceed(String scale, String one) throws IOException {
        String report = log("bid\n30\n10\n40\n20\n").estimate(10, scale).report();
        assertTrue(report.contains("scale %s (".formatted(one)), report);
    }

    @Test
    void whatIsDroppedAndClippedIsReported() throws IOException {
        String report =
                log("bid,who\n1,a\n,b\n2,\n4,c\n9,d\n,e\n").estimate(4, "4").report();
        for (String words : List.of(
                "6 rows", "2 dropped for a blank bid", "1 dropped for a blank who", "3 values", "with 2 at or above")) {
            assertTrue(report.contains(words), report);
        }
    }

    @Test
    void logsAsSpreadsheetsWriteThemAreRead() throws IOException {
        BidLog log = log("\uFEFFbid,\"the, who\"\r\n\"1\" ,a\r\n\r\n 3,\"b\r\nb\"\r\n\r\n", "the, who");
        assertEquals(List.of(0.0, 1.0, 0.0, 1.0), log.estimate(4, "max").counts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bid,who\n1,a\n2.5,b\n",
                "who;bid\na;1,0\nb;2,5\n",
                "who;bid\na;1\nb;2.50\n",
                "who\tbid\na\t1.00\nb\t2.500\n",
                "who|bid|note\na|1|x,y\nb|2,50|u;v\n",
                "\uFEFF\"bid\";\"a, b; c\"\n1,00;x\n\"2,50\";y\n",
                "Bid ,who\n1,a\n2.5,b\n",
                " BID,who\n1,a\n2.5,b\n",
                "bid,BID\n1,7\n2.5,9\n",
                "bid\n1\n2.5\n",
                "note;bid\n\"two\nlines\";1\nx;2,5\n",
            })
    void theLayoutIsFound(String text) throws IOException {
        BidLog log = log(text);
        assertEquals(List.of(0.0, 0.0, 1.0, 0.0, 1.0), log.estimate(5, "2.5").counts(), text);
    }

    @ParameterizedTest
    @CsvSource({"3, '7,a,1\n8,b,2.5\n'", "1, '1,0;4,5\n2,5;9,5\n'", "2, 'who,bid\na,1\nb,2.5\n'"})
    void columnsHaveNumbers(String column, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("bids.csv"), text.replace("\\n", "\n"));
        BidLog.Estimate estimate = new BidLog(file, new BidLog.Columns(column, null, null)).estimate(5, "2.5");
        assertEquals(List.of(0.0, 0.0, 1.0, 0.0, 1.0), estimate.counts());
        assertEquals(!text.contains("who"), estimate.report().contains("no header"), estimate.report());
    }

    @Test
    void anUnusualLayoutIsReported() throws IOException {
        String report = log("who;bid\na;1,00\n").estimate(4, "max").report();
        assertTrue(report.contains("1 row (separated by semicolons, decimal commas), none dropped"), report);
    }

    /** Whatever is written is read as it was meant, or refused. */
    @Property(tries = 300)
    void pricesAreNeverMisread(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 3_000_000) Integer> units,
            @ForAll @IntRange(max = 3) int decimals,
            @ForAll boolean comma,
            @ForAll boolean grouped)
            throws IOException {
        NumberFormat format = NumberFormat.getInstance(comma ? Locale.GERMANY : Locale.US);
        format.setGroupingUsed(grouped);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        List<BigDecimal> bids =
                units.stream().map(x -> BigDecimal.valueOf(x, decimals)).toList();
        double largest =
                bids.stream().mapToDouble(BigDecimal::doubleValue).max().orElseThrow();
        Path log = Files.createTempFile("bids", ".csv");
        try {
            Files.writeString(
                    log,
                    bids.stream()
                            .map(bid -> "a;" + format.format(bid))
                            .collect(Collectors.joining("\n", "who;bid\n", "\n")));
            String report = new BidLog(log, new BidLog.Columns("bid", null, null))
                    .estimate(4, "max")
                    .report();
            String scale = report.replaceFirst(".*scale (\\S+) .*", "$1");
            assertEquals(largest, Double.parseDouble(scale), 1e-9, report);
        } catch (InvalidInputException e) {
            assertTrue(
                    e.getMessage().matches(".*(no number such as|thousands separator|not written like|is 0 in).*"),
                    e.getMessage());
        } finally {
            Files.delete(log);
        }
    }

    private BidLog log(String text, String... bidder) throws IOException {
        Path log = Files.write(folder.resolve("bids.csv"), text.getBytes(StandardCharsets.UTF_8));
        String who = bidder.length > 0 ? bidder[0] : text.contains(",who\n") ? "who" : null;
        return new BidLog(log, new BidLog.Columns("bid", who, null));
    }
}
