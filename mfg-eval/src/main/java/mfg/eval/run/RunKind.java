package mfg.eval.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mfg.eval.config.Binder;
import mfg.eval.config.Tree;

/**
 * A kind of run.
 *
 * @param <C> its configuration
 * @param <T> its result
 */
public abstract class RunKind<C extends Record, T extends Result> {

    private final Binder.Kind<C> configuration;
    private final Class<T> result;
    private final String unit;

    /**
     * Describes a kind.
     *
     * @param configuration its configuration
     * @param result the class of its results
     * @param unit what a step is called, and the first column of the metrics; several of them are an option
     */
    protected RunKind(Binder.Kind<C> configuration, Class<T> result, String unit) {
        this.configuration = configuration;
        this.result = result;
        this.unit = unit;
    }

    /** Its configuration. */
    public final Binder.Kind<C> configuration() {
        return configuration;
    }

    /** The class of its results. */
    public final Class<T> result() {
        return result;
    }

    /** What a step is called: {@code iteration} or {@code epoch}. */
    final String unit() {
        return unit;
    }

    /** The option that says how many steps there are. */
    public final String stepsOption() {
        return unit + "s";
    }

    /** The command. */
    public final String command() {
        return configuration.command();
    }

    /** What progress is told of, and what a folder without a name of its own is called after: the game, where there is one. */
    public final String name(C config) {
        return Tree.flat(config).getOrDefault("game", command());
    }

    /**
     * Makes the task of a configuration, ready to begin.
     *
     * @throws mfg.core.InvalidInputException if the configuration cannot be run; nothing is left behind then
     */
    public abstract Task<T> task(C config, Context context) throws IOException;

    /** The files that runs of a configuration read besides it; by default none. */
    public List<Path> reads(C config) {
        return List.of();
    }

    /** What going on with more steps means for a run; empty if there is nothing to say. */
    protected String goingOn(C before, C after, int done) {
        return "";
    }
}
