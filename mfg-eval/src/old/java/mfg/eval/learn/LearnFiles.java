package mfg.eval.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.core.symmetry.AnonymousGame;
import mfg.envs.symmetry.Policies;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.RunFolder;
import mfg.eval.io.Yaml;
import mfg.nn.Snapshot;
import mfg.train.symmetry.PolicyMirrorDescent;
import org.jspecify.annotations.Nullable;

/** A run of {@code learn} on disk. The checkpoint is written last, so that what it goes with is there. */
final class LearnFiles {

    private static final String CHECKPOINT = "checkpoint.npz";
    private static final String METRICS = "metrics.csv";
    static final String RESULT = "result.json";

    private final RunFolder folder;

    /**
     * What was seen so far.
     *
     * @param seconds spent playing and learning
     * @param rows of the metrics
     */
    record Seen(PolicyMirrorDescent.State state, double seconds, List<ObjectNode> rows) {}

    LearnFiles(RunFolder folder) {
        this.folder = folder;
    }

    static LearnConfig config(RunFolder folder) throws IOException {
        return Yaml.read(folder.file(RunFolder.CONFIG), LearnConfig.class, Map.of());
    }

    Path file(String name) {
        return folder.file(name);
    }

    void save(Seen seen) throws IOException {
        Csv.write(folder.file(METRICS), seen.rows());
        PolicyMirrorDescent.State state = seen.state();
        try (NDManager manager = NDManager.newBaseManager()) {
            Shape shape = tables(state.last());
            NDList all = new NDList(
                    array(manager, "last", state.last().probabilities(), shape),
                    array(manager, "sum", state.sum(), shape),
                    array(manager, "epoch", new double[] {state.epoch()}, new Shape(1)),
                    array(manager, "seconds", new double[] {seen.seconds()}, new Shape(1)));
            Snapshot.save(folder.file(CHECKPOINT), all);
        }
    }

    /** Saves policies by themselves, (tables, H, S, A). */
    void savePolicies(String name, Policies policies) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Snapshot.save(
                    folder.file(name + ".npz"),
                    new NDList(array(manager, "policy", policies.probabilities(), tables(policies))));
        }
    }

    private static Shape tables(Policies policies) {
        return new Shape(policies.tables()).addAll(policies.shape().policy());
    }

    private static NDArray array(NDManager manager, String name, double[] numbers, Shape shape) {
        NDArray array = Tensors.create(manager, DataType.FLOAT64, numbers, shape);
        array.setName(name);
        return array;
    }

    /** Where an interrupted run was; null if it had not come to its first checkpoint. */
    @Nullable
    Seen load(AnonymousGame game, boolean shared) throws IOException {
        Path checkpoint = folder.file(CHECKPOINT);
        if (!Files.exists(checkpoint)) {
            return null;
        }
        int tables = shared ? 1 : game.players();
        Shape shape = new Shape(tables).addAll(game.shape().policy());
        List<ParameterSpec> expected = List.of(
                new ParameterSpec("last", shape, 0),
                new ParameterSpec("sum", shape, 0),
                new ParameterSpec("epoch", new Shape(1), 0),
                new ParameterSpec("seconds", new Shape(1), 0));
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList all = Snapshot.load(checkpoint, expected, manager, DataType.FLOAT64);
            double epoch = Tensors.toDouble(all.get(2));
            if (!(epoch >= 0) || epoch != (int) epoch) {
                throw new InvalidInputException(
                        "%s is damaged: it was written after %s epochs".formatted(checkpoint, epoch));
            }
            Policies last = new Policies(game.shape(), tables, Tensors.toDoubles(all.get(0)));
            PolicyMirrorDescent.State state =
                    new PolicyMirrorDescent.State((int) epoch, last, Tensors.toDoubles(all.get(1)));
            return new Seen(state, Tensors.toDouble(all.get(3)), rows((int) epoch));
        }
    }

    /** Those up to an epoch: a kill may have come between metrics and checkpoint. */
    List<ObjectNode> rows(int epoch) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        for (ObjectNode row : Csv.read(folder.file(METRICS))) {
            LearnRun.Look look = Json.read(row, LearnRun.Look.class);
            if (look.epoch() <= epoch) {
                rows.add(Json.fields(look));
            }
        }
        return rows;
    }

    void save(LearnResult result) throws IOException {
        folder.saveResult(RESULT, result);
    }
}
