package mfg.eval.bids;

import mfg.envs.bids.Auction;

/**
 * An auction of a log.
 *
 * @param name in the log; empty if the log is one auction
 * @param lots how many there are to win, at least 1
 * @param auction its bidders, the highest bid of each, and its covariates
 */
public record LoggedAuction(String name, int lots, Auction auction) {}
