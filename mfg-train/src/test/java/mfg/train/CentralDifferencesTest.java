package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.OnlineMirrorDescent;
import mfg.core.PopulationFlow;
import mfg.core.Scope;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionRound;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients against central differences along random directions, in float64.
 *
 * <p>An auction is only piecewise smooth. That no kink lies between the two points of a difference is checked twice. The
 * allocation: every bid of every round and inner step is on the same side (wins never, sometimes or always) at both points.
 * The network's rectifiers: a difference of half the step size gives the same.
 */
final class CentralDifferencesTest {

    private static final double STEP = 1e-6;
    private static final int DIRECTIONS = 3;

    @ParameterizedTest
    @CsvSource({
        "A1, true",
        "A1, false",
        "A2, true",
        "A2, false",
        "A3, true",
        "A3, false",
        "A7, true",
        "A7, false",
        "A10, true",
        "A10, false",
        "A4, true",
        "A5, true",
        "A6, true",
        "A9, true"
    })
    void inEveryAuctionAwayFromKinks(String setting, boolean neural) {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction(setting, neural, 12);
            NDList theta = problems.theta(problem, 11);
            String cases = cases(problem, theta);
            assertTrue(cases.contains("?"), "no bid wins only sometimes, so the test would miss that case");
            Gradient gradient = new Amid(new EverySqrt(), StepMethod.AUTODIFF).estimate(problem, theta);
            Gradient fast = new Amid(new EverySqrt(), StepMethod.FAST).estimate(problem, theta);
            List<NDList> directions = directions(theta, gradient);
            assertEquals(DIRECTIONS, directions.size());
            for (NDList direction : directions) {
                assertEquals(cases, cases(problem, moved(theta, direction, STEP)));
                assertEquals(cases, cases(problem, moved(theta, direction, -STEP)));
                double difference = difference(problem, theta, direction, STEP);
                double half = difference(problem, theta, direction, STEP / 2);
                assertEquals(difference, half, 3e-6 * Math.abs(difference), "a kink between the two points");
                assertSlope(difference, gradient, direction);
                assertSlope(difference, fast, direction);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-3, 0.5})
    void onTheSmoothBeach(double tau) {
        try (Problems problems = new Problems()) {
            DesignProblem<?> problem = problems.beach(new OnlineMirrorDescent(0.2, tau), 25);
            NDList theta = problems.theta(problem, 11);
            Gradient gradient = new Amid(new Revolve(2), StepMethod.AUTODIFF).estimate(problem, theta);
            List<NDList> directions = directions(theta, gradient);
            assertEquals(DIRECTIONS, directions.size());
            for (NDList direction : directions) {
                assertSlope(difference(problem, theta, direction, 1e-5), gradient, direction);
            }
        }
    }

    private static void assertSlope(double difference, Gradient gradient, NDList direction) {
        double slope = dot(gradient.theta(), direction);
        assertEquals(difference, slope, 1e-5 * Math.abs(slope));
    }

    /** {@code (G(theta + step z) - G(theta - step z)) / (2 step)}. */
    private static double difference(DesignProblem<?> problem, NDList theta, NDList direction, double step) {
        double up = objective(problem, moved(theta, direction, step));
        double down = objective(problem, moved(theta, direction, -step));
        return (up - down) / (2 * step);
    }

    private static double objective(DesignProblem<?> problem, NDList theta) {
        try (Scope scope = new Scope(theta.head().getManager())) {
            NDList parameters = scope.in(theta);
            NDArray zeta = start(problem, parameters, scope);
            for (int t = 1; t <= problem.steps(); t++) {
                zeta = problem.solver().step(problem.game(), parameters, zeta, t);
            }
            return Tensors.toDouble(problem.objectiveAt(zeta, parameters));
        }
    }

    /** How each bid fares in each round at each step: wins never (0), sometimes (?) or always (1). */
    private static String cases(DesignProblem<AuctionRound> problem, NDList theta) {
        StringBuilder cases = new StringBuilder();
        try (Scope scope = new Scope(theta.head().getManager())) {
            NDList parameters = scope.in(theta);
            NDArray zeta = start(problem, parameters, scope);
            for (int t = 0; t <= problem.steps(); t++) {
                for (AuctionRound round : PopulationFlow.of(
                                problem.game(), problem.solver().policy(zeta), parameters)
                        .rounds()) {
                    for (double chance : Tensors.toDoubles(round.winning())) {
                        cases.append(chance == 0 ? '0' : chance == 1 ? '1' : '?');
                    }
                }
                zeta = problem.solver().step(problem.game(), parameters, zeta, t + 1);
            }
        }
        return cases.toString();
    }

    private static NDArray start(DesignProblem<?> problem, NDList parameters, Scope scope) {
        return problem.solver().init(problem.game(), parameters, scope.manager(), DataType.FLOAT64);
    }

    /** Random directions, passing over those that are almost level, where rounding hides the slope. */
    private static List<NDList> directions(NDList theta, Gradient gradient) {
        return IntStream.range(0, 20)
                .mapToObj(seed -> direction(theta, seed))
                .filter(direction -> Math.abs(dot(gradient.theta(), direction)) > 0.01 * gradient.norm())
                .limit(DIRECTIONS)
                .toList();
    }

    /** Gaussian numbers, scaled to length 1. */
    private static NDList direction(NDList theta, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        NDList direction = new NDList();
        for (NDArray array : theta) {
            double[] numbers = new double[Math.toIntExact(array.size())];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = random.nextGaussian();
            }
            direction.add(Tensors.create(array.getManager(), DataType.FLOAT64, numbers, array.getShape()));
        }
        double length = Math.sqrt(dot(direction, direction));
        direction.forEach(array -> array.divi(length));
        return direction;
    }

    private static NDList moved(NDList theta, NDList direction, double step) {
        NDList moved = new NDList();
        for (int i = 0; i < theta.size(); i++) {
            moved.add(theta.get(i).add(direction.get(i).mul(step)));
        }
        return moved;
    }

    private static double dot(NDList left, NDList right) {
        double[] l = Problems.flat(left);
        double[] r = Problems.flat(right);
        double sum = 0;
        for (int i = 0; i < l.length; i++) {
            sum += l[i] * r[i];
        }
        return sum;
    }
}
