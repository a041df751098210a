package mfg.eval.design;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import mfg.envs.auction.AuctionGame;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that take an auction's bidders from a bid log. */
public final class BidLogOptions {

    /** What an auction has from a log, and nobody can set: counts, and where they come from. */
    public static final Set<String> ESTIMATED = Set.of("initial-values", "values-from");

    @Option(
            names = "--values-from",
            required = true,
            paramLabel = "FILE",
            description = "A CSV file of bids; bidders' values are spread as they are there, not as in the setting.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--value-column",
            required = true,
            paramLabel = "NAME",
            description = "The column of bids, by its name or number.")
    @SuppressWarnings("NullAway.Init")
    private String valueColumn;

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

    /** Whether an option of a game is set from a log alone. */
    public static boolean isEstimated(Class<?> game, String option) {
        return AuctionGame.class.isAssignableFrom(game) && ESTIMATED.contains(option);
    }

    public BidLog.Estimate estimate(int values) throws IOException {
        return new BidLog(file, new BidLog.Columns(valueColumn, bidderColumn, auctionColumn)).estimate(values, scale);
    }
}
