package mfg.eval.design;

import mfg.eval.io.Progress;
import mfg.eval.io.Steps;

/** What people see of a run of {@code design}. */
public interface Display {

    /** A run by itself. */
    Display ALONE = new Display() {
        @Override
        public Steps training(DesignConfig config, int done) {
            tellBidders(config);
            return new Progress(config.setting(), done, config.iterations());
        }

        @Override
        public Steps evaluating(int games) {
            return Progress.barOnly("evaluating", games > 1 ? games : 0);
        }

        @Override
        public void ended(String why) {
            System.err.println("training ended early: " + why);
        }
    };

    /** Tells where the bidders come from, if not from the setting. */
    static void tellBidders(DesignConfig config) {
        if (!config.valuesFrom().isEmpty()) {
            System.err.println(config.valuesFrom());
        }
    }

    /** Begins to tell of training, some iterations of which are done. */
    Steps training(DesignConfig config, int done);

    /** Begins to tell of an evaluation in so many games. */
    Steps evaluating(int games);

    /** Tells why training ended before its last iteration. */
    default void ended(String why) {}

    /** Whether the run draws charts at its end, which takes about a second. */
    default boolean showsCharts() {
        return true;
    }
}
