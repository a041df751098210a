package mfg.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.envs.auction.AuctionRound;
import mfg.nn.Theta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gradient from two values: of known functions exactly, of an auction on average. */
final class TwoPointTest {

    @ParameterizedTest
    @CsvSource({"SCHEDULE, 1500", "STATIC, 3000"})
    void onAverageItIsTheGradient(Problems.Kind kind, int draws) {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction("A1", kind, 9, 3, 15);
            NDList theta = problems.theta(problem, 2);
            double[] gradient = Problems.flat(
                    new Amid(new StoreAll()).estimate(problem, theta).theta());
            double[] sums = new double[gradient.length];
            double[] squares = new double[gradient.length];
            for (int i = 0; i < draws; i++) {
                try (Gradient estimate =
                        new TwoPoint(1e-5, 4, StepMethod.FAST).at(i).estimate(problem, theta)) {
                    double[] numbers = Problems.flat(estimate.theta());
                    for (int k = 0; k < numbers.length; k++) {
                        sums[k] += numbers[k];
                        squares[k] += numbers[k] * numbers[k];
                    }
                }
            }
            double error = 0;
            double allowed = 0;
            for (int k = 0; k < gradient.length; k++) {
                double mean = sums[k] / draws;
                double variance = (squares[k] / draws - mean * mean) / draws;
                assertEquals(gradient[k], mean, 5 * Math.sqrt(variance) + 1e-9, "number " + k);
                error += (mean - gradient[k]) * (mean - gradient[k]);
                allowed += variance;
            }
            assertTrue(Math.sqrt(allowed) < 0.3 * Problems.norm(gradient), "too few draws to tell anything");
            assertTrue(error < 3 * allowed, error + " should be about " + allowed);
        }
    }

    /** Of a quadratic the difference of two values is exact, however far apart they are. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.5, 20})
    void ofAQuadraticItIsTheSlopeAlongTheDirection(double radius) {
        try (Problems problems = new Problems()) {
            Quadratic quadratic = Quadratic.of(0.7, 1.9);
            DesignProblem<?> problem = quadratic.problem();
            NDList theta = problems.theta(problem, 1);
            double[] at = Problems.flat(theta);
            for (int i = 0; i < 20; i++) {
                double[] z = Direction.gaussian(theta, 3, i).normalized().numbers();
                double slope = 0;
                for (int k = 0; k < z.length; k++) {
                    slope += z[k] * (0.7 - 1.9 * at[k]);
                }
                double[] expected = new double[z.length];
                for (int k = 0; k < z.length; k++) {
                    expected[k] = z.length * slope * z[k];
                }
                Gradient estimate =
                        new TwoPoint(radius, 3, StepMethod.AUTODIFF).at(i).estimate(problem, theta);
                assertArrayEquals(expected, Problems.flat(estimate.theta()), 1e-10 / Math.min(radius, 1));
                // -curvature u² / 2 is what the mean of both values adds
                double mean = quadratic.at(at) - 1.9 * radius * radius / 2;
                assertEquals(mean, estimate.objective(), 1e-12 * (1 + radius * radius));
                for (int k = 0; k < theta.size(); k++) {
                    assertEquals(
                            theta.get(k).getShape(), estimate.theta().get(k).getShape());
                }
            }
            assertEquals(40, quadratic.evaluations().get());
        }
    }

    @Test
    void directionsAreUniformOnTheSphere() {
        try (Problems problems = new Problems()) {
            NDList theta = problems.theta(Quadratic.of(1, 1).problem(), 1);
            int draws = 20_000;
            double[] means = new double[5];
            double[][] products = new double[5][5];
            for (int i = 0; i < draws; i++) {
                double[] z = Direction.gaussian(theta, 6, i).normalized().numbers();
                assertEquals(1, Problems.norm(z), 1e-14);
                for (int k = 0; k < 5; k++) {
                    means[k] += z[k] / draws;
                    for (int l = 0; l < 5; l++) {
                        products[k][l] += z[k] * z[l] / draws;
                    }
                }
            }
            // numbers of a direction have variance 1/5, products at most 1/5
            double deviations = 5 * Math.sqrt(0.2 / draws);
            for (int k = 0; k < 5; k++) {
                assertEquals(0, means[k], deviations);
                for (int l = 0; l < 5; l++) {
                    assertEquals(k == l ? 0.2 : 0, products[k][l], deviations);
                }
            }
        }
    }

    @Test
    void directionsDependOnSeedAndIterationAlone() {
        try (Problems problems = new Problems()) {
            NDList theta = problems.theta(Quadratic.of(1, 1).problem(), 1);
            double[] z = Direction.gaussian(theta, 6, 3).numbers();
            assertArrayEquals(z, Direction.gaussian(theta, 6, 3).numbers());
            assertFalse(Arrays.equals(z, Direction.gaussian(theta, 6, 4).numbers()));
            assertFalse(Arrays.equals(z, Direction.gaussian(theta, 7, 3).numbers()));
            assertFalse(Arrays.equals(z, Direction.gaussian(theta, 7, 2).numbers()));
            // nor are they what a design starts with, which is drawn from the same seed
            double[] start = Problems.flat(Theta.uniform(
                    Quadratic.of(1, 1).parameters(), new SplittableRandom(6), problems.manager, DataType.FLOAT64));
            assertNotEquals(start[0], z[0]);
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, FAST", "FLOAT64, AUTODIFF"})
    void thetaStaysAsItIsBitByBit(DataType type, StepMethod method) {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction("A2", Problems.Kind.NEURAL, 9, 3, 4);
            NDList theta = new NDList();
            problems.theta(problem, 2).forEach(array -> theta.add(array.toType(type, true)));
            double[] before = Problems.flat(theta);
            new TwoPoint(0.3, 1, method).estimate(problem, theta).close();
            assertArrayEquals(before, Problems.flat(theta));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aRadiusThatIsNoneIsRefused(double radius) {
        assertThrows(InvalidInputException.class, () -> new TwoPoint(radius, 1, StepMethod.AUTO));
        assertThrows(InvalidInputException.class, () -> new Anneal(radius, 1, StepMethod.AUTO));
    }
}
