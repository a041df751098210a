package mfg.train.ppo;

import mfg.envs.StateSimulator;
import mfg.envs.players.Draws;
import mfg.envs.symmetry.Policies;

/**
 * All agents of a simulator with states, who act by tables.
 *
 * @param simulator who acts
 * @param policies what they play; not modified
 */
public record TableActor(StateSimulator simulator, Policies policies) implements Episodes.Policy {

    @Override
    public void act(long stream, int[] actions) {
        for (int k = 0; k < simulator.agents(); k++) {
            double unit = Draws.unit(Draws.at(stream, k));
            actions[k] = policies.draw(k % simulator.players(), simulator.round(), simulator.state(k), unit);
        }
    }
}
