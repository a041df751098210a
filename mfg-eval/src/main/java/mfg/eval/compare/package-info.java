/** AMID against its baselines: a {@link mfg.eval.compare.Comparison} of {@link mfg.eval.compare.Contender}s. */
@NullMarked
package mfg.eval.compare;

import org.jspecify.annotations.NullMarked;
