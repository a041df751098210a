package mfg.eval.learn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.eval.io.Json;
import mfg.eval.run.RunFolder;
import mfg.eval.run.Saved;
import mfg.eval.run.Task;
import org.jspecify.annotations.Nullable;

/** Learning, whoever learns: epochs whose time is taken, rows, and a result in which the learner tells what it found out. */
abstract class LearnerTask implements Task<LearnResult> {

    private static final String SECONDS = "seconds";

    final LearnConfig config;
    private double seconds;

    LearnerTask(LearnConfig config) {
        this.config = config;
    }

    /** N. */
    abstract int players();

    /** Learns for an epoch. */
    abstract void epoch();

    /** What there is to see after some epochs, which come first. */
    abstract ObjectNode seen(int epochs);

    /** The state, named. */
    abstract NDList state(NDManager scratch);

    /** What {@link #state} returns. */
    abstract List<ParameterSpec> specs();

    /** Takes a state up. */
    abstract void load(NDList state, int epochs);

    /**
     * Finds out what came of it, and saves that.
     *
     * @param seconds that it took
     * @return what else there is to tell, the most telling first
     */
    abstract Map<String, @Nullable Object> learned(RunFolder files, List<ObjectNode> rows, double seconds)
            throws IOException;

    @Override
    public final int steps() {
        return config.epochs();
    }

    @Override
    public final @Nullable ObjectNode begin(RunFolder files) {
        return row(0);
    }

    @Override
    public final @Nullable ObjectNode step(int k, RunFolder files) {
        long start = System.nanoTime();
        epoch();
        seconds += (System.nanoTime() - start) * 1e-9;
        return row(k);
    }

    private @Nullable ObjectNode row(int k) {
        if (!hasRow(k)) {
            return null;
        }
        ObjectNode row = seen(k);
        Json.put(row, SECONDS, seconds);
        return row;
    }

    @Override
    public final NDList save(NDManager scratch) {
        return state(scratch).addAll(new NDList(Saved.number(SECONDS, seconds, scratch)));
    }

    @Override
    public final List<ParameterSpec> saved() {
        List<ParameterSpec> all = new ArrayList<>(specs());
        all.add(Saved.number(SECONDS));
        return all;
    }

    @Override
    public final void load(NDList saved, int steps, List<ObjectNode> rows) {
        load(saved, steps);
        seconds = Tensors.toDouble(saved.get(saved.size() - 1));
    }

    @Override
    public final LearnResult end(RunFolder files, List<ObjectNode> rows, String status) throws IOException {
        return new LearnResult(
                config.game().name(),
                config.learner(),
                players(),
                config.epochs(),
                learned(files, rows, seconds),
                status,
                files.path().toString());
    }
}
