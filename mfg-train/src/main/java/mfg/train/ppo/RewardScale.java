package mfg.train.ppo;

/**
 * How much discounted sums of rewards, {@code R_h = gamma R_{h-1} + r_h}, have varied since learning began, as gym's {@code
 * NormalizeReward} has it: PPO's rewards are divided by their standard deviation. Numbers are kept as floats, for a run that is resumed to
 * go on the same.
 *
 * @param count how many sums there were
 * @param mean their mean
 * @param variance their variance
 */
public record RewardScale(float count, float mean, float variance) {

    /** Before anything was played. */
    public static final RewardScale START = new RewardScale(0, 0, 0);

    /** With the sums of another episode: rewards (H, agents). */
    RewardScale seen(float[] rewards, int agents, double gamma) {
        double[] sums = new double[agents];
        double total = 0;
        double squares = 0;
        for (int k = 0; k < rewards.length; k++) {
            double sum = gamma * sums[k % agents] + rewards[k];
            sums[k % agents] = sum;
            total += sum;
            squares += sum * sum;
        }
        double ownMean = total / rewards.length;
        double ownVariance = Math.max(0, squares / rewards.length - ownMean * ownMean);
        double all = count + rewards.length;
        double share = rewards.length / all;
        double apart = ownMean - mean;
        return new RewardScale((float) all, (float) (mean + share * apart), (float)
                ((1 - share) * variance + share * ownVariance + share * (1 - share) * apart * apart));
    }

    /** What rewards are divided by. */
    double deviation() {
        return Math.sqrt(variance + 1e-8);
    }
}
