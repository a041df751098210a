package mfg.eval.run;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.eval.catalogue.Source;
import mfg.eval.config.Slot;
import mfg.eval.config.Yaml;
import mfg.nn.Snapshot;

/** {@code checkpoint.npz}: a task's state, how many steps it has taken, and which configuration it belongs to. */
final class Checkpoint {

    static final String FILE = "checkpoint.npz";
    private static final String STEPS = "run/steps";
    private static final String CONFIG = "run/config";
    private static final int DIGEST = 32;

    private Checkpoint() {}

    /** The metrics of a run. */
    interface Rows {
        /** Those up to a step, all of them. */
        List<ObjectNode> upTo(int steps) throws IOException;
    }

    /** Saves a task, whole or not at all. */
    static void save(Path file, Task<?> task, int steps, byte[] config) throws IOException {
        try (NDManager scratch = NDManager.newBaseManager(ai.djl.Device.cpu())) {
            NDList all = task.save(scratch);
            double[] digest = new double[DIGEST];
            for (int i = 0; i < DIGEST; i++) {
                digest[i] = config[i] & 0xFF;
            }
            all.add(Saved.number(STEPS, steps, scratch));
            all.add(Saved.numbers(CONFIG, digest, new Shape(DIGEST), scratch));
            Snapshot.save(file, all);
        }
    }

    /**
     * Loads a task.
     *
     * @param wanted says how many steps there shall be, such as {@code --iterations 10}
     * @param rows reads the metrics up to a step
     * @return how many steps it has taken
     * @throws InvalidInputException if the file belongs to another configuration, or is damaged
     */
    static int load(Path file, Task<?> task, byte[] config, String wanted, Rows rows) throws IOException {
        List<ParameterSpec> expected = new ArrayList<>(task.saved());
        expected.add(Saved.number(STEPS));
        expected.add(new ParameterSpec(CONFIG, new Shape(DIGEST), 0));
        try (NDManager scratch = NDManager.newBaseManager(ai.djl.Device.cpu())) {
            NDList all = Snapshot.load(file, expected, scratch, task.savedType());
            double[] digest = Tensors.toDoubles(all.get(all.size() - 1));
            double steps = Tensors.toDouble(all.get(all.size() - 2));
            for (int i = 0; i < DIGEST; i++) {
                if (digest[i] != (config[i] & 0xFF)) {
                    throw new InvalidInputException(
                            "%s belongs to another configuration than the run's".formatted(file));
                }
            }
            if (steps != (int) steps || steps < 0) {
                throw new InvalidInputException("%s is damaged: it was written after %s steps".formatted(file, steps));
            }
            if (steps > task.steps()) {
                throw new InvalidInputException(
                        "%s is less than the %d that %s has taken".formatted(wanted, (int) steps, file.getParent()));
            }
            task.load(all.subNDList(0, all.size() - 2), (int) steps, rows.upTo((int) steps));
            return (int) steps;
        }
    }

    /** What a checkpoint belongs to: the configuration, but for how long it goes. */
    static byte[] digest(RunFile config, RunKind<?, ?> kind) {
        Map<String, Object> tree = new LinkedHashMap<>(config.tree());
        String text = config.command() + "\n"
                + (config.source() == null ? "" : config.source().sha256()) + "\n"
                + Yaml.text(without(tree, kind.stepsOption()));
        return HexFormat.of().parseHex(Source.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, Object> without(Map<?, ?> tree, String option) {
        Map<String, Object> less = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (!Slot.option(name).equals(option)) {
                less.put(name, value instanceof Map<?, ?> branch ? without(branch, option) : String.valueOf(value));
            }
        });
        return less;
    }
}
