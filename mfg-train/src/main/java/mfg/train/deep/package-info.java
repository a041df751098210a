/**
 * Solvers whose policies are networks over (round, state): a table's step says what the policy should become, and the network is fit
 * to that.
 */
@NullMarked
package mfg.train.deep;

import org.jspecify.annotations.NullMarked;
