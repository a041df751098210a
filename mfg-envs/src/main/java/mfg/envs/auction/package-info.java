/**
 * Batched auctions in the mean field (AMID Def. 3, 6): {@link mfg.envs.auction.BatchedAuction} is the game, {@link
 * mfg.envs.auction.AuctionRound} what happens in one round, {@link mfg.envs.auction.AuctionSetting} the settings A1 to A10
 * as data.
 */
@NullMarked
package mfg.envs.auction;

import org.jspecify.annotations.NullMarked;
