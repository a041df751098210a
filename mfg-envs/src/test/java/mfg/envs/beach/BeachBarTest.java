package mfg.envs.beach;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.Exploitability;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.OnlineMirrorDescent;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.envs.Bench;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeachBarTest {

    private static final int SPOTS = 20;
    private static final int ROUNDS = 15;

    private static NDList xi(Bench bench, double... xi) {
        return new NDList(Tensors.create(bench.manager, bench.type, xi, new Shape(xi.length)));
    }

    /** Nobody moves. */
    private static double[] staying(int spots, int rounds) {
        return IntStream.range(0, rounds * spots * 3)
                .mapToDouble(i -> i % 3 == 1 ? 1 : 0)
                .toArray();
    }

    /** Theory: the price {@code c - |s - bar|/K} makes all spots alike, and moving costs. */
    @ParameterizedTest
    @ValueSource(doubles = {0.55, 0.65, 0.75})
    void aPriceThatOffsetsTheWalkMakesTheUniformFlowAnEquilibrium(double c) {
        double[] xi = new double[SPOTS];
        for (int s = 0; s < SPOTS; s++) {
            double share = (c - Math.abs(s - SPOTS / 2) / (double) SPOTS) / 0.8;
            xi[s] = Math.log(share / (1 - share));
        }
        try (Bench bench = new Bench()) {
            BeachBar game = new BeachBar(bench.constants, new BeachBar.Options(SPOTS, ROUNDS, 0.8, 0, 1e-8));
            PopulationFlow<KernelRound> flow = bench.playing(game, xi(bench, xi), staying(SPOTS, ROUNDS));
            assertEquals(0, Exploitability.plain(flow), 1e-12);
            assertEquals(
                    -1.0 / SPOTS, Tensors.toDouble(new Congestion<KernelRound>(100).of(flow, Bench.NO_THETA)), 1e-14);

            PopulationFlow<KernelRound> even =
                    bench.playing(game, xi(bench, new double[SPOTS]), staying(SPOTS, ROUNDS));
            assertTrue(Exploitability.plain(even) > 0.1, "at one price for all spots it is none");
        }
    }

    /** Source: an independent float64 computation, price 0.25 everywhere. */
    @ParameterizedTest
    @CsvSource({"400, 0.161, 0.0005", "1000, 0.014, 0.0005", "2000, 0.0011, 0.00005"})
    void descentConvergesSlowlyAtOnePrice(int steps, double exploitability, double digits) {
        try (Bench bench = new Bench()) {
            BeachBar game = new BeachBar(bench.constants, BeachBar.Options.DEFAULT);
            NDList theta = xi(bench, new double[SPOTS]);
            assertEquals(0.25, Tensors.toDouble(game.prices(theta).max()), 1e-15);
            PopulationFlow<KernelRound> flow = bench.learned(game, theta, new OnlineMirrorDescent(0.1, 1e-3), steps);
            assertEquals(exploitability, Exploitability.plain(flow), digits);
            if (steps == 2000) {
                assertEquals(
                        0.05413, -Tensors.toDouble(new Congestion<KernelRound>(100).of(flow, Bench.NO_THETA)), 5.1e-6);
            }
        }
    }

    @Property(tries = 40)
    void aRoundFollowsTheDefinition(
            @ForAll @IntRange(min = 2, max = 7) int spots,
            @ForAll @DoubleRange(max = 1) double slip,
            @ForAll @DoubleRange(max = 2) double maxPrice,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] mass = random.doubles(spots * 3L).toArray();
        double total = Arrays.stream(mass).sum();
        double[] flow = Arrays.stream(mass).map(m -> m / total).toArray();
        double[] xi = random.doubles(spots, -3, 3).toArray();
        try (Bench bench = new Bench()) {
            BeachBar game = new BeachBar(bench.constants, new BeachBar.Options(spots, 2, maxPrice, slip, 1e-3));
            NDArray population = Tensors.create(bench.manager, bench.type, flow, new Shape(spots, 3));
            KernelRound round = game.round(0, population, null, xi(bench, xi));

            double[] reward = new double[spots * 3];
            double[] kernel = new double[spots * 3 * spots];
            double[] next = new double[spots];
            for (int s = 0; s < spots; s++) {
                double crowd = flow[3 * s] + flow[3 * s + 1] + flow[3 * s + 2];
                double price = maxPrice / (1 + Math.exp(-xi[s]));
                for (int move = -1; move <= 1; move++) {
                    int row = 3 * s + move + 1;
                    reward[row] = -Math.abs(s - spots / 2) / (double) spots
                            - Math.abs(move) / (double) spots
                            - Math.log(crowd + 1e-3)
                            - price;
                    kernel[row * spots + clamped(s + move, spots)] += 1 - slip;
                    for (int slipped = -1; slipped <= 1; slipped++) {
                        kernel[row * spots + clamped(s + slipped, spots)] += slip / 3;
                    }
                    for (int to = 0; to < spots; to++) {
                        next[to] += flow[row] * kernel[row * spots + to];
                    }
                }
            }
            assertArrayEquals(reward, Tensors.toDoubles(round.reward()), 1e-13);
            assertArrayEquals(kernel, Tensors.toDoubles(round.kernel()), 1e-15);
            assertArrayEquals(next, Tensors.toDoubles(round.next()), 1e-15);
            for (int row = 0; row < kernel.length; row += spots) {
                assertEquals(
                        1,
                        Arrays.stream(Tensors.toDoubles(round.kernel()), row, row + spots)
                                .sum(),
                        1e-14);
            }
        }
    }

    private static int clamped(int spot, int spots) {
        return spot < 0 ? 0 : spot >= spots ? spots - 1 : spot;
    }

    @Property(tries = 40)
    void congestionIsASmoothMaximumOfTheCrowd(@ForAll @DoubleRange(max = 300) double beta, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] policy = new double[3 * 4 * 3];
        for (int row = 0; row < policy.length; row += 3) {
            policy[row] = random.nextDouble();
            policy[row + 1] = (1 - policy[row]) * random.nextDouble();
            policy[row + 2] = 1 - policy[row] - policy[row + 1];
        }
        try (Bench bench = new Bench()) {
            BeachBar game = new BeachBar(bench.constants, new BeachBar.Options(4, 3, 0.5, 0.1, 1e-8));
            PopulationFlow<KernelRound> flow = bench.playing(game, xi(bench, 0, 0, 0, 0), policy);
            double expected = 0;
            double largest = 0;
            for (int h = 0; h < 3; h++) {
                double[] mu = Tensors.toDoubles(flow.states(h));
                double weights = Arrays.stream(mu).map(m -> Math.exp(beta * m)).sum();
                expected += Arrays.stream(mu).map(m -> m * Math.exp(beta * m)).sum() / weights / 3;
                largest += Arrays.stream(mu).max().orElseThrow() / 3;
            }
            double congestion = -Tensors.toDouble(new Congestion<KernelRound>(beta).of(flow, Bench.NO_THETA));
            assertEquals(expected, congestion, 1e-12);
            assertTrue(congestion >= 0.25 - 1e-12 && congestion <= largest + 1e-12);
        }
    }

    @Test
    void optionsThatAreNoBeachAreRefused() {
        assertRefused(1, 0.5, 0, 1e-8);
        assertRefused(20, -0.1, 0, 1e-8);
        assertRefused(20, Double.POSITIVE_INFINITY, 0, 1e-8);
        assertRefused(20, 0.5, 1.1, 1e-8);
        assertRefused(20, 0.5, Double.NaN, 1e-8);
        assertRefused(20, 0.5, 0, 0);
        assertThrows(InvalidInputException.class, () -> new Congestion<KernelRound>(-1));
        assertThrows(InvalidInputException.class, () -> new Congestion<KernelRound>(Double.NaN));
    }

    private static void assertRefused(int spots, double maxPrice, double slip, double guard) {
        assertThrows(InvalidInputException.class, () -> new BeachBar.Options(spots, 15, maxPrice, slip, guard));
    }
}
