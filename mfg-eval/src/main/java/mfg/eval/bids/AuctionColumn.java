package mfg.eval.bids;

import java.nio.file.Path;
import java.util.Arrays;
import mfg.core.InvalidInputException;
import mfg.eval.io.Text;
import org.jspecify.annotations.Nullable;

/** A column that describes auctions, each in all of its rows: by a number or, where some cell is no amount, by a category. */
final class AuctionColumn {

    /** More are hardly categories, but numbers with something odd among them. */
    private static final int CATEGORIES = 50;

    private final Path file;
    private final NameColumn auctions;
    private final Cell cell;
    private final NumberColumn numbers;
    private final NameColumn categories;
    private String odd = "";
    private int known;
    private int room;

    /**
     * A column of which nothing was kept.
     *
     * @param file for sentences
     * @param auctions of the row that is being read
     * @param name what it is called in sentences
     * @param cell of it in that row
     * @param decimal the decimal mark, if that is known
     */
    AuctionColumn(Path file, NameColumn auctions, String name, Cell cell, @Nullable DecimalMark decimal) {
        this.file = file;
        this.auctions = auctions;
        this.cell = cell;
        numbers = new NumberColumn(name, cell, decimal);
        categories = new NameColumn(name, cell);
    }

    /** Looks at the cell, on a line. */
    void look(long line) {
        if (!numbers.look(line) && !cell.isEmpty() && odd.isEmpty()) {
            odd = "'%.40s' on line %d".formatted(cell, line);
        }
    }

    /**
     * Decides what cells mean, after the look at all of them.
     *
     * @throws InvalidInputException if they are numbers, but it is in doubt which
     */
    void decide() {
        if (isNumeric()) {
            numbers.decide(file);
        }
    }

    /** Refuses categories. */
    void requireNumbers() {
        if (!isNumeric()) {
            throw new InvalidInputException("%s, column %s: %s is no number".formatted(file, name(), odd));
        }
    }

    boolean isNumeric() {
        return odd.isEmpty();
    }

    /**
     * Keeps the cell for the auction of a row, or compares it with what is known of that.
     *
     * @throws InvalidInputException if it differs, or cannot be read, or there are too many categories
     */
    void keep(int row, long line) {
        int auction = auctions.numbers()[row];
        if (auction == room) {
            resize(Math.max(16, 2 * room));
        }
        if (isNumeric()) {
            keepNumber(auction, line);
        } else {
            keepCategory(auction, line);
        }
        known = Math.max(known, auction + 1);
    }

    private void keepNumber(int auction, long line) {
        double number = numbers.read();
        if (Double.isNaN(number) && !cell.isEmpty()) {
            throw new InvalidInputException("%s, line %d, column %s: '%.40s' is no number such as 12%s50"
                    .formatted(file, line, name(), cell, numbers.decimal().character));
        }
        if (auction < known) {
            requireSame(auction, Double.compare(number, number(auction)) == 0, line);
        } else {
            numbers.keep(auction, number);
        }
    }

    private void keepCategory(int auction, long line) {
        if (auction < known) {
            cell.compose();
            requireSame(auction, cell.contentEquals(category(auction)), line);
            return;
        }
        categories.keep(auction, 0);
        if (categories.names().size() > CATEGORIES) {
            throw new InvalidInputException(
                    "%s, column %s has more than %d categories; it has them because %s is no number"
                            .formatted(file, name(), CATEGORIES, odd));
        }
    }

    private void requireSame(int auction, boolean same, long line) {
        if (!same) {
            throw refusal(
                    auction,
                    "'%.40s', but '%.40s' on line %d; it must be the same in all rows of an auction"
                            .formatted(text(auction), cell, line));
        }
    }

    private String text(int auction) {
        return !isNumeric() ? category(auction) : isBlank(auction) ? "" : BidLog.plain(number(auction));
    }

    /** What is wrong with an auction, for the caller to throw. */
    InvalidInputException refusal(int auction, String what) {
        return new InvalidInputException(
                "%s%s, column %s: %s".formatted(file, auctions.place("auction", auction), name(), what));
    }

    /** Gives back the room that is not used. */
    void trim() {
        resize(known);
    }

    private void resize(int length) {
        room = length;
        if (isNumeric()) {
            numbers.resize(length);
        } else {
            categories.resize(length);
        }
    }

    String name() {
        return numbers.name();
    }

    /** What is there, in words. */
    String describe() {
        return isNumeric()
                ? BidLog.spread(Arrays.stream(numbers.numbers()))
                : Text.count(
                        categories.names().stream()
                                .filter(name -> !name.isEmpty())
                                .count(),
                        "different texts");
    }

    /** Whether the log does not tell it. */
    boolean isBlank(int auction) {
        return isNumeric() ? Double.isNaN(number(auction)) : category(auction).isEmpty();
    }

    /** Of an auction; NaN if it is blank. */
    double number(int auction) {
        return numbers.numbers()[auction];
    }

    /** The number of an auction, which must be one to count with. */
    int count(int auction) {
        double number = number(auction);
        if (number < 1 || number > Integer.MAX_VALUE || number != Math.rint(number)) {
            throw refusal(auction, BidLog.plain(number) + " is no whole number of at least 1");
        }
        return (int) number;
    }

    /** Of an auction; empty if it is blank. */
    String category(int auction) {
        return categories.names().get(categories.numbers()[auction]);
    }
}
