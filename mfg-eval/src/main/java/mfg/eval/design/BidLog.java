package mfg.eval.design;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.eval.io.Text;
import org.jspecify.annotations.Nullable;

/**
 * What a log of bids shows of its bidders: each one's value in an auction is taken to be the highest bid made there. Nobody
 * bids above the own value, so this estimate errs on the low side.
 */
public final class BidLog {

    private final Path file;
    private final Columns columns;
    private final int rows;
    private final String layout;
    private final Map<String, Integer> dropped = new LinkedHashMap<>();
    private final List<BigDecimal> values;

    /**
     * Which columns to read.
     *
     * @param bid what was bid; a column's name or, without such a name, its number, as the others
     * @param bidder who did; null if every row is a bidder
     * @param auction in which auction; null if a bidder is the same throughout the log
     */
    record Columns(
            String bid, @Nullable String bidder, @Nullable String auction) {

        Columns {
            if (auction != null && bidder == null) {
                throw new InvalidInputException("--auction-column tells bidders apart, so it needs --bidder-column");
            }
        }

        List<String> names() {
            return Stream.of(bid, bidder, auction).flatMap(Stream::ofNullable).toList();
        }

        String values() {
            return bidder == null
                    ? "one a row"
                    : "the highest bid of each %s%s".formatted(bidder, auction == null ? "" : " in each " + auction);
        }
    }

    /**
     * What a log says on a grid of values.
     *
     * @param counts how many bidders have each value
     * @param report how that came about, in one line
     */
    public record Estimate(List<Double> counts, String report) {

        /** Of no log. */
        static final Estimate NONE = new Estimate(List.of(), "");
    }

    /**
     * Reads a log.
     *
     * @throws InvalidInputException if it is no table of bids; the sentence names line and column
     */
    BidLog(Path file, Columns columns) throws IOException {
        this.file = file;
        this.columns = columns;
        BidRows log = BidRows.read(file, columns.names());
        this.rows = log.count();
        BidNumber number = new BidNumber(
                IntStream.range(0, rows).mapToObj(row -> log.cells(row).get(0)).toList(),
                log.layout().separator() != BidLayout.Separator.COMMA);
        this.layout = layout(log.layout(), number);
        Map<List<String>, BigDecimal> highest = new LinkedHashMap<>();
        for (int row = 0; row < rows; row++) {
            List<String> cells = log.cells(row);
            int blank = cells.indexOf("");
            if (blank >= 0) {
                dropped.merge(columns.names().get(blank), 1, Integer::sum);
            } else {
                List<String> bidder =
                        columns.bidder() == null ? List.of(String.valueOf(row)) : cells.subList(1, cells.size());
                highest.merge(bidder, number.read(cells.get(0), log.place(row, columns.bid())), BigDecimal::max);
            }
        }
        this.values = highest.values().stream().sorted().toList();
        if (values.isEmpty()) {
            throw new InvalidInputException("%s has no values: %s".formatted(file, drops()));
        }
    }

    /** What is unusual about it. */
    private static String layout(BidLayout layout, BidNumber number) {
        List<String> words = new ArrayList<>();
        if (layout.separator() != BidLayout.Separator.COMMA) {
            words.add("separated by " + layout.separator().words());
        }
        if (number.hasCommas()) {
            words.add("decimal commas");
        }
        if (!layout.hasHeader()) {
            words.add("no header");
        }
        return words.isEmpty() ? "" : " (%s)".formatted(String.join(", ", words));
    }

    /**
     * Counts bidders on the grid {@code {0, .., n-1}/n}: a value {@code v} counts for the highest grid value that
     * {@code v / scale} reaches.
     *
     * @param n the number of values
     * @param scale which bid has the value 1: {@code max}, {@code quantile:Q} or a number, in the log's units
     * @throws InvalidInputException if the scale is none
     */
    Estimate estimate(int n, String scale) {
        BigDecimal one = one(scale);
        double[] counts = new double[n];
        for (BigDecimal value : values) {
            BigDecimal cell = value.multiply(BigDecimal.valueOf(n)).divideToIntegralValue(one); // exact: a tie is one
            counts[cell.min(BigDecimal.valueOf(n - 1)).intValue()]++;
        }
        long clipped =
                values.stream().filter(value -> value.compareTo(one) >= 0).count();
        String report = "%s: %s%s, %s; %s, %s; scale %s (%s), with %d at or above it counted at the top of the grid"
                .formatted(
                        file,
                        Text.count(rows, "rows"),
                        layout,
                        drops(),
                        Text.count(values.size(), "values"),
                        columns.values(),
                        one.stripTrailingZeros().toPlainString(),
                        scale,
                        clipped);
        return new Estimate(DoubleStream.of(counts).boxed().toList(), report);
    }

    private String drops() {
        return dropped.isEmpty()
                ? "none dropped"
                : dropped.entrySet().stream()
                        .map(drop -> "%d dropped for a blank %s".formatted(drop.getValue(), drop.getKey()))
                        .collect(Collectors.joining(", "));
    }

    private BigDecimal one(String scale) {
        boolean quantile = scale.startsWith("quantile:");
        String text = scale.equals("max") ? "1" : quantile ? scale.substring("quantile:".length()) : scale;
        BigDecimal number = BidNumber.orZero(text);
        if (number.signum() <= 0 || (quantile && number.compareTo(BigDecimal.ONE) > 0)) {
            throw new InvalidInputException(
                    "--scale must be max, quantile:Q with Q above 0 and at most 1, or a positive number, not " + scale);
        }
        BigDecimal one = quantile || scale.equals("max") ? quantile(number) : number;
        if (one.signum() == 0) {
            throw new InvalidInputException("--scale %s is 0 in %s, but must be positive".formatted(scale, file));
        }
        return one;
    }

    /** The least value that at least a share q of the values does not exceed. */
    private BigDecimal quantile(BigDecimal q) {
        int rank = q.multiply(BigDecimal.valueOf(values.size()))
                .setScale(0, RoundingMode.CEILING)
                .intValue();
        return values.get(rank - 1);
    }
}
