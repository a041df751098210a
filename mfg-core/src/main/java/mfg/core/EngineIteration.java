package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An iteration whose steps the engine takes. */
final class EngineIteration implements Iteration {

    private final MeanFieldGame<?> game;
    private final NDList theta;
    private final Solver solver;
    private final NDManager manager;
    private final DataType type;
    private @Nullable NDArray state;
    private int steps;

    EngineIteration(MeanFieldGame<?> game, NDList theta, Solver solver, NDManager manager, DataType type) {
        this.game = game;
        this.theta = theta;
        this.solver = solver;
        this.manager = manager.newSubManager();
        this.type = type;
    }

    @Override
    public void start() {
        try (Scope scope = new Scope(manager)) {
            move(scope.out(solver.init(game, scope.in(theta), scope.manager(), type)), 0);
        }
    }

    @Override
    public void resume(NDArray reached, int taken) {
        move(Tensors.create(manager, type, Tensors.toDoubles(reached), reached.getShape()), taken);
    }

    @Override
    public void step() {
        try (Scope scope = new Scope(manager)) {
            move(scope.out(solver.step(game, scope.in(theta), scope.in(now()), steps + 1)), steps + 1);
        }
    }

    private void move(NDArray next, int taken) {
        if (state != null) {
            state.close();
        }
        state = next;
        steps = taken;
    }

    private NDArray now() {
        return Objects.requireNonNull(state, "neither started nor resumed");
    }

    @Override
    public Solution.Measurement measure() {
        try (Scope scope = new Scope(manager)) {
            PopulationFlow<?> flow = PopulationFlow.of(game, solver.policy(scope.in(now())), scope.in(theta));
            return new Solution.Measurement(
                    Exploitability.plain(flow), Values.of(flow, 0).total(flow));
        }
    }

    @Override
    public NDArray state(NDManager owner) {
        return Tensors.create(owner, type, Tensors.toDoubles(now()), now().getShape());
    }

    @Override
    public double[] numbers() {
        return Tensors.toDoubles(now());
    }

    @Override
    public void start(Policy policy) {
        resume(solver.from(game, policy), 0);
    }

    @Override
    public Policy policy(NDArray reached) {
        return solver.policy(reached);
    }

    @Override
    public void close() {
        manager.close();
    }
}
