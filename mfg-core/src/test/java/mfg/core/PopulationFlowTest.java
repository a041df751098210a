package mfg.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

@Domain(Shapes.class)
@Domain(DomainContext.Global.class)
class PopulationFlowTest {

    @Property(tries = 60)
    void flowsAreDistributions(@ForAll GameShape shape, @ForAll long seed) {
        try (Arena arena = new Arena(shape, 1, seed)) {
            PopulationFlow<KernelRound> flow = arena.flow(Samples.policy(shape, seed));
            for (int h = 0; h < shape.rounds(); h++) {
                double[] mass = Tensors.toDoubles(flow.at(h));
                assertTrue(Arrays.stream(mass).allMatch(m -> m >= 0));
                assertEquals(1, Arrays.stream(mass).sum(), 1e-12);
                assertEquals(1, Tensors.toDouble(flow.rounds().get(h).next().sum()), 1e-12);
            }
        }
    }

    @Property(tries = 60)
    void theFlowFollowsTheDefinition(@ForAll GameShape shape, @ForAll long seed) {
        double[][][] policy = Samples.policy(shape, seed);
        try (Arena arena = new Arena(shape, 1, seed)) {
            PopulationFlow<KernelRound> flow = arena.flow(policy);
            double[][][] expected = ReferenceValues.flow(arena.game, policy);

            assertArrayEquals(Samples.flat(expected), Tensors.toDoubles(flow.stacked()), 1e-13);
            for (int h = 0; h < shape.rounds(); h++) {
                double[] states = Arrays.stream(expected[h])
                        .mapToDouble(row -> Arrays.stream(row).sum())
                        .toArray();
                assertArrayEquals(states, Tensors.toDoubles(flow.states(h)), 1e-13);
                assertArrayEquals(Samples.flat(new double[][][] {policy[h]}), Tensors.toDoubles(flow.policy(h)), 0);
            }
        }
    }

    @Property(tries = 30)
    void whatWasObservedShowsThePolicyBehindIt(@ForAll GameShape shape, @ForAll long seed) {
        double[][][] policy = Samples.policy(shape, seed);
        try (Arena arena = new Arena(shape, 1, seed)) {
            PopulationFlow<KernelRound> flow = arena.flow(policy);
            List<NDArray> flows =
                    IntStream.range(0, shape.rounds()).mapToObj(flow::at).toList();
            PopulationFlow<KernelRound> observed = PopulationFlow.observed(arena.game, flows, flow.rounds());
            assertArrayEquals(Tensors.toDoubles(flow.stacked()), Tensors.toDoubles(observed.stacked()), 0);
            for (int h = 0; h < shape.rounds(); h++) {
                double[] states = Tensors.toDoubles(flow.states(h));
                double[] shown = Tensors.toDoubles(observed.policy(h));
                for (int s = 0; s < shape.states(); s++) {
                    for (int a = 0; a < shape.actions(); a++) {
                        double expected = states[s] > 1e-9 ? policy[h][s][a] : 1.0 / shape.actions();
                        assertEquals(expected, shown[s * shape.actions() + a], 1e-9);
                    }
                }
            }
        }
    }

    /** Remembers the round before and the theta it was given. */
    private record Remembering(int h, Remembering previous, NDList theta, NDArray reward) implements Round {

        @Override
        public NDArray next() {
            return reward.sum(new int[] {1}).mul(0).add(0.5);
        }

        @Override
        public NDArray continuation(NDArray value) {
            throw new UnsupportedOperationException("no values here");
        }
    }

    @Test
    void everyRoundSeesTheOneBeforeAndTheta() {
        GameShape shape = new GameShape(3, 2, 2);
        MeanFieldGame<Remembering> game = new MeanFieldGame<>() {
            @Override
            public GameShape shape() {
                return shape;
            }

            @Override
            public double[] initialStates() {
                return new double[] {0, 1};
            }

            @Override
            public Remembering round(int h, NDArray flow, Remembering previous, NDList theta) {
                return new Remembering(h, previous, theta, flow);
            }
        };
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList theta = new NDList(manager.ones(shape.policy()));
            PopulationFlow<Remembering> flow =
                    PopulationFlow.of(game, Policy.uniform(game, manager, DataType.FLOAT64), theta);

            Remembering before = null;
            for (int h = 0; h < 3; h++) {
                Remembering round = flow.rounds().get(h);
                assertEquals(h, round.h());
                assertSame(before, round.previous());
                assertSame(theta, round.theta());
                before = round;
            }
            assertArrayEquals(new double[] {0, 0, 0.5, 0.5}, Tensors.toDoubles(flow.at(0)));
            assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.25}, Tensors.toDoubles(flow.at(1)));
        }
    }
}
