package mfg.envs.taxi;

import mfg.envs.players.Draws;

/** Decides what taxis do, by looking at them. */
public interface Driver {

    /**
     * Decides.
     *
     * @param taxis who drives; not modified
     * @param actions (agents) from {@code at} on; modified
     * @param at where the first goes
     */
    void act(Taxis taxis, int[] actions, int at);

    /**
     * A driver that does anything, uniformly.
     *
     * @param seed decides what, in each round for each taxi
     * @return the driver
     */
    static Driver random(long seed) {
        return (taxis, actions, at) -> {
            long stream = Draws.at(seed, taxis.round());
            for (int k = 0; k < taxis.agents(); k++) {
                actions[at + k] = Draws.below(CityLayout.ACTIONS, Draws.at(stream, k));
            }
        };
    }
}
