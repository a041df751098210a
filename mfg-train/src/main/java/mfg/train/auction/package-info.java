/**
 * The auctions' step by hand: primitive arrays and derivatives written out, in place of the engine's. {@link
 * mfg.train.auction.AuctionFastStep} hands it out; nothing else need know of it.
 */
@NullMarked
package mfg.train.auction;

import org.jspecify.annotations.NullMarked;
