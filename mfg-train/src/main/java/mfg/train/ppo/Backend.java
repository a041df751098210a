package mfg.train.ppo;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import mfg.core.kernel.Products;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;
import mfg.nn.ActorCritic;
import mfg.train.Adam;

/** What computes the networks of all agents: loops of our own on a CPU with vectors, the engine elsewhere and in float64. */
interface Backend {

    /**
     * Chooses.
     *
     * @param simulator whose agents they are
     * @param networks for its players, features and actions
     * @param theta parameters; read and modified
     * @param threads on a CPU; changes no number
     */
    static Backend of(Simulator simulator, ActorCritic networks, NDList theta, int threads) {
        boolean loops = Products.fastest().areVectors()
                && !theta.head().getDevice().isGpu()
                && theta.head().getDataType() == DataType.FLOAT32;
        return loops
                ? new LoopBackend(simulator, networks, theta, threads)
                : new EngineBackend(simulator, networks, theta);
    }

    /** Takes up the parameters as they are now. */
    void refresh();

    /** The logits of all agents, (agents, A), who see rows (agents, F) from a place on. */
    double[] logits(float[] rows, int at);

    /** The values of an episode's places, (H, agents), of which all was seen, (H, agents, F). */
    double[] values(float[] seen);

    /**
     * Learns from an episode: all passes, minibatch by minibatch.
     *
     * @param seen (H, agents, F); not modified
     * @param samples (H, agents); not modified
     * @param how what is learned, and how
     * @param adam modified
     * @return what happened
     */
    Steps learn(float[] seen, Samples samples, Lesson how, Adam adam);

    /**
     * What decides an epoch's steps.
     *
     * @param options how PPO learns
     * @param valueClip how far values may move; infinite where they are free
     * @param rate the learning rate
     * @param draw decides the order of samples
     */
    record Lesson(PpoOptions options, double valueClip, float rate, long draw) {

        /** In which order a pass goes through items. */
        Shuffle shuffle(int pass) {
            return new Shuffle(Draws.at(draw, 1L + pass));
        }
    }
}
