package mfg.train.ppo;

import java.util.Locale;
import mfg.core.InvalidInputException;
import mfg.train.Adam;

/**
 * How PPO learns.
 *
 * @param epochs over which the learning rate falls linearly to 0
 * @param learningRate of the first epoch
 * @param gamma the discount of later rewards
 * @param lambda how far advantages look ahead (GAE)
 * @param entropy the weight of the entropy
 * @param valueLoss the weight of the value's loss
 * @param gradientNorm the gradient's largest norm, of each network's policy and value together
 * @param clip how far the policy may move in an epoch, as a ratio of probabilities
 * @param valueClipping how values are held back
 * @param normalizeRewards whether rewards are divided by how much discounted sums of them have varied so far
 * @param targetKl no further pass once the policy is further from the old one than this; 0 for all passes
 * @param passes how often an epoch's samples are gone through
 * @param minibatch samples of a step, of all networks together
 * @param adam the constants of Adam
 */
public record PpoOptions(
        int epochs,
        double learningRate,
        double gamma,
        double lambda,
        double entropy,
        double valueLoss,
        double gradientNorm,
        double clip,
        ValueClipping valueClipping,
        boolean normalizeRewards,
        double targetKl,
        int passes,
        int minibatch,
        Adam.Constants adam) {

    /** CleanRL's constants of Adam. */
    public static final Adam.Constants CLEAN_RL = new Adam.Constants(0.9, 0.999, 1e-5);

    /** How far an epoch may move values. */
    public enum ValueClipping {
        /** As far as they go. */
        NONE,
        /** By the policy's clip in units of reward: CleanRL, for rewards of about 1. */
        ABSOLUTE,
        /** By the policy's clip times the standard deviation of the epoch's returns. */
        RELATIVE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException if one is out of range
     */
    public PpoOptions {
        check(epochs >= 0, "the number of epochs", "0 or more", epochs);
        check(learningRate > 0 && learningRate <= 1, "the learning rate", "in (0, 1]", learningRate);
        check(gamma >= 0 && gamma <= 1, "gamma", "in [0, 1]", gamma);
        check(lambda >= 0 && lambda <= 1, "lambda", "in [0, 1]", lambda);
        check(entropy >= 0 && entropy <= 1e6, "the weight of the entropy", "0 or more", entropy);
        check(valueLoss >= 0 && valueLoss <= 1e6, "the weight of the value's loss", "0 or more", valueLoss);
        check(gradientNorm > 0, "the gradient's largest norm", "above 0", gradientNorm);
        check(clip > 0 && clip < 1, "the clipping", "between 0 and 1", clip);
        check(targetKl >= 0, "the target of the distance", "0 or more", targetKl);
        check(passes >= 1, "the number of passes", "1 or more", passes);
        check(minibatch >= 1, "the minibatch", "1 or more", minibatch);
    }

    private static void check(boolean valid, String what, String range, Number number) {
        if (!valid) {
            throw new InvalidInputException("%s must be %s, not %s".formatted(what, range, number));
        }
    }

    /**
     * Returns what the paper used (SYMM Table 2), and where it is silent what CleanRL does.
     *
     * @param epochs over which the learning rate falls
     * @param players N: the paper's minibatch of 16384 is for 1000
     * @return the paper's options
     */
    public static PpoOptions paper(int epochs, int players) {
        int minibatch = (int) Math.min(Integer.MAX_VALUE, Math.max(1, 16384L * players / 1000));
        return new PpoOptions(
                epochs,
                2.5e-4,
                0.999,
                0.95,
                6e-3,
                0.9,
                0.5,
                0.2,
                ValueClipping.ABSOLUTE,
                false,
                0,
                4,
                minibatch,
                CLEAN_RL);
    }

    /**
     * Returns the same with another weight of the entropy.
     *
     * @param weight 0 or more
     * @return other options
     */
    public PpoOptions withEntropy(double weight) {
        return with(learningRate, weight, minibatch);
    }

    /**
     * Returns the same with another minibatch.
     *
     * @param samples of a step, of all networks together
     * @return other options
     */
    public PpoOptions withMinibatch(int samples) {
        return with(learningRate, entropy, samples);
    }

    /**
     * Returns the same with another learning rate.
     *
     * @param rate of the first epoch
     * @return other options
     */
    public PpoOptions withLearningRate(double rate) {
        return with(rate, entropy, minibatch);
    }

    private PpoOptions with(double rate, double weight, int samples) {
        return new PpoOptions(
                epochs,
                rate,
                gamma,
                lambda,
                weight,
                valueLoss,
                gradientNorm,
                clip,
                valueClipping,
                normalizeRewards,
                targetKl,
                passes,
                samples,
                adam);
    }

    /** How many items of K samples a step takes, of so many. */
    int batch(int networks, int items) {
        return Math.max(1, Math.min(items, minibatch / networks));
    }

    /** By what a gradient of this norm is multiplied. */
    double cut(double norm) {
        return Math.min(1, gradientNorm / (norm + 1e-6));
    }

    /** How far values may move, by the standard deviation of returns; infinite where they are free. */
    double valueClip(double deviation) {
        return switch (valueClipping) {
            case NONE -> Double.POSITIVE_INFINITY;
            case ABSOLUTE -> clip;
            case RELATIVE -> clip * deviation;
        };
    }
}
