/**
 * Parameterized mean-field games, their population flow, values and equilibria.
 *
 * <p>Read in this order: {@link mfg.core.MeanFieldGame} and {@link mfg.core.Round} say what a game is, {@link
 * mfg.core.PopulationFlow} moves a population through it, {@link mfg.core.Values} and {@link mfg.core.BestResponse} say
 * what a player earns, and a {@link mfg.core.Solver} such as {@link mfg.core.OnlineMirrorDescent} finds an equilibrium,
 * driven by {@link mfg.core.Solution#find}.
 *
 * <p>Sources, cited throughout: <b>AMID</b> is Corecco, Yardim, Thoma, Shen and He, <i>Scalable Neural Incentive Design
 * with Parameterized Mean-Field Approximation</i>, NeurIPS 2025.
 *
 * <p><b>Axis order.</b> State vectors have shape (S), action vectors (A), everything by state and action (S, A), and a
 * leading axis H counts rounds.
 *
 * <p><b>Numbers.</b> Multiply by a number with {@link mfg.core.Tensors#times}, never with {@code x.mul(number)}: what that
 * keeps for the backward pass lies in memory that Java may free first, and gradients are then wrong without any error.
 *
 * <p><b>Who owns an array.</b> The engine gives a result to the manager of its <i>first</i> operand. The constants of a
 * game ({@link mfg.core.Constants}) outlive any computation and refuse results, so they stand second: {@code
 * flow.mul(constant)}, never {@code constant.mul(flow)}, which throws. Computations run inside a {@link
 * mfg.core.Scope}, which frees what they leave behind.
 */
@NullMarked
package mfg.core;

import org.jspecify.annotations.NullMarked;
