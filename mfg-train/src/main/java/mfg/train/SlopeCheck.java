package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import mfg.core.Round;
import mfg.core.Scope;
import mfg.core.Tensors;
import mfg.nn.Autodiff;

/**
 * Looks at a game's objective and at derivatives: an objective that is no number, arrays that are never freed, a gradient that is
 * not the slope of the objective or that changes while garbage is collected, a design without effect.
 *
 * @param <R> the game's kind of round
 */
final class SlopeCheck<R extends Round> {

    /** How often garbage is collected: once nearly always shows what is freed too early. */
    private static final int COLLECTIONS = 3;

    private static final int OVERWRITTEN = 40_000;

    /** How far apart the points of a difference quotient are: closer where there may be a kink between them. */
    private static final double[] STEPS = {1e-6, 1e-7, 1e-8};

    private final Finding finding;
    private final DesignProblem<R> problem;
    private final NDList theta;
    private final NDArray zeta;
    private final NDManager manager;
    private final DataType type;
    private final SplittableRandom random = new SplittableRandom(2);

    /** Looks at a design and a state of the iteration. */
    SlopeCheck(Finding finding, DesignProblem<R> problem, NDList theta, NDArray zeta) {
        this.finding = finding;
        this.problem = problem;
        this.theta = theta;
        this.zeta = zeta;
        this.manager = zeta.getManager();
        this.type = zeta.getDataType();
    }

    /** What is computed of a game, from a state and a design. */
    private interface Work {
        NDArray of(NDArray zeta, NDList theta);
    }

    private NDArray step(NDArray from, NDList design) {
        return problem.solver().step(problem.game(), design, from, 1);
    }

    /** That the objective is a number of the game's type. */
    void objective() {
        NDArray value = finding.tried("the objective", () -> problem.objectiveAt(zeta, theta));
        Shape one = value.size() == 1 ? value.getShape() : new Shape();
        finding.numbers("the objective", "a value", value, one, type);
    }

    /** Arrays that stay when all that belongs to a computation is freed. Other threads' come and go, so growth must be steady. */
    List<String> leftBehind() {
        NDManager all = manager;
        while (all.getParentManager() != null) {
            all = all.getParentManager();
        }
        return Stream.concat(
                        leftBehind("a step", this::step, all), leftBehind("the objective", problem::objectiveAt, all))
                .toList();
    }

    private Stream<String> leftBehind(String where, Work work, NDManager all) {
        Set<Integer> growths = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            int before = all.getManagedArrays().size();
            try (Scope scope = new Scope(manager)) {
                work.of(scope.in(zeta), scope.in(theta));
            }
            growths.add(all.getManagedArrays().size() - before);
        }
        int growth = growths.iterator().next();
        return growths.size() == 1 && growth > 0
                ? Stream.of(finding.of(
                                where,
                                "back all memory",
                                "not that of %d arrays, in a manager that is never closed".formatted(growth))
                        .getMessage())
                : Stream.empty();
    }

    /** The gradient through a few steps against a difference quotient; what of the design does not matter. */
    List<String> gradient(StepMethod method) {
        if (theta.isEmpty()) {
            return List.of("%s: parameters are none, so there is nothing to design"
                    .formatted(finding.game().name()));
        }
        if (isByEngine(method)) {
            withGarbage(
                    "a round", (from, design) -> step(from, design).mul(zeta).sum());
            withGarbage("the objective", problem::objectiveAt);
        }
        List<String> doubts = new ArrayList<>();
        Gradient gradient =
                finding.tried("the objective", () -> new Amid(new StoreAll(), method).estimate(problem, theta));
        List<double[]> direction = new ArrayList<>();
        double expected = 0;
        for (int i = 0; i < theta.size(); i++) {
            double[] slope = Tensors.toDoubles(gradient.theta().get(i));
            double[] along = random.doubles(slope.length, -1, 1).toArray();
            direction.add(along);
            for (int k = 0; k < slope.length; k++) {
                expected += slope[k] * along[k];
            }
            if (Arrays.stream(slope).allMatch(x -> x == 0)) {
                doubts.add("%s: the parameter %s has no effect on the objective here"
                        .formatted(finding.game().name(), theta.get(i).getName()));
            }
        }
        double difference = Double.NaN;
        for (double step : STEPS) {
            difference =
                    (problem.value(moved(direction, step), method) - problem.value(moved(direction, -step), method))
                            / (2 * step);
            if (Math.abs(difference - expected) <= 1e-5 * Math.max(1, Math.abs(expected))) {
                return doubts;
            }
        }
        throw finding.of(
                "the objective",
                "a gradient that is its slope, here %s along a random direction".formatted(difference),
                expected);
    }

    private NDList moved(List<double[]> direction, double step) {
        NDList moved = new NDList();
        for (int i = 0; i < theta.size(); i++) {
            double[] numbers = Tensors.toDoubles(theta.get(i));
            for (int k = 0; k < numbers.length; k++) {
                numbers[k] += step * direction.get(i)[k];
            }
            moved.add(Tensors.create(manager, type, numbers, theta.get(i).getShape()));
        }
        return moved;
    }

    private boolean isByEngine(StepMethod method) {
        try (EquilibriumStep<?> step = method.step(problem, theta, manager, type)) {
            return step instanceof AutodiffStep;
        }
    }

    /** The engine's gradient, taken again while garbage is collected on the way: {@link Tensors#times} has the reason. */
    private void withGarbage(String where, Work work) {
        double[] quiet = gradient(work, () -> {});
        double size = Arrays.stream(quiet).map(Math::abs).max().orElse(0);
        for (int i = 0; i < COLLECTIONS; i++) {
            double[] disturbed = gradient(work, SlopeCheck::collectGarbage);
            for (int k = 0; k < quiet.length; k++) {
                if (!(Math.abs(quiet[k] - disturbed[k]) <= 1e-9 * size)) {
                    throw finding.of(
                            where,
                            "the same gradient while garbage is collected",
                            "another: the memory of a number in a product is freed too early; write Tensors.times(x, 2) for x.mul(2), and an array for the number in div, pow, maximum and minimum");
                }
            }
        }
    }

    private double[] gradient(Work work, Runnable between) {
        NDList arguments = new NDList(zeta);
        arguments.addAll(theta);
        Autodiff.Differentiated result = finding.tried(
                "the gradient",
                () -> Autodiff.differentiate(manager, arguments, leaves -> {
                    NDArray value = work.of(leaves.head(), leaves.subNDList(1));
                    between.run();
                    return value;
                }));
        return result.gradients().stream()
                .flatMapToDouble(array -> Arrays.stream(Tensors.toDoubles(array)))
                .toArray();
    }

    /** Collects garbage and overwrites the memory that it frees with what is not a number. */
    private static void collectGarbage() {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        Reference<Object> garbage = new PhantomReference<>(new Object(), collected);
        List<ByteBuffer> overwritten = new ArrayList<>();
        try {
            System.gc();
            collected.remove(100);
            Thread.sleep(5);
            for (int i = 0; i < OVERWRITTEN; i++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(i % 2 == 0 ? Float.BYTES : Double.BYTES);
                while (buffer.hasRemaining()) {
                    buffer.put((byte) -1); // bits of NaN
                }
                overwritten.add(buffer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Reference.reachabilityFence(garbage);
            Reference.reachabilityFence(overwritten);
        }
    }
}
