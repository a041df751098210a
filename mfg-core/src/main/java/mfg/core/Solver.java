package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import mfg.core.catalogue.Game;

/**
 * An iteration towards an equilibrium. A new solver is one small class; {@link Solution#find} drives it. A record whose components
 * are {@link mfg.core.catalogue.Parameter}s, with a public constructor without arguments and {@code @AutoService(Solver.class)},
 * is a choice of every command that has solvers.
 */
public interface Solver extends Algorithm {

    /**
     * Returns where the iteration starts.
     *
     * @param game the game
     * @param theta the design parameters; not modified
     * @param manager the owner of the start
     * @param type the data type
     * @return what the iteration carries from step to step
     */
    NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type);

    /**
     * Returns where the iteration starts if it is given a policy.
     *
     * @param game the game
     * @param policy what everybody plays at first; its manager owns the start; not modified
     * @return a state whose policy is this one
     * @throws InvalidInputException if the solver has its own start
     */
    default NDArray from(MeanFieldGame<?> game, Policy policy) {
        throw new InvalidInputException(
                "%s starts where it has to, not from a policy".formatted(Game.nameOf(getClass())));
    }

    /**
     * Takes one step.
     *
     * @param game the game
     * @param theta the design parameters; not modified
     * @param state what the last step returned; its manager owns all that is computed; not modified
     * @param k the number of this step, from 1: shape (), so that one trace serves all steps
     * @return the next state of the iteration
     */
    NDArray step(MeanFieldGame<?> game, NDList theta, NDArray state, NDArray k);

    /**
     * Takes one step, whose number is given as such.
     *
     * @param game the game
     * @param theta the design parameters; not modified
     * @param state what the last step returned; its manager owns all that is computed; not modified
     * @param k the number of this step, from 1
     * @return the next state of the iteration
     */
    default NDArray step(MeanFieldGame<?> game, NDList theta, NDArray state, int k) {
        return step(game, theta, state, Tensors.scalar(state.getManager(), state.getDataType(), k));
    }

    @Override
    default Iteration iteration(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type, long seed) {
        return Iteration.of(game, theta, this, manager, type);
    }

    /**
     * Reads the policy.
     *
     * @param state a state of the iteration; not modified
     * @return the current policy, differentiable in the state
     */
    Policy policy(NDArray state);

    /**
     * Returns how strongly the equilibrium that is sought is regularized.
     *
     * @return tau, nonnegative; 0 for a plain equilibrium
     */
    default double tau() {
        return 0;
    }

    /**
     * Returns the mirror map of the regularizer.
     *
     * @return the map, which plays no role where {@link #tau} is 0
     */
    default MirrorMap map() {
        return MirrorMap.ENTROPY;
    }

    /**
     * Says whether {@link #step} consists of differentiable array operations, so that designs have a gradient through it.
     *
     * @return false where players jump from one action to another, and by default
     */
    default boolean isDifferentiable() {
        return false;
    }

    /**
     * Says whether {@link #step} consists of array operations alone, so that it can be recorded.
     *
     * @return false where a step needs the numbers themselves, such as for a library that takes them; true by default
     */
    default boolean isRecordable() {
        return true;
    }

    /**
     * Returns what part of the state every step leaves as it is: a step is {@code F(x) = kept x + ...}, so near a fixed point it goes
     * but {@code 1 - kept} of the way.
     *
     * @return a number from 0 on and below 1; 0 by default
     */
    default double kept() {
        return 0;
    }

    /**
     * Says whether all steps are the same function of the state, whatever their number, so that the iteration may have a
     * fixed point.
     *
     * @return false by default
     */
    default boolean isStationary() {
        return false;
    }
}
