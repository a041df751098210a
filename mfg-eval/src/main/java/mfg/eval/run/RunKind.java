package mfg.eval.run;

import java.io.IOException;
import mfg.eval.config.Binder;

/**
 * A kind of run.
 *
 * @param <C> its configuration
 * @param <T> its result
 */
public interface RunKind<C extends Record, T extends Result> {

    /** Its configuration. */
    Binder.Kind<C> configuration();

    /** The class of its results. */
    Class<T> result();

    /** What a step is called, and the first column of the metrics: {@code iteration} or {@code epoch}. */
    String unit();

    /** The option that says how many steps there are. */
    default String stepsOption() {
        return unit() + "s";
    }

    /** What progress is told of, and what a folder without a name of its own is called after. */
    String name(C config);

    /**
     * Makes the task of a configuration, ready to begin.
     *
     * @throws mfg.core.InvalidInputException if the configuration cannot be run; nothing is left behind then
     */
    Task<T> task(C config, Context context) throws IOException;

    /** What going on with more steps means for a run; empty if there is nothing to say. */
    default String goingOn(C before, C after, int done) {
        return "";
    }

    /** The command. */
    default String command() {
        return configuration().command();
    }
}
