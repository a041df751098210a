package mfg.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The same game in float32 and float64. */
@Domain(Shapes.class)
@Domain(DomainContext.Global.class)
class PrecisionTest {

    /** What one precision computes: ten steps of mirror descent, the flow there and its exploitability. */
    private record Outcome(double[] zeta, double[] flow, double plain, double regularized, DataType type) {}

    private static Outcome play(GameShape shape, long seed, DataType type) {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, type)) {
            RandomGame game = new RandomGame(constants, shape, 1, seed);
            OnlineMirrorDescent descent = new OnlineMirrorDescent(0.2, 0.1);
            NDArray zeta = descent.init(game, Arena.NO_THETA, manager, type);
            for (int k = 1; k <= 10; k++) {
                zeta = descent.step(game, Arena.NO_THETA, zeta, k);
            }
            PopulationFlow<KernelRound> flow = PopulationFlow.of(game, descent.policy(zeta), Arena.NO_THETA);
            return new Outcome(
                    Tensors.toDoubles(zeta),
                    Tensors.toDoubles(flow.stacked()),
                    Exploitability.plain(flow),
                    Exploitability.regularized(flow, 0.1, MirrorMap.ENTROPY),
                    flow.stacked().getDataType());
        }
    }

    @Property(tries = 40)
    void singlePrecisionAgreesWithDouble(@ForAll GameShape shape, @ForAll long seed) {
        Outcome single = play(shape, seed, DataType.FLOAT32);
        Outcome twice = play(shape, seed, DataType.FLOAT64);

        assertEquals(DataType.FLOAT32, single.type());
        assertEquals(DataType.FLOAT64, twice.type());
        assertArrayEquals(twice.zeta(), single.zeta(), 1e-4);
        assertArrayEquals(twice.flow(), single.flow(), 1e-5);
        assertEquals(twice.plain(), single.plain(), 1e-4);
        assertEquals(twice.regularized(), single.regularized(), 1e-4);
    }
}
