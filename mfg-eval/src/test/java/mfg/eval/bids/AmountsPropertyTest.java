package mfg.eval.bids;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** What is written in any dialect is read back to the same numbers, or refused where they may be others. */
final class AmountsPropertyTest {

    /** How a log is written. */
    private record Style(
            String separator, char decimal, String group, String unit, boolean quotes, boolean header, String charset) {

        String write(BigDecimal bid) {
            String[] parts = bid.toPlainString().split("\\.", -1);
            String whole = parts[0].replaceAll("(?<=\\d)(?=(\\d{3})+$)", group);
            return unit.formatted(parts.length == 1 ? whole : whole + decimal + parts[1]);
        }

        String write(List<BigDecimal> bids) {
            return bids.stream()
                    .map(bid -> List.of("ana", write(bid), "x"))
                    .map(this::row)
                    .collect(
                            Collectors.joining("\n", header ? row(List.of("bidder", "bid", "note")) + "\n" : "", "\n"));
        }

        private String row(List<String> cells) {
            return cells.stream()
                    .map(cell -> quotes || cell.contains(separator) ? "\"" + cell + "\"" : cell)
                    .collect(Collectors.joining(separator));
        }
    }

    @Property(tries = 1000)
    void amountsAreNeverMisread(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 30_000_000) Integer> units,
            @ForAll @IntRange(max = 4) int decimals,
            @ForAll boolean trimmed,
            @ForAll("styles") Style style)
            throws IOException {
        List<BigDecimal> bids = units.stream()
                .map(x -> BigDecimal.valueOf(x, decimals))
                .map(bid -> trimmed ? new BigDecimal(bid.stripTrailingZeros().toPlainString()) : bid)
                .toList();
        Path file = Files.createTempFile("bids", ".csv");
        try {
            Files.writeString(file, style.write(bids), Charset.forName(style.charset()));
            Hints found = style.header() ? Hints.NONE : new Hints("2", "1", null, List.of(), true, null, null, null);
            double[] expected =
                    bids.stream().mapToDouble(BigDecimal::doubleValue).toArray();
            try {
                BidLog log = BidLog.read(file, found);
                assertArrayEquals(expected, log.amounts(), log.table());
            } catch (InvalidInputException e) {
                assertTrue(e.getMessage().contains("--decimal point or --decimal comma decides"), e.getMessage());
                boolean clear = bids.stream().anyMatch(bid -> {
                    String text = style.write(bid).replaceAll("[^\\d.,]", "");
                    return !text.matches("\\d*") && !text.matches("[1-9]\\d{0,2}[.,]\\d{3}");
                });
                assertEquals(false, clear, e.getMessage());
                DecimalMark mark = style.decimal() == ',' ? DecimalMark.COMMA : DecimalMark.POINT;
                Hints told = new Hints(found.bid(), found.bidder(), null, List.of(), true, null, mark, null);
                assertArrayEquals(expected, BidLog.read(file, told).amounts());
            }
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<Style> styles() {
        Arbitrary<String> marks = Arbitraries.of(".", ".,", ". ", ".'", ".\u00A0", ",", ",.", ", ", ",’", ",\u202F");
        return Combinators.combine(
                        Arbitraries.of(",", ";", "\t", "|"),
                        marks,
                        Arbitraries.of("%s", "%s €", "€%s", "$%s", "%s USD", "CHF %s", "%s\u00A0%%", "+%s"),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of("UTF-8", "UTF-16", "UTF-16LE"))
                .as((separator, mark, unit, quotes, header, charset) ->
                        new Style(separator, mark.charAt(0), mark.substring(1), unit, quotes, header, charset));
    }
}
