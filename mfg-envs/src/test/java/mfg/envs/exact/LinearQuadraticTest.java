package mfg.envs.exact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recursions in two states against all N states at once, against simulation, and against theory. */
final class LinearQuadraticTest {

    static final LinearQuadratic GAME = new LinearQuadratic(4, 0.8, 0.3, 0.6, 0.7, 0.5, 1.3, 0.9);

    static LinearQuadratic with(double drift, int horizon) {
        return new LinearQuadratic(
                horizon, GAME.keep(), drift, GAME.target(), GAME.effort(), GAME.noise(), GAME.start(), GAME.spread());
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
        Everybody all = Everybody.atMeanFieldPolicy(game, players);
        double stay = all.cost(all.firstGains(), false);
        assertEquals(-exact.value(), stay, 1e-12);
        assertEquals(exact.valueError(), Math.abs(-stay - LinearQuadraticPlayers.meanFieldValue(game)), 1e-12);
        double leave = all.cost(all.firstGains(), true);
        assertEquals(stay - leave, exact.exploitabilitySeeingMean(), 1e-12);
        assertTrue(exact.exploitabilitySeeingMean() > 1e-4, exact.toString());
    }

    @Test
    void simulationAgrees() {
        int players = 3;
        int plays = 100_000;
        LinearQuadraticEquilibrium limit = LinearQuadraticEquilibrium.of(GAME, 0);
        double[] means = Everybody.means(GAME);
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
