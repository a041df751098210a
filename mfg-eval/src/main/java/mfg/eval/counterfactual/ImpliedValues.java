package mfg.eval.counterfactual;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mfg.envs.bids.Auction;
import mfg.envs.bids.AuctionBootstrap;
import mfg.envs.bids.BidRule;
import mfg.envs.bids.FirstPriceBids;
import mfg.envs.bids.HaileTamerBounds;
import mfg.envs.bids.Interval;
import mfg.envs.bids.InverseBidFunction;
import mfg.envs.bids.ValueDistribution;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;

/** Bids and the values behind them, as tables: {@code values.csv} by quantile and, of first price, {@code inverse-bids.csv}. */
final class ImpliedValues {

    static final String VALUES = "values.csv";
    static final String INVERSE = "inverse-bids.csv";

    /** The quantiles that rows have, in percent. */
    private static final int[] PERCENT =
            IntStream.rangeClosed(1, 19).map(i -> 5 * i).toArray();

    // columns: what values are at least and at most if bidders of ascending auctions may stop early (Haile and Tamer
    // 2003)
    static final String LEAST = "least";
    static final String MOST = "most";

    /** Bounds of more auctions take long. */
    private static final int MOST_BOUNDED = 5000;

    private ImpliedValues() {}

    /** Adds quantiles of values to a row. */
    static void put(ObjectNode row, ValueDistribution values) {
        for (int percent : PERCENT) {
            Json.put(row, column(percent), values.quantile(percent / 100.0));
        }
    }

    private static String column(int percent) {
        return "value" + percent;
    }

    /**
     * Writes the tables.
     *
     * @param alike auctions of the log as if all goods were the average one
     * @return why to doubt the values; none where there is no reason
     */
    static List<String> save(
            RunFolder files, List<ObjectNode> rows, List<Auction> alike, BidRule rule, AuctionBootstrap bootstrap)
            throws IOException {
        ValueDistribution bids = ValueDistribution.of(alike.stream()
                .flatMapToDouble(auction -> Arrays.stream(auction.bids()))
                .toArray());
        boolean bounded = rule == BidRule.ASCENDING && alike.size() <= MOST_BOUNDED;
        ValueDistribution least = bounded ? HaileTamerBounds.upper(alike) : bids;
        ValueDistribution most = bounded ? HaileTamerBounds.lower(alike, 0) : bids;
        List<ObjectNode> table = new ArrayList<>();
        for (int percent : PERCENT) {
            ObjectNode row = Json.object().put("percent", percent);
            Json.put(row, "bid", bids.quantile(percent / 100.0));
            Json.put(row, "value", Metrics.number(rows.get(0), column(percent)));
            put(
                    row,
                    bootstrap.interval(rows.subList(1, rows.size()).stream()
                            .mapToDouble(resample -> Metrics.number(resample, column(percent)))
                            .toArray()));
            if (bounded) {
                Json.put(row, LEAST, least.quantile(percent / 100.0));
                Json.put(row, MOST, most.quantile(percent / 100.0));
            }
            table.add(row);
        }
        Csv.write(files.file(VALUES), table);
        return rule == BidRule.FIRST_PRICE
                ? saveInverse(files, rule.estimator(alike).auctions(), bootstrap)
                : List.of();
    }

    private static List<String> saveInverse(RunFolder files, List<Auction> auctions, AuctionBootstrap bootstrap)
            throws IOException {
        var estimate = new FirstPriceBids(auctions).estimate(bootstrap);
        List<ObjectNode> table = new ArrayList<>();
        for (InverseBidFunction function : estimate.inverse()) {
            for (int k = 0; k < function.bids().length; k++) {
                ObjectNode row = Json.object().put("bidders", function.bidders());
                Json.put(row, "bid", function.bids()[k]);
                Json.put(row, "value", function.values()[k]);
                put(row, function.intervals().get(k));
                table.add(row);
            }
        }
        Csv.write(files.file(INVERSE), table);
        return estimate.warnings();
    }

    private static void put(ObjectNode row, Interval interval) {
        Json.put(row, "low", interval.low());
        Json.put(row, "high", interval.high());
    }
}
