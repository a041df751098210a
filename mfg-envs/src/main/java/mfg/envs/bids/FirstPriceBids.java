package mfg.envs.bids;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;

/**
 * Values behind the sealed bids of first-price auctions without a reserve price that binds (Guerre, Perrigne and Vuong 2000,
 * Econometrica 68). Each number of bidders has its own bids, and so its own {@link InverseBid inverse bid function}; values are the
 * same for all. The error of a value falls as {@code N^(-2/5)} in the number of bids, so intervals need not reflect that bids were
 * {@link HomogenizedBids homogenized}: that error falls as {@code N^(-1/2)}. The highest values of a distribution with a long tail are
 * known worst, as few bid near them.
 */
public final class FirstPriceBids {

    private final List<Auction> auctions;
    private final Boundary boundary;
    private final Map<Integer, InverseBid> inverse = new TreeMap<>();

    /**
     * Estimates the inverse bid functions, the {@link Boundary#CORRECT boundary corrected}.
     *
     * @param auctions of one kind of good, each with a bid of every bidder; see {@link HomogenizedBids} for several kinds
     * @throws InvalidInputException as with a boundary
     */
    public FirstPriceBids(List<Auction> auctions) {
        this(auctions, Boundary.CORRECT);
    }

    /**
     * Estimates the inverse bid functions.
     *
     * @param auctions of one kind of good, each with a bid of every bidder; see {@link HomogenizedBids} for several kinds
     * @param boundary what becomes of bids near the lowest and the highest
     * @throws InvalidInputException if there is no auction, if bids are missing, if auctions of one number of bidders have fewer than
     *     20 bids together or all bid the same
     */
    public FirstPriceBids(List<Auction> auctions, Boundary boundary) {
        Auction.requireAllBids(auctions);
        this.auctions = List.copyOf(auctions);
        this.boundary = boundary;
        Auction.byBidders(auctions)
                .forEach((n, alike) -> inverse.put(n, new InverseBid(n, Ascending.bids(alike), boundary)));
    }

    /**
     * The value behind each bid.
     *
     * @return (auctions, bids) in the order and unit of the bids; NaN where a bid is trimmed
     */
    public double[][] values() {
        return auctions.stream()
                .map(auction -> values(auction, Objects.requireNonNull(inverse.get(auction.bidders()))))
                .toArray(double[][]::new);
    }

    private static double[] values(Auction auction, InverseBid inverse) {
        return Arrays.stream(auction.bids())
                .map(bid -> inverse.trims(bid) ? Double.NaN : inverse.value(bid))
                .toArray();
    }

    /**
     * The distribution of values.
     *
     * @return F, of the values behind all bids that are not trimmed
     * @throws InvalidInputException if all bids are trimmed
     */
    public ValueDistribution distribution() {
        return distribution(values());
    }

    private static ValueDistribution distribution(double[][] values) {
        double[] kept = Stream.of(values)
                .flatMapToDouble(Arrays::stream)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        if (kept.length == 0) {
            throw new InvalidInputException(
                    "all bids are too close to the lowest or highest bid; correct the boundary instead");
        }
        return ValueDistribution.of(kept);
    }

    /**
     * All that bids say, with intervals.
     *
     * @param bootstrap how intervals are found
     * @return the estimate
     * @throws InvalidInputException if all bids of a number of bidders are trimmed
     */
    public BidValues estimate(AuctionBootstrap bootstrap) {
        double[][] values = values();
        int trimmed = (int) Stream.of(values)
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isNaN)
                .count();
        List<InverseBidFunction> functions = Auction.byBidders(auctions).values().stream()
                .map(alike -> InverseBidFunction.estimate(alike, boundary, bootstrap))
                .toList();
        List<String> warnings = functions.stream()
                .filter(InverseBidFunction::falls)
                .map(function ->
                        ("Higher bids stand for lower values in auctions of %d bidders, by more than chance explains: "
                                        + "these bids are no equilibrium of a first-price auction with independent private values.")
                                .formatted(function.bidders()))
                .toList();
        return new BidValues(values, distribution(values), trimmed, functions, warnings);
    }
}
