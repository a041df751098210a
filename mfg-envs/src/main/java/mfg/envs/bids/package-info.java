/**
 * From bids to values: what bidders think a good is worth, estimated from what they bid. {@link mfg.envs.bids.BidRule} has one way
 * for each kind of auction: {@link mfg.envs.bids.FirstPriceBids} and
 * {@link mfg.envs.bids.AscendingPrices} know rules whose bids are no values,
 * {@link mfg.envs.bids.HomogenizedBids} makes auctions of different goods alike, {@link mfg.envs.bids.AuctionBootstrap} tells how
 * far to trust an estimate, and {@link mfg.envs.bids.Market} asks what other rules would have earned.
 *
 * <p>Throughout, bidders of an auction have independent private values of one distribution, are risk neutral, and know how many they
 * are. Bids are in any unit of money, and values come in the same.
 */
@NullMarked
package mfg.envs.bids;

import org.jspecify.annotations.NullMarked;
