package mfg.eval.bids;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Reads a log twice: first to learn what its numbers mean and how many rows there are, then to keep them. */
final class BidReader {

    /** If more than one row in so many cannot be read, the log is not understood. */
    private static final int UNREADABLE = 10;

    /** If so many bids add up to the last, that is no chance. */
    private static final int UNLIKELY = 30;

    private static final Pattern SUM =
            Pattern.compile("(grand )?totale?|sum|summe|gesamt(summe)?|somme|sumas?", Pattern.CASE_INSENSITIVE);

    private final Path path;
    private final Dialect dialect;
    private final Row row;
    private final NumberColumn bid;
    private final NameColumn bidder;
    private final NameColumn auction;
    private final @Nullable Cell currency;
    private final @Nullable Cell afterBid;
    private final AuctionColumns described;
    private final List<AuctionColumn> describing;
    private final Drops drops = new Drops();
    private @Nullable String onlyCurrency;
    private long rows;
    private int size;
    private long lastLine;
    private int unreadable;
    private String firstUnreadable = "";

    private BidReader(Dialect dialect, Hints hints) {
        this.dialect = dialect;
        this.path = dialect.file().path();
        Columns columns = dialect.columns(hints);
        row = new Row(dialect.first().size());
        bid = new NumberColumn(dialect.name(columns.bid()), row.want(columns.bid()), hints.decimal());
        bidder = names(columns.bidder());
        auction = names(columns.auction());
        currency = columns.currency() < 0 ? null : row.want(columns.currency());
        boolean mayHoldDecimals = dialect.separator() == ','
                && columns.bid() + 1 < dialect.first().size();
        afterBid = mayHoldDecimals ? row.want(columns.bid() + 1) : null;
        List<Covariate> covariates = new ArrayList<>();
        for (int i = 0; i < hints.covariates().size(); i++) {
            Columns.CovariateColumn found = columns.covariates().get(i);
            covariates.add(
                    new Covariate(hints.covariates().get(i), describing(found.column(), hints), found.logarithm()));
        }
        described = new AuctionColumns(
                columns.bidders() < 0 ? null : describing(columns.bidders(), hints),
                columns.lots() < 0 ? null : describing(columns.lots(), hints),
                covariates);
        describing = described.all();
    }

    private AuctionColumn describing(int column, Hints hints) {
        return new AuctionColumn(path, auction, dialect.name(column), row.want(column), hints.decimal());
    }

    private NameColumn names(int column) {
        return column < 0 ? new NameColumn("", null) : new NameColumn(dialect.name(column), row.want(column));
    }

    static BidLog read(Path path, Hints hints) throws IOException {
        try {
            LogFile file = LogFile.of(path, hints.encoding());
            try {
                return read(file, hints);
            } catch (CharacterCodingException e) {
                if (file.sure()) {
                    throw e;
                }
                return read(new LogFile(path, LogFile.LATIN, true), hints);
            }
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    "%s is no text in %s"
                            .formatted(
                                    path,
                                    hints.encoding() == null
                                            ? "UTF-8, UTF-16 or Latin-1; --encoding tells what it is"
                                            : hints.encoding()),
                    e);
        } catch (EOFException | ZipException e) {
            throw new InvalidInputException("%s is damaged, it cannot be unpacked".formatted(path), e);
        }
    }

    private static BidLog read(LogFile file, Hints hints) throws IOException {
        return new BidReader(DialectSearch.find(file, hints), hints).log();
    }

    private BidLog log() throws IOException {
        pass(this::look);
        if (rows > Integer.MAX_VALUE - 8) {
            throw new InvalidInputException("%s has %d rows, more than Java's arrays hold".formatted(path, rows));
        }
        bid.decide(path);
        describing.forEach(AuctionColumn::decide);
        described.requireNumbers();
        resize((int) rows);
        pass(this::keep);
        if ((long) UNREADABLE * unreadable > size + unreadable) {
            throw new InvalidInputException(
                    unreadable == 1
                            ? firstUnreadable
                            : "%s; %d of %d rows cannot be read".formatted(firstUnreadable, unreadable, rows));
        }
        if (size == 0) {
            throw new InvalidInputException(
                    drops.isEmpty()
                            ? "%s has no rows below its header".formatted(path)
                            : "%s has no bids: %s".formatted(path, drops));
        }
        resize(size);
        requireNoSum();
        describing.forEach(AuctionColumn::trim);
        return new BidLog(
                path,
                dialect.describe(bid.decimal()),
                rows,
                drops,
                bid.unit().isEmpty() && onlyCurrency != null ? onlyCurrency : bid.unit(),
                bid,
                auction,
                bidder,
                described);
    }

    /** Refuses a last row that is the sum of all above, and is called so or comes after so many that it is no chance. */
    private void requireNoSum() {
        double last = bid.numbers()[size - 1];
        double sum = Arrays.stream(bid.numbers(), 0, size - 1).sum();
        long positive = Arrays.stream(bid.numbers(), 0, size - 1)
                .filter(number -> number > 0)
                .limit(UNLIKELY)
                .count();
        boolean named = auction.isLast(SUM, size) || bidder.isLast(SUM, size);
        if (sum > 0 && Math.abs(last - sum) <= 1e-9 * sum && (named || positive == UNLIKELY)) {
            throw new InvalidInputException(
                    "%s: the bid on line %d is the sum of all above; remove it".formatted(path, lastLine));
        }
    }

    private void pass(Runnable each) throws IOException {
        try (CsvReader<Row> csv = Dialect.csv(dialect.separator(), dialect.comments())
                .build(row, dialect.file().open())) {
            for (Row next : csv) {
                if (!dialect.header() || next.line() != dialect.headLine()) {
                    each.run();
                }
            }
        } catch (CsvParseException e) {
            throw new InvalidInputException(
                    "%s is no table: on line %d a quoted cell has no end, or something follows it, or it is too long; a quote within quotes is written twice"
                            .formatted(path, row.line()),
                    e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void look() {
        rows++;
        if (isRow() && bid.look(row.line()) && !bidder.isBlank() && !auction.isBlank()) {
            for (AuctionColumn column : describing) {
                column.look(row.line());
            }
        }
    }

    private boolean isRow() {
        return !row.isComment()
                && row.line() >= dialect.headLine()
                && dialect.fits(row.fields(), row.filled())
                && !isSplit();
    }

    /** Whether a comma may have split the bid: there is one field too many, though blank, and the bid is followed by digits. */
    private boolean isSplit() {
        return row.fields() > dialect.first().size()
                && afterBid != null
                && !afterBid.isEmpty()
                && afterBid.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void resize(int length) {
        bid.resize(length);
        bidder.resize(length);
        auction.resize(length);
    }

    private void keep() {
        long line = row.line();
        if (row.isComment()) {
            drops.add("being a comment", line, "");
        } else if (row.filled() == 0) {
            drops.add("being blank", line, "");
        } else if (line < dialect.headLine()) {
            drops.add("standing above the table", line, "");
        } else if (!isRow()) {
            unreadable(
                    "too many or too few fields",
                    Integer.toString(row.fields()),
                    "%s, line %d has %d field(s), but there are %d columns, separated by %s%s"
                            .formatted(
                                    path,
                                    line,
                                    row.fields(),
                                    dialect.first().size(),
                                    Dialect.words(dialect.separator()),
                                    dialect.separator() == ',' ? "; a number with a comma must be in quotes" : ""));
        } else if (bid.cell().isEmpty()) {
            drops.add("a blank " + bid.name(), line, "");
        } else if (bidder.isBlank()) {
            drops.add("a blank " + bidder.name(), line, "");
        } else if (auction.isBlank()) {
            unreadable(
                    "a blank " + auction.name(),
                    "",
                    "%s, line %d: the bid has no %s; fill cells down if only the first row of each tells it"
                            .formatted(path, line, auction.name()));
        } else {
            double amount = bid.read();
            if (Double.isNaN(amount) || amount < 0) {
                String what =
                        amount < 0 ? "is negative" : "is no number such as 12%s50".formatted(bid.decimal().character);
                unreadable(
                        "a %s that %s".formatted(bid.name(), what),
                        bid.cell(),
                        "%s, line %d, column %s: the bid '%.40s' %s"
                                .formatted(path, line, bid.name(), bid.cell(), what));
            } else {
                keep(amount);
            }
        }
    }

    private void unreadable(String reason, CharSequence what, String sentence) {
        unreadable++;
        firstUnreadable = firstUnreadable.isEmpty() ? sentence : firstUnreadable;
        drops.add(reason, row.line(), what);
    }

    private void keep(double amount) {
        if (currency != null && (onlyCurrency == null || !currency.contentEquals(onlyCurrency))) {
            if (onlyCurrency != null) {
                throw new InvalidInputException(
                        "%s, line %d: a bid in currency '%s', but those above are in '%s'; a log has one currency"
                                .formatted(path, row.line(), currency, onlyCurrency));
            }
            onlyCurrency = currency.toString();
        }
        if (size == bid.numbers().length) {
            throw new InvalidInputException("%s grew while it was read; read it again".formatted(path));
        }
        bid.keep(size, amount);
        bidder.keep(size, size);
        auction.keep(size, 0);
        for (AuctionColumn column : describing) {
            column.keep(size, row.line());
        }
        size++;
        lastLine = row.line();
    }
}
