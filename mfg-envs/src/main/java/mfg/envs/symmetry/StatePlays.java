package mfg.envs.symmetry;

import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.envs.StateSimulator;
import mfg.envs.players.Draws;

/** Plays of a simulator whose agents follow tables; each has a draw of its own in each round. */
public final class StatePlays implements Plays {

    private final StateSimulator simulator;
    private final int[] actions;
    private final float[] rewards;

    /**
     * Prepares to play.
     *
     * @param simulator of one copy of the game; driven by this object alone from now on
     * @throws InvalidInputException if it has more than 32767 states times actions, or several copies
     */
    public StatePlays(StateSimulator simulator) {
        long pairs = (long) simulator.shape().states() * simulator.actions();
        if (pairs > Short.MAX_VALUE) {
            throw new InvalidInputException(
                    "tables learn games of at most %d states times actions, not %d".formatted(Short.MAX_VALUE, pairs));
        }
        if (simulator.agents() != simulator.players()) {
            throw new InvalidInputException("tables learn from one game at a time, not from %d copies"
                    .formatted(simulator.agents() / simulator.players()));
        }
        this.simulator = simulator;
        this.actions = new int[simulator.agents()];
        this.rewards = new float[simulator.agents()];
    }

    @Override
    public GameShape shape() {
        return simulator.shape();
    }

    @Override
    public int players() {
        return simulator.players();
    }

    @Override
    public void play(long seed, Policies policies, Trajectory out) {
        int players = players();
        simulator.reset(Draws.at(seed, 0));
        for (int h = 0; h < simulator.rounds(); h++) {
            long stream = Draws.at(seed, 1L + h);
            for (int i = 0; i < players; i++) {
                int state = simulator.state(i);
                actions[i] = policies.draw(i, h, state, Draws.unit(Draws.at(stream, i)));
                out.pairs()[h * players + i] = (short) (state * simulator.actions() + actions[i]);
            }
            simulator.step(actions, 0, rewards, 0);
            for (int i = 0; i < players; i++) {
                out.rewards()[h * players + i] = rewards[i];
            }
        }
    }
}
