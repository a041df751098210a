package mfg.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A solver at work: recorded, or by the engine. */
final class IterationTest {

    private static final GameShape SHAPE = new GameShape(3, 4, 2);

    /** A manager that says it is on a GPU. */
    private static NDManager onGpu(NDManager manager) {
        return (NDManager) Proxy.newProxyInstance(
                NDManager.class.getClassLoader(),
                new Class<?>[] {NDManager.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getDevice") ? Device.gpu() : method.invoke(manager, arguments));
    }

    private static Iteration of(Arena arena, Solver solver, NDManager manager) {
        return Iteration.of(arena.game, Arena.NO_THETA, solver, manager, DataType.FLOAT64);
    }

    @Test
    void onAGpuTheEngineTakesTheSteps() {
        Solver solver = new OnlineMirrorDescent(0.5, 0.1);
        try (Arena arena = new Arena(SHAPE, 0.5, 1);
                Iteration here = of(arena, solver, arena.manager);
                Iteration there = of(arena, solver, onGpu(arena.manager))) {
            assertInstanceOf(TracedIteration.class, here);
            assertInstanceOf(EngineIteration.class, there);
        }
    }

    static Stream<Solver> solvers() {
        return Stream.of(
                new OnlineMirrorDescent(0.5, 0.1),
                new OnlineMirrorDescent(0.5, 0, MirrorMap.EUCLIDEAN),
                new FictitiousPlay(0),
                new FictitiousPlay(0.1),
                new FixedPoint(0.1));
    }

    /** From the start and from any state, and the engine's arrays are freed. */
    @ParameterizedTest
    @MethodSource("solvers")
    void bothTakeTheSameSteps(Solver solver) {
        try (Arena arena = new Arena(SHAPE, 0.5, 1)) {
            int arrays = arena.manager.getManagedArrays().size();
            try (Iteration traced = of(arena, solver, arena.manager);
                    Iteration engine = of(arena, solver, onGpu(arena.manager))) {
                traced.start();
                engine.start();
                for (int k = 0; k < 4; k++) {
                    assertAlike(arena, engine, traced);
                    traced.step();
                    engine.step();
                }
                try (NDArray state = engine.state(arena.manager)) {
                    traced.resume(state, 7);
                    engine.resume(state, 7);
                }
                assertAlike(arena, engine, traced);
                traced.step();
                engine.step();
                assertAlike(arena, engine, traced);
            }
            assertEquals(arrays, arena.manager.getManagedArrays().size());
        }
    }

    private static void assertAlike(Arena arena, Iteration engine, Iteration traced) {
        try (NDArray expected = engine.state(arena.manager);
                NDArray actual = traced.state(arena.manager)) {
            assertArrayEquals(Tensors.toDoubles(expected), Tensors.toDoubles(actual), 1e-12);
        }
        Solution.Measurement expected = engine.measure();
        Solution.Measurement actual = traced.measure();
        assertEquals(expected.value(), actual.value(), 1e-12);
        assertEquals(expected.exploitability(), actual.exploitability(), 1e-12);
    }
}
