package mfg.envs.bids;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;

/** The rule of an auction, and so what bids say of values. */
public enum BidRule {

    /** Bids are values, and all in the log count. */
    VALUES("Each bid in the log is its bidder's value, and whose bid is in the log does not depend on it."),

    /**
     * Second-price auctions. Where the log has the bid of every bidder, bids are values. Where it lacks any, only prices count, in all
     * auctions: who is missing may depend on the values. Then the second highest recorded bid is taken as the second highest value of
     * all bidders ({@link AscendingPrices}), and an auction with a single recorded bid is left out, as it has no price.
     */
    SECOND_PRICE("Everybody bids the own value; of auctions that lack bids, the log has the two highest."),

    /**
     * First-price auctions: {@link FirstPriceBids} with the boundary corrected. Auctions of a number of bidders that has fewer than 20
     * bids in the log, or the same bid throughout, are left out.
     */
    FIRST_PRICE(
            "Bidders are risk neutral, know how many they are, have independent private values, and bid as in equilibrium; no"
                    + " reserve price binds."),

    /** Ascending auctions: {@link AscendingPrices}, the highest recorded bid being the price. */
    ASCENDING(
            "The highest bid of each auction is its price, and the bidder with the second highest value stays until then.");

    private final String assumption;

    BidRule(String assumption) {
        this.assumption = assumption;
    }

    /**
     * What has to be true of bids for the estimate to be of values.
     *
     * @return one sentence
     */
    public String assumption() {
        return assumption;
    }

    /**
     * What the bids of a log say of values.
     *
     * @param auctions the log, of one kind of good; see {@link HomogenizedBids} for several kinds
     * @return F
     * @throws InvalidInputException as {@link #estimator} does
     */
    public ValueDistribution distribution(List<Auction> auctions) {
        return estimator(auctions).distribution();
    }

    /**
     * Decides which auctions of a log count, and how.
     *
     * @param auctions the log, of one kind of good
     * @return how values are estimated, from the log and from resamples
     * @throws InvalidInputException if there is no auction, or all would be left out; of first-price auctions also if any lacks bids
     */
    public BidEstimator estimator(List<Auction> auctions) {
        Auction.requireSome(auctions);
        return switch (this) {
            case VALUES -> values(auctions);
            case SECOND_PRICE -> secondPrice(auctions);
            case FIRST_PRICE -> firstPrice(auctions);
            case ASCENDING -> BidEstimator.of(auctions, auctions, AscendingPrices::distribution);
        };
    }

    private static BidEstimator values(List<Auction> log) {
        return BidEstimator.of(log, log, auctions -> ValueDistribution.of(Ascending.bids(auctions)));
    }

    private static BidEstimator secondPrice(List<Auction> log) {
        if (log.stream().allMatch(auction -> auction.bids().length == auction.bidders())) {
            return values(log);
        }
        List<Auction> prices = log.stream()
                .filter(auction -> auction.bids().length > 1)
                .map(auction -> new Auction(auction.bidders(), new double[] {secondHighest(auction.bids())}))
                .toList();
        if (prices.isEmpty()) {
            throw new InvalidInputException(
                    "bids are missing, and no auction has two, of which the second would be the price");
        }
        return BidEstimator.of(log, prices, AscendingPrices::distribution);
    }

    private static double secondHighest(double[] bids) {
        return Ascending.sorted(bids)[bids.length - 2];
    }

    private static BidEstimator firstPrice(List<Auction> log) {
        Auction.requireAllBids(log);
        List<Auction> telling = telling(log);
        if (telling.isEmpty()) {
            throw new InvalidInputException(
                    "no number of bidders has %d bids that are not all the same, as a density needs"
                            .formatted(InverseBid.LEAST_BIDS));
        }
        return BidEstimator.of(log, telling, BidRule::firstPriceValues);
    }

    /** Auctions of the numbers of bidders whose bids have a density. */
    private static List<Auction> telling(List<Auction> auctions) {
        Set<Integer> numbers = Auction.byBidders(auctions).entrySet().stream()
                .filter(entry -> InverseBid.suffices(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return auctions.stream()
                .filter(auction -> numbers.contains(auction.bidders()))
                .toList();
    }

    /** A resample may have one bid only; as bids draw together, the values behind them come down to the bids. */
    private static ValueDistribution firstPriceValues(List<Auction> auctions) {
        List<Auction> telling = telling(auctions);
        return telling.isEmpty()
                ? ValueDistribution.of(Ascending.bids(auctions))
                : new FirstPriceBids(telling).distribution();
    }

    /** Its name for people, such as {@code first-price}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
