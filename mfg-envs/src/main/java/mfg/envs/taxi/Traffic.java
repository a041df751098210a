package mfg.envs.taxi;

import java.util.Arrays;
import mfg.core.Sizes;

/**
 * What one player meets: the loads of all others, without itself, round by round in plays that were watched. Nobody in them reacts to
 * what the player does.
 */
public final class Traffic {

    private final City city;
    private final int player;
    private final int plays;
    private final long[] weights;

    /** In units, (plays, H, Z + 1). */
    private final long[] loads;

    /**
     * Makes empty roads.
     *
     * @param city where
     * @param player who shall meet the others
     * @param plays how many
     * @throws mfg.core.InvalidInputException if there is no such player, or there are too many plays to keep
     */
    public Traffic(City city, int player, int plays) {
        City.check("player", player, 0, city.players() - 1);
        int most = Integer.MAX_VALUE / city.rounds() / (city.layout().cells() + 1);
        City.check("plays", plays, 1, most);
        this.city = city;
        this.player = player;
        this.plays = plays;
        this.weights = city.weights();
        this.loads = new long[Sizes.product("plays x rounds x cells", plays, city.rounds(), cells())];
    }

    private int cells() {
        return city.layout().cells() + 1;
    }

    /**
     * Keeps the round that comes next, as the others make it; to be called before each step of an episode.
     *
     * @param taxis everybody in the same city; each copy is a play
     * @param first the play that its first copy is
     */
    public void record(TaxiSimulator taxis, int first) {
        for (int copy = 0; copy < taxis.copies(); copy++) {
            int row = row(first + copy, taxis.round());
            Arrays.fill(loads, row, row + cells(), 0);
            for (int i = 0; i < weights.length; i++) {
                loads[row + taxis.cell(copy * weights.length + i)] += i == player ? 0 : weights[i];
            }
        }
    }

    private int row(int play, int round) {
        return (play * city.rounds() + round) * cells();
    }

    /** The load of a cell with the player in it, in units. */
    long with(int play, int round, int cell) {
        return loads[row(play, round) + cell] + weights[player];
    }

    /**
     * Returns where.
     *
     * @return the city
     */
    public City city() {
        return city;
    }

    /**
     * Returns who meets the others.
     *
     * @return a player of the city
     */
    public int player() {
        return player;
    }

    /**
     * Returns how many plays there are.
     *
     * @return at least 1
     */
    public int plays() {
        return plays;
    }
}
