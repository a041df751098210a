package mfg.eval.grid;

import java.io.IOException;
import java.nio.file.Path;
import mfg.core.DivergedException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.run.Context;
import mfg.eval.run.Display;
import mfg.eval.run.Result;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;

/** Where the runs of a grid are computed: on threads of this process, or elsewhere. It changes no number. */
public interface Place extends AutoCloseable {

    /** How much is done at a time in this process. */
    int threads();

    /** How many runs are asked for at a time. */
    int runs();

    /** Whether the steps of a run are seen while it goes. */
    boolean showsSteps();

    /**
     * Has a run in its folder, from the start or from its last checkpoint to its end.
     *
     * @param cell with the configuration that it shall have
     * @param folder the run's
     * @throws DivergedException if it diverges
     * @throws IOException if it fails elsewhere; what is thrown here is thrown as it is
     */
    <C extends Record, T extends Result> T run(Cell<C, T> cell, Catalogue catalogue, Path folder, Display display)
            throws IOException;

    @Override
    default void close() {}

    /** Threads of this process. */
    static Place here(int threads) {
        return new Here(threads);
    }

    /** A cluster. */
    static Place on(Cluster cluster, int threads) {
        return new Elsewhere(cluster, threads);
    }

    /** The same as a class. */
    record Here(int threads) implements Place {

        @Override
        public int runs() {
            return threads;
        }

        @Override
        public boolean showsSteps() {
            return true;
        }

        @Override
        public <C extends Record, T extends Result> T run(
                Cell<C, T> cell, Catalogue catalogue, Path folder, Display display) throws IOException {
            Context context = new Context(1, Context.CHECKPOINT_EVERY, display);
            return RunFolder.isRun(folder)
                    ? Run.resume(cell.kind(), catalogue, folder, null, context)
                    : Run.start(cell.kind(), cell.config(), cell.source(), folder, context);
        }
    }
}
