/**
 * Logs of bids as people have them: {@link mfg.eval.bids.BidLog} reads one, {@link mfg.eval.bids.Hints} is what its owner tells
 * of it. What is not told is found in the file, and what is in doubt is refused.
 */
@NullMarked
package mfg.eval.bids;

import org.jspecify.annotations.NullMarked;
