package mfg.train;

import java.util.List;
import mfg.train.IncentiveDesign.Iteration;
import org.jspecify.annotations.Nullable;

/** Why training ends before its plan does: it has died. Depends on nothing but the iterations so far. */
public enum Standstill {
    /** In each of the last ten iterations the gradient was exactly 0. */
    FLAT(
            "nothing has changed the objective for ten iterations: the gradient is 0; start elsewhere or take a smaller learning rate"),

    /** In each of the last ten iterations the objective, nonnegative, was below a hundredth of the best before. */
    LOST(
            "for ten iterations the objective has been below a hundredth of its best: the way is lost; start elsewhere or take a smaller learning rate"),

    /** In each of the last ten iterations the step was below a millionth of the longest, for none but such steps hold. */
    STUCK(
            "for ten iterations no step has held but such as change nothing, below a millionth of the longest: this is as far as training gets from here; start elsewhere, or take a larger --gap");

    /** How many iterations in a row it takes. */
    static final int PATIENCE = 10;

    private static final double LEFT = 0.01;
    private static final double TINY = 1e-6;

    private final String sentence;

    Standstill(String sentence) {
        this.sentence = sentence;
    }

    /**
     * Says what happened and what may help.
     *
     * @return one sentence
     */
    public String sentence() {
        return sentence;
    }

    /**
     * Looks at the last iterations. Methods without a gradient have no norm, and are never flat.
     *
     * @param iterations all so far, from the first
     * @return why to end training; null to go on
     */
    public static @Nullable Standstill of(List<Iteration> iterations) {
        int before = iterations.size() - PATIENCE;
        if (before < 0) {
            return null;
        }
        List<Iteration> last = iterations.subList(before, iterations.size());
        if (last.stream().allMatch(iteration -> iteration.gradientNorm() == 0)) {
            return FLAT;
        }
        double longest = iterations.stream()
                .mapToDouble(Iteration::learningRate)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        if (last.stream().allMatch(iteration -> iteration.learningRate() < TINY * longest)) {
            return STUCK;
        }
        double best = iterations.subList(0, before).stream()
                .mapToDouble(Iteration::objective)
                .max()
                .orElse(0);
        boolean lost = last.stream()
                .mapToDouble(Iteration::objective)
                .allMatch(objective -> objective >= 0 && objective < LEFT * best);
        return lost ? LOST : null;
    }
}
