package mfg.envs.taxi;

import mfg.core.InvalidInputException;
import mfg.core.Sizes;
import mfg.envs.players.Draws;

/**
 * The rules of A-Taxi (SYMM App. E.2), and who drives. With {@code x} uniform in [-1, 1], drawn once for each player by the seed,
 *
 * <p>player j weighs {@code w_j = c/N (1 + weightSpread x)} in the load of its cell, {@code sum_j w_j}; a move from there fails with
 * probability {@code min(load, worstJam)};
 *
 * <p>player i earns {@code fare_z (1 + fareSpread x)} with each delivery in zone z.
 *
 * <p>Chances are whole multiples of {@code 2^-32}, so that loads are exact in whatever order they are summed.
 *
 * @param layout the map
 * @param players N; 1000 in the source
 * @param rounds H; 128 in the source
 * @param congestion c; 8 by default, the source gives none
 * @param customers the probability that an empty cell gets a customer in a round; 0.2
 * @param worstJam the largest probability that a move fails; 0.7
 * @param fare1 what a delivery in zone 1 pays; 1.1
 * @param fare2 what a delivery in zone 2 pays; 1
 * @param weightSpread how much players differ in what they add to a jam; 0.5
 * @param fareSpread how much players differ in what they earn, in each zone; 0.1
 * @param seed decides who is who; player i is the same for every N, but for the c/N
 */
public record City(
        CityLayout layout,
        int players,
        int rounds,
        double congestion,
        double customers,
        double worstJam,
        double fare1,
        double fare2,
        double weightSpread,
        double fareSpread,
        long seed) {

    /** Chances are multiples of one over this. */
    static final double UNITS = 0x1p32;

    private static final int MOST_PLAYERS = 1_000_000;
    private static final int MOST_ROUNDS = 100_000;
    private static final double HIGHEST = 1000;

    /** What differs between players: the weight, and the fares of both zones. */
    private static final int TRAITS = 1 + 2;

    /**
     * Checks the rules.
     *
     * @throws InvalidInputException if a number is out of range
     */
    public City {
        check("players", players, 1, MOST_PLAYERS);
        check("rounds", rounds, 1, MOST_ROUNDS);
        check("congestion", congestion, 0, HIGHEST);
        check("customers", customers, 0, 1);
        check("worstJam", worstJam, 0, 1);
        check("fare1", fare1, 0, HIGHEST);
        check("fare2", fare2, 0, HIGHEST);
        check("weightSpread", weightSpread, 0, 1);
        check("fareSpread", fareSpread, 0, 1);
    }

    static void check(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new InvalidInputException(
                    "%s must be between %s and %s, not %s".formatted(name, shown(least), shown(most), shown(value)));
        }
    }

    private static Number shown(double value) {
        return value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE ? (Number) (int) value : value;
    }

    /**
     * Makes a city with the source's customers, fares and players.
     *
     * @param layout the map
     * @param players N
     * @param rounds H
     * @param congestion c
     * @param seed decides who is who
     * @return the city
     * @throws InvalidInputException if a number is out of range
     */
    public static City of(CityLayout layout, int players, int rounds, double congestion, long seed) {
        return new City(layout, players, rounds, congestion, 0.2, 0.7, 1.1, 1.0, 0.5, 0.1, seed);
    }

    /**
     * Returns the same with more or fewer players.
     *
     * @param number N
     * @return another city, with the same total load c
     */
    public City withPlayers(int number) {
        return new City(
                layout, number, rounds, congestion, customers, worstJam, fare1, fare2, weightSpread, fareSpread, seed);
    }

    /** What each player adds to the load of its cell, in units, (N). */
    long[] weights() {
        long[] weights = new long[players];
        for (int i = 0; i < players; i++) {
            weights[i] = units(congestion / players * (1 + weightSpread * trait(i, 0)));
        }
        return weights;
    }

    /** What each player earns with a delivery at the start, in zone 1 and in zone 2, (N, 3). */
    float[] fares() {
        float[] fares = new float[Sizes.product("players x zones", players, Streets.ZONES)];
        for (int i = 0; i < players; i++) {
            fares[i * Streets.ZONES + 1] = (float) (fare1 * (1 + fareSpread * trait(i, 1)));
            fares[i * Streets.ZONES + 2] = (float) (fare2 * (1 + fareSpread * trait(i, 2)));
        }
        return fares;
    }

    private double trait(int i, int which) {
        return 2 * Draws.unit(Draws.at(seed, (long) i * TRAITS + which)) - 1;
    }

    /** A chance as a whole number of units. */
    static long units(double chance) {
        return Math.round(chance * UNITS);
    }
}
