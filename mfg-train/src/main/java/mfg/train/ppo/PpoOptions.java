package mfg.train.ppo;

import mfg.core.InvalidInputException;

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
 * @param clip how far the policy may move in an epoch, as a ratio of probabilities; and values, too
 * @param clipValues whether values are held back like the policy
 * @param passes how often an epoch's samples are gone through
 * @param minibatch samples of a step, of all networks together
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
        boolean clipValues,
        int passes,
        int minibatch) {

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
        check(passes >= 1, "the number of passes", "1 or more", passes);
        check(minibatch >= 1, "the minibatch", "1 or more", minibatch);
    }

    private static void check(boolean valid, String what, String range, Number number) {
        if (!valid) {
            throw new InvalidInputException("%s must be %s, not %s".formatted(what, range, number));
        }
    }

    /**
     * Returns what the paper used (SYMM Table 2).
     *
     * @param epochs over which the learning rate falls
     * @param players N: the paper's minibatch of 16384 is for 1000
     * @return the defaults
     */
    public static PpoOptions paper(int epochs, int players) {
        int minibatch = (int) Math.min(Integer.MAX_VALUE, Math.max(1, 16384L * players / 1000));
        return new PpoOptions(epochs, 2.5e-4, 0.999, 0.95, 6e-3, 0.9, 0.5, 0.2, true, 4, minibatch);
    }

    /**
     * Returns the same with another weight of the entropy.
     *
     * @param weight 0 or more
     * @return other options
     */
    public PpoOptions withEntropy(double weight) {
        return new PpoOptions(
                epochs,
                learningRate,
                gamma,
                lambda,
                weight,
                valueLoss,
                gradientNorm,
                clip,
                clipValues,
                passes,
                minibatch);
    }

    /**
     * Returns the same with another minibatch.
     *
     * @param samples of a step, of all networks together
     * @return other options
     */
    public PpoOptions withMinibatch(int samples) {
        return new PpoOptions(
                epochs,
                learningRate,
                gamma,
                lambda,
                entropy,
                valueLoss,
                gradientNorm,
                clip,
                clipValues,
                passes,
                samples);
    }
}
