package mfg.envs.bids;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import mfg.core.Parallel;
import mfg.core.Streams;

/**
 * Intervals by the percentile bootstrap (Efron 1979), which draws auctions rather than bids: those of an auction may have more in
 * common. In a resample there are as many auctions of each number of bidders as in the log, drawn with replacement. What is estimated
 * from the log is estimated from each resample; the middle share of the results is the interval.
 *
 * @param resamples how many, at least 2
 * @param level the share, in (0, 1)
 * @param seed of the draws; the same seed gives the same intervals
 * @param threads how many resamples at a time, at least 1; without effect on the result
 */
public record AuctionBootstrap(int resamples, double level, long seed, int threads) {

    private static final double ROUNDING = 1e-9;

    /**
     * Checks the settings.
     *
     * @throws InvalidInputException if a number is out of its range
     */
    public AuctionBootstrap {
        if (resamples < 2) {
            throw new InvalidInputException("a bootstrap needs at least 2 resamples, not " + resamples);
        }
        if (!(level > 0 && level < 1)) {
            throw new InvalidInputException("the level of an interval must be between 0 and 1, not " + level);
        }
        if (threads < 1) {
            throw new InvalidInputException("there must be at least 1 thread, not " + threads);
        }
    }

    /**
     * Estimates how far statistics are to be trusted.
     *
     * @param auctions the log
     * @param statistics what is estimated from a log, (k) numbers each time; called by several threads at once
     * @return (k) an interval of each number
     * @throws InvalidInputException if there is no auction, or what the statistics throw
     */
    public List<Interval> intervals(List<Auction> auctions, Function<List<Auction>, double[]> statistics) {
        Auction.requireSome(auctions);
        List<Integer> draws = IntStream.range(0, resamples).boxed().toList();
        List<double[]> results = Parallel.map(draws, threads, draw -> statistics.apply(resample(auctions, draw)));
        return IntStream.range(0, results.get(0).length)
                .mapToObj(k -> interval(
                        results.stream().mapToDouble(result -> result[k]).toArray()))
                .toList();
    }

    /**
     * Draws one resample, for who wants to do something between one and the next. It depends on the seed and the draw alone.
     *
     * @param auctions the log
     * @param draw which resample, from 0; {@link #intervals} uses those below {@link #resamples}
     * @return as many auctions of each number of bidders as in the log, the fewest bidders first
     */
    public List<Auction> resample(List<Auction> auctions, int draw) {
        SplittableRandom random = new SplittableRandom(Streams.seed(seed, "auctions", draw));
        return Auction.byBidders(auctions).values().stream()
                .flatMap(alike -> random.ints(alike.size(), 0, alike.size()).mapToObj(alike::get))
                .toList();
    }

    /**
     * The interval of what came of resamples: of m results in ascending order those of the ranks {@code floor((m + 1) (1 - level) / 2)},
     * at least 1, from either end.
     *
     * @param results (m) one number of each resample, in any order; m at least 2; not modified
     * @return the middle share of them
     * @throws InvalidInputException if there are fewer than 2
     */
    public Interval interval(double[] results) {
        if (results.length < 2) {
            throw new InvalidInputException("an interval needs at least 2 results, not " + results.length);
        }
        double[] ascending = Ascending.sorted(results);
        int outside = Math.max(1, (int) ((results.length + 1) * (1 - level) / 2 + ROUNDING));
        return new Interval(ascending[outside - 1], ascending[results.length - outside]);
    }
}
