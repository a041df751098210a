package mfg.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Fictitious play and the fixed-point iteration. */
@Domain(Shapes.class)
@Domain(DomainContext.Global.class)
class BestResponseSolversTest {

    @Property(tries = 40)
    void fictitiousPlayAveragesTheFlowsOfPolicyAndBestResponse(@ForAll GameShape shape, @ForAll long seed) {
        try (Arena arena = new Arena(shape, 1, seed)) {
            FictitiousPlay solver = new FictitiousPlay(0);
            NDArray state = solver.init(arena.game, Arena.NO_THETA, arena.manager, DataType.FLOAT64);
            double[][][] policy = uniform(shape);
            for (int k = 1; k <= 4; k++) {
                state = solver.step(arena.game, Arena.NO_THETA, state, k);

                double[][][] population = ReferenceValues.flow(arena.game, policy);
                double[][][] q = ReferenceValues.q(arena.game, population, ReferenceValues::maximum);
                double[] latest = Samples.flat(ReferenceValues.flow(arena.game, ReferenceValues.greedy(q)));
                double[] average = Samples.flat(population);
                for (int i = 0; i < average.length; i++) {
                    average[i] += (latest[i] - average[i]) / (k + 1);
                }
                policy = Samples.cube(state);
                assertConditional(average, policy);
            }
        }
    }

    /** The policy is the flow given the state, and a distribution where nobody is. */
    private static void assertConditional(double[] flow, double[][][] policy) {
        int i = 0;
        for (double[][] round : policy) {
            for (double[] row : round) {
                double mass = Arrays.stream(flow, i, i + row.length).sum();
                assertEquals(1, Arrays.stream(row).sum(), 1e-12);
                for (double p : row) {
                    assertEquals(flow[i++], mass * p, 1e-12);
                }
            }
        }
    }

    @Property(tries = 40)
    void theFixedPointIterationAnswersThePopulation(@ForAll GameShape shape, @ForAll long seed) {
        try (Arena arena = new Arena(shape, 1, seed)) {
            FixedPoint solver = new FixedPoint(0);
            NDArray state = solver.init(arena.game, Arena.NO_THETA, arena.manager, DataType.FLOAT64);
            double[][][] policy = uniform(shape);
            assertArrayEquals(Samples.flat(policy), Tensors.toDoubles(state), 1e-15);
            for (int k = 1; k <= 3; k++) {
                state = solver.step(arena.game, Arena.NO_THETA, state, k);
                double[][][] population = ReferenceValues.flow(arena.game, policy);
                policy = ReferenceValues.greedy(ReferenceValues.q(arena.game, population, ReferenceValues::maximum));
                assertArrayEquals(Samples.flat(policy), Tensors.toDoubles(state), 0);
            }
        }
    }

    @Property(tries = 20)
    void regularizedIterationsReachTheRegularizedEquilibrium(@ForAll GameShape shape, @ForAll long seed) {
        double tau = 40;
        try (Arena arena = new Arena(shape, 1, seed)) {
            Solver solver = new FixedPoint(tau);
            NDArray state = solver.init(arena.game, Arena.NO_THETA, arena.manager, DataType.FLOAT64);
            for (int k = 1; k <= 20; k++) {
                state = solver.step(arena.game, Arena.NO_THETA, state, k);
            }
            PopulationFlow<?> flow = PopulationFlow.of(arena.game, solver.policy(state), Arena.NO_THETA);
            assertEquals(0, Exploitability.regularized(flow, tau, MirrorMap.ENTROPY), 1e-10);
        }
    }

    private static double[][][] uniform(GameShape shape) {
        double[][][] policy = new double[shape.rounds()][shape.states()][shape.actions()];
        for (double[][] round : policy) {
            for (double[] row : round) {
                Arrays.fill(row, 1.0 / row.length);
            }
        }
        return policy;
    }
}
