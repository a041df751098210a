package mfg.envs;

/**
 * Agents who act at once, round by round, in episodes of one length: several copies of a game of N players, on primitive arrays.
 * Agent k is player {@code k % N} of copy {@code k / N}; copies share players and nothing else. For one thread at a time.
 */
public interface Simulator {

    /**
     * Returns how many act, in all copies.
     *
     * @return a multiple of {@link #players}
     */
    int agents();

    /**
     * Returns how many players a copy has.
     *
     * @return N
     */
    int players();

    /**
     * Returns how many numbers an agent sees. Who it is, is none of them.
     *
     * @return F
     */
    int features();

    /**
     * Returns what there is to choose from.
     *
     * @return the number of actions A
     */
    int actions();

    /**
     * Returns the length of an episode, whose end is terminal.
     *
     * @return the number of rounds H
     */
    int rounds();

    /**
     * Begins an episode.
     *
     * @param seed decides all that is random in it, whatever the agents do
     */
    void reset(long seed);

    /**
     * Writes what the agents see.
     *
     * @param to rows (agents, F) from {@code at} on, every entry overwritten; modified
     * @param at where the first row begins
     */
    void observe(float[] to, int at);

    /**
     * Has everybody act, and goes to the next round.
     *
     * @param actions (agents) from {@code actionsAt} on, each in 0 .. A-1; not modified
     * @param actionsAt where the first is
     * @param rewards (agents) from {@code rewardsAt} on; modified
     * @param rewardsAt where the first goes
     */
    void step(int[] actions, int actionsAt, float[] rewards, int rewardsAt);
}
