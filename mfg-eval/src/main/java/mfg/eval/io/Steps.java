package mfg.eval.io;

/** Told of the steps of a job, until it is closed. */
@FunctionalInterface
public interface Steps extends AutoCloseable {

    /** Reports a step, with the latest figures in words. */
    void step(int done, String figures);

    @Override
    default void close() {}
}
