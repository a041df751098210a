package mfg.envs.exact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import mfg.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recursions in two states against all N states at once, against simulation, and against theory. */
final class LinearQuadraticTest {

    private static final LinearQuadratic GAME = new LinearQuadratic(4, 0.8, 0.3, 0.6, 0.7, 0.5, 1.3, 0.9);

    private static LinearQuadratic with(double drift, int horizon) {
        return new LinearQuadratic(
                horizon, GAME.keep(), drift, GAME.target(), GAME.effort(), GAME.noise(), GAME.start(), GAME.spread());
    }

    /** N players and, last, the mean field's mean: what player 0 pays for gains over all of these, and its best ones. */
    private record Everybody(LinearQuadratic game, int players, double[][][] gains) {

        /** All follow gains on the own state, on the others' mean and on the mean field's. */
        static Everybody following(LinearQuadratic game, int players, double[] own, double[] others, double[] known) {
            double[][][] gains = new double[game.horizon()][players][players + 1];
            for (int h = 0; h < game.horizon(); h++) {
                for (int i = 0; i < players; i++) {
                    Arrays.fill(gains[h][i], others[h] / (players - 1));
                    gains[h][i][i] = own[h];
                    gains[h][i][players] = known[h];
                }
            }
            return new Everybody(game, players, gains);
        }

        private LinearQuadraticEquilibrium limit() {
            return LinearQuadraticEquilibrium.of(game, 0);
        }

        /** How all move, player 0 by gains of its own. */
        private double[][] moves(int h, double[] first) {
            double[][] moves = new double[players + 1][players + 1];
            for (int i = 0; i < players; i++) {
                for (int j = 0; j <= players; j++) {
                    moves[i][j] = (j < players ? game.drift() / players : 0)
                            + (i == j ? game.keep() : 0)
                            - (i == 0 ? first[j] : gains[h][i][j]);
                }
            }
            moves[players][players] = game.keep() + game.drift() - limit().own()[h] - limit().others()[h];
            return moves;
        }

        private double[][] stateCost() {
            double[] missed = new double[players + 1];
            Arrays.fill(missed, 0, players, -game.target() / players);
            missed[0] += 1;
            double[][] cost = new double[players + 1][players + 1];
            Matrices.addSquare(cost, 1, missed);
            return cost;
        }

        /** What player 0 expects to pay: by its own gains, (H, N + 1), or by the best, which are then filled in. */
        double cost(double[][] first, boolean best) {
            double[][] cost = stateCost();
            double constant = 0;
            for (int h = game.horizon() - 1; h >= 0; h--) {
                for (int i = 0; i < players; i++) {
                    constant += game.noise() * game.noise() * cost[i][i];
                }
                if (best) {
                    double[][] idle = moves(h, new double[players + 1]);
                    for (int j = 0; j <= players; j++) {
                        first[h][j] = 0;
                        for (int k = 0; k <= players; k++) {
                            first[h][j] += cost[0][k] * idle[k][j] / (game.effort() + cost[0][0]);
                        }
                    }
                }
                double[][] moves = moves(h, first[h]);
                cost = Matrices.product(Matrices.transposed(moves), Matrices.product(cost, moves));
                Matrices.addSquare(cost, game.effort(), first[h]);
                double[][] now = stateCost();
                for (int i = 0; i <= players; i++) {
                    for (int j = 0; j <= players; j++) {
                        cost[i][j] += now[i][j];
                    }
                }
            }
            double[] start = new double[players + 1];
            Arrays.fill(start, game.start());
            double expected = constant + Matrices.form(cost, start);
            for (int i = 0; i < players; i++) {
                expected += game.spread() * game.spread() * cost[i][i];
            }
            return expected;
        }

        double[][] firstGains() {
            return Arrays.stream(gains).map(round -> round[0].clone()).toArray(double[][]::new);
        }
    }

    private static Everybody atMeanFieldPolicy(LinearQuadratic game, int players) {
        LinearQuadraticEquilibrium limit = LinearQuadraticEquilibrium.of(game, 0);
        return Everybody.following(game, players, limit.own(), new double[game.horizon()], limit.others());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void nobodyGainsByLeavingTheEquilibriumWhateverHeSees(int players) {
        LinearQuadraticEquilibrium equilibrium = LinearQuadraticEquilibrium.of(GAME, 1.0 / players);
        Everybody all =
                Everybody.following(GAME, players, equilibrium.own(), equilibrium.others(), new double[GAME.horizon()]);
        double[][] best = all.firstGains();
        assertEquals(-equilibrium.value(), all.cost(best, false), 1e-12);
        assertEquals(-equilibrium.value(), all.cost(best, true), 1e-12);
        double[][] expected = all.firstGains();
        for (int h = 0; h < GAME.horizon(); h++) {
            assertArrayEquals(expected[h], best[h], 1e-12);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 0.3", "3, 0.3", "6, 0.3", "6, 0", "6, -0.4"})
    void whatIsGainedIsWhatAllStatesSay(int players, double drift) {
        LinearQuadratic game = with(drift, 5);
        LinearQuadraticPlayers exact = LinearQuadraticPlayers.of(game, players);
        Everybody all = atMeanFieldPolicy(game, players);
        double stay = all.cost(all.firstGains(), false);
        assertEquals(-exact.value(), stay, 1e-12);
        assertEquals(exact.valueError(), Math.abs(-stay - LinearQuadraticPlayers.meanFieldValue(game)), 1e-12);
        double leave = all.cost(all.firstGains(), true);
        assertEquals(stay - leave, exact.exploitabilitySeeingMean(), 1e-12);
        assertTrue(exact.exploitabilitySeeingMean() > 1e-4, exact.toString());
    }

    /** A scalar problem whose target moves as it is known to, solved with a linear term. */
    private record Tracking(LinearQuadratic game, double[] slopes, double[] offsets) {

        /**
         * The best answer to a mean that is known beforehand and that the own state has a share in: minimises the squares of {@code
         * weight x - aim_h}.
         */
        static Tracking of(LinearQuadratic game, double weight, double[] aims, double[] pushes) {
            int rounds = game.horizon();
            double[] slopes = new double[rounds];
            double[] offsets = new double[rounds];
            double p = weight * weight;
            double s = -weight * aims[rounds];
            for (int h = rounds - 1; h >= 0; h--) {
                double curvature = game.effort() + p;
                slopes[h] = p * game.keep() / curvature;
                offsets[h] = (p * pushes[h] + s) / curvature;
                double next = game.keep() * (p * pushes[h] + s) * game.effort() / curvature;
                p = weight * weight + game.keep() * game.keep() * p * game.effort() / curvature;
                s = next - weight * aims[h];
            }
            return new Tracking(game, slopes, offsets);
        }
    }

    private static double[] means(LinearQuadratic game) {
        LinearQuadraticEquilibrium limit = LinearQuadraticEquilibrium.of(game, 0);
        double[] means = new double[game.horizon() + 1];
        means[0] = game.start();
        for (int h = 0; h < game.horizon(); h++) {
            means[h + 1] = (game.keep() + game.drift() - limit.own()[h] - limit.others()[h]) * means[h];
        }
        return means;
    }

    @Test
    void theMeanFieldIsTheBestAnswerToAMeanThatItMakes() {
        LinearQuadraticEquilibrium limit = LinearQuadraticEquilibrium.of(GAME, 0);
        double[] means = means(GAME);
        double[] aims = Arrays.stream(means).map(m -> GAME.target() * m).toArray();
        double[] pushes = Arrays.stream(means).map(m -> GAME.drift() * m).toArray();
        Tracking answer = Tracking.of(GAME, 1, aims, pushes);
        for (int h = 0; h < GAME.horizon(); h++) {
            assertEquals(answer.slopes()[h], limit.own()[h], 1e-12);
            assertEquals(answer.offsets()[h], limit.others()[h] * means[h], 1e-12);
        }
    }

    /** Without drift the others are beyond a player's reach and sight: against their known mean, own states are all there is. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 50})
    void withoutDriftTheBestUnseeingAnswerIsAScalarProblem(int players) {
        LinearQuadratic game = with(0, 5);
        double share = 1.0 / players;
        double[] aims = Arrays.stream(means(game))
                .map(m -> game.target() * (1 - share) * m)
                .toArray();
        Tracking answer = Tracking.of(game, 1 - game.target() * share, aims, new double[game.horizon() + 1]);
        LinearQuadraticEquilibrium limit = LinearQuadraticEquilibrium.of(game, 0);
        double[] means = means(game);
        double[] offsets = new double[game.horizon()];
        Arrays.setAll(offsets, h -> limit.others()[h] * means[h]);
        double stay = trackingCost(game, 1 - game.target() * share, aims, limit.own(), offsets);
        double leave = trackingCost(game, 1 - game.target() * share, aims, answer.slopes(), answer.offsets());
        assertEquals(stay - leave, LinearQuadraticPlayers.of(game, players).exploitability(), 1e-13);
        assertTrue(stay - leave > 1e-9);
    }

    private static double trackingCost(
            LinearQuadratic game, double weight, double[] aims, double[] slopes, double[] offsets) {
        double mean = game.start();
        double variance = game.spread() * game.spread();
        double cost = 0;
        for (int h = 0; h <= game.horizon(); h++) {
            cost += Math.pow(weight * mean - aims[h], 2) + weight * weight * variance;
            if (h < game.horizon()) {
                cost += game.effort() * (Math.pow(slopes[h] * mean + offsets[h], 2) + slopes[h] * slopes[h] * variance);
                mean = (game.keep() - slopes[h]) * mean - offsets[h];
                variance = Math.pow(game.keep() - slopes[h], 2) * variance + game.noise() * game.noise();
            }
        }
        return cost;
    }

    /** One round: own states are the first state alone, and what it tells of the others is nothing. */
    @Test
    void inOneRoundOnlyTheVarianceOfTheOthersIsMissed() {
        LinearQuadratic game = with(0.3, 1);
        int players = 4;
        Everybody all = atMeanFieldPolicy(game, players);
        double[][] best = all.firstGains();
        double stay = all.cost(all.firstGains(), false);
        all.cost(best, true);
        double[][] unseeing = {new double[players + 1]};
        unseeing[0][0] = best[0][0];
        unseeing[0][players] = best[0][players] + (players - 1) * best[0][1]; // their mean in place of them
        assertEquals(
                stay - all.cost(unseeing, false),
                LinearQuadraticPlayers.of(game, players).exploitability(),
                1e-13);
    }

    /** Two rounds: the second act may use both own states; the best such is found by trying. */
    @Test
    void ownStatesAreUsedAsWellAsTheyCanBe() {
        LinearQuadratic game = with(0.8, 2);
        TwoRounds two = new TwoRounds(game, 3, LinearQuadraticEquilibrium.of(game, 0));
        double[] policy = two.policy();
        double stay = two.cost(policy);
        double leave = descended(two::cost, policy);
        LinearQuadraticPlayers exact = LinearQuadraticPlayers.of(game, 3);
        assertEquals(-exact.value(), stay, 1e-12);
        assertEquals(stay - leave, exact.exploitability(), 1e-9);
        assertTrue(exact.exploitability() < 0.9 * exact.exploitabilitySeeingMean(), exact.toString());
    }

    private static double descended(ToDoubleFunction<double[]> cost, double[] point) {
        double step = 0.1;
        double least = cost.applyAsDouble(point);
        while (step > 1e-7) {
            double before = least;
            for (int i = 0; i < point.length; i++) {
                for (double way : new double[] {step, -step}) {
                    point[i] += way;
                    double there = cost.applyAsDouble(point);
                    if (there < least) {
                        least = there;
                    } else {
                        point[i] -= way;
                    }
                }
            }
            step *= least < before ? 1 : 0.5;
        }
        return least;
    }

    /**
     * Player 0 acts by {@code u_0 = a x_0 + b} and {@code u_1 = c x_0 + d x_1 + e}; everything is a linear combination of what is
     * drawn.
     */
    private record TwoRounds(LinearQuadratic game, int players, LinearQuadraticEquilibrium limit) {

        double[] policy() {
            double[] means = means(game);
            return new double[] {
                -limit.own()[0], -limit.others()[0] * means[0], 0, -limit.own()[1], -limit.others()[1] * means[1]
            };
        }

        double cost(double[] p) {
            double[] means = means(game);
            double[][] x = new double[players][1 + 3 * players]; // 1, starts, noises of two rounds
            for (int i = 0; i < players; i++) {
                x[i][0] = game.start();
                x[i][1 + i] = game.spread();
            }
            double[] first = x[0];
            double cost = 0;
            for (int h = 0; h < 2; h++) {
                double[] mean = mean(x);
                cost += square(sum(1, x[0], -game.target(), mean));
                double[][] next = new double[players][];
                for (int i = 0; i < players; i++) {
                    double[] act = sum(-limit.own()[h], x[i], -limit.others()[h] * means[h], one());
                    if (i == 0) {
                        act = h == 0
                                ? sum(p[0], first, p[1], one())
                                : sum(1, sum(p[2], first, p[3], x[0]), p[4], one());
                        cost += game.effort() * square(act);
                    }
                    next[i] = sum(1, sum(game.keep(), x[i], game.drift(), mean), 1, act);
                    next[i][1 + (h + 1) * players + i] += game.noise();
                }
                x = next;
            }
            return cost + square(sum(1, x[0], -game.target(), mean(x)));
        }

        private double[] one() {
            double[] one = new double[1 + 3 * players];
            one[0] = 1;
            return one;
        }

        private double[] mean(double[][] x) {
            double[] mean = new double[1 + 3 * players];
            for (double[] each : x) {
                mean = sum(1, mean, 1.0 / players, each);
            }
            return mean;
        }

        private static double[] sum(double a, double[] x, double b, double[] y) {
            double[] sum = new double[x.length];
            Arrays.setAll(sum, k -> a * x[k] + b * y[k]);
            return sum;
        }

        private static double square(double[] x) {
            return Arrays.stream(x).map(c -> c * c).sum();
        }
    }

    @Test
    void simulationAgrees() {
        int players = 3;
        int plays = 100_000;
        LinearQuadraticEquilibrium limit = LinearQuadraticEquilibrium.of(GAME, 0);
        double[] means = means(GAME);
        SplittableRandom random = new SplittableRandom(8);
        double sum = 0;
        double squares = 0;
        for (int play = 0; play < plays; play++) {
            double cost = played(random, players, limit, means);
            sum += cost;
            squares += cost * cost;
        }
        double mean = sum / plays;
        double error = Math.sqrt((squares / plays - mean * mean) / plays);
        assertEquals(-LinearQuadraticPlayers.of(GAME, players).value(), mean, 4 * error);
        assertTrue(error < 0.01 * mean, "too noisy to tell: " + error);
    }

    /** What a player pays on average over all. */
    private static double played(
            SplittableRandom random, int players, LinearQuadraticEquilibrium limit, double[] means) {
        double[] x = new double[players];
        Arrays.setAll(x, i -> GAME.start() + GAME.spread() * random.nextGaussian());
        double cost = 0;
        for (int h = 0; h <= GAME.horizon(); h++) {
            double m = Arrays.stream(x).average().orElseThrow();
            for (int i = 0; i < players; i++) {
                cost += Math.pow(x[i] - GAME.target() * m, 2) / players;
                if (h < GAME.horizon()) {
                    double act = -limit.own()[h] * x[i] - limit.others()[h] * means[h];
                    cost += GAME.effort() * act * act / players;
                    x[i] = GAME.keep() * x[i] + GAME.drift() * m + act + GAME.noise() * random.nextGaussian();
                }
            }
        }
        return cost;
    }

    /** Errors are analytic in 1/N, and so fall as 1/N; where the first order of gains counts twice, as 1/N^2. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.4, -0.5})
    void errorsFallByOneOverN(double drift) {
        LinearQuadratic game = with(drift, 6);
        LinearQuadraticPlayers few = LinearQuadraticPlayers.of(game, 10_000);
        LinearQuadraticPlayers many = LinearQuadraticPlayers.of(game, 40_000);
        assertEquals(4, few.equilibriumError() / many.equilibriumError(), 1e-2);
        assertEquals(4, few.valueError() / many.valueError(), 1e-2);
        assertEquals(4, few.exploitabilitySeeingMean() / many.exploitabilitySeeingMean(), 1e-2);
        assertEquals(16, few.exploitability() / many.exploitability(), 1e-2);
    }

    /** Nobody looks at anybody: N players are as one. */
    @Test
    void playersWhoDoNotMeetHaveNothingToGain() {
        LinearQuadratic alone = new LinearQuadratic(5, 0.9, 0, 0, 1, 0.5, 1, 1);
        LinearQuadraticPlayers exact = LinearQuadraticPlayers.of(alone, 2);
        assertEquals(0, exact.equilibriumError(), 1e-15);
        assertEquals(0, exact.valueError(), 1e-14);
        assertEquals(0, exact.exploitabilitySeeingMean(), 1e-15);
    }

    @Test
    void numbersThatAreNoGameAreRefused() {
        assertThrows(InvalidInputException.class, () -> new LinearQuadratic(0, 1, 0, 0, 1, 1, 0, 1));
        assertThrows(InvalidInputException.class, () -> new LinearQuadratic(1, Double.NaN, 0, 0, 1, 1, 0, 1));
        assertThrows(InvalidInputException.class, () -> new LinearQuadratic(1, 1, 0, 0, 0, 1, 0, 1));
        assertThrows(InvalidInputException.class, () -> new LinearQuadratic(1, 1, 0, 0, 1, 0, 0, 1));
        assertThrows(InvalidInputException.class, () -> new LinearQuadratic(1, 1, 0, 0, 1, 1, 0, -1));
        assertThrows(InvalidInputException.class, () -> LinearQuadraticPlayers.of(GAME, 1));
        // one round: effort + P_xx + P_xy = 1 + 1 - 2
        LinearQuadratic none = new LinearQuadratic(1, 1, 0, 2, 1, 1, 1, 1);
        assertThrows(InvalidInputException.class, () -> LinearQuadraticPlayers.of(none, 5));
        LinearQuadratic huge = new LinearQuadratic(2, 1e200, 0, 0.5, 1, 1, 1, 1);
        assertThrows(InvalidInputException.class, () -> LinearQuadraticPlayers.of(huge, 5));
    }
}
