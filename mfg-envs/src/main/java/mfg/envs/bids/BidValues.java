package mfg.envs.bids;

import java.util.List;

/**
 * What bids say about values.
 *
 * @param values (auctions, bids) the value behind each bid, in the order and unit of the bids; NaN where the bid was trimmed
 * @param distribution F of the values that are not NaN
 * @param trimmed how many bids were dropped because they are too close to the lowest or highest bid
 * @param inverse the inverse bid functions by which values were found, one for each number of bidders
 * @param warnings sentences on why to doubt it; none where there is no reason
 */
public record BidValues(
        double[][] values,
        ValueDistribution distribution,
        int trimmed,
        List<InverseBidFunction> inverse,
        List<String> warnings) {}
