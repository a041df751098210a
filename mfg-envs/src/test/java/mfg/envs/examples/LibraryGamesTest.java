package mfg.envs.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import mfg.core.Exploitability;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Tensors;
import mfg.envs.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What games of other libraries must have whatever their figures are. */
class LibraryGamesTest {

    private final Bench bench = new Bench();
    private final SplittableRandom random = new SplittableRandom(7);

    @AfterEach
    void close() {
        bench.close();
    }

    /** Some are of other sizes than those of which there are figures. */
    private List<MeanFieldGame<KernelRound>> games() {
        return List.of(
                new Building(bench.constants, 3, 3, 4, 4),
                new Building(bench.constants, 3, 2, 1, 3),
                new Building(bench.constants, 3, 1, 1, 1),
                new Treasure(bench.constants, 8),
                new CrowdMotion(bench.constants, 6, 5, 4),
                new CrowdMotion(bench.constants, 6, 1, 2),
                new EquilibriumPrice(bench.constants, 3),
                new LinearQuadratic(bench.constants, 3),
                new LinearQuadraticRing(bench.constants, 3),
                new RandomLinear(bench.constants, 3),
                new PeriodicAversion(bench.constants, 3),
                new CrowdTorus(bench.constants, 3, 10, 10),
                new CrowdTorus(bench.constants, 3, 3, 2),
                new Garnet(bench.constants, 3, 1),
                new Garnet(bench.constants, 3, 2),
                NormalForm.coordination(bench.constants, 3),
                NormalForm.dominated(bench.constants, 3),
                NormalForm.biased(bench.constants, 3));
    }

    /** Some population. */
    private double[] anyFlow(MeanFieldGame<KernelRound> game) {
        return Moves.normalized(
                random.doubles((long) game.shape().states() * game.shape().actions())
                        .toArray());
    }

    private KernelRound round(MeanFieldGame<KernelRound> game, int h, double... flow) {
        Shape shape = new Shape(game.shape().states(), game.shape().actions());
        NDArray population = Tensors.create(bench.manager, bench.type, flow, shape);
        return game.round(h, population, null, Bench.NO_THETA);
    }

    @Test
    void startsAndKernelsAreProbabilities() {
        for (MeanFieldGame<KernelRound> game : games()) {
            int states = game.shape().states();
            assertProbabilities(game, game.initialStates());
            for (int h = 0; h < game.shape().rounds(); h++) {
                KernelRound round = round(game, h, anyFlow(game));
                double[] kernel = Tensors.toDoubles(round.kernel());
                for (int row = 0; row < kernel.length; row += states) {
                    assertProbabilities(game, Arrays.copyOfRange(kernel, row, row + states));
                }
                assertTrue(Arrays.stream(Tensors.toDoubles(round.reward())).allMatch(Double::isFinite));
            }
        }
    }

    private static void assertProbabilities(MeanFieldGame<?> game, double... chances) {
        assertEquals(game.shape().states(), chances.length);
        assertTrue(Arrays.stream(chances).allMatch(chance -> chance >= 0), game.toString());
        assertEquals(1, Arrays.stream(chances).sum(), 1e-14, game.toString());
    }

    /** Who sees the world renamed, in a population that is renamed too, earns and goes what the other does. */
    private void assertSymmetric(
            MeanFieldGame<KernelRound> game, int h, IntUnaryOperator state, IntUnaryOperator action) {
        int states = game.shape().states();
        int actions = game.shape().actions();
        int[] renamed = IntStream.range(0, states * actions)
                .map(i -> state.applyAsInt(i / actions) * actions + action.applyAsInt(i % actions))
                .toArray();
        double[] flow = anyFlow(game);
        double[] other = new double[flow.length];
        for (int i = 0; i < flow.length; i++) {
            other[renamed[i]] = flow[i];
        }
        KernelRound here = round(game, h, flow);
        KernelRound there = round(game, h, other);
        double[] rewards = Tensors.toDoubles(there.reward());
        double[] moves = Tensors.toDoubles(there.kernel());
        assertArrayEquals(
                Tensors.toDoubles(here.reward()),
                Arrays.stream(renamed).mapToDouble(i -> rewards[i]).toArray(),
                1e-13);
        assertArrayEquals(
                Tensors.toDoubles(here.kernel()),
                IntStream.range(0, renamed.length * states)
                        .mapToDouble(i -> moves[renamed[i / states] * states + state.applyAsInt(i % states)])
                        .toArray(),
                1e-14);
    }

    @Test
    void mirroredGamesAreTheSame() {
        for (int h : new int[] {0, 3}) {
            assertSymmetric(new LinearQuadratic(bench.constants, 4), h, x -> 10 - x, u -> 4 - u);
        }
        assertSymmetric(
                new CrowdTorus(bench.constants, 1, 7, 7), 0, s -> s % 7 * 7 + s / 7, a -> new int[] {1, 0, 2, 4, 3}[a]);
        assertSymmetric(
                new CrowdTorus(bench.constants, 1, 10, 6),
                0,
                s -> (10 - s / 6) % 10 * 6 + s % 6,
                a -> new int[] {0, 3, 2, 1, 4}[a]);
        assertSymmetric(
                new CrowdMotion(bench.constants, 1, 5, 5),
                0,
                s -> s % 5 * 5 + s / 5,
                a -> new int[] {2, 3, 0, 1, 4}[a]);
    }

    /** On rings, all places are alike but for what they pay. */
    @Test
    void kernelsOfRingsMoveWithTheirPlaces() {
        for (MeanFieldGame<KernelRound> game :
                List.of(new LinearQuadraticRing(bench.constants, 1), new PeriodicAversion(bench.constants, 1))) {
            int places = game.shape().states();
            int actions = game.shape().actions();
            double[] kernel = Tensors.toDoubles(round(game, 0, anyFlow(game)).kernel());
            for (int i = 0; i < kernel.length; i++) {
                int row = i / places;
                int nextPlace = (row / actions + 1) % places;
                int mirrored = nextPlace * actions + actions - 1 - row % actions; // the noise is even
                int to = Math.floorMod(nextPlace - (i % places - row / actions), places);
                assertEquals(kernel[i], kernel[mirrored * places + to], 1e-15);
            }
        }
    }

    @Test
    void floorsAreLeftByTheStairsOnly() {
        MeanFieldGame<KernelRound> game = new Building(bench.constants, 1, 3, 4, 5);
        double[] kernel = Tensors.toDoubles(round(game, 0, anyFlow(game)).kernel());
        List<List<Integer>> taken = IntStream.range(0, kernel.length)
                .filter(i -> kernel[i] > 0 && i / 60 / 6 / 20 != i % 60 / 20)
                .mapToObj(i -> List.of(i / 60 / 6, i / 60 % 6, i % 60))
                .toList();
        assertEquals(List.of(List.of(19, 5, 39), List.of(20, 4, 0), List.of(39, 5, 59), List.of(40, 4, 20)), taken);
    }

    @Test
    void aTreasureThatEverybodyGuardsIsSafeAndWhole() {
        MeanFieldGame<KernelRound> game = new Treasure(bench.constants, 3);
        KernelRound round = round(game, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0);
        assertEquals(0.8, Tensors.toDoubles(round.reward())[4], 1e-15);
        assertArrayEquals(new double[] {0, 1, 0}, Tensors.toDoubles(round.next()));
        assertArrayEquals(
                new double[9], Tensors.toDoubles(round(game, 0, anyFlow(game)).reward()));
    }

    @Test
    void theBarMovesEveryOtherRound() {
        MeanFieldGame<KernelRound> game = new CrowdMotion(bench.constants, 6, 20, 20);
        double[] even = new double[2000];
        Arrays.fill(even, 1.0 / even.length);
        int[] bars = IntStream.range(0, 6)
                .map(h ->
                        (int) round(game, h, even).reward().get(":, 4").argMax().getLong())
                .toArray();
        assertArrayEquals(new int[] {210, 210, 191, 191, 210, 210}, bars);
    }

    @Test
    void moreSupplyMakesProductionWorthLess() {
        MeanFieldGame<KernelRound> game = new EquilibriumPrice(bench.constants, 2);
        double[] idle = new double[36];
        double[] busy = new double[36];
        idle[27] = 1;
        busy[27 + 6] = 1;
        double[] scarce = Tensors.toDoubles(round(game, 0, idle).reward());
        double[] plenty = Tensors.toDoubles(round(game, 0, busy).reward());
        double[] lost =
                IntStream.range(0, 36).mapToDouble(i -> scarce[i] - plenty[i]).toArray();
        for (int i = 0; i < lost.length; i++) {
            int produced = i % 9 / 3;
            assertEquals(produced * lost[3], lost[i], 1e-14);
        }
        assertTrue(lost[3] > 0);
    }

    @Test
    void instancesOfGarnetAreGamesOfTheirOwn() {
        double[] flow = new double[100];
        Arrays.fill(flow, 0.01);
        double[] first = Tensors.toDoubles(
                round(new Garnet(bench.constants, 1, 1), 0, flow).kernel());
        double[] again = Tensors.toDoubles(
                round(new Garnet(bench.constants, 1, 1), 0, flow).kernel());
        double[] second = Tensors.toDoubles(
                round(new Garnet(bench.constants, 1, 2), 0, flow).kernel());
        assertArrayEquals(first, again);
        assertFalse(Arrays.equals(first, second));
        for (int row = 0; row < 100; row++) {
            long targets = Arrays.stream(first, row * 20, row * 20 + 20)
                    .filter(p -> p > 0)
                    .count();
            assertTrue(targets >= 1 && targets <= 3);
        }
    }

    /** Where {@code 0.7 a = 0.5 b = 0.3 c}, nothing pays more than anything else. */
    @Test
    void biasedRockPaperScissorsHasAMixedEquilibrium() {
        double[] mixed = Moves.normalized(new double[] {1 / 0.7, 1 / 0.5, 1 / 0.3});
        double[] policy = IntStream.range(0, 24).mapToDouble(i -> mixed[i % 3]).toArray();
        assertEquals(
                0,
                Exploitability.plain(bench.playing(NormalForm.biased(bench.constants, 2), Bench.NO_THETA, policy)),
                1e-15);
    }

    @Test
    void theDominatedActionPaysAlwaysLess() {
        MeanFieldGame<KernelRound> game = NormalForm.dominated(bench.constants, 2);
        double[] rewards = Tensors.toDoubles(round(game, 1, anyFlow(game)).reward());
        assertEquals(rewards[3] - 0.25, rewards[9], 1e-15);
    }
}
