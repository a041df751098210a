package mfg.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.OnlineMirrorDescent;
import mfg.core.ParameterSpec;
import mfg.core.Round;
import mfg.core.Tensors;
import mfg.core.catalogue.DesignableGame;
import mfg.core.catalogue.SolvableGame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the usual mistakes in a game, at a random design and policy: names and parameters that do not fit, shapes, types,
 * probabilities below 0 or that do not sum to 1, numbers that are not finite, a continuation that does not belong to the next
 * states, a round that is no pure function. {@link SlopeCheck} looks at the derivatives.
 *
 * @param <R> the game's kind of round
 */
public final class GameCheck<R extends Round> {

    /** A sum that is short of a whole number by less is one. */
    private static final double WHOLE = 1e-9;

    private static final Logger LOG = LoggerFactory.getLogger(GameCheck.class);

    /** So many columns of all kernels are looked at, and of one kernel at least and at most so many. */
    private static final int COLUMNS = 4096;

    private static final int LEAST_COLUMNS = 8;
    private static final int MOST_COLUMNS = 256;

    /** Steps of mirror descent through which the objective is differentiated. */
    private static final int STEPS = 3;

    private static final OnlineMirrorDescent DESCENT = new OnlineMirrorDescent(0.1, 0.1);

    private final SolvableGame<R> entry;
    private final Finding finding;
    private final MeanFieldGame<R> game;
    private final GameShape shape;
    private final NDManager manager;
    private final DataType type;
    private final double tolerance;
    private final SplittableRandom random = new SplittableRandom(1);

    private GameCheck(SolvableGame<R> entry, NDManager manager, DataType type) {
        this.entry = entry;
        this.finding = new Finding(entry);
        this.game = finding.tried("build", () -> entry.build(new Constants(manager, type)));
        this.shape = finding.tried("shape", game::shape);
        this.manager = manager;
        this.type = type;
        this.tolerance = type == DataType.FLOAT64 ? 1e-9 : 1e-4;
    }

    /**
     * Checks a game in float64, where gradients can be checked, and if it is to run in float32, then also in that.
     *
     * @param <R> the game's kind of round
     * @param entry the game
     * @param method how a step will be computed: where that is by the engine, the gradient is also taken while garbage is
     *     collected
     * @param precision in which the game is to run, float32 or float64
     * @return what may be meant so, in sentences like those of mistakes; also logged as warnings
     * @throws InvalidInputException for the first mistake, in a sentence that names the game, the round, and what was expected
     */
    public static <R extends Round> List<String> check(SolvableGame<R> entry, StepMethod method, DataType precision) {
        List<String> doubts = new ArrayList<>();
        for (DataType type : EnumSet.of(DataType.FLOAT64, precision)) {
            try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
                GameCheck<R> check = new GameCheck<>(entry, manager, type);
                check.names();
                NDList theta = check.finding.tried("parameters", check::theta);
                check.rounds(theta);
                SlopeCheck<R> slopes = new SlopeCheck<>(check.finding, check.problem(), theta, check.zeta());
                slopes.objective();
                if (type == DataType.FLOAT64) {
                    doubts.addAll(slopes.leftBehind());
                    if (entry instanceof DesignableGame<R>) {
                        doubts.addAll(slopes.gradient(method));
                    }
                }
            }
        }
        doubts.forEach(LOG::warn);
        return doubts;
    }

    /** What is designed; a game without a designer has an objective that is always H. */
    private DesignProblem<R> problem() {
        Objective<R> objective = entry instanceof DesignableGame<R> designable
                ? finding.tried("objective", designable::objective)
                : (flow, theta) -> flow.stacked().sum();
        return new DesignProblem<>(game, objective, DESCENT, STEPS);
    }

    private NDArray zeta() {
        return game.legal(uniform(shape.policy(), 1));
    }

    private NDArray uniform(Shape of, double most) {
        return Tensors.create(
                manager, type, random.doubles(of.size(), -most, most).toArray(), of);
    }

    private void names() {
        names("stateNames", finding.tried("stateNames", entry::stateNames), shape.states(), "state");
        names("actionNames", finding.tried("actionNames", entry::actionNames), shape.actions(), "action");
        names("roundNames", finding.tried("roundNames", entry::roundNames), shape.rounds(), "round");
    }

    private void names(String where, List<String> names, int count, String what) {
        if (!names.isEmpty() && names.size() != count) {
            throw finding.of(where, "%d names, one for each %s, or none".formatted(count, what), names.size());
        }
    }

    /** A random design. */
    private NDList theta() {
        NDList theta = new NDList();
        Set<String> names = new HashSet<>();
        for (ParameterSpec spec : finding.tried("parameters", game::parameters)) {
            if (!names.add(spec.name())) {
                throw finding.of("parameters", "each array a name of its own", spec.name() + " twice");
            }
            if (spec.shape().size() < 1) {
                throw finding.of(
                        "parameters", "arrays of at least one number", spec.name() + " of shape " + spec.shape());
            }
            NDArray parameter = uniform(spec.shape(), spec.spread() > 0 ? spec.spread() : 0.5);
            parameter.setName(spec.name());
            theta.add(parameter);
        }
        return theta;
    }

    /** Plays a random policy. */
    private void rounds(NDList theta) {
        double[] initial = finding.tried("initialStates", game::initialStates);
        if (initial.length != shape.states()) {
            throw finding.of(
                    "initialStates", "%d numbers, one for each state".formatted(shape.states()), initial.length);
        }
        double mass = populations(initial);
        distribution("initialStates", initial, mass, 1e-9);
        Shape table = new Shape(shape.states(), shape.actions());
        NDArray states = Tensors.create(manager, type, initial, new Shape(initial.length));
        @Nullable R previous = null;
        for (int h = 0; h < shape.rounds(); h++) {
            String where = "round " + h;
            NDArray flow = game.legal(uniform(table, 1)).softmax(1).mul(states.expandDims(1));
            R round = round(where, h, flow, previous, theta);
            if (round instanceof KernelRound written) {
                Shape kernel = new Shape((long) shape.states() * shape.actions(), shape.states());
                finding.numbers(where, "a kernel", finding.tried(where + ", kernel", written::kernel), kernel, type);
            }
            finding.numbers(where, "a reward", finding.tried(where + ", reward", round::reward), table, type);
            kernel(where, flow, round, initial, mass);
            pure(where, round, round(where, h, flow, previous, theta));
            states = round.next();
            previous = round;
        }
    }

    private R round(String where, int h, NDArray flow, @Nullable R previous, NDList theta) {
        return finding.tried(where, () -> game.round(h, flow, previous, theta));
    }

    private void pure(String where, R one, R other) {
        if (!Arrays.equals(Tensors.toDoubles(one.reward()), Tensors.toDoubles(other.reward()))
                || !Arrays.equals(Tensors.toDoubles(one.next()), Tensors.toDoubles(other.next()))) {
            throw finding.of(where, "the same numbers at every call with the same arguments", "others");
        }
    }

    /** How many populations there are: each has mass 1. */
    private static double populations(double[] initial) {
        double sum = Arrays.stream(initial).sum();
        return sum > 1.5 ? Math.rint(sum) : 1;
    }

    /** Whether two states are of different populations, which have theirs side by side; known where somebody begins in both. */
    private static boolean areApart(double[] initial, int one, int other) {
        return initial[one] > 0 && initial[other] > 0 && population(initial, one) != population(initial, other);
    }

    /** The populations before a state are complete. */
    private static int population(double[] initial, int state) {
        return (int) Math.floor(Arrays.stream(initial, 0, state).sum() + WHOLE);
    }

    private void distribution(String where, double[] numbers, double mass, double tolerance) {
        double sum = Arrays.stream(numbers).sum();
        if (!(Math.abs(sum - mass) <= tolerance)) {
            throw finding.of(where, "probabilities that sum to %.0f".formatted(mass), sum);
        }
        double least = Arrays.stream(numbers).min().orElse(0);
        if (least < -tolerance) {
            throw finding.of(where, "no probability below 0", least);
        }
    }

    /** The kernel, whose columns are the continuations of unit vectors, and the next states that it leads to. */
    private void kernel(String where, NDArray flow, R round, double[] initial, double mass) {
        double[] ones = new double[shape.states()];
        Arrays.fill(ones, 1);
        double[] rows = continuation(where, round, ones);
        for (int i = 0; i < rows.length; i++) {
            if (Math.abs(rows[i] - 1) > tolerance) {
                throw finding.of(
                        where, "transition probabilities that sum to 1", "%s from %s".formatted(rows[i], pair(i)));
            }
        }
        NDArray after = finding.tried(where + ", next", round::next);
        double[] next = finding.numbers(where, "a next state distribution", after, new Shape(shape.states()), type);
        double[] flows = Tensors.toDoubles(flow);
        for (int to : columns()) {
            double[] unit = new double[shape.states()];
            unit[to] = 1;
            double[] column = continuation(where, round, unit);
            double arriving = 0;
            for (int i = 0; i < column.length; i++) {
                if (column[i] < -tolerance) {
                    throw finding.of(
                            where,
                            "no transition probability below 0",
                            "%s from %s to %s".formatted(column[i], pair(i), state(to)));
                }
                if (column[i] > tolerance && areApart(initial, to, i / shape.actions())) {
                    throw finding.of(
                            where,
                            "%.0f populations that share no state, because initialStates sum to %.0f; of one population they sum to 1"
                                    .formatted(mass, mass),
                            "%s goes to %s".formatted(pair(i), state(to)));
                }
                arriving += flows[i] * column[i];
            }
            if (Math.abs(arriving - next[to]) > tolerance) {
                throw finding.of(
                        where,
                        "next states that are those of its continuation, %s in %s".formatted(arriving, state(to)),
                        next[to]);
            }
        }
        distribution(where + ", next", next, mass, tolerance);
    }

    /** All next states of a small game; some at random where there are many. */
    private int[] columns() {
        int most = Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, COLUMNS / shape.rounds()));
        return shape.states() <= most
                ? IntStream.range(0, shape.states()).toArray()
                : random.ints(most, 0, shape.states()).toArray();
    }

    private double[] continuation(String where, R round, double[] value) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray next = Tensors.create(scratch, type, value, new Shape(value.length));
            NDArray expected = finding.tried(where + ", continuation", () -> round.continuation(next));
            Shape table = new Shape(shape.states(), shape.actions());
            return finding.numbers(where, "a continuation", expected, table, type);
        }
    }

    private String pair(int i) {
        int action = i % shape.actions();
        List<String> names = entry.actionNames();
        return "%s by %s"
                .formatted(state(i / shape.actions()), names.isEmpty() ? "action " + action : names.get(action));
    }

    private String state(int s) {
        List<String> names = entry.stateNames();
        return names.isEmpty() ? "state " + s : names.get(s);
    }
}
