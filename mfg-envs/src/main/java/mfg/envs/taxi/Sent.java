package mfg.envs.taxi;

import java.util.function.IntUnaryOperator;
import mfg.envs.Simulator;

/** Taxis of which some have no choice of zone: at the start they go where they are sent to, whatever they want. */
public final class Sent implements Simulator {

    private final Simulator taxis;
    private final CityLayout layout;
    private final IntUnaryOperator zone;
    private final float[] seen;
    private final int[] actions;

    /**
     * Sends taxis.
     *
     * @param taxis what is played, by agents who see what {@link Taxis} do; driven by this object alone from now on
     * @param layout the map
     * @param zone where each agent is sent: 1 or 2, and 0 if it chooses
     */
    public Sent(Simulator taxis, CityLayout layout, IntUnaryOperator zone) {
        this.taxis = taxis;
        this.layout = layout;
        this.zone = zone;
        this.seen = new float[taxis.agents() * taxis.features()];
        this.actions = new int[taxis.agents()];
    }

    @Override
    public void step(int[] wanted, int wantedAt, float[] rewards, int rewardsAt) {
        taxis.observe(seen, 0);
        for (int k = 0; k < actions.length; k++) {
            int to = zone.applyAsInt(k);
            boolean atStart = seen[k * features() + layout.start()] == 1;
            actions[k] = atStart && to > 0 ? layout.leave(to) : wanted[wantedAt + k];
        }
        taxis.step(actions, 0, rewards, rewardsAt);
    }

    @Override
    public int agents() {
        return taxis.agents();
    }

    @Override
    public int players() {
        return taxis.players();
    }

    @Override
    public int features() {
        return taxis.features();
    }

    @Override
    public int actions() {
        return taxis.actions();
    }

    @Override
    public int rounds() {
        return taxis.rounds();
    }

    @Override
    public void reset(long seed) {
        taxis.reset(seed);
    }

    @Override
    public void observe(float[] to, int at) {
        taxis.observe(to, at);
    }
}
