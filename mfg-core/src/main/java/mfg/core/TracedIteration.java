package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import mfg.core.trace.Machine;
import mfg.core.trace.Trust;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An iteration whose steps are recorded. */
final class TracedIteration implements Iteration {

    /** The gradient of a loss. */
    private static final class Slope {
        private static final double[][] ONE = {{1}};

        private final Machine machine;
        private final Machine.Memory memory;
        private final double[] gradient;

        Slope(Machine machine, double[][] design, int size) {
            this.machine = machine;
            machine.set(design);
            this.memory = machine.memory();
            this.gradient = new double[size];
        }

        void at(double[]... state) {
            machine.run(memory, state);
            machine.pull(memory, ONE);
            machine.cotangent(0, gradient);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(TracedIteration.class);

    /** How many states are held against the engine's. */
    private static final int STEPS = 4;

    private final MeanFieldGame<?> game;
    private final Solver solver;
    private final Shape shape;
    private final DataType type;
    private final Machine start;
    private final @Nullable Slope slope;
    private final Machine step;
    private final Machine measurement;
    private final boolean isStationary;
    private final double[] initial;
    private final double[] best;
    private final double[] own;
    private final double[] state;
    private final double[] number = new double[1];
    private final double[][] stateAlone;
    private final double[][] arguments;
    private final Machine.Memory stepped;
    private final Machine.Memory measured;

    TracedIteration(MeanFieldGame<?> game, NDList theta, Solver solver, DataType type) {
        TracedSolver traced = TracedSolver.of(game, theta, solver, type);
        this.game = game;
        this.solver = solver;
        this.shape = traced.state();
        this.type = type;
        this.start = traced.start().machine();
        this.step = traced.step().machine();
        this.measurement = traced.measurement().machine();
        this.initial = game.initialStates().clone();
        this.isStationary = game.stationary().isPresent();
        this.best = new double[initial.length];
        this.own = new double[initial.length];
        this.state = new double[(int) shape.size()];
        this.stateAlone = new double[][] {state};
        double[][] design = theta.stream().map(Tensors::toDoubles).toArray(double[][]::new);
        this.slope = traced.loss() == null ? null : new Slope(traced.loss().machine(), design, state.length);
        this.arguments =
                slope == null ? new double[][] {state, number} : new double[][] {state, number, slope.gradient};
        start.set(design);
        step.set(design);
        measurement.set(design);
        stepped = step.memory();
        measured = measurement.memory();
    }

    /**
     * Holds some steps and measurements against the engine's. Players who jump may choose either of two actions that are equally
     * good, so only their measurements are compared.
     */
    boolean agreesWith(EngineIteration engine, boolean isDifferentiable, NDManager manager) {
        engine.start();
        start();
        for (int k = 0; k < STEPS; k++) {
            try (NDArray there = engine.state(manager);
                    NDArray here = state(manager)) {
                Optional<String> doubt = isDifferentiable
                        ? Trust.doubt("a state", Tensors.toDoubles(there), Tensors.toDoubles(here), type)
                        : Optional.empty();
                resume(there, k);
                doubt = doubt.or(() -> doubt(engine.measure(), measure()));
                if (doubt.isPresent()) {
                    LOG.warn("{}; the engine computes instead", doubt.get());
                    return false;
                }
            }
            step();
            if (slope == null) {
                engine.step();
            } else { // the engine has no such steps; it measures where these lead
                engine.resume(state(manager), k + 1);
            }
        }
        return true;
    }

    private Optional<String> doubt(Solution.Measurement engine, Solution.Measurement traced) {
        return Trust.doubt(
                "a value, or that of a best response",
                new double[] {engine.value(), engine.value() + engine.exploitability()},
                new double[] {traced.value(), traced.value() + traced.exploitability()},
                type);
    }

    @Override
    public void start() {
        Machine.Memory first = start.memory();
        start.run(first);
        start.read(first, 0, state);
        number[0] = 0;
    }

    @Override
    public void resume(NDArray reached, int taken) {
        double[] numbers = Tensors.toDoubles(reached);
        System.arraycopy(numbers, 0, state, 0, state.length);
        number[0] = taken;
    }

    @Override
    public void step() {
        number[0]++;
        if (slope != null) {
            slope.at(stateAlone);
        }
        step.run(stepped, arguments);
        step.read(stepped, 0, state);
    }

    @Override
    public Solution.Measurement measure() {
        measurement.run(measured, stateAlone);
        measurement.read(measured, 0, best);
        measurement.read(measured, 1, own);
        if (isStationary) {
            measurement.read(measured, 2, initial);
        }
        double exploitability = 0;
        double value = 0;
        for (int s = 0; s < initial.length; s++) {
            exploitability += initial[s] * (best[s] - own[s]);
            value += initial[s] * own[s];
        }
        return new Solution.Measurement(exploitability, value);
    }

    @Override
    public NDArray state(NDManager owner) {
        return Tensors.create(owner, type, state, shape);
    }

    @Override
    public double[] numbers() {
        return state.clone();
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
        // nothing but arrays of Java
    }
}
