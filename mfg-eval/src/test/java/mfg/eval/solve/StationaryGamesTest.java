package mfg.eval.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.Constants;
import mfg.core.Exploitability;
import mfg.core.InvalidInputException;
import mfg.core.Iteration;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.catalogue.SolvableGame;
import mfg.envs.players.IndependentPlayers;
import mfg.eval.Cli;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stationary games: each is solved by what suits it, and is what its definition says, written once more in loops of scalars. */
final class StationaryGamesTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<String> games() {
        return Catalogue.builtIn().choices(SolvableGame.class).keySet().stream()
                .filter(name -> name.startsWith("bench-"));
    }

    private static SolveConfig config(Map<String, String> options) {
        return Binder.bind(Catalogue.builtIn(), SolveConfig.KIND, Given.options(options));
    }

    @SuppressWarnings("unchecked") // all these games have such rounds
    private MeanFieldGame<KernelRound> game(SolveConfig config) {
        return (MeanFieldGame<KernelRound>) config.game().build(new Constants(manager, DataType.FLOAT64));
    }

    private MeanFieldGame<KernelRound> game(String name) {
        return game(config(Map.of("game", name)));
    }

    private KernelRound round(MeanFieldGame<KernelRound> game, double[] mu) {
        int actions = game.shape().actions();
        double[] flow = IntStream.range(0, mu.length * actions)
                .mapToDouble(i -> mu[i / actions] / actions)
                .toArray();
        NDArray population = manager.create(flow, new Shape(mu.length, actions));
        return game.round(0, population, null, new NDList());
    }

    /** Rewards are monotone in each share of the population, so their extremes are where all are in one state. */
    private double range(MeanFieldGame<KernelRound> game) {
        DoubleSummaryStatistics rewards = IntStream.range(0, game.shape().states())
                .mapToObj(s -> {
                    double[] all = new double[game.shape().states()];
                    all[s] = 1;
                    return Tensors.toDoubles(round(game, all).reward());
                })
                .flatMapToDouble(Arrays::stream)
                .summaryStatistics();
        return rewards.getMax() - rewards.getMin();
    }

    @Test
    void thereAreTen() {
        assertEquals(10, games().count());
    }

    @ParameterizedTest
    @MethodSource("games")
    void isSolvedByWhatSuitsIt(String name) {
        SolveConfig config = config(Map.of("game", name));
        MeanFieldGame<KernelRound> game = game(config);
        try (Iteration iteration =
                config.algorithm().iteration(game, new NDList(), manager, DataType.FLOAT64, config.seed())) {
            iteration.start();
            for (int k = 0; k < config.iterations(); k++) {
                iteration.step();
            }
            double exploitability = iteration.measure().exploitability();
            assertTrue(Math.abs(exploitability) < 1e-3 * range(game), () -> name + " is left with " + exploitability);
        }
    }

    @ParameterizedTest
    @MethodSource("games")
    void kernelsHoldProbabilities(String name) {
        MeanFieldGame<KernelRound> game = game(name);
        SplittableRandom random = new SplittableRandom(3);
        int states = game.shape().states();
        double[] kernel =
                Tensors.toDoubles(round(game, distribution(states, random)).kernel());
        for (int row = 0; row < kernel.length / states; row++) {
            double[] probabilities = Arrays.copyOfRange(kernel, row * states, (row + 1) * states);
            assertTrue(Arrays.stream(probabilities).min().orElseThrow() >= 0);
            assertEquals(1, Arrays.stream(probabilities).sum(), 1e-12);
        }
    }

    private static double[] distribution(int n, SplittableRandom random) {
        double[] weights =
                IntStream.range(0, n).mapToDouble(i -> random.nextExponential()).toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** A game by its definition. */
    private interface Rules {
        double reward(double[] mu, int s, int a);

        double probability(double[] mu, int s, int a, int to);
    }

    private record Endemic() implements Rules {
        @Override
        public double reward(double[] mu, int s, int a) {
            return 0.25 * a - (s == 1 ? 10 : 0);
        }

        @Override
        public double probability(double[] mu, int s, int a, int to) {
            double infected = s == 1 ? 1 - 0.1 : 0.8 * 0.25 * a * mu[1];
            return to == 1 ? infected : 1 - infected;
        }
    }

    private record LasryLions() implements Rules {
        @Override
        public double reward(double[] mu, int s, int a) {
            return -(a == 1 ? 0 : 2) - 3 * (s - 3) * (s - 3) - 40 * mu[s];
        }

        @Override
        public double probability(double[] mu, int s, int a, int to) {
            double probability = 0;
            for (int e = -1; e <= 1; e++) {
                int there = s + a - 1 + e;
                there = there < 0 ? 0 : there > 6 ? 6 : there;
                probability += there == to ? (e == 0 ? 0.95 : 0.025) : 0;
            }
            return probability;
        }
    }

    private record Kinetic() implements Rules {
        @Override
        public double reward(double[] mu, int s, int a) {
            return (s == 24 ? 0 : -1) - (a == 4 ? 0 : 0.1);
        }

        @Override
        public double probability(double[] mu, int s, int a, int to) {
            int target = s;
            if (a == 0 && s < 20) {
                target = s + 5;
            } else if (a == 1 && s % 5 < 4) {
                target = s + 1;
            } else if (a == 2 && s >= 5) {
                target = s - 5;
            } else if (a == 3 && s % 5 > 0) {
                target = s - 1;
            }
            double success = target == s ? 0 : 1 - Math.min(1, mu[target] / 0.18);
            return (to == target ? success : 0) + (to == s ? 1 - success : 0);
        }
    }

    private record FourRooms() implements Rules {
        private static final int[] ROWS = {1, 0, -1, 0, 0};
        private static final int[] COLUMNS = {0, 1, 0, -1, 0};

        private static boolean isWall(int row, int column) {
            return (row == 5 && column != 2 && column != 8) || (column == 5 && row != 2 && row != 8);
        }

        @Override
        public double reward(double[] mu, int s, int a) {
            return -Math.log(Math.max(mu[s], 1e-12));
        }

        @Override
        public double probability(double[] mu, int s, int a, int to) {
            double probability = 0;
            for (int e = 0; e < 5; e++) {
                int row = s / 11 + ROWS[a] + ROWS[e];
                int column = s % 11 + COLUMNS[a] + COLUMNS[e];
                boolean isOut = row < 0 || row > 10 || column < 0 || column > 10;
                int there = isOut || isWall(row, column) ? s : row * 11 + column;
                probability += there == to ? 0.2 : 0;
            }
            return probability;
        }
    }

    /** Exploitability by loops: 50 rounds from everybody spread evenly, then 99 sweeps in the population that is there. */
    private static double exploitability(Rules rules, double[][] policy) {
        double[] mu = new double[policy.length];
        Arrays.fill(mu, 1.0 / mu.length);
        for (int i = 0; i < 50; i++) {
            double[] next = new double[mu.length];
            for (int s = 0; s < mu.length; s++) {
                for (int a = 0; a < policy[s].length; a++) {
                    for (int to = 0; to < mu.length; to++) {
                        next[to] += mu[s] * policy[s][a] * rules.probability(mu, s, a, to);
                    }
                }
            }
            mu = next;
        }
        double[][][] kernel = new double[mu.length][policy[0].length][mu.length];
        for (int s = 0; s < mu.length; s++) {
            for (int a = 0; a < policy[s].length; a++) {
                for (int to = 0; to < mu.length; to++) {
                    kernel[s][a][to] = rules.probability(mu, s, a, to);
                }
            }
        }
        double[] best = new double[mu.length];
        double[] own = new double[mu.length];
        for (int sweep = 0; sweep < 99; sweep++) {
            double[] laterBest = best.clone();
            double[] laterOwn = own.clone();
            for (int s = 0; s < mu.length; s++) {
                best[s] = Double.NEGATIVE_INFINITY;
                own[s] = 0;
                for (int a = 0; a < policy[s].length; a++) {
                    double nextBest = 0;
                    double nextOwn = 0;
                    for (int to = 0; to < mu.length; to++) {
                        nextBest += kernel[s][a][to] * laterBest[to];
                        nextOwn += kernel[s][a][to] * laterOwn[to];
                    }
                    best[s] = Math.max(best[s], rules.reward(mu, s, a) + 0.9 * nextBest);
                    own[s] += policy[s][a] * (rules.reward(mu, s, a) + 0.9 * nextOwn);
                }
            }
        }
        double exploitability = 0;
        for (int s = 0; s < mu.length; s++) {
            exploitability += mu[s] * (best[s] - own[s]);
        }
        return exploitability;
    }

    private static final Map<String, Rules> RULES = Map.of(
            "bench-sis", new Endemic(),
            "bench-lasry-lions", new LasryLions(),
            "bench-kinetic", new Kinetic(),
            "bench-four-rooms", new FourRooms());

    @ParameterizedTest
    @ValueSource(strings = {"bench-sis", "bench-lasry-lions", "bench-kinetic", "bench-four-rooms"})
    void exploitabilityIsThatOfTheDefinition(String name) {
        MeanFieldGame<KernelRound> game = game(name);
        SplittableRandom random = new SplittableRandom(7);
        double[][] policy = new double[game.shape().states()][];
        Arrays.setAll(policy, s -> distribution(game.shape().actions(), random));
        double[] flat = Arrays.stream(policy).flatMapToDouble(Arrays::stream).toArray();
        Policy played = Policy.of(manager.create(flat, game.shape().policy()));
        double expected = exploitability(RULES.get(name), policy);
        assertTrue(expected > 0.1);
        assertEquals(expected, Exploitability.plain(PopulationFlow.of(game, played, new NDList())), 1e-9 * expected);
    }

    @Test
    void instancesOfGarnetDiffer() {
        double first = range(game(config(Map.of("game", "bench-garnet"))));
        assertEquals(first, range(game(config(Map.of("game", "bench-garnet", "instance", "0")))));
        assertFalse(first == range(game(config(Map.of("game", "bench-garnet", "instance", "1")))));
    }

    @Test
    void finitelyManyPlayersAreRefused() {
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class,
                () -> new IndependentPlayers<>(
                        game("bench-sis"),
                        new NDList(),
                        (flow, theta) -> flow.stacked().sum(),
                        10,
                        manager));
        assertEquals("players are seated in games of some rounds, not in one that never ends", refusal.getMessage());
    }

    @Test
    void aDesignIsRefused() {
        Cli.run("design", "bench-sis").assertRefused("bench-sis", "be designed");
    }
}
