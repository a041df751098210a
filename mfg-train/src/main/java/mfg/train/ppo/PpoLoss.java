package mfg.train.ppo;

/**
 * The loss of PPO, averaged over samples: {@code -min(A r, A clip(r, 1-eps, 1+eps)) + c_v max((v - R)^2, (v_old + clip(v - v_old,
 * -delta, delta) - R)^2) / 2 - c_e H(pi)}, {@code r = pi(a) / pi_old(a)}, and what CleanRL logs of it.
 *
 * @param policy its first term, averaged
 * @param value its second term, averaged and without its weight
 * @param entropy H, averaged
 * @param oldKl {@code -log r}, averaged: an estimate of the distance from the old policy
 * @param kl {@code r - 1 - log r}, averaged: a better one
 * @param clipped the share of samples that are further away than clipping allows
 */
record PpoLoss(double policy, double value, double entropy, double oldKl, double kl, double clipped) {

    static final PpoLoss ZERO = new PpoLoss(0, 0, 0, 0, 0, 0);

    PpoLoss plus(PpoLoss other, double weight) {
        return new PpoLoss(
                policy + weight * other.policy,
                value + weight * other.value,
                entropy + weight * other.entropy,
                oldKl + weight * other.oldKl,
                kl + weight * other.kl,
                clipped + weight * other.clipped);
    }

    /** Adds up the loss and its derivatives, sample by sample. */
    static final class Sum {

        private final PpoOptions options;
        private final double scale;
        private final double valueClip;
        private final double[] logitsBar;
        private double policy;
        private double value;
        private double entropy;
        private double oldKl;
        private double kl;
        private double clipped;
        private int count;

        /**
         * Begins.
         *
         * @param options the weights
         * @param valueClip delta, how far values may move; infinite where they are free
         * @param scale of the derivatives: 1 by how many samples are averaged over
         * @param actions A
         */
        Sum(PpoOptions options, double valueClip, double scale, int actions) {
            this.options = options;
            this.valueClip = valueClip;
            this.scale = scale;
            this.logitsBar = new double[actions];
        }

        /** Minus the derivative by the logits of the sample that was added last, (A). */
        double[] logitsBar() {
            return logitsBar;
        }

        /**
         * Adds a sample.
         *
         * @param pi has read its logits
         * @param entropyHere their entropy
         * @param samples all samples
         * @param k which of them
         * @param advantage its, normalized
         * @param now its value
         * @return minus the derivative by the value
         */
        double add(Categorical pi, double entropyHere, Samples samples, int k, double advantage, double now) {
            count++;
            int action = samples.actions()[k];
            double logRatio = pi.log(action) - samples.logProbabilities()[k];
            double ratio = Math.exp(logRatio);
            double held = Math.max(1 - options.clip(), Math.min(1 + options.clip(), ratio));
            boolean free = advantage * ratio <= advantage * held;
            double pull = free ? advantage * ratio : 0;
            for (int a = 0; a < logitsBar.length; a++) {
                double p = pi.probability(a);
                double byRatio = pull * ((a == action ? 1 : 0) - p);
                double byEntropy = p == 0 ? 0 : -p * (pi.log(a) + entropyHere);
                logitsBar[a] = scale * (byRatio + options.entropy() * byEntropy);
            }
            policy -= advantage * (free ? ratio : held);
            entropy += entropyHere;
            oldKl -= logRatio;
            kl += ratio - 1 - logRatio;
            clipped += Math.abs(ratio - 1) > options.clip() ? 1 : 0;
            return addValue(now, samples.values()[k], samples.returns()[k]);
        }

        private double addValue(double now, double old, double target) {
            double moved = now - old;
            double held = Math.max(-valueClip, Math.min(valueClip, moved));
            double error = now - target;
            double heldError = old + held - target;
            boolean free = held == moved || error * error >= heldError * heldError;
            value += 0.5 * (free ? error * error : heldError * heldError);
            return free ? -scale * options.valueLoss() * error : 0; // what is held does not move with v
        }

        /** Averaged over the samples that were added. */
        PpoLoss mean() {
            return ZERO.plus(new PpoLoss(policy, value, entropy, oldKl, kl, clipped), 1.0 / count);
        }

        int count() {
            return count;
        }
    }
}
