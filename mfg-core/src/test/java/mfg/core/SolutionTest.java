package mfg.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SolutionTest {

    private static final GameShape SHAPE = new GameShape(3, 3, 3);

    static List<Solver> solvers() {
        return List.of(
                new OnlineMirrorDescent(0.1, 0.1),
                new OnlineMirrorDescent(0.1, 0.1, MirrorMap.EUCLIDEAN),
                new FictitiousPlay(0),
                new FictitiousPlay(0.1),
                new FixedPoint(0));
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void aLongRunHoldsNoMoreArraysThanAShortOne(Solver solver) {
        try (Arena arena = new Arena(SHAPE, 1, 5)) {
            int before = arena.manager.getManagedArrays().size();
            Set<Integer> held = new TreeSet<>();
            Solution.Listener count =
                    (k, measured) -> held.add(arena.manager.getManagedArrays().size() - before);
            Solution solution = find(arena, solver, new Solution.Stopping(50, -1, 10), count);
            assertEquals(Set.of(0), held);
            assertEquals(50, solution.iterations());
        }
    }

    @Test
    void itStopsOnceTheToleranceIsReached() {
        try (Arena arena = new Arena(SHAPE, 0, 6)) {
            Solution solution =
                    find(arena, new FixedPoint(0), new Solution.Stopping(100, 1e-9, 1), Solution.Listener.NONE);
            assertEquals(1, solution.iterations(), "without interaction one best response is enough");
            assertEquals(0, solution.last().exploitability(), 1e-9);
        }
    }

    @Test
    void itMeasuresAtTheStartEverySoOftenAndAtTheEnd() {
        try (Arena arena = new Arena(SHAPE, 1, 7)) {
            List<Integer> measured = new ArrayList<>();
            List<Solution.Measurement> measurements = new ArrayList<>();
            Solution solution = find(
                    arena, new OnlineMirrorDescent(0.1, 0), new Solution.Stopping(25, -1, 10), (k, measurement) -> {
                        measured.add(k);
                        measurements.add(measurement);
                    });
            assertEquals(List.of(0, 10, 20, 25), measured);
            assertEquals(measurements.get(3), solution.last());
        }
    }

    @Test
    void whatItReportsIsTheGapAndTheValueOfItsState() {
        try (Arena arena = new Arena(SHAPE, 1, 8)) {
            OnlineMirrorDescent solver = new OnlineMirrorDescent(0.1, 0.1);
            Solution solution = find(arena, solver, new Solution.Stopping(7, -1, 7), Solution.Listener.NONE);

            double[][][] policy = Samples.cube(solver.policy(solution.state()).probabilities());
            double[][][] population = ReferenceValues.flow(arena.game, policy);
            double[][][] best =
                    ReferenceValues.greedy(ReferenceValues.q(arena.game, population, ReferenceValues::maximum));
            double value = ReferenceValues.earned(arena.game, population, policy, 0);
            double most = ReferenceValues.earned(arena.game, population, best, 0);
            assertEquals(value, solution.last().value(), 1e-12);
            assertEquals(most - value, solution.last().exploitability(), 1e-12);
        }
    }

    @Test
    void noIterationsGiveTheStart() {
        try (Arena arena = new Arena(SHAPE, 1, 9)) {
            Solution solution =
                    find(arena, new OnlineMirrorDescent(1, 0), new Solution.Stopping(0, -1, 1), Solution.Listener.NONE);
            assertEquals(0, solution.iterations());
            assertEquals(0, Tensors.toDouble(solution.state().abs().max()));
            assertTrue(solution.last().exploitability() > 0);
        }
    }

    @Test
    void stoppingRulesThatMakeNoSenseAreRefused() {
        assertThrows(InvalidInputException.class, () -> new Solution.Stopping(-1, 0, 1));
        assertThrows(InvalidInputException.class, () -> new Solution.Stopping(1, 0, 0));
    }

    private static Solution find(Arena arena, Solver solver, Solution.Stopping stopping, Solution.Listener listener) {
        return Solution.find(arena.game, Arena.NO_THETA, solver, stopping, arena.manager, DataType.FLOAT64, listener);
    }
}
