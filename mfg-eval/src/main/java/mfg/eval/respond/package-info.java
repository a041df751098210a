/**
 * Best responses that are learned: {@link mfg.eval.respond.BestResponse} is one player who learns by PPO against the population of a run,
 * of who learned from play ({@link mfg.eval.respond.PlayerResponse}) or of bidders ({@link mfg.eval.respond.BidderResponse}).
 */
@NullMarked
package mfg.eval.respond;

import org.jspecify.annotations.NullMarked;
