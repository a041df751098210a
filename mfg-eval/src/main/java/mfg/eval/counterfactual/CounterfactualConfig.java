package mfg.eval.counterfactual;

import java.util.HashMap;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Parameter;
import mfg.envs.bids.AuctionBootstrap;
import mfg.eval.bids.Bidding;
import mfg.eval.bids.Reading;
import mfg.eval.config.Binder;

/**
 * All that decides the numbers of a run of {@code counterfactual}.
 *
 * @param log the file
 * @param currency that the result tells
 * @param resamples of the log's auctions
 * @param level what share of them an interval holds
 * @param seed decides all that is random
 */
public record CounterfactualConfig(
        @Parameter(about = "a table of bids as text", value = "")
        String log,

        Reading reading,
        Bidding bidding,
        Design design,

        @Parameter(about = "what amounts are in, such as USD, where the log does not tell", value = "")
        String currency,

        @Parameter(
                about = "resamples of the log's auctions; values are estimated anew from each",
                value = "200",
                min = 20,
                max = 1e6)
        int resamples,

        @Parameter(about = "the share of resamples that an interval holds", value = "0.9", min = 0.5, max = 0.999)
        double level,

        @Parameter(about = "seed of all that is random", value = "1")
        long seed) {

    private static final double ROUNDING = 1e-9;

    /** Its kind. */
    public static final Binder.Kind<CounterfactualConfig> KIND =
            new Binder.Kind<>("counterfactual", CounterfactualConfig.class, Map.of());

    /**
     * Checks that there are enough resamples.
     *
     * @throws InvalidInputException if none would lie outside of an interval
     */
    public CounterfactualConfig {
        int least = (int) Math.ceil(2 / (1 - level) - 1 - ROUNDING);
        if (resamples < least) {
            throw new InvalidInputException(
                    "--level %s needs at least %d resamples, not %d".formatted(level, least, resamples));
        }
    }

    /** The mechanism that is learned. */
    public record Design(
            @Parameter(about = "whether to learn a mechanism", value = "true")
            boolean learned,

            @Parameter(about = "rounds in which lots are sold by what is learned", value = "1", min = 1, max = 1000)
            int rounds,

            @Parameter(about = "values and bids of what is learned", value = "100", min = 20, max = 1000)
            int values,

            @Parameter(about = "training iterations", value = "200", min = 0)
            int iterations,

            @Parameter(
                    about = "which value is the highest of what is learned: the share of bidders that do not exceed it",
                    value = "0.995",
                    min = 0.5,
                    max = 1)
            double top) {}

    /** Draws resamples. */
    AuctionBootstrap bootstrap(int threads) {
        return new AuctionBootstrap(resamples, level, seed, threads);
    }

    /**
     * The options of the design.
     *
     * @param supply lots for each bidder
     */
    Map<String, String> design(double supply) {
        return new HashMap<>(Map.of(
                "game", "auction",
                "supply", Double.toString(supply),
                "horizon", Integer.toString(design.rounds()),
                "values", Integer.toString(design.values()),
                "iterations", Integer.toString(design.iterations()),
                "seed", Long.toString(seed)));
    }
}
