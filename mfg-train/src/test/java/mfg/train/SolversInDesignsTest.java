package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import mfg.core.Constants;
import mfg.core.FictitiousPlay;
import mfg.core.FixedPoint;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.MirrorMap;
import mfg.core.OnlineMirrorDescent;
import mfg.core.ParameterSpec;
import mfg.core.Solver;
import mfg.core.Tensors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Designs whose inner iteration is any solver with a derivative. */
final class SolversInDesignsTest {

    private static final int STATES = 3;
    private static final int ACTIONS = 2;

    static Stream<Solver> solvers() {
        return Stream.of(
                new OnlineMirrorDescent(0.5, 0.1),
                new OnlineMirrorDescent(0.5, 0.1, MirrorMap.EUCLIDEAN),
                new FixedPoint(0.5),
                new FictitiousPlay(0.5));
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void gradientsAreTheSlopesOfTheObjective(Solver solver) {
        for (int steps : new int[] {1, 2, 9}) {
            try (Problems problems = new Problems()) {
                Slopes.assertDifferences(problem(problems, solver, steps), theta(problems));
            }
        }
    }

    /** At convergence the number of steps does not matter. */
    @ParameterizedTest
    @MethodSource("solvers")
    void theImplicitGradientIsTheSlopeAtTheFixedPoint(Solver solver) {
        try (Problems problems = new Problems()) {
            DesignProblem<KernelRound> problem = problem(problems, solver, 700);
            NDList theta = theta(problems);
            Implicit implicit = Problems.implicit(StepMethod.AUTODIFF);
            if (solver.isStationary()) {
                Slopes.assertDifferences(problem, theta, implicit);
            } else {
                String message = assertThrows(InvalidInputException.class, () -> implicit.estimate(problem, theta))
                        .getMessage();
                assertEquals(
                        "the implicit gradient needs a solver whose steps are all alike, such as mirror descent; --method amid differentiates others",
                        message);
            }
        }
    }

    @Test
    void solversThatJumpAreRefusedButNeedNoDerivativeInSearches() {
        try (Problems problems = new Problems()) {
            NDList theta = theta(problems);
            for (Solver solver : List.of(new FixedPoint(0), new FictitiousPlay(0))) {
                DesignProblem<KernelRound> problem = problem(problems, solver, 3);
                for (GradientEstimator estimator :
                        List.of(new Amid(new StoreAll()), new Naive(), Problems.implicit(StepMethod.AUTO))) {
                    String message = assertThrows(InvalidInputException.class, () -> estimator.estimate(problem, theta))
                            .getMessage();
                    assertTrue(message.contains(solver.toString()) && message.endsWith("take tau > 0"), message);
                }
                assertTrue(Double.isFinite(problem.value(theta, StepMethod.AUTO)));
                new TwoPoint(0.1, 1, StepMethod.AUTO).estimate(problem, theta).close();
            }
        }
    }

    /** The solver's own regularization: there softmax responses are best responses. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void evaluationsMeasureTheEquilibriumThatTheSolverSeeks(boolean averaging) {
        try (Problems problems = new Problems()) {
            Solver solver = averaging ? new FictitiousPlay(0.5) : new FixedPoint(0.5);
            List<Evaluation> evaluations = Evaluation.along(
                    problem(problems, solver, 1),
                    StepMethod.AUTO,
                    theta(problems),
                    List.of(0, 400),
                    problems.manager,
                    DataType.FLOAT64,
                    (evaluation, flow) -> {});
            assertTrue(evaluations.get(0).regularizedExploitability() > 0.02);
            assertEquals(0, evaluations.get(1).regularizedExploitability(), averaging ? 1e-4 : 1e-12);
            assertTrue(evaluations.get(1).exploitability() > 0.02, "the plain one is another");
        }
    }

    /** What players earn, less what the design costs by itself. */
    private static DesignProblem<KernelRound> problem(Problems problems, Solver solver, int steps) {
        RandomGame game = new RandomGame(problems.constants);
        return new DesignProblem<>(
                game,
                (flow, theta) -> {
                    NDArray earned =
                            flow.at(0).mul(flow.rounds().get(0).reward()).sum();
                    for (int h = 1; h < flow.rounds().size(); h++) {
                        earned = earned.add(
                                flow.at(h).mul(flow.rounds().get(h).reward()).sum());
                    }
                    return earned.sub(Tensors.times(theta.head().square().sum(), 0.7));
                },
                solver,
                steps);
    }

    private static NDList theta(Problems problems) {
        double[] numbers = new SplittableRandom(2)
                .doubles((long) STATES * ACTIONS, -0.5, 0.5)
                .toArray();
        return new NDList(Tensors.create(problems.manager, DataType.FLOAT64, numbers, new Shape(STATES, ACTIONS)));
    }

    /** Theta pays for actions and moves the population; crowds are avoided. */
    private static final class RandomGame implements MeanFieldGame<KernelRound> {

        private final NDArray base;
        private final NDArray weight;
        private final NDArray calm;
        private final NDArray change;

        RandomGame(Constants constants) {
            SplittableRandom random = new SplittableRandom(7);
            base = constants.matrix(numbers(random, STATES, ACTIONS));
            weight = constants.matrix(numbers(random, STATES, ACTIONS));
            double[][] one = distributions(random);
            double[][] other = distributions(random);
            calm = constants.matrix(one);
            double[][] difference = new double[STATES * ACTIONS][STATES];
            for (int row = 0; row < difference.length; row++) {
                for (int s = 0; s < STATES; s++) {
                    difference[row][s] = other[row][s] - one[row][s];
                }
            }
            change = constants.matrix(difference);
        }

        private static double[][] numbers(SplittableRandom random, int rows, int columns) {
            return random.doubles(rows)
                    .mapToObj(x -> random.doubles(columns).toArray())
                    .toArray(double[][]::new);
        }

        private static double[][] distributions(SplittableRandom random) {
            double[][] rows = numbers(random, STATES * ACTIONS, STATES);
            for (double[] row : rows) {
                double sum = row[0] + row[1] + row[2];
                for (int s = 0; s < STATES; s++) {
                    row[s] /= sum;
                }
            }
            return rows;
        }

        @Override
        public GameShape shape() {
            return new GameShape(3, STATES, ACTIONS);
        }

        @Override
        public double[] initialStates() {
            return new double[] {0.5, 0.3, 0.2};
        }

        @Override
        public List<ParameterSpec> parameters() {
            return List.of(new ParameterSpec("pay", new Shape(STATES, ACTIONS), 0.5));
        }

        @Override
        public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
            NDArray reward = flow.neg().add(base).add(theta.head());
            // between 0 and 1, and moved by the population and by theta
            NDArray share = flow.mul(weight)
                    .sum()
                    .add(theta.head().mul(theta.head()).mean())
                    .sin();
            return new KernelRound(flow, reward, share.square().mul(change).add(calm));
        }
    }
}
