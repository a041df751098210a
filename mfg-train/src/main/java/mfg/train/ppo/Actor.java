package mfg.train.ppo;

import ai.djl.ndarray.NDList;
import mfg.core.Sizes;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;
import mfg.nn.ActorCritic;

/** All agents of a simulator, who act by policy networks. Every agent has a draw of its own, by place. */
public final class Actor implements Episodes.Policy {

    private final Simulator simulator;
    private final Backend backend;
    private final Categorical pi;
    private final float[] seen;
    private final double[] logProbabilities;

    /**
     * Prepares to act.
     *
     * @param simulator who acts
     * @param networks for its players, features and actions
     * @param theta parameters, whose manager is where all is computed; not modified, and read now
     */
    public Actor(Simulator simulator, ActorCritic networks, NDList theta) {
        this(simulator, Backend.of(simulator, networks, theta, 1));
    }

    Actor(Simulator simulator, Backend backend) {
        this.simulator = simulator;
        this.backend = backend;
        this.pi = new Categorical(simulator.actions());
        this.seen = new float[Sizes.product("agents x features", simulator.agents(), simulator.features())];
        this.logProbabilities = new double[simulator.agents()];
    }

    @Override
    public void act(long stream, int[] actions) {
        simulator.observe(seen, 0);
        act(seen, 0, stream, actions, 0, logProbabilities, 0);
    }

    /** The same from what was seen, and tells how likely each action was. */
    void act(float[] rows, int rowsAt, long stream, int[] actions, int at, double[] logs, int logsAt) {
        double[] logits = backend.logits(rows, rowsAt);
        for (int k = 0; k < simulator.agents(); k++) {
            pi.read(logits, k * simulator.actions());
            int action = pi.draw(Draws.unit(Draws.at(stream, k)));
            actions[at + k] = action;
            logs[logsAt + k] = pi.log(action);
        }
    }
}
