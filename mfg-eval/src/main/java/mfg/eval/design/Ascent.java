package mfg.eval.design;

import ai.djl.training.tracker.LinearTracker;
import ai.djl.training.tracker.Tracker;
import mfg.core.catalogue.Parameter;
import mfg.train.Adam;
import mfg.train.GradientAscent;
import mfg.train.GradientEstimator;
import mfg.train.Implicit;
import mfg.train.Improvement;
import mfg.train.Optimizer;
import mfg.train.SettledAscent;
import mfg.train.Sgd;

/** How a gradient is followed. */
public record Ascent(
        @Parameter(about = "the optimizer's learning rate at the start", value = "0.03", above = 0)
        double lr,

        @Parameter(
                about = "how it goes on",
                value = "cosine",
                oneOf = {"constant", "linear", "cosine"})
        String schedule,

        @Parameter(about = "largest gradient norm", value = "1", above = 0)
        double clip,

        @Parameter(
                about = "what follows the gradient",
                value = "adam",
                oneOf = {"adam", "sgd"})
        String optimizer) {

    /** Gradient ascent; the moments are modified where the optimizer has some. */
    Improvement improvement(GradientEstimator estimator, Adam moments, int iterations) {
        return new GradientAscent(estimator, follower(moments), rates(iterations), clip);
    }

    /** Gradient ascent from equilibrium to equilibrium. */
    Improvement settled(Implicit implicit, Adam moments, int iterations, double gap, double fall, double barrier) {
        SettledAscent.Terms terms = new SettledAscent.Terms(clip, gap, fall, barrier);
        return new SettledAscent(implicit, follower(moments), rates(iterations), terms);
    }

    private Optimizer follower(Adam moments) {
        return optimizer.equals("adam") ? moments : new Sgd();
    }

    /** From lr in the first iteration; linear and cosine fall to 0 after the last. */
    Tracker rates(int iterations) {
        int last = Math.max(1, iterations);
        return switch (schedule) {
            case "constant" -> Tracker.fixed((float) lr);
            case "linear" ->
                LinearTracker.builder()
                        .setBaseValue((float) lr)
                        .optSlope((float) (-lr / last))
                        .optMinValue(0)
                        .build();
            default ->
                Tracker.cosine()
                        .setBaseValue((float) lr)
                        .optFinalValue(0)
                        .setMaxUpdates(last)
                        .build();
        };
    }
}
