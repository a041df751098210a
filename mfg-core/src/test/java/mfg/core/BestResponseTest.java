package mfg.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Shapes.class)
@Domain(DomainContext.Global.class)
class BestResponseTest {

    @Property(tries = 40)
    void theRegularizedValueIsALogSumExpAndTheSoftmaxAttainsIt(
            @ForAll GameShape shape, @ForAll @DoubleRange(min = 0.01, max = 5) double tau, @ForAll long seed) {
        double[][][] crowd = Samples.policy(shape, seed);
        try (Arena arena = new Arena(shape, 1, seed)) {
            PopulationFlow<KernelRound> flow = arena.flow(crowd);
            double[][][] population = ReferenceValues.flow(arena.game, crowd);
            double[][][] q = ReferenceValues.q(arena.game, population, ReferenceValues.logSumExp(tau));
            double expected = total(arena.game, q, ReferenceValues.logSumExp(tau));

            BestResponse best = BestResponse.regularized(flow, tau, MirrorMap.ENTROPY);

            assertArrayEquals(Samples.flat(q), Tensors.toDoubles(best.values().q()), 1e-10);
            assertEquals(expected, best.values().total(flow), 1e-10);
            assertEquals(expected, Values.of(flow, best.policy(), tau).total(flow), 1e-10);
        }
    }

    @Property(tries = 40)
    void thePlainValueIsAMaximumAndTheGreedyPolicyAttainsIt(@ForAll GameShape shape, @ForAll long seed) {
        double[][][] crowd = Samples.policy(shape, seed);
        try (Arena arena = new Arena(shape, 1, seed)) {
            PopulationFlow<KernelRound> flow = arena.flow(crowd);
            double[][][] population = ReferenceValues.flow(arena.game, crowd);
            double[][][] q = ReferenceValues.q(arena.game, population, ReferenceValues::maximum);

            BestResponse best = BestResponse.plain(flow);

            assertArrayEquals(Samples.flat(q), Tensors.toDoubles(best.values().q()), 1e-10);
            assertArrayEquals(
                    Samples.flat(ReferenceValues.greedy(q)),
                    Tensors.toDoubles(best.policy().probabilities()),
                    0);
            assertEquals(
                    total(arena.game, q, ReferenceValues::maximum),
                    Values.of(flow, best.policy(), 0).total(flow),
                    1e-10);
        }
    }

    @Property(tries = 20)
    void noDeterministicPolicyEarnsMoreThanTheBestResponse(@ForAll long seed) {
        GameShape shape = new GameShape(2, 2, 3);
        double[][][] crowd = Samples.policy(shape, seed);
        try (Arena arena = new Arena(shape, 1, seed)) {
            double[][][] population = ReferenceValues.flow(arena.game, crowd);
            double most = Double.NEGATIVE_INFINITY;
            for (int code = 0; code < 81; code++) {
                double[][][] choice = new double[2][2][3];
                int digits = code;
                for (double[][] round : choice) {
                    for (double[] row : round) {
                        row[digits % 3] = 1;
                        digits /= 3;
                    }
                }
                most = Math.max(most, ReferenceValues.earned(arena.game, population, choice, 0));
            }
            assertEquals(most, BestResponse.plain(arena.flow(crowd)).values().total(arena.flow(crowd)), 1e-10);
        }
    }

    @Property(tries = 40)
    void theEuclideanBestResponseAttainsItsValueToo(
            @ForAll GameShape shape, @ForAll @DoubleRange(min = 0.01, max = 5) double tau, @ForAll long seed) {
        try (Arena arena = new Arena(shape, 1, seed)) {
            PopulationFlow<KernelRound> flow = arena.flow(Samples.policy(shape, seed));
            BestResponse best = BestResponse.regularized(flow, tau, MirrorMap.EUCLIDEAN);

            assertEquals(
                    Values.of(flow, best.policy(), tau).total(flow),
                    best.values().total(flow),
                    1e-10);
        }
    }

    private static double total(RandomGame game, double[][][] q, ReferenceValues.StateValue value) {
        double total = 0;
        for (int s = 0; s < q[0].length; s++) {
            total += game.initialStates()[s] * value.of(0, s, q[0][s]);
        }
        return total;
    }
}
