package mfg.eval.design;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Parameter;
import mfg.envs.auction.AuctionGame;
import mfg.envs.bids.BidRule;
import mfg.eval.bids.BidLog;
import mfg.eval.bids.Bidding;
import mfg.eval.bids.Reading;
import mfg.eval.config.Binder;

/**
 * The options that take an auction's bidders from a log of bids.
 *
 * @param valuesFrom the file
 * @param scale which value is 1
 */
public record BidLogOptions(
        @Parameter(
                about = "a table of bids as text; bidders' values are spread as they are there, not as in the setting")
        String valuesFrom,

        Reading reading,
        Bidding bidding,

        @Parameter(about = "which value of the log is 1: max, quantile:Q or a number", value = "max")
        String scale) {

    /** Its kind. */
    public static final Binder.Kind<BidLogOptions> KIND = new Binder.Kind<>("design", BidLogOptions.class, Map.of());

    /** What an auction has from a log, and nobody can set: counts, and where they come from. */
    public static final Set<String> ESTIMATED = Set.of("initial-values", "values-from");

    /** Options of a log that play no role where an auction has goods of its own. */
    public static final Set<String> OF_GOODS = Set.of("lots", "lots-column");

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
        if (!reading.auctionColumn().isEmpty() && reading.bidderColumn().isEmpty()) {
            throw new InvalidInputException("--auction-column tells bidders apart, so it needs --bidder-column");
        }
        return BidLog.read(Path.of(valuesFrom), reading.hints());
    }

    /** What the log says on a grid of so many values. */
    public ValueEstimate estimate(BidLog log, int values) {
        boolean asTheyAre = bidding.bidsAre() == BidRule.VALUES
                && reading.covariates().isEmpty()
                && bidding.bidders().isEmpty();
        return asTheyAre ? ValueEstimate.of(log, values, scale) : ValueEstimate.of(log, bidding, values, scale);
    }
}
