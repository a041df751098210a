package mfg.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@Domain(Shapes.class)
@Domain(DomainContext.Global.class)
class OptimisticMirrorDescentTest {

    @Property(tries = 30)
    void theLastValuesCountTwice(
            @ForAll GameShape shape, @ForAll @DoubleRange(min = 0.01, max = 2) double eta, @ForAll long seed) {
        try (Arena arena = new Arena(shape, 1, seed)) {
            OptimisticMirrorDescent solver = new OptimisticMirrorDescent(eta);
            NDArray state = solver.init(arena.game, Arena.NO_THETA, arena.manager, DataType.FLOAT64);
            double[] sum = new double[Math.toIntExact(shape.policy().size())];
            for (int k = 1; k <= 3; k++) {
                double[][][] policy = Samples.cube(solver.policy(state).probabilities());
                double[][][] population = ReferenceValues.flow(arena.game, policy);
                double[] q =
                        Samples.flat(ReferenceValues.q(arena.game, population, ReferenceValues.playing(policy, 0)));
                double[] expected = new double[sum.length];
                for (int i = 0; i < sum.length; i += shape.actions()) {
                    double[] logits = new double[shape.actions()];
                    for (int a = 0; a < logits.length; a++) {
                        sum[i + a] += q[i + a];
                        logits[a] = eta * (sum[i + a] + q[i + a]);
                    }
                    System.arraycopy(ReferenceValues.softmax(logits), 0, expected, i, logits.length);
                }
                state = solver.step(arena.game, Arena.NO_THETA, state, k);
                assertArrayEquals(
                        expected, Tensors.toDoubles(solver.policy(state).probabilities()), 1e-11);
            }
        }
    }

    /** In rock-paper-scissors mirror descent turns away from the equilibrium, and the optimistic one comes to it. */
    @Test
    void itComesToRestWherePlayersChaseEachOther() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Chase game = new Chase(new Constants(manager, DataType.FLOAT64));
            assertTrue(exploitability(game, new OptimisticMirrorDescent(0.5), manager) < 1e-6);
            assertTrue(exploitability(game, new OnlineMirrorDescent(0.5, 0), manager) > 0.3);
        }
    }

    private static double exploitability(Chase game, Solver solver, NDManager manager) {
        Policy first = Policy.of(Tensors.create(
                manager,
                DataType.FLOAT64,
                new double[] {0.5, 0.3, 0.2},
                game.shape().policy()));
        try (Iteration iteration = Iteration.of(game, Arena.NO_THETA, solver, manager, DataType.FLOAT64)) {
            iteration.start(first);
            assertEquals(0.3, iteration.measure().exploitability(), 1e-12);
            for (int k = 0; k < 500; k++) {
                iteration.step();
            }
            return iteration.measure().exploitability();
        }
    }

    /** One round of rock, paper, scissors: each beats the one before, {@code r(a) = mu(a - 1) - mu(a + 1)}. */
    private record Chase(NDArray payoffs, NDArray kernel) implements MeanFieldGame<KernelRound> {

        Chase(Constants constants) {
            this(
                    constants.matrix(new double[][] {{0, 1, -1}, {-1, 0, 1}, {1, -1, 0}}),
                    constants.matrix(new double[][] {{1}, {1}, {1}}));
        }

        @Override
        public GameShape shape() {
            return new GameShape(1, 1, 3);
        }

        @Override
        public double[] initialStates() {
            return new double[] {1};
        }

        @Override
        public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
            return new KernelRound(flow, flow.matMul(payoffs), kernel);
        }
    }
}
