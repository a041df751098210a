package mfg.eval.bids;

import java.util.Arrays;

/**
 * The highest bid of each bidder in each auction.
 *
 * @param bids auction by auction, in the order of the log
 * @param ends (auctions) where each auction's bids end, that is where those of the next begin
 */
@SuppressWarnings("ArrayRecordComponent") // they are as long as the log
public record HighestBids(double[] bids, int[] ends) {

    /** Finds them, in time and memory in proportion to the rows. */
    public static HighestBids of(BidLog log) {
        int[] start = log.bidsPerAuction();
        Arrays.parallelPrefix(start, Integer::sum); // where the next auction's bids begin
        int[] byAuction = new int[log.size()];
        for (int i = byAuction.length - 1; i >= 0; i--) {
            byAuction[--start[log.auctions()[i]]] = i;
        }
        int[] place = new int[log.bidderCount()]; // of a bidder's highest bid, plus 1
        double[] bids = new double[log.size()];
        int[] ends = new int[log.auctionCount()];
        int count = 0;
        int auction = -1;
        int first = 0;
        for (int i : byAuction) {
            if (log.auctions()[i] != auction) {
                auction = log.auctions()[i];
                first = count;
            }
            int bidder = log.bidders()[i];
            if (place[bidder] <= first) {
                place[bidder] = ++count;
            }
            bids[place[bidder] - 1] = Math.max(bids[place[bidder] - 1], log.amounts()[i]);
            ends[auction] = count;
        }
        return new HighestBids(Arrays.copyOf(bids, count), ends);
    }

    /** Those of one auction. */
    double[] of(int auction) {
        return Arrays.copyOfRange(bids, start(auction), ends[auction]);
    }

    /** How many they are: as many as there are bidders in the auction. */
    int count(int auction) {
        return ends[auction] - start(auction);
    }

    private int start(int auction) {
        return auction == 0 ? 0 : ends[auction - 1];
    }
}
