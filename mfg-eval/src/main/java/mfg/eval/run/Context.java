package mfg.eval.run;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * What surrounds a run and changes no number.
 *
 * @param threads how many to compute with
 * @param checkpointEvery steps between two checkpoints at most; time passed makes more of them
 * @param display what people see
 * @param found where a file lies that the configuration names
 */
public record Context(int threads, int checkpointEvery, Display display, UnaryOperator<Path> found) {

    /** Usual checkpoints. */
    public static final int CHECKPOINT_EVERY = 50;

    /** Files lie where the configuration says. */
    public Context(int threads, int checkpointEvery, Display display) {
        this(threads, checkpointEvery, display, UnaryOperator.identity());
    }

    /** A run by itself. */
    public static Context alone(int threads) {
        return new Context(threads, CHECKPOINT_EVERY, Display.ALONE);
    }
}
