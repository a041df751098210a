package mfg.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mfg.envs.auction.AuctionRound;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The products that a linear solver asks for are those with the whole Jacobian, and leave no trace in the gradient. */
final class ProductsTest {

    private static final List<String> SETTINGS = List.of("A1", "A2", "A4", "A6", "A7", "A10");

    /** Where the engine makes the whole Jacobian, which takes its time. */
    private static final List<String> ENGINES =
            List.of("A1 FIRST_PRICE", "A2 STATIC", "A4 SCHEDULE", "A6 RESERVE", "A7 NEURAL", "A10 STATIC");

    private static final int STEPS = 30;

    static Stream<Arguments> markets() {
        return SETTINGS.stream()
                .flatMap(setting -> Arrays.stream(Problems.Kind.values()).map(kind -> Arguments.of(setting, kind)));
    }

    @ParameterizedTest
    @MethodSource("markets")
    void productsAreThoseOfTheWholeJacobian(String setting, Problems.Kind kind) {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction(setting, kind, 9, 2, STEPS);
            NDList theta = problems.theta(problem, 7);
            Recording recording = Recording.of(problem, theta, problems.manager, DataType.FLOAT64);
            try (TracedStep traced = new TracedStep(problem, recording, theta, problems.manager, DataType.FLOAT64);
                    AutodiffStep<?> engine = new AutodiffStep<>(problem, theta, problems.manager, DataType.FLOAT64);
                    EquilibriumStep<?> fast =
                            StepMethod.FAST.step(problem, theta, problems.manager, DataType.FLOAT64)) {
                double[][] rows = Jacobian.of(traced, walked(traced), traced::state, problems.manager);
                assertProducts(traced, rows, 1, 0);
                if (ENGINES.contains(setting + " " + kind)) {
                    double[][] expected = Jacobian.of(engine, walked(engine), NDArray::duplicate, problems.manager);
                    for (int i = 0; i < rows.length; i++) {
                        assertArrayEquals(expected[i], rows[i], 1e-10 * (1 + Problems.norm(expected[i])));
                    }
                    assertProducts(engine, rows, 1, 0);
                }
                // cotangents have no unit, dual variables are read in nats
                assertProducts(fast, rows, 1 / Math.log(2), problem.solver().kept());
            }
        }
    }

    private static <Z> Z walked(EquilibriumStep<Z> step) {
        return Adjoint.advance(step, step.start(), 0, STEPS);
    }

    private static <Z> void assertProducts(EquilibriumStep<Z> step, double[][] rows, double unit, double kept) {
        Z zeta = walked(step);
        Z w = step.objective(zeta);
        EquilibriumStep.Products<Z> products = step.products(zeta, STEPS);
        assertEquals(kept, products.kept());
        for (int k = 0; k < 4; k++) {
            double[] numbers = Jacobian.look(step, w, unit);
            double[] read = products.read(w);
            assertArrayEquals(numbers, Jacobian.look(step, w, unit), "reading modified the cotangent");
            double[] before = read.clone();
            double[] product = products.times(read);
            assertArrayEquals(before, read, "the product modified its argument");

            w = step.pullback(zeta, STEPS, w);
            double[] expected = Jacobian.pulled(numbers, rows);
            assertTrue(Problems.norm(expected) > 0);
            assertArrayEquals(expected, Jacobian.look(step, w, unit), 1e-10 * Problems.norm(expected));
            double[] rest = products.read(w);
            double size = Problems.norm(rest) + Problems.norm(read);
            for (int i = 0; i < rest.length; i++) {
                rest[i] -= kept * read[i];
            }
            assertArrayEquals(rest, product, 1e-10 * size, "after " + k + " pullbacks");
        }
        step.release(w);
        step.release(zeta);
    }

    static Stream<Arguments> marketsWithParameters() {
        Set<Problems.Kind> with = Set.of(Problems.Kind.NEURAL, Problems.Kind.STATIC, Problems.Kind.SCHEDULE);
        return markets().filter(market -> with.contains(market.get()[1]));
    }

    @ParameterizedTest
    @MethodSource("marketsWithParameters")
    void onlySettlingAddsToTheGradient(String setting, Problems.Kind kind) {
        try (Problems problems = new Problems()) {
            DesignProblem<AuctionRound> problem = problems.auction(setting, kind, 9, 2, STEPS);
            NDList theta = problems.theta(problem, 8);
            List<double[]> all = new ArrayList<>();
            for (StepMethod method : List.of(StepMethod.AUTODIFF, StepMethod.TRACED, StepMethod.FAST)) {
                for (boolean settles : new boolean[] {false, true}) {
                    try (EquilibriumStep<?> step = method.step(problem, theta, problems.manager, DataType.FLOAT64)) {
                        all.add(settles ? settled(step) : pulled(step));
                    }
                }
            }
            assertTrue(Problems.norm(all.get(0)) > 1e-6);
            for (double[] gradient : all) {
                double distance = Problems.distance(all.get(0), gradient);
                assertTrue(distance < 1e-9, () -> "off by " + distance);
            }
        }
    }

    /** By two pullbacks through one state. */
    private static <Z> double[] pulled(EquilibriumStep<Z> step) {
        Z zeta = walked(step);
        Z w = step.pullback(zeta, STEPS, step.objective(zeta));
        step.release(step.pullback(zeta, STEPS, w));
        return gradient(step);
    }

    /** By one pullback and one product, among others that must not count. */
    private static <Z> double[] settled(EquilibriumStep<Z> step) {
        Z zeta = walked(step);
        Z w = step.objective(zeta);
        w = step.pullback(zeta, STEPS, w);
        EquilibriumStep.Products<Z> products = step.products(zeta, STEPS);
        double[] read = products.read(w);
        step.release(w);
        products.times(products.times(read));
        products.settle(read);
        products.times(read);
        return gradient(step);
    }

    private static double[] gradient(EquilibriumStep<?> step) {
        try (Gradient gradient = step.gradient()) {
            return Problems.flat(gradient.theta());
        }
    }
}
