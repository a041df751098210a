package mfg.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An action that is not legal changes nothing: solvers find what they find in the game without it. */
class LegalTest {

    private static final GameShape SHAPE = new GameShape(3, 4, 3);

    static List<Solver> solvers() {
        return List.of(
                new OnlineMirrorDescent(0.3, 0),
                new OnlineMirrorDescent(0.3, 0.1),
                new OnlineMirrorDescent(0.3, 0.1, MirrorMap.EUCLIDEAN),
                new FictitiousPlay(0),
                new FictitiousPlay(0.1),
                new FixedPoint(0),
                new FixedPoint(0.1));
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void solversFindWhatTheyFindWithoutIt(Solver solver) {
        try (Arena arena = new Arena(SHAPE, 1, 3)) {
            MeanFieldGame<KernelRound> tempted = new Tempted(arena.game, arena.constants);
            try (Iteration without = iteration(arena.game, solver, arena.manager);
                    Iteration with = iteration(tempted, solver, arena.manager);
                    EngineIteration engine =
                            new EngineIteration(tempted, Arena.NO_THETA, solver, arena.manager, DataType.FLOAT64)) {
                for (Iteration iteration : List.of(without, with, engine)) {
                    iteration.start();
                }
                for (int k = 0; k < 20; k++) {
                    assertSame(without.measure(), with.measure());
                    assertSame(without.measure(), engine.measure());
                    double[] policy = policy(solver, without, arena.manager);
                    assertWidened(policy, policy(solver, with, arena.manager));
                    assertWidened(policy, policy(solver, engine, arena.manager));
                    for (Iteration iteration : List.of(without, with, engine)) {
                        iteration.step();
                    }
                }
            }
        }
    }

    private static Iteration iteration(MeanFieldGame<?> game, Solver solver, NDManager manager) {
        return Iteration.of(game, Arena.NO_THETA, solver, manager, DataType.FLOAT64);
    }

    private static double[] policy(Solver solver, Iteration iteration, NDManager manager) {
        return Tensors.toDoubles(solver.policy(iteration.state(manager)).probabilities());
    }

    private static void assertSame(Solution.Measurement expected, Solution.Measurement actual) {
        assertEquals(expected.exploitability(), actual.exploitability(), 1e-9);
        assertEquals(expected.value(), actual.value(), 1e-9);
    }

    /** The same policies, with probability exactly 0 for the action that comes first. */
    private static void assertWidened(double[] policy, double[] wide) {
        int actions = SHAPE.actions();
        for (int i = 0; i < policy.length; i++) {
            assertEquals(policy[i], wide[i / actions * (actions + 1) + 1 + i % actions], 1e-9);
        }
        for (int i = 0; i < wide.length; i += actions + 1) {
            assertEquals(0, wide[i], 0);
        }
    }

    /** A game with one more action, the first, which is worth a lot and not legal. */
    private static final class Tempted implements MeanFieldGame<KernelRound> {

        private final RandomGame game;
        private final NDArray mask;
        private final NDArray temptation;
        private final NDArray stay;

        Tempted(RandomGame game, Constants constants) {
            this.game = game;
            double[] row = new double[SHAPE.actions() + 1];
            row[0] = NEVER;
            double[] start = new double[SHAPE.states()];
            start[0] = 1;
            double[][] rows = new double[SHAPE.states()][];
            Arrays.fill(rows, start);
            this.mask = constants.vector(row);
            this.temptation = constants.column(1000, 1000, 1000, 1000);
            this.stay = constants.matrix(rows);
        }

        @Override
        public GameShape shape() {
            return new GameShape(SHAPE.rounds(), SHAPE.states(), SHAPE.actions() + 1);
        }

        @Override
        public double[] initialStates() {
            return game.initialStates();
        }

        @Override
        public NDArray legal(NDArray values) {
            return values.add(mask);
        }

        @Override
        public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
            int states = SHAPE.states();
            NDManager manager = flow.getManager();
            KernelRound inner = game.round(h, flow.get(":, 1:"), null, theta);
            NDArray reward = Tensors.copy(manager, temptation).concat(inner.reward(), 1);
            NDArray kernel = Tensors.copy(manager, stay)
                    .expandDims(1)
                    .concat(inner.kernel().reshape(states, SHAPE.actions(), states), 1)
                    .reshape(new Shape((long) states * (SHAPE.actions() + 1), states));
            return new KernelRound(flow, reward, kernel);
        }
    }
}
