package mfg.eval.bids;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import mfg.core.Streams;
import mfg.envs.bids.Auction;
import mfg.envs.bids.AuctionBootstrap;
import mfg.envs.bids.BidRule;
import mfg.envs.bids.HomogenizedBids;
import mfg.envs.bids.Market.Place;
import mfg.envs.bids.ValueDistribution;
import mfg.eval.io.Text;
import org.jspecify.annotations.Nullable;

/**
 * The auctions of a log, and what they tell of bidders' values. Where goods differ, values are those of a good whose covariates are the
 * average, and each good is worth its factor times as much.
 */
public final class LogMarket {

    /** So often a resample is drawn anew that does not suffice for an estimate, each time with this many numbers between. */
    private static final int TRIES = 20;

    private static final int LATER = 1_000_000;

    private final LoggedAuctions log;
    private final Bidding bidding;
    private final AuctionBootstrap bootstrap;
    private final Bidding.@Nullable Count bidders;
    private final List<Auction> auctions;
    private final double[] reference;

    /**
     * What was estimated.
     *
     * @param values of bidders
     * @param places the auctions of the log, as sales
     */
    public record Estimate(ValueDistribution values, List<Place> places) {

        /** All bidders of all sales. */
        public double bidders() {
            return places.stream().mapToDouble(Place::bidders).sum();
        }

        /** All lots of all sales. */
        public double lots() {
            return places.stream().mapToDouble(Place::lots).sum();
        }

        /** The same bidders, each weighed by what a good of the sale is worth. */
        public double weightedBidders() {
            return places.stream()
                    .mapToDouble(place -> place.factor() * place.bidders())
                    .sum();
        }
    }

    /**
     * Takes the auctions of a log.
     *
     * @param bidding how its bids came about
     * @param bootstrap draws resamples
     * @throws mfg.core.InvalidInputException as {@link LoggedAuctions#of} does
     */
    public LogMarket(BidLog log, Bidding bidding, AuctionBootstrap bootstrap) {
        Bidding.Count count = bidding.count();
        this.log = LoggedAuctions.of(log, count == null ? null : count.most(), bidding.lots());
        this.bidding = bidding;
        this.bootstrap = bootstrap;
        this.bidders = count;
        this.auctions = this.log.all().stream().map(LoggedAuction::auction).toList();
        this.reference = HomogenizedBids.average(auctions);
        if (bidding.bidsAre() == BidRule.FIRST_PRICE) {
            this.log.all().stream().filter(LogMarket::lacksBids).findFirst().ifPresent(auction -> {
                throw new InvalidInputException(
                        "auction '%s' has the bids of %d bidders of %d: bids of first price tell of values only where all are in the log, so leave --bidders out, or such auctions"
                                .formatted(
                                        Text.visible(auction.name()),
                                        auction.auction().bids().length,
                                        auction.auction().bidders()));
            });
        }
    }

    private static boolean lacksBids(LoggedAuction auction) {
        return auction.auction().bids().length < auction.auction().bidders();
    }

    /** The log. */
    public LoggedAuctions log() {
        return log;
    }

    /**
     * What the log tells, or a resample of it. Where the number of bidders is known within bounds, the log is taken to have their middle,
     * and each resample any number between them; no auction has fewer than have bid in it.
     *
     * @param draw the number of the resample, from 1; 0 for the log itself
     */
    public Estimate estimate(int draw) {
        int given = bidders(draw);
        List<Auction> all =
                auctions.stream().map(auction -> with(given, auction)).toList();
        if (draw == 0) {
            return estimate(all, all);
        }
        String why = "";
        for (int again = 0; again < TRIES; again++) {
            try {
                return estimate(all, bootstrap.resample(all, draw + again * LATER));
            } catch (InvalidInputException e) { // a rare category is in no auction of the resample
                why = e.getMessage();
            }
        }
        throw new InvalidInputException(
                "%d resamples in turn do not suffice for an estimate: %s".formatted(TRIES, why));
    }

    private int bidders(int draw) {
        if (bidders == null) {
            return 0;
        }
        return draw == 0
                ? (bidders.least() + bidders.most()) / 2
                : new SplittableRandom(Streams.seed(bootstrap.seed(), "bidders", draw))
                        .nextInt(bidders.least(), bidders.most() + 1);
    }

    private static Auction with(int bidders, Auction auction) {
        return bidders == 0
                ? auction
                : new Auction(Math.max(bidders, auction.bids().length), auction.bids(), auction.covariates());
    }

    private Estimate estimate(List<Auction> all, List<Auction> drawn) {
        List<Auction> alike = drawn;
        double[] factors = new double[all.size()];
        Arrays.fill(factors, 1);
        if (reference.length > 0) {
            HomogenizedBids homogenized = new HomogenizedBids(drawn, reference, log.covariates());
            alike = homogenized.auctions();
            Arrays.setAll(factors, i -> homogenized.factor(all.get(i).covariates()));
        }
        return new Estimate(
                bidding.bidsAre().distribution(alike),
                IntStream.range(0, factors.length)
                        .mapToObj(i ->
                                new Place(all.get(i).bidders(), log.all().get(i).lots(), factors[i]))
                        .toList());
    }

    /** How many auctions tell nothing of values. */
    public int leftOut() {
        return bidding.bidsAre().estimator(auctions).leftOut();
    }

    /** The auctions of the log as if all goods were the average one. */
    public List<Auction> alike() {
        return reference.length == 0 ? auctions : new HomogenizedBids(auctions, reference, log.covariates()).auctions();
    }

    /**
     * The auction with the highest bid, as if all goods were the average one.
     *
     * @param times how many times the median bid its highest is; infinite if that is 0
     */
    public record Highest(LoggedAuction auction, double times) {}

    /** Finds it. */
    public Highest highest() {
        List<Auction> alike = alike();
        double[] highest = alike.stream()
                .mapToDouble(auction -> Arrays.stream(auction.bids()).max().orElse(0))
                .toArray();
        int at = IntStream.range(0, highest.length)
                .boxed()
                .max(Comparator.comparingDouble(i -> highest[i]))
                .orElseThrow();
        double[] bids = alike.stream()
                .flatMapToDouble(auction -> Arrays.stream(auction.bids()))
                .toArray();
        return new Highest(
                log.all().get(at), highest[at] / ValueDistribution.of(bids).quantile(0.5));
    }

    /**
     * What was paid by the bids of the log.
     *
     * @return the sum over auctions; not a number if the log does not tell
     */
    public double paid() {
        return log.all().stream().mapToDouble(this::paid).sum();
    }

    /** The same in one auction. */
    public double paid(LoggedAuction auction) {
        double[] bids = auction.auction().bids().clone();
        Arrays.sort(bids);
        int sold = Math.min(bids.length, auction.lots());
        double[] won = Arrays.copyOfRange(bids, bids.length - sold, bids.length);
        return switch (bidding.bidsAre()) {
            case VALUES -> Double.NaN;
            case FIRST_PRICE -> Arrays.stream(won).sum();
            case SECOND_PRICE -> sold == bids.length ? Double.NaN : sold * bids[bids.length - sold - 1];
            case ASCENDING -> sold == 1 ? won[0] : Double.NaN;
        };
    }
}
