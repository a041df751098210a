package mfg.envs.symmetry;

import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;

/** What tells players apart: numbers drawn once, centred over players, so that the average player has none. */
final class Traits {

    private Traits() {}

    /** A number in [-1, 1] for each player, less their mean. */
    static double[] centred(int players, SplittableRandom random) {
        double[] traits = new double[players];
        Arrays.setAll(traits, i -> 2 * random.nextDouble() - 1);
        double mean = Arrays.stream(traits).average().orElseThrow();
        Arrays.setAll(traits, i -> traits[i] - mean);
        return traits;
    }

    /** The same, scaled so that the largest has this absolute value. */
    static double[] scaled(int players, double largest, SplittableRandom random) {
        double[] traits = centred(players, random);
        double most = largest(traits);
        Arrays.setAll(traits, i -> traits[i] / most * largest);
        return traits;
    }

    static double largest(double[] traits) {
        return Arrays.stream(traits).map(Math::abs).max().orElseThrow();
    }

    /** Checks how different players shall be. */
    static void check(String option, double value, double most) {
        if (!(value >= 0) || value > most) {
            throw new InvalidInputException("%s must be between 0 and %s, not %s".formatted(option, most, value));
        }
    }

    static void checkPlayers(int players) {
        if (players < 2) {
            throw new InvalidInputException("there must be at least 2 players, not " + players);
        }
    }
}
