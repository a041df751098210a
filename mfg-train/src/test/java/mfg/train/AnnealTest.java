package mfg.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.core.DivergedException;
import mfg.core.Round;
import mfg.envs.auction.AuctionRound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search that keeps the best of three. */
final class AnnealTest {

    private static <R extends Round> Draw<R> draw(int iteration, DesignProblem<R> problem) {
        return new Draw<>(iteration, List.of(problem), false, 1, () -> {});
    }

    @ParameterizedTest
    @CsvSource({"SCHEDULE, FAST, 0.5", "NEURAL, FAST, 0.05", "STATIC, AUTODIFF, 0.3"})
    void onASingleGameTheObjectiveNeverFalls(Problems.Kind kind, StepMethod method, double sigma) {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction("A2", kind, 9, 3, 8);
            NDList theta = problems.theta(problem, 2);
            int arrays = problems.manager.getManagedArrays().size();
            Anneal anneal = new Anneal(sigma, 1, method);
            double first = problem.value(theta, method);
            double last = first;
            int better = 0;
            for (int i = 0; i < 30; i++) {
                Improvement.Outcome outcome = anneal.improve(draw(i, problem), theta);
                assertEquals(last, outcome.objective(), "remembered wrongly");
                assertTrue(Double.isNaN(outcome.gradientNorm()) && Double.isNaN(outcome.learningRate()));
                double reached = problem.value(theta, method);
                assertTrue(reached >= last, reached + " is below " + last);
                better += reached > last ? 1 : 0;
                last = reached;
            }
            assertTrue(better > 3 && last > first, better + " times better");
            assertEquals(arrays, problems.manager.getManagedArrays().size());
        }
    }

    @Test
    void whereNothingIsBetterThetaStaysAsItIs() {
        try (Problems problems = new Problems()) {
            Quadratic hill = Quadratic.of(0, 1);
            NDList top = problems.theta(hill.problem(), 1);
            top.forEach(array -> array.subi(array.duplicate()));
            Anneal anneal = new Anneal(1e-3, 1, StepMethod.AUTO);
            for (int i = 0; i < 10; i++) {
                anneal.improve(draw(i, hill.problem()), top);
                assertArrayEquals(new double[5], Problems.flat(top));
            }
            // a plateau: as good is not better
            NDList theta = problems.theta(hill.problem(), 1);
            double[] before = Problems.flat(theta);
            anneal.improve(draw(0, Quadratic.of(0, 0).problem()), theta);
            assertArrayEquals(before, Problems.flat(theta));
        }
    }

    @Test
    void onASlopeItGoesTheBetterWay() {
        try (Problems problems = new Problems()) {
            Quadratic slope = Quadratic.of(3, 0);
            NDList theta = problems.theta(slope.problem(), 1);
            Anneal anneal = new Anneal(0.25, 8, StepMethod.AUTO);
            List<Boolean> forward = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                double[] n = Direction.gaussian(theta, 8, i).numbers();
                double sign = Arrays.stream(n).sum() > 0 ? 1 : -1;
                double[] expected = Problems.flat(theta);
                for (int k = 0; k < n.length; k++) {
                    expected[k] += 0.25 * sign * n[k];
                }
                anneal.improve(draw(i, slope.problem()), theta);
                assertArrayEquals(expected, Problems.flat(theta), 1e-15);
                forward.add(sign > 0);
            }
            assertTrue(forward.contains(true) && forward.contains(false), forward.toString());
        }
    }

    @Test
    void gamesThatDifferFromTheLastOnesAreEvaluatedAnew() {
        try (Problems problems = new Problems()) {
            NDList theta = problems.theta(Quadratic.of(1, 1).problem(), 1);
            Anneal anneal = new Anneal(0.1, 1, StepMethod.AUTODIFF);
            for (int i = 0; i < 5; i++) {
                Quadratic one = Quadratic.of(i, 1);
                Quadratic other = Quadratic.of(-2, i);
                double[] at = Problems.flat(theta);
                Draw<Quadratic.Still> draw = new Draw<>(i, List.of(one.problem(), other.problem()), false, 2, () -> {});
                double found = anneal.improve(draw, theta).objective();
                assertEquals((one.at(at) + other.at(at)) / 2, found, 1e-12);
                assertEquals(3, one.evaluations().get());
                assertEquals(3, other.evaluations().get());
            }
        }
    }

    @Test
    void anObjectiveThatIsNotFiniteIsToldOf() {
        try (Problems problems = new Problems()) {
            DesignProblem<?> problem = Quadratic.of(Double.NaN, 1).problem();
            NDList theta = problems.theta(problem, 1);
            String message = assertThrows(
                            DivergedException.class,
                            () -> new Anneal(0.1, 1, StepMethod.AUTO).improve(draw(4, problem), theta))
                    .getMessage();
            assertTrue(message.contains("iteration 5"), message);
        }
    }
}
