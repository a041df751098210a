package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.core.Objective;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.AuctionRound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The barrier before the edges of auctions: every step has the same, with its slope, and it is what it is said to be. */
final class BarrierTest {

    private static final double WEIGHT = 0.01;
    private static final List<StepMethod> METHODS = List.of(StepMethod.AUTODIFF, StepMethod.TRACED, StepMethod.FAST);

    private static DesignProblem<AuctionRound> guarded(DesignProblem<AuctionRound> problem, double weight) {
        return new DesignProblem<>(
                problem.game(), problem.objective().guarded(weight), problem.solver(), problem.steps());
    }

    @ParameterizedTest
    @CsvSource({
        "A1, NEURAL, 1, 0.5",
        "A1, NEURAL, 9, 0.5",
        "A2, STATIC, 12, 1",
        "A4, SCHEDULE, 8, 1",
        "A7, STATIC, 10, 2",
        "A10, NEURAL, 6, 1"
    })
    void everyStepHasTheSameWithItsSlope(String setting, Problems.Kind kind, int steps, double spread) {
        boolean felt = false;
        for (long seed = 1; seed <= 2; seed++) {
            try (Problems problems = new Problems()) {
                DesignProblem<AuctionRound> plain = problems.auction(setting, kind, 9, 2, steps);
                DesignProblem<AuctionRound> problem = guarded(plain, WEIGHT);
                NDList theta = problems.theta(problem, seed);
                theta.forEach(array -> array.muli(spread));
                double barrier = barrier(problems, plain, theta);
                felt |= barrier < -0.1;
                double expected = plain.value(theta, StepMethod.AUTODIFF) + WEIGHT * barrier;
                Gradient first = new Amid(new StoreAll(), StepMethod.AUTODIFF).estimate(problem, theta);
                assertEquals(expected, first.objective(), 1e-10);
                for (StepMethod method : List.of(StepMethod.TRACED, StepMethod.FAST)) {
                    assertEquals(expected, problem.value(theta, method), 1e-10, method.toString());
                    Gradient gradient = new Amid(new StoreAll(), method).estimate(problem, theta);
                    assertEquals(expected, gradient.objective(), 1e-10, method.toString());
                    double distance = Problems.distance(first, gradient);
                    assertTrue(distance < 1e-8, () -> method + " is off by " + distance);
                }
                assertDifferences(problems, problem, theta, Problems.flat(first.theta()));
            }
        }
        assertTrue(felt, "no bid was rationed");
    }

    /** {@code sum_h log(1 - pwin[h](m))}, from the shares that win. */
    private static double barrier(Problems problems, DesignProblem<AuctionRound> problem, NDList theta) {
        try (EquilibriumStep<?> step = StepMethod.AUTODIFF.step(problem, theta, problems.manager, DataType.FLOAT64)) {
            NDArray zeta = end(step, problem.steps());
            PopulationFlow<AuctionRound> flow =
                    PopulationFlow.of(problem.game(), problem.solver().policy(zeta), theta);
            double sum = 0;
            for (AuctionRound round : flow.rounds()) {
                for (double share : Tensors.toDoubles(round.winning())) {
                    sum += share > 0 && share < 1 ? Math.log(1 - share) : 0;
                }
            }
            return sum;
        }
    }

    private static <Z> NDArray end(EquilibriumStep<Z> step, int steps) {
        return step.read(Adjoint.advance(step, step.start(), 0, steps));
    }

    private static void assertDifferences(
            Problems problems, DesignProblem<?> problem, NDList theta, double[] gradient) {
        SplittableRandom random = new SplittableRandom(5);
        double near = 1e-6;
        double[] direction = random.doubles(gradient.length, -1, 1).toArray();
        double slope = 0;
        for (int i = 0; i < gradient.length; i++) {
            slope += gradient[i] * direction[i];
        }
        double up = problem.value(Slopes.moved(problems.manager, theta, direction, near), StepMethod.FAST);
        double down = problem.value(Slopes.moved(problems.manager, theta, direction, -near), StepMethod.FAST);
        assertEquals(slope, (up - down) / (2 * near), 1e-5 * (1e-3 + Problems.norm(gradient)));
    }

    @Test
    void withoutWeightNothingChanges() {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> plain = problems.auction("A7", Problems.Kind.NEURAL, 9, 3, 10);
            DesignProblem<AuctionRound> problem = guarded(plain, 0);
            NDList theta = problems.theta(problem, 1);
            for (StepMethod method : METHODS) {
                Gradient expected = new Amid(new StoreAll(), method).estimate(plain, theta);
                Gradient gradient = new Amid(new StoreAll(), method).estimate(problem, theta);
                assertEquals(expected.objective(), gradient.objective());
                assertEquals(0, Problems.distance(expected, gradient));
            }
        }
    }

    @Test
    void objectivesWithoutEdgesNeedNoBarrier() {
        assertSame(Quadratic.OBJECTIVE, Quadratic.OBJECTIVE.guarded(1));
        Objective<AuctionRound> guarded = AuctionObjective.REVENUE.guarded(WEIGHT);
        assertEquals(new AuctionObjective(1, WEIGHT), guarded);
        assertEquals(AuctionObjective.REVENUE, guarded.guarded(0));
        for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(InvalidInputException.class, () -> AuctionObjective.REVENUE.guarded(weight));
        }
    }
}
