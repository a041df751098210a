package mfg.eval.taxi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JacksonException;
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
import mfg.eval.io.Csv;
import mfg.eval.io.RunFolder;
import mfg.eval.io.Yaml;
import mfg.nn.ActorCritic;
import mfg.nn.Snapshot;
import mfg.train.Adam;
import mfg.train.ppo.Ppo;
import org.jspecify.annotations.Nullable;

/** A run of {@code learn a-taxi} on disk. The checkpoint is written last, so that what it goes with is there. */
final class TaxiFiles {

    private static final String CHECKPOINT = "checkpoint.npz";
    private static final String NETWORKS = "networks.npz";
    private static final String METRICS = "metrics.csv";
    static final String RESULT = "result.json";

    private final RunFolder folder;

    /**
     * Where a run is.
     *
     * @param epochs one for each epoch so far
     */
    record Seen(Ppo.State state, List<TaxiEpoch> epochs) {}

    TaxiFiles(RunFolder folder) {
        this.folder = folder;
    }

    static TaxiConfig config(RunFolder folder) throws IOException {
        return Yaml.read(folder.file(RunFolder.CONFIG), TaxiConfig.class, Map.of());
    }

    Path file(String name) {
        return folder.file(name);
    }

    void save(Seen seen) throws IOException {
        Csv.write(
                folder.file(METRICS), seen.epochs().stream().map(TaxiEpoch::row).toList());
        Ppo.State state = seen.state();
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList all = new NDList(state.theta());
            all.addAll(named("mean-", state.theta(), state.adam().means()));
            all.addAll(named("square-", state.theta(), state.adam().squares()));
            double[] counts = {state.epoch(), state.adam().steps()};
            NDArray array = Tensors.create(manager, DataType.FLOAT64, counts, new Shape(counts.length));
            array.setName("counts");
            all.add(array);
            Snapshot.save(folder.file(CHECKPOINT), all);
        }
    }

    private static NDList named(String prefix, NDList theta, NDList arrays) {
        for (int i = 0; i < theta.size(); i++) {
            arrays.get(i).setName(prefix + theta.get(i).getName());
        }
        return arrays;
    }

    void saveNetworks(NDList theta) throws IOException {
        Snapshot.save(folder.file(NETWORKS), theta);
    }

    /** The networks of a run that has come to its end. */
    NDList networks(ActorCritic networks, NDManager manager) throws IOException {
        if (!Files.exists(folder.file(NETWORKS))) {
            throw new InvalidInputException("run %s has not come to its end; go on with it by learn --resume %s"
                    .formatted(folder.path(), folder.path()));
        }
        return Snapshot.load(folder.file(NETWORKS), networks.parameters(), manager, DataType.FLOAT32);
    }

    /** Where an interrupted run was; null if it had not come to its first checkpoint. */
    @Nullable
    Seen load(ActorCritic networks, NDManager manager) throws IOException {
        Path checkpoint = folder.file(CHECKPOINT);
        if (!Files.exists(checkpoint)) {
            return null;
        }
        List<ParameterSpec> specs = networks.parameters();
        List<ParameterSpec> expected = new ArrayList<>();
        for (String prefix : List.of("", "mean-", "square-")) {
            specs.forEach(spec -> expected.add(new ParameterSpec(prefix + spec.name(), spec.shape(), 0)));
        }
        expected.add(new ParameterSpec("counts", new Shape(2), 0));
        NDList all = Snapshot.load(checkpoint, expected, manager, DataType.FLOAT32);
        double[] counts = Tensors.toDoubles(all.get(expected.size() - 1));
        for (double count : counts) {
            if (!(count >= 0) || count != (int) count) {
                throw new InvalidInputException(
                        "%s is damaged: it was written after %s epochs or steps".formatted(checkpoint, count));
            }
        }
        int size = specs.size();
        Adam adam = new Adam(all.subNDList(size, 2 * size), all.subNDList(2 * size, 3 * size), (int) counts[1]);
        int epoch = (int) counts[0];
        List<TaxiEpoch> epochs = epochs(epoch);
        if (epochs.size() != epoch) {
            throw new InvalidInputException("%s is damaged: it tells of %d epochs, %s of %d"
                    .formatted(folder.file(METRICS), epochs.size(), checkpoint.getFileName(), epoch));
        }
        return new Seen(new Ppo.State(all.subNDList(0, size), adam, epoch), epochs);
    }

    /** Those up to an epoch: a kill may have come between metrics and checkpoint. */
    List<TaxiEpoch> epochs(int last) throws IOException {
        List<TaxiEpoch> epochs = new ArrayList<>();
        try {
            for (ObjectNode row : Csv.read(folder.file(METRICS))) {
                TaxiEpoch epoch = TaxiEpoch.read(row);
                if (epoch.learning().epoch() <= last) {
                    epochs.add(epoch);
                }
            }
        } catch (JacksonException e) {
            throw new InvalidInputException(
                    "%s is damaged: %s".formatted(folder.file(METRICS), e.getOriginalMessage()), e);
        }
        return epochs;
    }

    void save(TaxiResult result) throws IOException {
        folder.saveResult(RESULT, result);
    }
}
