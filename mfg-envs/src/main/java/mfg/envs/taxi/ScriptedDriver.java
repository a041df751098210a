package mfg.envs.taxi;

import java.util.Comparator;
import java.util.stream.IntStream;
import mfg.envs.players.Draws;

/**
 * Drives by a script: each taxi goes to one zone for good, there to its nearest customer by a shortest way, and with a passenger to the
 * target. Without a customer it waits. Ties go to the cell, and the action, of the lower number.
 */
public final class ScriptedDriver implements Driver {

    private final int cells;
    private final double zone1;
    private final long seed;

    /** The cells of a cell's zone from near to far, the rest -1, (Z, Z). */
    private final byte[] nearest;

    /** The first action of a shortest way from cell to cell, (Z, Z). */
    private final byte[] toward;

    /** How to leave the start for each zone. */
    private final int toZone1;

    private final int toZone2;

    /**
     * Writes the script.
     *
     * @param layout the map of all taxis that will be driven
     * @param zone1 the probability that a taxi goes to zone 1
     * @param seed decides which do
     */
    public ScriptedDriver(CityLayout layout, double zone1, long seed) {
        this.cells = layout.cells();
        this.zone1 = zone1;
        this.seed = seed;
        this.nearest = new byte[cells * cells];
        this.toward = new byte[cells * cells];
        this.toZone1 = layout.leave(1);
        this.toZone2 = layout.leave(2);
        for (int from = 0; from < cells; from++) {
            plan(layout, from);
        }
    }

    private void plan(CityLayout layout, int to) {
        int[] far = layout.distances(to);
        for (int from = 0; from < cells; from++) {
            int best = CityLayout.WAIT;
            for (int action = CityLayout.WAIT - 1; action >= 0; action--) {
                best = far[layout.next(from, action)] < far[from] ? action : best;
            }
            toward[from * cells + to] = (byte) best;
        }
        int[] order = IntStream.range(0, cells)
                .filter(s -> far[s] >= 0)
                .boxed()
                .sorted(Comparator.comparingInt(s -> far[s]))
                .mapToInt(s -> s)
                .toArray();
        for (int rank = 0; rank < cells; rank++) {
            nearest[to * cells + rank] = (byte) (rank < order.length ? order[rank] : -1);
        }
    }

    @Override
    public void act(Taxis taxis, int[] actions, int at) {
        for (int k = 0; k < taxis.agents(); k++) {
            actions[at + k] = action(taxis, k);
        }
    }

    private int action(Taxis taxis, int k) {
        int from = taxis.cell(k);
        if (from == cells) {
            return Draws.unit(Draws.at(seed, k)) < zone1 ? toZone1 : toZone2;
        }
        int to = taxis.isCarrying(k) ? taxis.target(k) : nearestCustomer(taxis.field(k), from);
        return toward[from * cells + to];
    }

    /** The nearest cell with a customer, or the cell itself. */
    private int nearestCustomer(long field, int from) {
        for (int rank = from * cells; rank < (from + 1) * cells && nearest[rank] >= 0; rank++) {
            if ((field >>> nearest[rank] & 1) != 0) {
                return nearest[rank];
            }
        }
        return from;
    }
}
