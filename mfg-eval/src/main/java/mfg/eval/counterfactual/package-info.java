/**
 * What another rule would have earned: {@link mfg.eval.bids.LogMarket} says what a log tells of values,
 * {@link mfg.eval.counterfactual.Contender} what is tried, {@link mfg.eval.counterfactual.LearnedSale} what a learned mechanism does, and
 * {@link mfg.eval.counterfactual.CounterfactualTask} does all of it for the log and for resamples of it.
 */
@NullMarked
package mfg.eval.counterfactual;

import org.jspecify.annotations.NullMarked;
