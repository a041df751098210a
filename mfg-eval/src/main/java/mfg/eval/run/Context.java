package mfg.eval.run;

/**
 * What surrounds a run and changes no number.
 *
 * @param threads how many to compute with
 * @param checkpointEvery steps between two checkpoints at most; time passed makes more of them
 * @param display what people see
 */
public record Context(int threads, int checkpointEvery, Display display) {

    /** Usual checkpoints. */
    public static final int CHECKPOINT_EVERY = 50;

    /** A run by itself. */
    public static Context alone(int threads) {
        return new Context(threads, CHECKPOINT_EVERY, Display.ALONE);
    }
}
