package mfg.eval.bids;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import mfg.core.InvalidInputException;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;

/**
 * A log of bids, in columns. Auctions and bidders have numbers from 0, in the order in which they first come. A log without a
 * column of auctions is one auction; in a log without bidders each row has its own.
 */
public final class BidLog {

    private final Path file;
    private final String dialect;
    private final long rows;
    private final Drops drops;
    private final String unit;
    private final NumberColumn bids;
    private final NameColumn auctions;
    private final NameColumn bidders;
    private final AuctionColumns described;

    BidLog(
            Path file,
            String dialect,
            long rows,
            Drops drops,
            String unit,
            NumberColumn bids,
            NameColumn auctions,
            NameColumn bidders,
            AuctionColumns described) {
        this.file = file;
        this.dialect = dialect;
        this.rows = rows;
        this.drops = drops;
        this.unit = unit;
        this.bids = bids;
        this.auctions = auctions;
        this.bidders = bidders;
        this.described = described;
    }

    /**
     * Reads a log, of which only some columns are kept: 16 bytes a row, 8 more an auction for each column that
     * describes auctions, and each name once.
     *
     * @param hints what is known of it
     * @throws InvalidInputException if it is no table of bids, or may be read in more than one way; the sentence says which
     *     option decides
     * @throws IOException if the file cannot be read
     */
    public static BidLog read(Path file, Hints hints) throws IOException {
        return BidReader.read(file, hints);
    }

    /** Where it was read from. */
    public Path file() {
        return file;
    }

    /** How many bids there are. */
    public int size() {
        return amounts().length;
    }

    /** What was bid, in the order of the file and in the log's units. Not a copy. */
    public double[] amounts() {
        return bids.numbers();
    }

    /** In which auction each bid was made. Not a copy. */
    public int[] auctions() {
        return auctions.numbers();
    }

    /** Who made each bid. Not a copy. */
    public int[] bidders() {
        return bidders.numbers();
    }

    /** The names of auctions; empty if the log is one. */
    public List<String> auctionNames() {
        return auctions.names();
    }

    /** The names of bidders; empty if nobody is named. */
    public List<String> bidderNames() {
        return bidders.names();
    }

    /** How many auctions there are. */
    public int auctionCount() {
        return Math.max(1, auctionNames().size());
    }

    /** How many bidders there are. */
    public int bidderCount() {
        return bidderNames().isEmpty() ? size() : bidderNames().size();
    }

    /** What describes auctions. */
    AuctionColumns described() {
        return described;
    }

    /** What is wrong with an auction, for the caller to throw. */
    InvalidInputException refusal(int auction, String what) {
        return new InvalidInputException("%s%s: %s".formatted(file, auctions.place("auction", auction), what));
    }

    /** What bids are in: a currency, {@code %}, or empty if the log does not tell. */
    public String unit() {
        return unit;
    }

    /** How many bids each auction has. */
    public int[] bidsPerAuction() {
        int[] counts = new int[auctionCount()];
        for (int auction : auctions()) {
            counts[auction]++;
        }
        return counts;
    }

    /** How many rows the file has, what was dropped of them and why, and how it is written, in one line. */
    public String summary() {
        return Text.visible("%s: %s (%s), %s".formatted(file, Text.count(rows, "rows"), dialect, drops));
    }

    /** What was read, as a table for people. */
    public String table() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("written", dialect));
        lines.add(List.of("rows", String.valueOf(rows)));
        drops.lines().forEach(line -> lines.add(List.of("dropped", line)));
        lines.add(List.of("bids", Text.of("%d (column %s)", size(), bids.name())));
        lines.add(List.of("auctions", auctions.describe()));
        lines.add(List.of(
                "bids per auction", spread(Arrays.stream(bidsPerAuction()).asDoubleStream())));
        lines.add(List.of("bidders", bidders.describe()));
        lines.add(List.of("amounts", (spread(Arrays.stream(amounts())) + " " + unit).strip()));
        described.all().forEach(column -> lines.add(List.of(column.name(), column.describe())));
        return TextTable.text(
                List.of("log", Text.visible(file.toString())),
                lines.stream()
                        .map(line -> line.stream().map(Text::visible).toList())
                        .toList());
    }

    static String spread(DoubleStream all) {
        double[] numbers = all.filter(number -> !Double.isNaN(number)).sorted().toArray();
        int n = numbers.length;
        return n == 0
                ? "none"
                : "least %s, median %s, most %s"
                        .formatted(
                                plain(numbers[0]),
                                plain(numbers[(n - 1) / 2] / 2 + numbers[n / 2] / 2),
                                plain(numbers[n - 1]));
    }

    static String plain(double number) {
        return new BigDecimal(number)
                .round(new MathContext(10))
                .stripTrailingZeros()
                .toPlainString();
    }
}
