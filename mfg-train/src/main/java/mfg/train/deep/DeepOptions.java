package mfg.train.deep;

import mfg.core.catalogue.Parameter;

/**
 * How a network learns a policy.
 *
 * @param players who are simulated for the population's flow; 0 computes the flow exactly
 * @param hidden the width of the two hidden layers
 * @param steps of Adam in each iteration
 * @param learningRate of the first step of an iteration; it falls linearly to 0 after the last
 * @param minibatch pairs of a round and a state that a step looks at
 * @param device where the network is, cpu or gpu
 */
public record DeepOptions(
        @Parameter(
                about = "players who are simulated for the population's flow; 0 computes it exactly",
                value = "0",
                min = 0)
        int players,

        @Parameter(about = "width of the two hidden layers", value = "128", min = 1, max = 65536)
        int hidden,

        @Parameter(about = "steps of the network in an iteration", value = "600", min = 1, max = 1e6)
        int steps,

        @Parameter(
                about = "learning rate at first; in each iteration it falls linearly to 0",
                value = "2e-3",
                above = 0,
                max = 1)
        double learningRate,

        @Parameter(about = "pairs of a round and a state that a step looks at", value = "512", min = 1)
        int minibatch,

        @Parameter(
                about = "where to compute",
                value = "cpu",
                oneOf = {"cpu", "gpu"})
        String device) {

    /** As commands have it. */
    public DeepOptions() {
        this(0, 128, 600, 2e-3, 512, "cpu");
    }
}
