package mfg.train.ppo;

/**
 * Generalized advantage estimation (Schulman et al. 2016) of episodes that end after H rounds: {@code A_h = sum_{l >= 0} (gamma
 * lambda)^l d_{h+l}}, {@code d_h = r_h + gamma V_{h+1} - V_h}, {@code V_H = 0}.
 */
final class Advantages {

    private Advantages() {}

    /**
     * Estimates.
     *
     * @param rewards (H, agents), last axis fastest; not modified
     * @param values (H, agents); not modified
     * @param agents how many
     * @param gamma the discount
     * @param lambda how far to look ahead
     * @return (H, agents)
     */
    static double[] of(float[] rewards, double[] values, int agents, double gamma, double lambda) {
        double[] advantages = new double[values.length];
        for (int at = values.length - 1; at >= 0; at--) {
            boolean last = at + agents >= values.length;
            double next = last ? 0 : values[at + agents];
            double further = last ? 0 : advantages[at + agents];
            advantages[at] = rewards[at] + gamma * next - values[at] + gamma * lambda * further;
        }
        return advantages;
    }
}
