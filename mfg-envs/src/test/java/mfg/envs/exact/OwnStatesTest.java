package mfg.envs.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one gains who sees its own states only, found in other ways. */
final class OwnStatesTest {

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

    @Test
    void theMeanFieldIsTheBestAnswerToAMeanThatItMakes() {
        LinearQuadraticEquilibrium limit = LinearQuadraticEquilibrium.of(LinearQuadraticTest.GAME, 0);
        double[] means = Everybody.means(LinearQuadraticTest.GAME);
        double[] aims = Arrays.stream(means)
                .map(m -> LinearQuadraticTest.GAME.target() * m)
                .toArray();
        double[] pushes = Arrays.stream(means)
                .map(m -> LinearQuadraticTest.GAME.drift() * m)
                .toArray();
        Tracking answer = Tracking.of(LinearQuadraticTest.GAME, 1, aims, pushes);
        for (int h = 0; h < LinearQuadraticTest.GAME.horizon(); h++) {
            assertEquals(answer.slopes()[h], limit.own()[h], 1e-12);
            assertEquals(answer.offsets()[h], limit.others()[h] * means[h], 1e-12);
        }
    }

    /** Without drift the others are beyond a player's reach and sight: against their known mean, own states are all there is. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 50})
    void withoutDriftTheBestUnseeingAnswerIsAScalarProblem(int players) {
        LinearQuadratic game = LinearQuadraticTest.with(0, 5);
        double share = 1.0 / players;
        double[] aims = Arrays.stream(Everybody.means(game))
                .map(m -> game.target() * (1 - share) * m)
                .toArray();
        Tracking answer = Tracking.of(game, 1 - game.target() * share, aims, new double[game.horizon() + 1]);
        LinearQuadraticEquilibrium limit = LinearQuadraticEquilibrium.of(game, 0);
        double[] means = Everybody.means(game);
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
        LinearQuadratic game = LinearQuadraticTest.with(0.3, 1);
        int players = 4;
        Everybody all = Everybody.atMeanFieldPolicy(game, players);
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
        LinearQuadratic game = LinearQuadraticTest.with(0.8, 2);
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
            double[] means = Everybody.means(game);
            return new double[] {
                -limit.own()[0], -limit.others()[0] * means[0], 0, -limit.own()[1], -limit.others()[1] * means[1]
            };
        }

        double cost(double[] p) {
            double[] means = Everybody.means(game);
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
}
