package mfg.train.ppo;

/**
 * The loss of PPO, averaged over samples: {@code -min(A r, A clip(r, 1-eps, 1+eps)) + c_v max((v - R)^2, (v_old + clip(v - v_old,
 * -eps, eps) - R)^2) / 2 - c_e H(pi)}, {@code r = pi(a) / pi_old(a)}, and what CleanRL logs of it.
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

    /**
     * Computes the loss and its derivatives.
     *
     * @param samples advantages already normalized; not modified
     * @param logits (samples, A), last axis fastest; overwritten by minus the loss's derivative
     * @param values (samples); overwritten by minus the loss's derivative
     * @param scale of the derivatives: 1 by how many samples are averaged over
     * @param options the weights
     * @return averaged over these samples
     */
    static PpoLoss of(Samples samples, double[] logits, double[] values, double scale, PpoOptions options) {
        int actions = logits.length / samples.size();
        Categorical pi = new Categorical(actions);
        PpoLoss sum = ZERO;
        for (int k = 0; k < samples.size(); k++) {
            double entropy = pi.read(logits, k * actions);
            PpoLoss one = policy(samples, k, pi, entropy, scale, options, logits);
            sum = sum.plus(one, 1);
            sum = sum.plus(new PpoLoss(0, value(samples, k, values, scale, options), 0, 0, 0, 0), 1);
        }
        return ZERO.plus(sum, 1.0 / samples.size());
    }

    private static PpoLoss policy(
            Samples samples,
            int k,
            Categorical pi,
            double entropy,
            double scale,
            PpoOptions options,
            double[] logitsBar) {
        int action = samples.actions()[k];
        double advantage = samples.advantages()[k];
        double logRatio = pi.log(action) - samples.logProbabilities()[k];
        double ratio = Math.exp(logRatio);
        double clipped = Math.max(1 - options.clip(), Math.min(1 + options.clip(), ratio));
        boolean free = advantage * ratio <= advantage * clipped;
        double pull = free ? advantage * ratio : 0;
        int actions = logitsBar.length / samples.size();
        for (int a = 0; a < actions; a++) {
            double p = pi.probability(a);
            double byRatio = pull * ((a == action ? 1 : 0) - p);
            double byEntropy = -p * (pi.log(a) + entropy);
            logitsBar[k * actions + a] = scale * (byRatio + options.entropy() * byEntropy);
        }
        return new PpoLoss(
                -advantage * (free ? ratio : clipped),
                0,
                entropy,
                -logRatio,
                ratio - 1 - logRatio,
                Math.abs(ratio - 1) > options.clip() ? 1 : 0);
    }

    private static double value(Samples samples, int k, double[] values, double scale, PpoOptions options) {
        double old = samples.values()[k];
        double moved = values[k] - old;
        double held = Math.max(-options.clip(), Math.min(options.clip(), moved));
        double error = values[k] - samples.returns()[k];
        double heldError = old + held - samples.returns()[k];
        boolean free = !options.clipValues() || held == moved || error * error >= heldError * heldError;
        values[k] = free ? -scale * options.valueLoss() * error : 0; // what is held does not move with v
        return 0.5 * (free ? error * error : heldError * heldError);
    }
}
