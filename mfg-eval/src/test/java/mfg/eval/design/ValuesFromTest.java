package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import mfg.eval.Cli;
import mfg.eval.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** {@code design --values-from}. */
final class ValuesFromTest {

    /** The log that the documentation uses. */
    private static final Path SAMPLE = Path.of("..", "docs", "bids-sample.csv");

    private static final List<String> COLUMNS =
            List.of("--value-column", "bid", "--bidder-column", "bidder", "--auction-column", "auction");

    @TempDir
    private Path folder;

    @Test
    void theSampleLogIsDesignedFor() throws IOException {
        Path run = folder.resolve("run");
        Cli.Outcome outcome = design("A1", run, SAMPLE);
        outcome.json();
        assertTrue(outcome.err().contains("), 1 dropped for a blank bid; 20 values"), outcome.err());
        assertTrue(Files.size(run.resolve("bidders.png")) > 0);
        Table bidders = Table.read().csv(run.resolve("bidders.csv").toFile());
        assertEquals(20, bidders.numberColumn("count").sum());
        assertEquals(1, bidders.doubleColumn("mass").sum(), 1e-12);

        Table bids = Table.read().csv(run.resolve("bids-before.csv").toFile());
        DoubleColumn start = bids.where(bids.intColumn("round").isEqualTo(1)).doubleColumn("mass");
        for (int k = 0; k < 8; k++) {
            assertEquals(bidders.doubleColumn("mass").get(k), start.get(k), 1e-7);
        }
    }

    /** What was read is told before the run, and needs no options. */
    @Test
    void amountsInEuroAreReadWithoutOptions() throws IOException {
        Path log = Files.writeString(
                folder.resolve("bids.csv"),
                "Auktion;Bieter;Gebot\nlampe;ana;1.250,00 \u20ac\nlampe;ben;12,50 \u20ac\nstuhl;ana;999,99 \u20ac\n");
        Cli.Outcome outcome = Cli.design("A1", folder.resolve("run"), "--values-from", log.toString());
        outcome.json();
        List<String> lines = outcome.err().lines().toList();
        assertTrue(lines.get(0).contains("bids.csv"), outcome.err());
        for (String words : List.of(
                "UTF-8, separated by semicolons, decimal comma, header on line 1",
                "2 (column Auktion)",
                "least 12.5, median 999.99, most 1250 EUR",
                "3 values, the highest bid of each bidder in each auction; scale 1250 (max)")) {
            assertTrue(outcome.err().contains(words), outcome.err());
        }
    }

    /** Without drift a value that nobody has at the start is nobody's later, for it is not among those drawn anew either. */
    @Test
    void whoComesBackHasAValueOfTheLog() throws IOException {
        Path run = folder.resolve("run");
        design("A10", run, SAMPLE, "--values", "20").json();
        double[] mass = Table.read()
                .csv(run.resolve("bids-after.csv").toFile())
                .doubleColumn("mass")
                .asDoubleArray();
        double[] again = Table.read()
                .csv(folder.resolve("run/bidders.csv").toFile())
                .doubleColumn("mass")
                .asDoubleArray();
        assertTrue(Arrays.stream(again).anyMatch(p -> p == 0)
                && Arrays.stream(again).anyMatch(p -> p > 0));
        for (int i = 0; i < mass.length; i++) {
            assertEquals(again[i % 20] > 0, mass[i] > 0, "entry " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A2", "A4", "A7", "A9"})
    void bothStepsSeeTheSameBidders(String setting) {
        double[] gradients = Stream.of("fast", "autodiff")
                .mapToDouble(step -> design(
                                setting,
                                folder.resolve(step),
                                SAMPLE,
                                "--step",
                                step,
                                "--precision",
                                "float64",
                                "--init",
                                "sine",
                                "--iterations",
                                "0")
                        .json()
                        .get("gradientNorm")
                        .doubleValue())
                .toArray();
        assertEquals(gradients[0], gradients[1], 1e-9 * gradients[0]);
        double own = Cli.design(
                        setting, folder.resolve("own"), "--precision", "float64", "--init", "sine", "--iterations", "0")
                .json()
                .get("gradientNorm")
                .doubleValue();
        assertTrue(Math.abs(gradients[0] - own) > 1e-6 * own, "the log changed nothing");
    }

    @Test
    void aRunGoesOnWithoutTheLog() throws IOException {
        Path log = Files.copy(SAMPLE, folder.resolve("bids.csv"));
        Path whole = folder.resolve("whole");
        design("A1", whole, log).json();
        Files.delete(log);
        Path killed = Files.createDirectory(folder.resolve("killed"));
        Files.copy(whole.resolve("config.yaml"), killed.resolve("config.yaml"));
        Cli.run("design", "--resume", killed.toString(), "--json").json();
        Runs.assertSameNumbers(whole, killed);
    }

    /** Where bidders come from is told by the command that reads the log, and by nobody else. */
    @ParameterizedTest
    @ValueSource(strings = {"values-from=foo", "valuesFrom=foo", "initial-values=1,1,1,1,1,1,1,1"})
    void theBiddersAreNotSetByHand(String setting) throws IOException {
        Cli.design("A1", folder.resolve("run"), "--set", setting).assertRefused("is not known; A1 has values, ");
        assertEquals(List.of(), Runs.names(folder));
        String games = Cli.run("games").out() + Cli.run("games", "A1").out();
        assertTrue(games.contains("horizon") && !games.contains("values-from") && !games.contains("initial-values"));
    }

    @Test
    void everySeedHasTheBiddersOfTheLog() throws IOException {
        Path runs = folder.resolve("runs");
        Cli.Outcome outcome = design("A1", runs, SAMPLE, "--seeds", "1,2");
        outcome.json();
        assertEquals(
                1,
                outcome.err().lines().filter(line -> line.contains("40 rows")).count(),
                outcome.err());
        assertEquals(
                Files.readString(runs.resolve("seed-1/bidders.csv")),
                Files.readString(runs.resolve("seed-2/bidders.csv")));
    }

    static Stream<Arguments> brokenLogs() {
        return Stream.of(
                arguments("", "is empty"),
                arguments("bid,who", "no rows"),
                arguments("bid,who\n\n\n", "no rows"),
                arguments("who,when\na,1\n", "line 1: there is no column 'bid'; the columns are who, when"),
                arguments("bid,when\n1,1\n", "line 1: there is no column 'who'"),
                arguments("when;who\n1;a\n", "line 1: there is no column 'bid'; the columns are when, who"),
                arguments(
                        "bid;who\n1;a\n2\n", "line 3 has 1 field(s), but there are 2 columns, separated by semicolons"),
                arguments(
                        "Bid,BID,who\n1,2,a\n",
                        "line 1: there are 2 columns 'bid'; choose one by its number, from 1 to 3"),
                arguments("12.00,ana\n14.50,ben\n", "line 1: there is no column 'bid', for this looks like a row"),
                arguments(
                        "bid;who\n12,50;a\n12.50;b\n", "'12.50' on line 3 has a decimal point, but '12,50' on line 2"),
                arguments("bid;who\n100;a\n1.200;b\n", "'1.200' on line 3 may have a thousands separator or three"),
                arguments("bid\twho\n100\ta\n1,200\tb\n", "--decimal point or --decimal comma decides"),
                arguments("bid,bid,who\n1,2,a\n", "line 1: there are 2 columns 'bid'"),
                arguments("bid,who\n1,a\n2\n", "line 3 has 1 field(s), but there are 2 columns"),
                arguments("bid,who\n1,a\n2,b,c\n", "line 3 has 3 field(s), but there are 2 columns"),
                arguments("bid,who\n1,a\nten,b\n", "line 3, column bid: the bid 'ten' is no number"),
                arguments("bid,who\n1,a\n\n$5,b\n", "'1' on line 2 and '$5' on line 4 differ in their unit"),
                arguments("bid,who\r\n1,\"a\r\na\"\r\nx,b\r\n", "line 4, column bid: the bid 'x'"),
                arguments("bid,who\n-3,a\n", "line 2, column bid: the bid '-3' is negative"),
                arguments("bid,who\n1,a\nNaN,b\n", "line 3, column bid: the bid 'NaN' is no number"),
                arguments("bid,who\nInfinity,a\n", "line 2, column bid: the bid 'Infinity' is no number"),
                arguments("bid,who\n-Infinity,a\n", "line 2, column bid: the bid '-Infinity' is no number"),
                arguments("bid,who\n1e999999999,a\n", "line 2, column bid: the bid '1e999999999' is no number"),
                arguments("bid,who\n0x1p3,a\n", "line 2, column bid: the bid '0x1p3' is no number"),
                arguments("bid,who\n\"1,200\",a\n", "'1,200' on line 2 may have"),
                arguments("bid,who\n" + "9".repeat(100_000) + ",a\n", "line 2, column bid: the bid '999"),
                arguments("bid,who\n1,a\n\"2,b\n", "is no table"),
                arguments("bid,who\n1,\"a\"b\n", "is no table"),
                arguments("bid,who\n,a\n,b\n", "has no bids: 2 dropped for a blank bid"),
                arguments("bid,who\n0,a\n0,b\n", "--scale max is 0"));
    }

    @ParameterizedTest
    @MethodSource("brokenLogs")
    void aBrokenLogIsRefused(String text, String words) throws IOException {
        Path log = Files.writeString(folder.resolve("bids.csv"), text);
        Cli.Outcome outcome = refused(log, "--value-column", "bid", "--bidder-column", "who");
        outcome.assertRefused("bids.csv", words);
        assertTrue(outcome.err().length() < 400, outcome.err());
    }

    @Test
    void whatIsNoTextOrNoFileIsRefused() throws IOException {
        Path log = Files.write(folder.resolve("bids.csv"), new byte[4096]);
        refused(log).assertRefused("bids.csv is no text");
        Files.delete(log);
        refused(log).assertRefused("no such file", "bids.csv");
        refused(folder).assertRefused("is a folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--bidder-column bidder",
                "--separator ;",
                "--separator ab",
                "--separator #",
                "--decimal comma",
                "--decimal dot",
                "--encoding nobody",
                "--encoding UTF-16",
                "--no-header",
                "--value-column nobody",
                "--value-column bidder",
                "--value-column bid --bidder-column nobody",
                "--value-column bid --auction-column auction",
                "--value-column bid --bidder-column bidder --auction-column nobody",
                "--value-column bid --scale 0",
                "--value-column bid --scale -1",
                "--value-column bid --scale NaN",
                "--value-column bid --scale much",
                "--value-column bid --scale quantile:",
                "--value-column bid --scale quantile:0",
                "--value-column bid --scale quantile:1.01",
                "--value-column bid --values 1",
                "--value-column bid --values -7",
                "--value-column bid --mechanism lottery",
            })
    void badOptionsAreRefused(String options) throws IOException {
        refused(SAMPLE, options.split(" ", -1));
    }

    @Test
    void theOtherOptionsNeedALog() throws IOException {
        for (String option : List.of(
                "--value-column",
                "--bidder-column",
                "--auction-column",
                "--scale",
                "--separator",
                "--decimal",
                "--encoding")) {
            Cli.design("A1", folder.resolve("run"), option, "1").assertRefused("--values-from");
        }
        assertEquals(List.of(), Runs.names(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A3", "beach-bar"})
    void settingsWithoutFixedBiddersRefuse(String setting) throws IOException {
        design(setting, folder.resolve("run"), SAMPLE).assertRefused("--values-from");
        assertEquals(List.of(), Runs.names(folder));
    }

    /** A value that begins with @ is not replaced by what a file of that name holds. */
    @Test
    void aColumnMayBeginWithAnAt() throws IOException {
        Path log = Files.writeString(folder.resolve("bids.csv"), "who,@bid\nana,1\nben,2\n");
        Path column = Files.writeString(Path.of("bid"), "--seed 5");
        try {
            Cli.design("A1", folder.resolve("run"), "--values-from", log.toString(), "--value-column", "@bid")
                    .json();
        } finally {
            Files.delete(column);
        }
    }

    private Cli.Outcome refused(Path log, String... options) throws IOException {
        List<String> before = Runs.names(folder);
        List<String> all = new ArrayList<>(List.of("--values-from", log.toString()));
        all.addAll(List.of(options));
        Cli.Outcome outcome = Cli.design("A1", folder.resolve("run"), all.toArray(String[]::new))
                .assertRefused();
        assertEquals(before, Runs.names(folder));
        return outcome;
    }

    private static Cli.Outcome design(String setting, Path out, Path log, String... options) {
        List<String> all = new ArrayList<>(List.of("--values-from", log.toString()));
        all.addAll(COLUMNS);
        all.addAll(List.of(options));
        return Cli.design(setting, out, all.toArray(String[]::new));
    }
}
