/**
 * Games of finitely many players, to hold against the mean field (AMID Thm. 1 and 2): {@link
 * mfg.envs.players.NPlayerAuction} is the auction of AMID Def. 6, {@link mfg.envs.players.IndependentPlayers} any mean-field
 * game played by N, and {@link mfg.envs.players.NPlayerEvaluation} says what a policy is worth among them. {@link
 * mfg.envs.players.OneBidder} is the auction as one of the bidders sees it, for an agent that learns to bid.
 */
@NullMarked
package mfg.envs.players;

import org.jspecify.annotations.NullMarked;
