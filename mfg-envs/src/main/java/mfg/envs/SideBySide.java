package mfg.envs;

import java.util.List;
import mfg.core.InvalidInputException;
import mfg.envs.players.Draws;

/** Several plays of one game side by side, each by a simulator of its own: more copies than one simulator has. */
public final class SideBySide implements Simulator {

    private final List<? extends Simulator> plays;
    private final Simulator one;

    /**
     * Joins simulators.
     *
     * @param plays of the same game, at least one; driven by this object alone from now on
     * @throws InvalidInputException if there is none
     */
    public SideBySide(List<? extends Simulator> plays) {
        if (plays.isEmpty()) {
            throw new InvalidInputException("there must be at least one play");
        }
        this.plays = List.copyOf(plays);
        this.one = plays.get(0);
    }

    @Override
    public int agents() {
        return Math.multiplyExact(plays.size(), one.agents());
    }

    @Override
    public int players() {
        return one.players();
    }

    @Override
    public int features() {
        return one.features();
    }

    @Override
    public int actions() {
        return one.actions();
    }

    @Override
    public int rounds() {
        return one.rounds();
    }

    @Override
    public void reset(long seed) {
        for (int k = 0; k < plays.size(); k++) {
            plays.get(k).reset(Draws.at(seed, k));
        }
    }

    @Override
    public void observe(float[] to, int at) {
        int rows = one.agents() * one.features();
        for (int k = 0; k < plays.size(); k++) {
            plays.get(k).observe(to, at + k * rows);
        }
    }

    @Override
    public void step(int[] actions, int actionsAt, float[] rewards, int rewardsAt) {
        for (int k = 0; k < plays.size(); k++) {
            plays.get(k).step(actions, actionsAt + k * one.agents(), rewards, rewardsAt + k * one.agents());
        }
    }
}
