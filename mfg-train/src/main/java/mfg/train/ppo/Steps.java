package mfg.train.ppo;

import mfg.core.DivergedException;

/** What happened in an epoch's steps, summed up over them. */
final class Steps {

    private PpoLoss loss = PpoLoss.ZERO;
    private double norm;
    private double lastKl;
    private int count;

    /**
     * Adds a step.
     *
     * @throws DivergedException if the gradient is not finite
     */
    void add(PpoLoss one, double gradientNorm) {
        if (!Double.isFinite(gradientNorm)) {
            throw new DivergedException("a gradient is not finite; a smaller learning rate may help");
        }
        loss = loss.plus(one, 1);
        norm += gradientNorm;
        lastKl = one.kl();
        count++;
    }

    /** Whether the last step found the policy further from the old one than a target; 0 for no target. */
    boolean reached(double targetKl) {
        return targetKl > 0 && lastKl > targetKl;
    }

    int count() {
        return count;
    }

    /** Adds those of another network. */
    void add(Steps other) {
        loss = loss.plus(other.loss, 1);
        norm += other.norm;
        count += other.count;
    }

    /** Averaged over steps. */
    PpoLoss loss() {
        return PpoLoss.ZERO.plus(loss, 1.0 / count);
    }

    /** Averaged over steps, before gradients are cut. */
    double norm() {
        return norm / count;
    }
}
