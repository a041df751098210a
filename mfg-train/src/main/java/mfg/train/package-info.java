/**
 * Incentive design: gradients through the equilibrium of a population, and training with them.
 *
 * <p>{@link mfg.train.DesignProblem} says what is maximized; a {@link mfg.train.GradientEstimator} differentiates it:
 * {@link mfg.train.Amid} by the adjoint of single steps (an {@link mfg.train.EquilibriumStep} swept backward by an {@link
 * mfg.train.Adjoint}), {@link mfg.train.Naive} through the whole graph, {@link mfg.train.Implicit} at the fixed point,
 * {@link mfg.train.TwoPoint} from values alone. {@link mfg.train.IncentiveDesign} trains, by whatever {@link
 * mfg.train.Improvement} takes a step.
 */
@NullMarked
package mfg.train;

import org.jspecify.annotations.NullMarked;
