package mfg.eval.bids;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From a log to auctions, and what is refused. */
final class LoggedAuctionsTest {

    private static final String LOG = """
            auction;bidder;bid;n;lots;size;kind
            lamp;ana;5;3;1;1.000,5;old
            chair;ana;7;2;2;123.456.789,25;new
            lamp;ben;6;3;1;1.000,5;old
            chair;ben;8;2;2;123456789,25;new
            chair;ana;9;2;2;123.456.789,25;new
            desk;eve;4;4;1;0,5;old
            door;ana;1;2;7;1;glass
            door;ben;2;2;7;1,0;glass
            """;

    @TempDir
    private Path folder;

    private record Bid(int auction, int bidder, int amount) {}

    /** Against maps of maps. */
    @Property(tries = 300)
    void theHighestBidOfEachBidderInEachAuctionCounts(@ForAll("bids") List<Bid> bids) throws IOException {
        Map<String, Map<Integer, Double>> expected = new LinkedHashMap<>();
        for (Bid bid : bids) {
            expected.computeIfAbsent("a" + bid.auction(), name -> new LinkedHashMap<>())
                    .merge(bid.bidder(), (double) bid.amount(), Math::max);
        }
        expected.values().removeIf(auction -> auction.size() < 2);
        Path file = Files.createTempFile("bids", ".csv");
        try {
            Files.writeString(
                    file,
                    bids.stream()
                            .map(bid -> "a%d,b%d,%d".formatted(bid.auction(), bid.bidder(), bid.amount()))
                            .collect(Collectors.joining("\n", "auction,bidder,bid\n", "\n")));
            BidLog log = BidLog.read(file, Hints.NONE);
            if (expected.isEmpty()) {
                assertThrows(InvalidInputException.class, () -> LoggedAuctions.of(log, null, 1));
                return;
            }
            LoggedAuctions auctions = LoggedAuctions.of(log, null, 1);
            assertEquals(List.copyOf(expected.keySet()), names(auctions));
            assertEquals(log.auctionCount() - expected.size(), auctions.alone());
            for (LoggedAuction auction : auctions.all()) {
                Map<Integer, Double> highest = expected.get(auction.name());
                assertEquals(highest.size(), auction.auction().bidders());
                assertArrayEquals(
                        highest.values().stream().mapToDouble(x -> x).sorted().toArray(),
                        Arrays.stream(auction.auction().bids()).sorted().toArray());
            }
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<List<Bid>> bids() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 20))
                .as(Bid::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Test
    void biddersAreThoseWhoBid() throws IOException {
        LoggedAuctions auctions = auctions(LOG, null, 1, null, null);
        assertEquals(List.of("lamp", "chair", "door"), names(auctions));
        assertArrayEquals(new int[] {2, 2, 2}, bidders(auctions));
        assertEquals(1, auctions.alone());
        assertEquals(0, auctions.blank());
        assertArrayEquals(new double[] {9, 8}, auctions.all().get(1).auction().bids());
    }

    @Test
    void aColumnMayHaveMoreBidders() throws IOException {
        LoggedAuctions auctions = auctions(LOG, null, 1, "n", null);
        assertEquals(List.of("lamp", "chair", "desk", "door"), names(auctions));
        assertArrayEquals(new int[] {3, 2, 4, 2}, bidders(auctions));
        assertEquals(0, auctions.alone());
    }

    @Test
    void aNumberOfBiddersThatIsGivenGoesFirst() throws IOException {
        assertArrayEquals(new int[] {5, 5, 5, 5}, bidders(auctions(LOG, 5, 1, "n", null)));
    }

    @Test
    void lotsAreOfAColumnOrGiven() throws IOException {
        assertArrayEquals(new int[] {1, 2, 7}, lots(auctions(LOG, null, 3, null, "lots")));
        assertArrayEquals(new int[] {3, 3, 3}, lots(auctions(LOG, null, 3, null, null)));
    }

    @Test
    void covariatesAreNumbersTheirLogarithmsOrCategories() throws IOException {
        LoggedAuctions auctions = auctions(LOG, null, 1, null, null, "kind", "log(size)", "SIZE");
        assertEquals(List.of("kind=new", "kind=glass", "log(size)", "SIZE"), auctions.covariates());
        assertCovariates(auctions, 0, 0, 0, Math.log(1000.5), 1000.5);
        assertCovariates(auctions, 1, 1, 0, Math.log(123456789.25), 123456789.25); // no float
        assertCovariates(auctions, 2, 0, 1, 0, 1);
    }

    @Test
    void columnsOfCovariatesMayHaveNumbers() throws IOException {
        LoggedAuctions auctions = auctions(LOG, null, 1, "4", "5", "log(6)", "7");
        assertEquals(List.of("log(6)", "7=new", "7=glass"), auctions.covariates());
        assertCovariates(auctions, 0, Math.log(1000.5), 0, 0);
    }

    @Test
    void aColumnMayBeCalledLikeALogarithm() throws IOException {
        String log = "auction,bidder,bid,size,log(size)\na,x,1,100,2\na,y,2,100,2\n";
        assertCovariates(auctions(log, null, 1, null, null, "log(size)", "size"), 0, 2, 100);
    }

    /** Only the door is of glass. */
    @Test
    void aCategoryOfNoAuctionThatIsKeptHasNoColumn() throws IOException {
        String log = LOG.replace("door;ben;2;2;7;1,0;glass\n", "");
        assertEquals(
                List.of("kind=new"), auctions(log, null, 1, null, null, "kind").covariates());
        assertEquals(2, auctions(log, null, 1, null, null, "kind").alone());
    }

    @ParameterizedTest
    @MethodSource("columns")
    void auctionsWithABlankCellAreLeftOut(@Nullable String bidders, @Nullable String lots, List<String> covariates)
            throws IOException {
        String log = LOG.replaceAll("(?m)^(chair;\\w+;\\d+).*", "$1;;;;");
        LoggedAuctions auctions = auctions(log, null, 1, bidders, lots, covariates.toArray(String[]::new));
        assertEquals(false, names(auctions).contains("chair"));
        assertEquals(1, auctions.blank());
        assertEquals(List.of("lamp", "chair", "door"), names(auctions(log, null, 1, null, null)));
    }

    static Stream<Arguments> columns() {
        return Stream.of(
                arguments("n", null, List.of()),
                arguments(null, "lots", List.of()),
                arguments(null, null, List.of("size")),
                arguments(null, null, List.of("log(size)")),
                arguments(null, null, List.of("kind")));
    }

    @Test
    void aLogMayBeOneAuction() throws IOException {
        Hints hints = new Hints("bid", "bidder", null, List.of("size"), true, null, null, null);
        LoggedAuctions auctions = LoggedAuctions.of(log("bidder,bid,size\nx,1,4\ny,2,4\nx,3,4\n", hints), null, 1);
        assertEquals(List.of(""), names(auctions));
        assertArrayEquals(new double[] {3, 2}, auctions.all().get(0).auction().bids());
        assertCovariates(auctions, 0, 4);
        String sentence = assertThrows(
                        InvalidInputException.class, () -> log("bidder,bid,size\nx,1,4\ny,2,5\nx,3,4\n", hints))
                .getMessage();
        assertTrue(sentence.contains("bids.csv, column size: '4', but '5' on line 3"), sentence);
    }

    @Test
    void aLogWithoutBiddersHasOneInEachRow() throws IOException {
        Hints hints = new Hints("bid", null, "auction", List.of(), true, null, null, null);
        LoggedAuctions auctions = LoggedAuctions.of(log(LOG, hints), null, 1);
        assertArrayEquals(new int[] {2, 3, 2}, bidders(auctions));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsRefused(String from, String to, String words) {
        String log = LOG.replaceAll(from, to);
        String sentence = assertThrows(
                        InvalidInputException.class, () -> auctions(log, null, 1, "n", "lots", "log(size)", "kind"))
                .getMessage();
        assertTrue(sentence.contains(words), sentence);
        assertTrue(sentence.contains("bids.csv"), sentence);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("ben;6;3;1", "ben;6;3;2", "auction 'lamp', column lots: '1', but '2' on line 4"),
                arguments("ben;6;3", "ben;6;2", "auction 'lamp', column n: '3', but '2' on line 4"),
                arguments("ben;6;3;1;1.000,5", "ben;6;3;1;1.000,6", "column size: '1000.5', but '1.000,6' on line 4"),
                arguments("ben;6;3;1;1.000,5", "ben;6;3;1;", "column size: '1000.5', but '' on line 4"),
                arguments("ana;5;3;1;1.000,5", "ana;5;3;1;", "column size: '', but '1.000,5' on line 4"),
                arguments("(ben;6.*)old", "$1new", "column kind: 'old', but 'new' on line 4"),
                arguments("(ben;6.*)old", "$1", "column kind: 'old', but '' on line 4"),
                arguments("(lamp;\\w+;\\d);3", "$1;1", "auction 'lamp': 2 bidders bid in it, but column n has 1"),
                arguments("(lamp;\\w+;\\d);3", "$1;0", "column n: 0 is no whole number of at least 1"),
                arguments("(lamp;\\w+;\\d);3", "$1;2,5", "column n: 2.5 is no whole number of at least 1"),
                arguments("(lamp;\\w+;\\d);3", "$1;5e9", "column n: 5000000000 is no whole number"),
                arguments("(lamp;\\w+;\\d);3", "$1;many", "column n: 'many' on line 2 is no number"),
                arguments("(lamp;\\w+;\\d;3);1", "$1;-1", "column lots: -1 is no whole number"),
                arguments("1\\.000,5", "0", "auction 'lamp', column size: 0 has no logarithm"),
                arguments("1\\.000,5", "-2", "auction 'lamp', column size: -2 has no logarithm"),
                arguments("1\\.000,5", "big", "column size: 'big' on line 2 is no number"),
                arguments("1\\.000,5", "5 €", "column size: '5 €' on line 2 and"),
                arguments(";size;", ";width;", "there is no column 'size'"));
    }

    @Test
    void tooManyCategoriesAreRefused() throws IOException {
        for (int count : new int[] {50, 51}) {
            String log = IntStream.range(0, count)
                    .mapToObj(i -> "a%d,x,1,k%d\na%d,y,2,k%d\n".formatted(i, i, i, i))
                    .collect(Collectors.joining("", "auction,bidder,bid,kind\n", ""));
            if (count == 50) {
                assertEquals(
                        49,
                        auctions(log, null, 1, null, null, "kind").covariates().size());
            } else {
                String sentence = assertThrows(
                                InvalidInputException.class, () -> auctions(log, null, 1, null, null, "kind"))
                        .getMessage();
                assertTrue(sentence.contains("column kind has more than 50 categories"), sentence);
                assertTrue(sentence.contains("'k0' on line 2"), sentence);
            }
        }
    }

    /** The other mark is dropped among bids, but a covariate cannot be. */
    @Test
    void aCovariateWithTheOtherDecimalMarkIsRefused() {
        Hints hints = new Hints("bid", "bidder", "auction", List.of("size"), true, null, DecimalMark.POINT, null);
        String sentence =
                assertThrows(InvalidInputException.class, () -> log(LOG, hints)).getMessage();
        assertTrue(sentence.contains("line 2, column size: '1.000,5' is no number such as 12.50"), sentence);
    }

    @Test
    void namesOfCovariatesCanBeShown() throws IOException {
        String log = LOG.replace("glass", "gl\u001Bss").replace("new", "\"n\new\"");
        assertEquals(
                List.of("kind=n ew", "kind=gl<U+001B>ss"),
                auctions(log, null, 1, null, null, "kind").covariates());
    }

    /** A sum below the table has no bidder: it is no row, and its words are no category. */
    @Test
    void whatIsNoBidMakesNoCategories() throws IOException {
        LoggedAuctions auctions = auctions(LOG + "sum;;42;;;in all;\n", null, 1, null, null, "log(size)");
        assertEquals(List.of("log(size)"), auctions.covariates());
    }

    @Test
    void numbersThatAreGivenAreChecked() {
        assertEquals(
                "there must be at least 2 bidders in an auction, not 1",
                assertThrows(InvalidInputException.class, () -> auctions(LOG, 1, 1, null, null))
                        .getMessage());
        assertEquals(
                "there must be at least 1 lot in an auction, not 0",
                assertThrows(InvalidInputException.class, () -> auctions(LOG, null, 0, null, null))
                        .getMessage());
        String few = assertThrows(
                        InvalidInputException.class,
                        () -> auctions("auction,bidder,bid\na,x,1\na,y,1\na,z,1\n", 2, 1, null, null))
                .getMessage();
        assertTrue(few.contains("auction 'a': 3 bidders bid in it, but there are to be 2"), few);
        String none = assertThrows(
                        InvalidInputException.class,
                        () -> auctions("auction,bidder,bid\na,x,1\nb,y,1\n", null, 1, null, null))
                .getMessage();
        assertTrue(none.contains("no auction of two bidders: if others took part, --bidders"), none);
        assertThrows(InvalidInputException.class, () -> auctions(LOG, null, 1, null, null, "size", "size"));
    }

    private LoggedAuctions auctions(
            String text,
            @Nullable Integer bidders,
            int lots,
            @Nullable String biddersColumn,
            @Nullable String lotsColumn,
            String... covariates)
            throws IOException {
        Hints hints =
                new Hints(null, null, null, biddersColumn, lotsColumn, List.of(covariates), true, null, null, null);
        return LoggedAuctions.of(log(text, hints), bidders, lots);
    }

    private BidLog log(String text, Hints hints) throws IOException {
        return BidLog.read(Files.writeString(folder.resolve("bids.csv"), text), hints);
    }

    private static List<String> names(LoggedAuctions auctions) {
        return auctions.all().stream().map(LoggedAuction::name).toList();
    }

    private static int[] bidders(LoggedAuctions auctions) {
        return auctions.all().stream()
                .mapToInt(auction -> auction.auction().bidders())
                .toArray();
    }

    private static int[] lots(LoggedAuctions auctions) {
        return auctions.all().stream().mapToInt(LoggedAuction::lots).toArray();
    }

    private static void assertCovariates(LoggedAuctions auctions, int auction, double... covariates) {
        assertArrayEquals(covariates, auctions.all().get(auction).auction().covariates());
    }
}
