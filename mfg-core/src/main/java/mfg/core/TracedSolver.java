package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import mfg.core.trace.TracedFunction;
import org.jspecify.annotations.Nullable;

/**
 * A solver in one game, recorded. The parameters of each function are the design's.
 *
 * @param state the shape of a state
 * @param start the state in which the solver begins
 * @param loss from a state to what a {@link DescentSolver} minimizes; null for other solvers
 * @param step from a state, the number of the step, shape (), and the gradient of the loss, if there is one, to the next state
 * @param measurement from a state to the values of the initial states (S), first of a plain best response, then of
 *     the policy, and where players are in round 0, (S)
 */
public record TracedSolver(
        Shape state,
        TracedFunction start,
        @Nullable TracedFunction loss,
        TracedFunction step,
        TracedFunction measurement) {

    /**
     * Records a solver.
     *
     * @param game the game
     * @param theta the design parameters, of which only the shapes matter; not modified
     * @param solver the iteration
     * @param type float32 or float64
     * @return what was recorded
     * @throws mfg.core.trace.UntraceableException if an operation of game or solver cannot be recorded
     */
    public static TracedSolver of(MeanFieldGame<?> game, NDList theta, Solver solver, DataType type) {
        List<Shape> design = theta.stream().map(NDArray::getShape).toList();
        Shape[] state = new Shape[1];
        TracedFunction start = TracedFunction.of(type, design, List.of(), (manager, parameters, none) -> {
            NDArray first = solver.init(game, parameters, manager, type);
            state[0] = first.getShape();
            return new NDList(first);
        });
        TracedFunction step = solver instanceof DescentSolver descent
                ? TracedFunction.of(
                        type,
                        design,
                        List.of(state[0], new Shape(), state[0]),
                        (manager, parameters, now) ->
                                new NDList(descent.step(game, now.get(0), now.get(2), now.get(1))))
                : TracedFunction.of(
                        type,
                        design,
                        List.of(state[0], new Shape()),
                        (manager, parameters, now) ->
                                new NDList(solver.step(game, parameters, now.get(0), now.get(1))));
        TracedFunction loss = solver instanceof DescentSolver descent
                ? TracedFunction.of(
                        type,
                        design,
                        List.of(state[0]),
                        (manager, parameters, now) -> new NDList(descent.loss(game, parameters, now.head())))
                : null;
        TracedFunction measurement = TracedFunction.of(type, design, List.of(state[0]), (manager, parameters, now) -> {
            PopulationFlow<?> flow = PopulationFlow.of(game, solver.policy(now.head()), parameters);
            return new NDList(
                    BestResponse.plain(flow).values().initial(),
                    Values.of(flow, 0).initial(),
                    flow.states(0));
        });
        return new TracedSolver(state[0], start, loss, step, measurement);
    }
}
