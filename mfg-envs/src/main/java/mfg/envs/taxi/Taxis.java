package mfg.envs.taxi;

import java.util.Arrays;
import mfg.core.Sizes;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;

/**
 * Taxis of A-Taxi (SYMM App. E.2), and what happens to each in a round, given how likely a jam is in its cell:
 *
 * <ol>
 *   <li>A move fails with that chance, and leads to the next cell else. Waiting where a customer of its own stands, a free taxi picks it
 *       up, with a target uniform over the cells of that zone; waiting at the target it delivers, and is paid.
 *   <li>Each cell without a customer of this taxi gets one with the city's probability.
 * </ol>
 *
 * <p>A taxi sees {@code F = 3 Z + 3} numbers: its cell, one-hot, (Z + 1); its customers, (Z); none or its target, one-hot, (1 + Z);
 * {@code h/H}. Every taxi has draws of its own, by place: what one does changes nobody else's.
 */
public abstract sealed class Taxis implements Simulator permits TaxiSimulator, OneTaxi {

    private final City city;
    private final int copies;
    private final int players;

    /** Who the first taxi of a copy is, among the city's players. */
    private final int first;

    private final int cells;
    private final Streets streets;
    private final float[] fares;
    private final Arrivals arrivals;

    /** How many draws a taxi has in a round: jam and target share one. */
    private final int draws;

    /** Where each taxi is; 1 + its target, or 0; its customers. */
    private final byte[] cell;

    private final byte[] target;
    private final long[] field;

    /** How likely a jam is, in units, (copies, Z + 1). */
    private final long[] chances;

    private final long[] deliveries = new long[Streets.ZONES];
    private long pickups;
    private long jams;
    private long seed;
    private int round;

    Taxis(City city, int copies, int players, int first) {
        this.city = city;
        this.copies = copies;
        this.players = players;
        this.first = first;
        this.cells = city.layout().cells();
        this.streets = new Streets(city.layout());
        int most = Integer.MAX_VALUE / features() / players;
        City.check("cities", copies, 1, most);
        this.fares = city.fares();
        this.arrivals = new Arrivals(cells, city.customers());
        this.draws = 1 + arrivals.words();
        this.cell = new byte[Sizes.product("copies x taxis", copies, players)];
        this.target = new byte[agents()];
        this.field = new long[agents()];
        this.chances = new long[Sizes.product("copies x cells", copies, cells + 1L)];
        reset(0);
    }

    /**
     * Has the jams of this round follow from where everybody is.
     *
     * @param chances how likely a jam is in each cell of each copy where a taxi is, in units, at most 1, (copies, Z + 1); modified
     */
    abstract void jam(long[] chances);

    @Override
    public final void reset(long episode) {
        seed = episode;
        round = 0;
        Arrays.fill(cell, (byte) cells);
        Arrays.fill(target, (byte) 0);
        Arrays.fill(field, 0);
        Arrays.fill(deliveries, 0);
        pickups = 0;
        jams = 0;
    }

    @Override
    public final void step(int[] actions, int actionsAt, float[] rewards, int rewardsAt) {
        if (round == rounds()) {
            throw new IllegalStateException("the episode is over");
        }
        jam(chances);
        for (int copy = 0; copy < copies; copy++) {
            long stream = Draws.at(Draws.at(seed, copy), round);
            int begin = copy * players;
            for (int k = begin; k < begin + players; k++) {
                long chance = chances[copy * (cells + 1) + cell[k]];
                rewards[rewardsAt + k] = drive(k, first + k - begin, actions[actionsAt + k], chance, stream);
            }
        }
        round++;
    }

    /** A taxi's round, without a branch on what chance decides; a mask is 0 or all ones. Returns what the taxi earns. */
    private float drive(int k, int player, int action, long chance, long stream) {
        long place = (long) player * draws;
        long random = Draws.at(stream, place);
        int from = cell[k];
        int zone = streets.zone[from];
        int ahead = streets.next[from * CityLayout.ACTIONS + action] ^ from;
        int jammed = (int) (((random >>> Integer.SIZE) - chance) >> Integer.SIZE);
        cell[k] = (byte) (from ^ (ahead & ~jammed));
        jams += (-ahead >>> 31) & jammed;

        int aim = target[k];
        int waits = (CityLayout.WAIT - 1 - action) >> 31;
        int free = (aim - 1) >> 31;
        int delivers = waits & (((aim ^ (from + 1)) - 1) >> 31);
        long taken = field[k] & streets.bit[from] & (waits & free);
        int picks = (int) (-taken >> 63);
        int drawn = 1 + streets.draw(zone, random << Integer.SIZE);
        target[k] = (byte) ((aim & ~delivers) | (drawn & picks));
        pickups -= picks;
        deliveries[zone] -= delivers;

        long waiting = field[k] ^ taken;
        field[k] = waiting | arrivals.draw(~waiting & streets.everywhere, stream, place + 1);
        return fares[player * Streets.ZONES + zone] * -delivers;
    }

    @Override
    public final void observe(float[] to, int at) {
        int features = features();
        Arrays.fill(to, at, at + agents() * features, 0);
        float time = (float) round / rounds();
        for (int k = 0; k < agents(); k++) {
            int row = at + k * features;
            to[row + cell[k]] = 1;
            int customers = row + cells + 1;
            long waiting = field[k];
            for (int s = 0; s < cells; s++) {
                to[customers + s] = waiting >>> s & 1;
            }
            to[customers + cells + target[k]] = 1;
            to[row + features - 1] = time;
        }
    }

    @Override
    public final int agents() {
        return copies * players;
    }

    @Override
    public final int players() {
        return players;
    }

    @Override
    public final int features() {
        return 3 * cells + 3;
    }

    @Override
    public final int actions() {
        return CityLayout.ACTIONS;
    }

    @Override
    public final int rounds() {
        return city.rounds();
    }

    /**
     * Returns the rules.
     *
     * @return what all copies share
     */
    public final City city() {
        return city;
    }

    /**
     * Returns how many cities there are, each with players of its own.
     *
     * @return at least 1
     */
    public final int copies() {
        return copies;
    }

    /**
     * Returns which round comes next.
     *
     * @return h, from 0; H when the episode is over
     */
    public final int round() {
        return round;
    }

    /**
     * Returns where a taxi is.
     *
     * @param k the agent
     * @return a cell of {@link CityLayout}
     */
    public final int cell(int k) {
        return cell[k];
    }

    /**
     * Returns whether a taxi has a passenger.
     *
     * @param k the agent
     * @return if so, {@link #target} is a cell
     */
    public final boolean isCarrying(int k) {
        return target[k] != 0;
    }

    /**
     * Returns where a taxi's passenger wants to go.
     *
     * @param k the agent
     * @return a cell of {@link CityLayout}, or -1 without a passenger
     */
    public final int target(int k) {
        return target[k] - 1;
    }

    /**
     * Returns where a taxi's customers stand.
     *
     * @param k the agent
     * @return bit s for cell s
     */
    public final long field(int k) {
        return field[k];
    }

    /**
     * Returns how many are in zone 1.
     *
     * @return the share of all taxis of all copies, those at the start included, now
     */
    public final double zone1Share() {
        int count = 0;
        for (byte s : cell) {
            count += streets.zone[s] == 1 ? 1 : 0;
        }
        return (double) count / agents();
    }

    /**
     * Returns how many passengers were delivered in this episode, by all taxis of all copies.
     *
     * @param which zone 1 or 2
     * @return a count
     */
    public final long deliveries(int which) {
        return deliveries[which];
    }

    /**
     * Returns how many passengers were picked up in this episode, by all taxis of all copies.
     *
     * @return a count
     */
    public final long pickups() {
        return pickups;
    }

    /**
     * Returns how many moves failed in this episode that would have led to another cell, of all taxis of all copies.
     *
     * @return a count
     */
    public final long jams() {
        return jams;
    }
}
