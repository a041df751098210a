package mfg.nn;

import ai.djl.ndarray.NDList;

/**
 * {@link ActorCritic} by loops of our own on a CPU, in float32. All parameters of one network, of its policy and of its value, lie in
 * one array; so do their gradient and what an optimizer remembers of them.
 */
public final class ActorCriticLoops {

    /** The most samples of a block. */
    public static final int BLOCK = PerceptronLoops.BLOCK;

    private final ActorCritic networks;
    private final PerceptronLayout policy;
    private final PerceptronLayout value;

    /**
     * Lays out the parameters.
     *
     * @param networks what is computed
     */
    public ActorCriticLoops(ActorCritic networks) {
        this.networks = networks;
        this.policy = networks.policy().layout(0);
        this.value = networks.value().layout(policy.end());
    }

    /**
     * Returns how many numbers the parameters of a network take.
     *
     * @return the length of their array, padding included
     */
    public int length() {
        return value.end();
    }

    /**
     * Reads a network's parameters.
     *
     * @param theta all parameters, float32 on a CPU; not modified
     * @param network from 0
     * @param to out
     */
    public void read(NDList theta, int network, float[] to) {
        policy.read(networks.policyPart(theta), network, to);
        value.read(networks.valuePart(theta), network, to);
    }

    /**
     * Writes a network's parameters.
     *
     * @param from the parameters; not modified
     * @param theta all parameters, float32 on a CPU; this network's are modified
     * @param network from 0
     */
    public void write(float[] from, NDList theta, int network) {
        policy.write(from, networks.policyPart(theta), network);
        value.write(from, networks.valuePart(theta), network);
    }

    /**
     * Finds what is not zero in what players see, and tells networks who sees it, as they are to know.
     *
     * @param seen (rows, F) from {@code at} on, row r of player {@code r % N}; not modified
     * @param at where it begins
     * @param rows how many
     * @return the rows as networks read them
     */
    public SparseRows see(float[] seen, int at, int rows) {
        return networks.policy().see(seen, at, rows);
    }

    /**
     * Returns room to compute in.
     *
     * @return for one thread at a time
     */
    public Work work() {
        return new Work();
    }

    /** Room to compute in, a block of samples at a time. */
    public final class Work {

        private final PerceptronLoops policyPass = new PerceptronLoops(policy);
        private final PerceptronLoops valuePass = new PerceptronLoops(value);

        private Work() {}

        /**
         * Computes the logits of a block.
         *
         * @param theta a network's parameters; not modified
         * @param seen what samples saw
         * @param which its rows are those of the block, from {@code from} on
         * @param from the first
         * @param count how many, at most {@link #BLOCK}
         */
        public void policy(float[] theta, SparseRows seen, int[] which, int from, int count) {
            policyPass.forward(theta, seen, which, from, count);
        }

        /**
         * Computes the values of a block.
         *
         * @param theta a network's parameters; not modified
         * @param seen what samples saw
         * @param which its rows are those of the block, from {@code from} on
         * @param from the first
         * @param count how many, at most {@link #BLOCK}
         */
        public void value(float[] theta, SparseRows seen, int[] which, int from, int count) {
            valuePass.forward(theta, seen, which, from, count);
        }

        /**
         * Reads a sample's logits.
         *
         * @param sample of the block
         * @param logits out
         * @param at where the first goes
         * @param actions A
         */
        public void logits(int sample, double[] logits, int at, int actions) {
            for (int a = 0; a < actions; a++) {
                logits[at + a] = policyPass.output(sample, a);
            }
        }

        /**
         * Reads a sample's value.
         *
         * @param sample of the block
         * @return its value
         */
        public double value(int sample) {
            return valuePass.output(sample, 0);
        }

        /**
         * Sets what is pulled back.
         *
         * @param sample of the block
         * @param logitsBar the cotangent of its logits, (A)
         * @param valueBar that of its value
         */
        public void setCotangents(int sample, double[] logitsBar, double valueBar) {
            for (int a = 0; a < logitsBar.length; a++) {
                policyPass.setCotangent(sample, a, (float) logitsBar[a]);
            }
            valuePass.setCotangent(sample, 0, (float) valueBar);
        }

        /**
         * Pulls cotangents back to the parameters, over the block that both networks computed last.
         *
         * @param turned the same parameters' weights
         * @param seen as then
         * @param which as then
         * @param from as then
         * @param count as then
         * @param gradient added to
         */
        public void back(Turned turned, SparseRows seen, int[] which, int from, int count, float[] gradient) {
            policyPass.back(turned.policy, seen, which, from, count, gradient);
            valuePass.back(turned.value, seen, which, from, count, gradient);
        }
    }

    /** A network's weights in the order that the way back reads them in. */
    public final class Turned {

        private final PerceptronLayout.Transposed policy = ActorCriticLoops.this.policy.turned();
        private final PerceptronLayout.Transposed value = ActorCriticLoops.this.value.turned();

        private Turned() {}

        /**
         * Takes up parameters.
         *
         * @param theta a network's; not modified
         */
        public void read(float[] theta) {
            ActorCriticLoops.this.policy.turn(theta, policy);
            ActorCriticLoops.this.value.turn(theta, value);
        }
    }

    /**
     * Returns room for weights.
     *
     * @return of one network
     */
    public Turned turned() {
        return new Turned();
    }
}
