package mfg.envs.taxi;

import mfg.envs.players.Draws;

/** A map as tables to drive by. */
final class Streets {

    /** How many zones there are, with the start, which is zone 0. */
    static final int ZONES = 3;

    /** Where actions lead if nothing is in the way, (Z + 1, A). */
    final byte[] next;

    /** The zone of each cell, (Z + 1). */
    final byte[] zone;

    /** The bit of a customer in each cell, none at the start, (Z + 1). */
    final long[] bit;

    /** The bits of all cells of zones. */
    final long everywhere;

    /** All cells of zones, by zone; where each zone begins there, and how many cells it has. */
    private final byte[] byZone;

    private final int[] from = new int[ZONES];
    private final int[] size = new int[ZONES];

    Streets(CityLayout layout) {
        int cells = layout.cells();
        this.next = new byte[(cells + 1) * CityLayout.ACTIONS];
        this.zone = new byte[cells + 1];
        this.bit = new long[cells + 1];
        this.everywhere = -1L >>> (Long.SIZE - cells);
        this.byZone = new byte[cells];
        for (int s = 0; s <= cells; s++) {
            for (int action = 0; action < CityLayout.ACTIONS; action++) {
                next[s * CityLayout.ACTIONS + action] = (byte) layout.next(s, action);
            }
            zone[s] = (byte) layout.zone(s);
            bit[s] = s < cells ? 1L << s : 0;
        }
        int at = 0;
        for (int z = 1; z < ZONES; z++) {
            from[z] = at;
            for (int s = 0; s < cells; s++) {
                if (zone[s] == z) {
                    byZone[at++] = (byte) s;
                }
            }
            size[z] = at - from[z];
        }
    }

    /** Draws a cell of a zone, each as likely as any other; something for the start. */
    int draw(int which, long random) {
        return byZone[from[which] + Draws.below(size[which], random)];
    }
}
