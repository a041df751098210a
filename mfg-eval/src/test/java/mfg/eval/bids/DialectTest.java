package mfg.eval.bids;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import mfg.core.InvalidInputException;
import mfg.eval.io.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs as people have them: the same three bids in every dialect, and what is refused because it may be read in two ways. */
final class DialectTest {

    private static final double[] AMOUNTS = {12.5, 1234.5, 7.25};

    private static final String PLAIN = "auction,bidder,bid\nlamp,Jörg,12.50\nlamp,ben,1234.50\nchair,Jörg,7.25\n";

    private static final String GERMAN = PLAIN.replace(',', ';').replace('.', ',');

    private static final Hints NUMBERS = new Hints("3", "2", "1", List.of(), true, null, null, null);

    private static final Hints NO_HEADER = new Hints("3", "2", "1", List.of(), false, null, null, null);

    @TempDir
    private Path folder;

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("commas", PLAIN),
                arguments("semicolons", PLAIN.replace(',', ';')),
                arguments("tabs", PLAIN.replace(',', '\t')),
                arguments("bars", PLAIN.replace(',', '|')),
                arguments("decimal comma, semicolons", GERMAN),
                arguments("decimal comma, tabs", GERMAN.replace(';', '\t')),
                arguments("decimal comma, bars", GERMAN.replace(';', '|')),
                arguments(
                        "decimal comma in quotes",
                        GERMAN.replaceAll("(\\d+,\\d+)", "\"$1\"").replace(';', ',')),
                arguments("thousands comma in quotes", PLAIN.replace("1234.50", "\"1,234.50\"")),
                arguments("thousands comma", PLAIN.replace(',', ';').replace("1234", "1,234")),
                arguments("thousands point", GERMAN.replace("1234", "1.234")),
                arguments("thousands space", GERMAN.replace("1234", "1 234")),
                arguments("thousands unseen space", GERMAN.replace("1234", "1\u00A0234")),
                arguments("thousands narrow space", GERMAN.replace("1234", "1\u202F234")),
                arguments("thousands apostrophe", PLAIN.replace("1234", "1'234")),
                arguments("thousands typographic apostrophe", PLAIN.replace("1234", "1’234")),
                arguments("thousands underscore", PLAIN.replace("1234", "1_234")),
                arguments("euro sign behind", GERMAN.replaceAll("(,\\d+)", "$1 €")),
                arguments("euro sign behind an unseen space", GERMAN.replaceAll("(,\\d+)", "$1\u00A0€")),
                arguments(
                        "euro sign, thousands", GERMAN.replace("1234", "1.234").replaceAll("(,\\d+)", "$1 €")),
                arguments("euro code", GERMAN.replaceAll("(,\\d+)", "$1 EUR")),
                arguments("euro code before", GERMAN.replaceAll("(\\d+,)", "EUR $1")),
                arguments("dollar sign", PLAIN.replaceAll("(\\d+\\.)", "\\$$1")),
                arguments("dollar code", PLAIN.replaceAll("(\\d+\\.)", "USD $1")),
                arguments("pounds", PLAIN.replaceAll("(\\d+\\.)", "£$1")),
                arguments("francs", PLAIN.replaceAll("(\\d+\\.)", "Fr. $1")),
                arguments("rupees", PLAIN.replaceAll("(\\d+\\.)", "Rs.$1")),
                arguments("percent", PLAIN.replaceAll("(\\.\\d+)", "$1%")),
                arguments("percent behind a space", GERMAN.replaceAll("(,\\d+)", "$1 %")),
                arguments("dollars at eBay", PLAIN.replaceAll("(\\d+\\.)", "US \\$$1")),
                arguments("accents apart", PLAIN.replaceFirst("J\u00f6rg", "Jo\u0308rg")),
                arguments("nobody's bids", PLAIN + "lamp,NULL,3\nlamp,\\N,4\nlamp,#N/A,5\nlamp,ben,NULL\n"),
                arguments("a sum below", PLAIN + ",,1254.25\n"),
                arguments("a sum with a word below", GERMAN + "Summe;;1.254,25\n"),
                arguments("plus signs", PLAIN.replaceAll("(\\d+\\.)", "+$1")),
                arguments("exponents", PLAIN.replace("1234.50", "1.2345E+3")),
                arguments("sep= with semicolons", "sep=;\n" + GERMAN),
                arguments("sep= with tabs", "sep=\t\r\n" + GERMAN.replace(';', '\t')),
                arguments("sep= in quotes", "\"sep=,\"\n" + PLAIN),
                arguments("sep= with another separator", "sep=^\n" + PLAIN.replace(',', '^')),
                arguments("comments above", "# bids of 2024\n# made by hand\n" + PLAIN),
                arguments("comments within", PLAIN.replace("chair", "# closed\nchair")),
                arguments("a comment with a separator", "# one, two\n" + PLAIN),
                arguments("the header in a comment", "#" + PLAIN),
                arguments("the header in a comment, with a space", "# " + GERMAN),
                arguments("a title", "Bids of our auctions\n" + PLAIN),
                arguments("a title and a blank line", "Bids of our auctions\n\n" + PLAIN),
                arguments("a title padded with separators", "Bids;;\nsince 2024;;\n;;\n" + GERMAN),
                arguments("blank lines", PLAIN.replace("\n", "\n\n")),
                arguments("blank rows", PLAIN.replace("chair", ",,\nchair")),
                arguments("a separator at the end of rows", GERMAN.replaceAll("(,\\d+)\n", "$1;\n")),
                arguments("a separator at the end of all", GERMAN.replace("\n", ";\n")),
                arguments("Windows' line ends", PLAIN.replace("\n", "\r\n")),
                arguments("old line ends", PLAIN.replace("\n", "\r")),
                arguments("no line end at the end", PLAIN.strip()),
                arguments("an end mark of DOS", PLAIN + "\u001A"),
                arguments("quotes", PLAIN.replaceAll("([^,\n]+)", "\"$1\"")),
                arguments("quotes and spaces", PLAIN.replaceAll("([^,\n]+)", " \"$1\" ")),
                arguments("spaces", PLAIN.replace(",", " , ")),
                arguments("unseen spaces", PLAIN.replace(",", "\u00A0,\u200B")),
                arguments(
                        "cells of several lines",
                        PLAIN.replace("bid\n", "bid,note\n").replaceAll("(\\.\\d+)", "$1,\"a\nb, \"\"c\"\"\"")),
                arguments("dates", "when,auction,bidder,bid\n" + dated("2024-01-05 10:00:00,")),
                arguments(
                        "German dates",
                        "Datum;Auktion;Bieter;Gebot\n" + dated("05.01.2024;").replace(',', ';')),
                arguments("dates with commas", "when,auction,bidder,bid\n" + dated("\"Jan 5, 2024\",")),
                arguments(
                        "other names", PLAIN.replace("auction,bidder,bid", "Auction ID,Bidder_Name,Bid amount (EUR)")),
                arguments("French names", GERMAN.replace("auction;bidder;bid", "Lot;Enchérisseur;Montant")),
                arguments("shouted names", PLAIN.replace("auction,bidder,bid", "AUCTIONID,BIDDERID,PRICE")),
                arguments(
                        "other columns",
                        PLAIN.replaceAll("(?m)$", ",,x")
                                .replaceAll("\n,,x$", "\n")
                                .replaceFirst(",,x", ",reserve,note")));
    }

    private static String dated(String date) {
        return PLAIN.substring(PLAIN.indexOf('\n') + 1).replaceAll("(?m)^(?=.)", date);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void aDialectIsFound(String name, String text) throws IOException {
        assertRead(text.getBytes(StandardCharsets.UTF_8), Hints.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252"})
    void anEncodingIsFound(String charset) throws IOException {
        assertRead(PLAIN.getBytes(Charset.forName(charset)), Hints.NONE);
        assertRead(packed(PLAIN.getBytes(Charset.forName(charset))), Hints.NONE);
        if (charset.startsWith("UTF")) {
            String marked = charset.equals("UTF-16") ? PLAIN : "\uFEFF" + PLAIN;
            assertRead(marked.getBytes(Charset.forName(charset)), Hints.NONE);
        }
    }

    @Test
    void latinIsFoundThoughItShowsLate() throws IOException {
        StringBuilder text = new StringBuilder("bidder,bid\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("ana,1\n");
        }
        text.append("J\u00f6rg,2\n");
        BidLog log = read(text.toString().getBytes(StandardCharsets.ISO_8859_1), Hints.NONE);
        assertEquals(List.of("ana", "J\u00f6rg"), log.bidderNames());
        assertEquals(20_001, log.size());
    }

    @Test
    void anotherEncodingIsGiven() throws IOException {
        Hints hints = new Hints(null, null, null, List.of(), true, null, null, "IBM850");
        assertRead(PLAIN.getBytes(Charset.forName("IBM850")), hints);
    }

    @Test
    void columnsHaveNumbers() throws IOException {
        String rows = PLAIN.substring(PLAIN.indexOf('\n') + 1);
        assertRead(rows.getBytes(StandardCharsets.UTF_8), NUMBERS);
        assertRead(rows.replace(',', ';').getBytes(StandardCharsets.UTF_8), NUMBERS);
        assertRead(PLAIN.getBytes(StandardCharsets.UTF_8), NUMBERS);
        byte[] text = rows.replaceFirst("12.50", "?").getBytes(StandardCharsets.UTF_8);
        assertEquals(2, read(text, NUMBERS).size()); // taken for a header
        assertThrows(InvalidInputException.class, () -> read(text, NO_HEADER)); // a third of three cannot be read
    }

    @ParameterizedTest
    @ValueSource(chars = {':', '^', ' ', '~'})
    void aSeparatorIsGiven(char separator) throws IOException {
        Hints hints = new Hints(null, null, null, List.of(), true, separator, null, null);
        assertRead(PLAIN.replace(',', separator).getBytes(StandardCharsets.UTF_8), hints);
    }

    static Stream<Arguments> unclear() {
        String few = "bidder;bid\na;%s\nb;%s\n";
        return Stream.of(
                arguments(few.formatted("100", "1.200"), "'1.200' on line 3 may have", "--decimal"),
                arguments(few.formatted("1,200", "2,300"), "'1,200' on line 2 may have", "--decimal"),
                arguments("bidder,bid\na,1.234\nb,5.678\n", "'1.234' on line 2", "--decimal"),
                arguments("bidder,bid\na,\"1,234\"\nb,950\n", "'1,234' on line 2", "--decimal"),
                arguments(few.formatted("12,50", "12.50"), "'12.50' on line 3", "'12,50' on line 2"),
                arguments(few.formatted("5 €", "5 $"), "'5 €' on line 2 and '5 $' on line 3 differ in their unit", ""),
                arguments(few.formatted("5%", "0.05"), "differ in their unit", ""),
                arguments(few.formatted("5 €", "50 ¢"), "differ in their unit", ""),
                arguments("bidder,bid,currency\na,5,EUR\nb,6,USD\n", "line 3: a bid in currency 'USD'", "'EUR'"),
                arguments("bidder,bid,currency\na,5,EUR\nb,6,\n", "line 3: a bid in currency ''", "'EUR'"),
                arguments(PLAIN + "Total:,3 bids,1254.25\n", "line 5 is the sum of all above", "remove it"),
                arguments(GERMAN + "3;Summe;1.254,25\n", "line 5 is the sum of all above", "remove it"),
                arguments(
                        "bid\n" + "1.1\n2.2\n3.4\n".repeat(10) + "67.00\n",
                        "line 32 is the sum of all above",
                        "remove it"),
                arguments("auction,bidder,bid\nlamp,a,5\n,b,6\nchair,a,7\n", "line 3: the bid has no auction", "fill"),
                arguments(
                        "bidder,bid,note\na,12,5,\nb,13,\nc,14,50,\n",
                        "line 2 has 4 field(s), but there are 3 columns",
                        "must be in quotes"),
                arguments("bidder,bid\na,12,5\nb,13\nc,14\n", "line 2 has 3 field(s)", "must be in quotes"),
                arguments(
                        "bidder,bid\n\"a\\\"b\",5\n", "line 2 a quoted cell", "a quote within quotes is written twice"),
                arguments("bidder,bid\na,1e308\n", "'1e308' is no number", ""),
                arguments("bidder,bid\na,05.01.2024\n", "'05.01.2024' is no number", ""),
                arguments("bidder,bid\na,10:30\n", "'10:30' is no number", ""),
                arguments("\uFEFF{\"bid\": 5}", "is JSON", "CSV"),
                arguments("\n  <!DOCTYPE html>", "is HTML", "CSV"),
                arguments(PLAIN.replace("ben", "b\0n"), "is no text", ""),
                arguments(few.formatted("1.2.3", "5"), "'1.2.3' is no number", "line 2"),
                arguments(few.formatted("1.23,456", "5"), "'1.23,456' is no number", ""),
                arguments(few.formatted("1,234.567,8", "5"), "is no number", ""),
                arguments(few.formatted("5k", "5"), "'5k' is no number", ""),
                arguments(few.formatted("(5)", "5"), "'(5)' is no number", ""),
                arguments(few.formatted("5-", "5"), "'5-' is no number", ""),
                arguments(few.formatted("1 2", "5"), "'1 2' is no number", ""),
                arguments(few.formatted("٥", "5"), "is no number", ""),
                arguments(few.formatted("5 $ US", "5"), "is no number", ""),
                arguments("amount,price,bidder\n5,6,a\n", "amount and price", "--value-column"),
                arguments("who,what\na,b\n", "no column is called like bids", "--value-column"),
                arguments("lamp,ana,5\nlamp,ben,6\n", "without a header columns have numbers", "--value-column 1"),
                arguments("bid,bid\n5,6\n", "bid and bid", "--value-column"),
                arguments("bid\n5\n1 day\n", "'1 day' is no number", "line 3"),
                arguments("bidder,bid\nana,12,50\nben,13,50\n", "line 2: name the columns", "--value-column 1"),
                arguments("", "is empty", ""),
                arguments("PAR1\0\0", "is a Parquet file", "CSV"),
                arguments("PK\u0003\u0004", "is a spreadsheet", "CSV"),
                arguments("{\"bid\": 5}", "is JSON", "CSV"),
                arguments("<html>", "is HTML", "CSV"),
                arguments("bid\0\n5\n", "is no text", ""));
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void whatIsInDoubtIsRefused(String text, String words, String more) throws IOException {
        assertRefused(text.getBytes(StandardCharsets.UTF_8), words, more);
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        byte[] whole = packed(PLAIN.repeat(100).getBytes(StandardCharsets.UTF_8));
        assertRefused(Arrays.copyOf(whole, whole.length / 2), "is damaged", "");
        assertRefused(new byte[] {'b', 'i', 'd', '\n', (byte) 0x81, '\n'}, "--encoding", "");
        assertRefused(new byte[4096], "is no text", "");
    }

    /** A row that could be a header but for one above it with a number is none; nor is it lost. */
    @Test
    void noRowIsLostWithoutAHeader() throws IOException {
        BidLog log = read("a,b,5\na,b,\na,b,6\n".getBytes(StandardCharsets.UTF_8), NUMBERS);
        assertArrayEquals(new double[] {5, 6}, log.amounts());
        assertTrue(
                log.summary().contains("3 rows") && log.summary().contains("1 dropped for a blank 3"), log.summary());
    }

    /** One column with decimal commas, or two columns? A header tells. */
    @Test
    void oneColumnMayHaveDecimalCommas() throws IOException {
        Hints first = new Hints("1", null, null, List.of(), true, null, null, null);
        byte[] rows = "12,5\n13,6\n".getBytes(StandardCharsets.UTF_8);
        assertThrows(InvalidInputException.class, () -> read(rows, first));
        BidLog log = read("bid\n12,5\n13\n14\n".getBytes(StandardCharsets.UTF_8), Hints.NONE);
        assertArrayEquals(new double[] {12.5, 13, 14}, log.amounts());
    }

    @Test
    void whatIsDroppedIsToldWithItsFirstLines() throws IOException {
        StringBuilder text = new StringBuilder("Bids\n\nauction,bidder,bid,day\n");
        text.append("lamp,ana,5,1\n".repeat(60));
        text.append("lamp,ana,\u200Bsoon\u200B,1\nlamp,,7,1\n# closed\n,,,\nlamp,ana\nlamp,ana,-3,1\n");
        text.append("lamp,ben,,1\n".repeat(4)).append("lamp,ben,6,1\n");
        Hints hints = new Hints("bid", "bidder", "auction", List.of("day"), true, null, null, null);
        BidLog log = read(text.toString().getBytes(StandardCharsets.UTF_8), hints);
        assertEquals(61, log.size());
        for (String words : List.of(
                "1 for standing above the table (line 1)",
                "1 for a bid that is no number such as 12.50 (line 64: 'soon')",
                "1 for a blank bidder (line 65)",
                "1 for being a comment (line 66)",
                "1 for being blank (line 67)",
                "1 for too many or too few fields (line 68: '2')",
                "1 for a bid that is negative (line 69: '-3')",
                "4 for a blank bid (line 70, line 71, line 72, ..)")) {
            assertTrue(log.table().contains(words), log.table());
        }
    }

    @Test
    void manyNamesAreTold() throws IOException {
        StringBuilder text = new StringBuilder("bidder,bid\n");
        for (int i = 0; i < 5000; i++) {
            text.append("b").append(i % 3000).append(",1\n");
        }
        BidLog log = read(text.toString().getBytes(StandardCharsets.UTF_8), Hints.NONE);
        assertEquals(3000, log.bidderCount());
        for (int i = 0; i < 5000; i++) {
            assertEquals("b" + i % 3000, log.bidderNames().get(log.bidders()[i]));
        }
    }

    @Test
    void theDecimalMarkMayBeGiven() throws IOException {
        for (DecimalMark mark : DecimalMark.values()) {
            Hints hints = new Hints(null, null, null, List.of(), true, null, mark, null);
            BidLog log = read("bidder;bid\na;1.200\n".getBytes(StandardCharsets.UTF_8), hints);
            assertArrayEquals(new double[] {mark == DecimalMark.POINT ? 1.2 : 1200}, log.amounts());
        }
    }

    private void assertRead(byte[] bytes, Hints hints) throws IOException {
        BidLog log = read(bytes, hints);
        assertArrayEquals(AMOUNTS, log.amounts(), log.table());
        assertArrayEquals(new int[] {0, 0, 1}, log.auctions());
        assertArrayEquals(new int[] {0, 1, 0}, log.bidders());
        assertEquals(List.of("lamp", "chair"), log.auctionNames());
        assertEquals(List.of("J\u00f6rg", "ben"), log.bidderNames());
        assertVisible(log.table());
        assertVisible(log.summary());
    }

    private void assertRefused(byte[] bytes, String... words) throws IOException {
        String sentence = assertThrows(InvalidInputException.class, () -> read(bytes, Hints.NONE))
                .getMessage();
        for (String word : words) {
            assertTrue(sentence.contains(word), sentence);
        }
        assertTrue(
                !sentence.contains("Exception") && !sentence.contains("java.") && !sentence.contains("siegmar"),
                sentence);
    }

    private static void assertVisible(String text) {
        text.lines().forEach(line -> assertEquals(Text.visible(line), line));
    }

    private BidLog read(byte[] bytes, Hints hints) throws IOException {
        return BidLog.read(Files.write(folder.resolve("bids.csv"), bytes), hints);
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    /** A company is called so. */
    @Test
    void aBidderMayBeCalledTotal() throws IOException {
        byte[] text = "auction,bidder,bid\nlamp,ana,5\nlamp,ben,6\nlamp,Total,12\n".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(new double[] {5, 6, 12}, read(text, Hints.NONE).amounts());
        byte[] few = "bid\n1\n2\n3\n".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(new double[] {1, 2, 3}, read(few, Hints.NONE).amounts());
    }
}
