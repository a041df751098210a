package mfg.eval.bids;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Parameter;
import mfg.envs.bids.BidRule;
import org.jspecify.annotations.Nullable;

/**
 * How the bids of a log came about.
 *
 * @param bidsAre what they say of values
 * @param lots in each auction, where the log does not tell
 * @param bidders how many competed in each auction, or from how many to how many; empty for those who bid, or as the log tells
 */
public record Bidding(
        @Parameter(
                about = "what bids are: values, or bids of a first-price, second-price or ascending auction",
                value = "values")
        BidRule bidsAre,

        @Parameter(about = "lots in each auction", value = "1", min = 1, max = 1e6)
        int lots,

        @Parameter(
                about =
                        "bidders in each auction, such as 7, or 5..8 if only that much is known; otherwise those who bid")
        String bidders) {

    private static final Pattern COUNTS = Pattern.compile("([1-9]\\d{0,5})(?:\\.\\.([1-9]\\d{0,5}))?");

    /**
     * From how many to how many.
     *
     * @param least at least 2
     * @param most no less
     */
    public record Count(int least, int most) {}

    /** Checks the numbers. */
    public Bidding {
        counted(bidders);
    }

    /** The number of bidders that was given; null if none was. */
    public @Nullable Count count() {
        return counted(bidders);
    }

    private static @Nullable Count counted(String bidders) {
        if (bidders.isEmpty()) {
            return null;
        }
        Matcher counts = COUNTS.matcher(bidders);
        if (!counts.matches()) {
            throw new InvalidInputException(
                    "--bidders must be a number from 2 to 999999 such as 7, or two such as 5..8, not " + bidders);
        }
        int least = Integer.parseInt(counts.group(1));
        int most = counts.group(2) == null ? least : Integer.parseInt(counts.group(2));
        if (least < 2 || most < least) {
            throw new InvalidInputException("--bidders must be at least 2, the less first, not " + bidders);
        }
        return new Count(least, most);
    }
}
