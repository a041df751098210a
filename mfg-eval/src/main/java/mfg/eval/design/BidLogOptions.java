package mfg.eval.design;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.core.InvalidInputException;
import mfg.envs.auction.AuctionGame;
import mfg.eval.bids.BidLog;
import mfg.eval.bids.DecimalMark;
import mfg.eval.bids.Hints;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that take an auction's bidders from a bid log. */
public final class BidLogOptions {

    /** What an auction has from a log, and nobody can set: counts, and where they come from. */
    public static final Set<String> ESTIMATED = Set.of("initial-values", "values-from");

    private static final Map<String, Character> SEPARATORS =
            Map.of("comma", ',', "semicolon", ';', "tab", '\t', "\\t", '\t', "bar", '|', "space", ' ');

    @Option(
            names = "--values-from",
            required = true,
            paramLabel = "FILE",
            description =
                    "A table of bids as text; bidders' values are spread as they are there, not as in the setting.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--value-column",
            paramLabel = "NAME",
            description =
                    "The column of bids, by its name or number. Without this and the next two, usual names are sought.")
    private @Nullable String valueColumn;

    @Option(
            names = "--bidder-column",
            paramLabel = "NAME",
            description = "Who bids: the highest bid of each is a value. Otherwise every row is one.")
    private @Nullable String bidderColumn;

    @Option(
            names = "--auction-column",
            paramLabel = "NAME",
            description = "In which auction: a bidder has a value in each. Otherwise one in all.")
    private @Nullable String auctionColumn;

    @Option(
            names = "--scale",
            paramLabel = "X",
            description = "Which bid stands for the value 1: max, quantile:Q or a number (max).")
    private String scale = "max";

    @Option(names = "--no-header", description = "The first row is a bid, though it has no number.")
    private boolean noHeader;

    @Option(
            names = "--separator",
            paramLabel = "X",
            description =
                    "What stands between columns: a character, comma, semicolon, tab, bar or space (it is found).")
    private @Nullable String separator;

    @Option(
            names = "--decimal",
            paramLabel = "MARK",
            description = "What stands before decimals: point or comma (it is found).")
    private @Nullable String decimal;

    @Option(names = "--encoding", paramLabel = "NAME", description = "Of the text, such as UTF-16 (it is found).")
    private @Nullable String encoding;

    /** Whether an option of a game is set from a log alone. */
    public static boolean isEstimated(Class<?> game, String option) {
        return AuctionGame.class.isAssignableFrom(game) && ESTIMATED.contains(option);
    }

    /**
     * Reads the log.
     *
     * @throws InvalidInputException if an option is not understood, or the log is not
     */
    public BidLog read() throws IOException {
        if (auctionColumn != null && bidderColumn == null) {
            throw new InvalidInputException("--auction-column tells bidders apart, so it needs --bidder-column");
        }
        return BidLog.read(
                file,
                new Hints(
                        valueColumn,
                        bidderColumn,
                        auctionColumn,
                        List.of(),
                        !noHeader,
                        separator(),
                        decimal(),
                        encoding));
    }

    private @Nullable Character separator() {
        if (separator == null || SEPARATORS.containsKey(separator)) {
            return separator == null ? null : SEPARATORS.get(separator);
        }
        if (separator.length() != 1 || "\"#\r\n".contains(separator)) {
            throw new InvalidInputException(
                    "--separator must be one character, comma, semicolon, tab, bar or space, not " + separator);
        }
        return separator.charAt(0);
    }

    private @Nullable DecimalMark decimal() {
        return decimal == null
                ? null
                : switch (decimal) {
                    case "point", "." -> DecimalMark.POINT;
                    case "comma", "," -> DecimalMark.COMMA;
                    default -> throw new InvalidInputException("--decimal must be point or comma, not " + decimal);
                };
    }

    /** What the log says on a grid of so many values. */
    public ValueEstimate estimate(BidLog log, int values) {
        return ValueEstimate.of(log, values, scale);
    }
}
