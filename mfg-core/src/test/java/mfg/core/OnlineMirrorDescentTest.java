package mfg.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Domain(Shapes.class)
@Domain(DomainContext.Global.class)
class OnlineMirrorDescentTest {

    @Property(tries = 60)
    void aStepIsTheProximalStepOfTheProbabilities(
            @ForAll GameShape shape,
            @ForAll @DoubleRange(min = 0.01, max = 2) double eta,
            @ForAll @DoubleRange(min = 0, max = 0.49) double tau,
            @ForAll long seed) {
        double[][][] zeta = Samples.logits(shape, 4, seed);
        double[][][] pi = softmax(zeta);
        try (Arena arena = new Arena(shape, 1, seed)) {
            double[][][] population = ReferenceValues.flow(arena.game, pi);
            double[][][] q = ReferenceValues.q(arena.game, population, ReferenceValues.playing(pi, tau));
            double[][][] expected = new double[shape.rounds()][shape.states()][shape.actions()];
            for (int h = 0; h < shape.rounds(); h++) {
                for (int s = 0; s < shape.states(); s++) {
                    double total = 0;
                    for (int a = 0; a < shape.actions(); a++) {
                        expected[h][s][a] = Math.pow(pi[h][s][a], 1 - eta * tau) * Math.exp(eta * q[h][s][a]);
                        total += expected[h][s][a];
                    }
                    for (int a = 0; a < shape.actions(); a++) {
                        expected[h][s][a] /= total;
                    }
                }
            }

            OnlineMirrorDescent descent = new OnlineMirrorDescent(eta, tau);
            NDArray next = descent.step(arena.game, Arena.NO_THETA, arena.array(zeta), 1);

            assertArrayEquals(
                    Samples.flat(expected),
                    Tensors.toDoubles(descent.policy(next).probabilities()),
                    1e-11);
        }
    }

    @Property(tries = 30)
    void withMuchRegularizationItFindsTheRegularizedEquilibrium(@ForAll GameShape shape, @ForAll long seed) {
        double tau = 40;
        try (Arena arena = new Arena(shape, 1, seed)) {
            OnlineMirrorDescent descent = new OnlineMirrorDescent(0.5 / tau, tau);
            PopulationFlow<?> flow = converged(arena, descent, MirrorMap.ENTROPY);
            assertEquals(0, Exploitability.regularized(flow, tau, MirrorMap.ENTROPY), 1e-10);
        }
    }

    @Property(tries = 30)
    void withMuchRegularizationItFindsTheEuclideanEquilibriumToo(@ForAll GameShape shape, @ForAll long seed) {
        double tau = 40;
        try (Arena arena = new Arena(shape, 1, seed)) {
            OnlineMirrorDescent descent = new OnlineMirrorDescent(0.5 / tau, tau, MirrorMap.EUCLIDEAN);
            PopulationFlow<?> flow = converged(arena, descent, MirrorMap.EUCLIDEAN);
            assertEquals(0, Exploitability.regularized(flow, tau, MirrorMap.EUCLIDEAN), 1e-10);
        }
    }

    /** Where the iteration ends after 60 halvings of the distance, checked to have {@code zeta = q / tau}. */
    private static PopulationFlow<?> converged(Arena arena, OnlineMirrorDescent descent, MirrorMap map) {
        Solution solution = Solution.find(
                arena.game,
                new NDList(),
                descent,
                new Solution.Stopping(60, -1, 60),
                arena.manager,
                DataType.FLOAT64,
                Solution.Listener.NONE);
        PopulationFlow<?> flow = PopulationFlow.of(arena.game, map.policy(solution.state()), Arena.NO_THETA);
        NDArray q = Values.of(flow, descent.tau()).q();
        assertArrayEquals(Tensors.toDoubles(q.div(descent.tau())), Tensors.toDoubles(solution.state()), 1e-10);
        return flow;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 0.1", "2, 5", "0, 0.1", "-1, 0", "NaN, 0", "1, NaN", "1, -0.1", "Infinity, 0"})
    void stepsThatAreNotDefinedAreRefused(double eta, double tau) {
        assertThrows(InvalidInputException.class, () -> new OnlineMirrorDescent(eta, tau));
    }

    private static double[][][] softmax(double[][][] zeta) {
        double[][][] pi = new double[zeta.length][zeta[0].length][];
        for (int h = 0; h < zeta.length; h++) {
            for (int s = 0; s < zeta[h].length; s++) {
                pi[h][s] = ReferenceValues.softmax(zeta[h][s]);
            }
        }
        return pi;
    }
}
