package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedDeque;
import mfg.core.BestResponse;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Solver;
import mfg.core.Tensors;
import mfg.core.TracedSolver;
import mfg.core.Values;
import mfg.core.trace.Machine;
import mfg.core.trace.TracedFunction;
import mfg.core.trace.Trust;
import mfg.core.trace.UntraceableException;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of a design problem. It is held against the engine, for a game that is no pure function would else be
 * designed for numbers of the past, and kept for further gradients.
 *
 * @param solver start and step of the inner iteration
 * @param objective from a state to the objective
 * @param evaluation from a state to the objective, and the values of the initial states (S) under the plain best response, the
 *     policy, the regularized best response, and the policy with its regularizer
 * @param initial {@code mu0}
 * @param idle what plays them and is not in use
 */
record Recording(
        TracedSolver solver,
        TracedFunction objective,
        TracedFunction evaluation,
        double[] initial,
        Deque<Machines> idle) {

    /** What plays the functions, for one gradient at a time, and states that are not in use. */
    record Machines(
            Machine start, Machine step, Machine objective, Machine evaluation, Deque<TracedStep.State> states) {
        List<Machine> all() {
            return List.of(start, step, objective, evaluation);
        }
    }

    /**
     * What came of recording a problem. It is kept while game and objective live, neither of which it keeps alive, and while there
     * is memory: machines hold many numbers.
     */
    private record Kept(
            Reference<MeanFieldGame<?>> game,
            Reference<Objective<?>> objective,
            Solver solver,
            List<Shape> design,
            DataType type,
            Reference<Recording> recording,
            @Nullable UntraceableException obstacle) {

        static Kept of(
                DesignProblem<?> problem,
                List<Shape> design,
                DataType type,
                @Nullable Recording recording,
                @Nullable UntraceableException obstacle) {
            return new Kept(
                    new WeakReference<>(problem.game()),
                    new WeakReference<>(problem.objective()),
                    problem.solver(),
                    design,
                    type,
                    new SoftReference<>(recording),
                    obstacle);
        }

        boolean isGone() {
            return game.refersTo(null) || objective.refersTo(null) || (obstacle == null && recording.refersTo(null));
        }

        /** The game must be the same: to compare what it holds may take long, or fail where that is closed. */
        boolean isOf(DesignProblem<?> problem, List<Shape> shapes, DataType precision) {
            return problem.game() == game.get()
                    && problem.objective().equals(objective.get())
                    && problem.solver().equals(solver)
                    && shapes.equals(design)
                    && precision == type;
        }
    }

    /** How many steps are held against the engine's. */
    private static final int STEPS = 3;

    private static final List<Kept> KEPT = new ArrayList<>();

    /**
     * Records a problem, or finds what was recorded before.
     *
     * @throws UntraceableException if that cannot be
     * @throws InvalidInputException if what was recorded is not what the engine computes
     */
    static <R extends Round> Recording of(DesignProblem<R> problem, NDList theta, NDManager manager, DataType type) {
        List<Shape> design = theta.stream().map(NDArray::getShape).toList();
        synchronized (KEPT) {
            KEPT.removeIf(Kept::isGone);
            for (Kept kept : KEPT) {
                if (kept.isOf(problem, design, type)) {
                    if (kept.obstacle != null) {
                        throw kept.obstacle;
                    }
                    @Nullable Recording recording = kept.recording.get();
                    if (recording != null) {
                        return recording;
                    }
                }
            }
            try {
                Recording recording = of(problem, theta, type);
                recording.trust(problem, theta, manager, type);
                KEPT.add(Kept.of(problem, design, type, recording, null));
                return recording;
            } catch (UntraceableException e) {
                KEPT.add(Kept.of(problem, design, type, null, e));
                throw e;
            }
        }
    }

    private static <R extends Round> Recording of(DesignProblem<R> problem, NDList theta, DataType type) {
        TracedSolver solver = TracedSolver.of(problem.game(), theta, problem.solver(), type);
        List<Shape> design = theta.stream().map(NDArray::getShape).toList();
        List<Shape> state = List.of(solver.state());
        TracedFunction objective = TracedFunction.of(
                type, design, state, (manager, at, zeta) -> new NDList(problem.objectiveAt(zeta.head(), at)));
        TracedFunction evaluation =
                TracedFunction.of(type, design, state, (manager, at, zeta) -> evaluated(problem, zeta.head(), at));
        double[] initial = problem.game().initialStates();
        return new Recording(solver, objective, evaluation, initial, new ConcurrentLinkedDeque<>());
    }

    private static <R extends Round> NDList evaluated(DesignProblem<R> problem, NDArray zeta, NDList theta) {
        Solver solver = problem.solver();
        PopulationFlow<R> flow = PopulationFlow.of(problem.game(), solver.policy(zeta), theta);
        return new NDList(
                problem.objective().of(flow, theta),
                BestResponse.plain(flow).values().initial(),
                Values.of(flow, 0).initial(),
                BestResponse.regularized(flow, solver.tau(), solver.map())
                        .values()
                        .initial(),
                Values.of(flow, solver.tau()).initial());
    }

    Machines borrow() {
        @Nullable Machines machines = idle.poll();
        return machines != null
                ? machines
                : new Machines(
                        solver.start().machine(),
                        solver.step().machine(),
                        objective.machine(),
                        evaluation.machine(),
                        new ArrayDeque<>());
    }

    void giveBack(Machines machines) {
        idle.push(machines);
    }

    private <R extends Round> void trust(DesignProblem<R> problem, NDList theta, NDManager manager, DataType type) {
        try {
            check(problem, theta, manager, type);
        } catch (InvalidInputException e) {
            check(problem, theta, manager, type); // the engine may have lost a number to a collection of garbage
        }
    }

    /** Steps, the objective and their products at a random design, beside the engine's. */
    private <R extends Round> void check(DesignProblem<R> problem, NDList theta, NDManager manager, DataType type) {
        SplittableRandom random = new SplittableRandom(1);
        try (NDManager scratch = manager.newSubManager()) {
            NDList design = new NDList();
            for (NDArray parameter : theta) {
                double[] numbers = Tensors.toDoubles(parameter);
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] += random.nextDouble(-0.1, 0.1);
                }
                design.add(Tensors.create(scratch, type, numbers, parameter.getShape()));
            }
            try (TracedStep traced = new TracedStep(problem, this, design, scratch, type);
                    AutodiffStep<R> engine = new AutodiffStep<>(problem, design, scratch, type)) {
                if (problem.solver().isDifferentiable()) {
                    checkSlopes(traced, engine, random, type);
                } else { // players who jump may choose either of two actions that are equally good
                    NDArray there = engine.next(engine.start(), 0);
                    double value = traced.value(traced.state(there));
                    require("the objective", new double[] {engine.value(there)}, new double[] {value}, type);
                }
            }
        }
    }

    private static <R extends Round> void checkSlopes(
            TracedStep traced, AutodiffStep<R> engine, SplittableRandom random, DataType type) {
        TracedStep.State here = traced.start();
        NDArray there = engine.start();
        for (int t = 0; t < STEPS; t++) {
            here = traced.next(here, t);
            there = engine.next(there, t);
            require("a step", there, traced.read(here), type);
        }
        require("the objective", new double[] {engine.value(there)}, new double[] {traced.value(here)}, type);
        NDArray weights = Tensors.create(
                there.getManager(), type, random.doubles(there.size(), -1, 1).toArray(), there.getShape());
        TracedStep.State cotangent = traced.pullback(here, STEPS, traced.state(weights));
        require("the product with a step", engine.pullback(there, STEPS, weights), traced.read(cotangent), type);
        require("the slope of the objective", engine.objective(there), traced.read(traced.objective(here)), type);
        NDList expected = engine.gradient().theta();
        NDList actual = traced.gradient().theta();
        for (int i = 0; i < expected.size(); i++) {
            require("the slope by the design", expected.get(i), actual.get(i), type);
        }
    }

    private static void require(String what, NDArray engine, NDArray traced, DataType type) {
        require(what, Tensors.toDoubles(engine), Tensors.toDoubles(traced), type);
    }

    private static void require(String what, double[] engine, double[] traced, DataType type) {
        Trust.doubt(what, engine, traced, type).ifPresent(doubt -> {
            throw new InvalidInputException(doubt + " (if it is, please report it, and take --step autodiff)");
        });
    }
}
