/** Learning from simulated play alone: {@link mfg.train.symmetry.PolicyMirrorDescent} on {@link mfg.train.symmetry.TemporalDifference}. */
@NullMarked
package mfg.train.symmetry;

import org.jspecify.annotations.NullMarked;
