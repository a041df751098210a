package mfg.eval.design;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.eval.io.Charts;
import mfg.eval.io.RunFolder;
import mfg.eval.io.Summary;
import mfg.eval.io.Yaml;
import mfg.nn.Snapshot;
import mfg.train.Adam;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * A run on disk. Every file is written whole or not at all, the checkpoint last: a kill at any moment loses at most the
 * iterations since the last checkpoint and leaves a run that can be resumed.
 */
public final class RunDirectory implements AutoCloseable {

    private static final String CHECKPOINT = "checkpoint.npz";
    private static final String RESULT = "result.json";
    private static final String MEMORY = "memory/";
    private static final String METRICS = "metrics.csv";

    private final Path path;
    private final RunFolder folder;

    /**
     * Everything that training needs to go on to the same numbers. Draws depend on seed and iteration alone. Moments that
     * nobody uses stay zero; memory is that of the way to train.
     */
    record State(NDList theta, Adam adam, double[] memory, int iteration, double bestObjective, int bestIteration) {}

    private RunDirectory(RunFolder folder) {
        this.folder = folder;
        this.path = folder.path();
    }

    /**
     * Starts a run in a new or empty folder.
     *
     * @throws InvalidInputException if something stands there
     */
    static RunDirectory create(Path path, DesignConfig config, String header) throws IOException {
        return new RunDirectory(RunFolder.create(path, header + Yaml.text(config)));
    }

    /**
     * Opens a run.
     *
     * @throws InvalidInputException if the folder holds none
     */
    public static RunDirectory open(Path path) throws IOException {
        return new RunDirectory(RunFolder.open(path));
    }

    public Path path() {
        return path;
    }

    public DesignConfig config() throws IOException {
        return Yaml.read(path.resolve(RunFolder.CONFIG), DesignConfig.class, DesignConfig.YOUNGER);
    }

    boolean hasCheckpoint() {
        return Files.exists(path.resolve(CHECKPOINT));
    }

    /** Saves metrics and state; theta and the moments are not modified. */
    void save(State state, Metrics metrics, NDManager manager) throws IOException {
        metrics.save(path.resolve(METRICS));
        try (NDManager scratch = manager.newSubManager()) {
            NDList all = new NDList();
            all.addAll(renamed("theta", state.theta(), state.theta(), scratch));
            all.addAll(renamed("mean", state.adam().means(), state.theta(), scratch));
            all.addAll(renamed("square", state.adam().squares(), state.theta(), scratch));
            all.add(scalar("iteration", state.iteration(), scratch));
            all.add(scalar("steps", state.adam().steps(), scratch));
            all.add(scalar("bestObjective", state.bestObjective(), scratch));
            all.add(scalar("bestIteration", state.bestIteration(), scratch));
            for (int i = 0; i < state.memory().length; i++) {
                all.add(scalar(MEMORY + i, state.memory()[i], scratch));
            }
            Snapshot.save(path.resolve(CHECKPOINT), all);
        }
    }

    private static NDList renamed(String prefix, NDList arrays, NDList names, NDManager scratch) {
        NDList renamed = new NDList();
        for (int i = 0; i < arrays.size(); i++) {
            NDArray view = arrays.get(i).stopGradient();
            view.attach(scratch);
            view.setName(prefix + "/" + names.get(i).getName());
            renamed.add(view);
        }
        return renamed;
    }

    private static NDArray scalar(String name, double value, NDManager scratch) {
        NDArray array = Tensors.create(scratch, DataType.FLOAT64, new double[] {value}, new Shape(1));
        array.setName(name);
        return array;
    }

    /** Loads the state, with so many numbers of memory; all come back bit by bit. */
    State load(List<ParameterSpec> specs, int memory, NDManager manager, DataType type) throws IOException {
        List<ParameterSpec> expected = new ArrayList<>();
        for (String prefix : List.of("theta", "mean", "square")) {
            specs.forEach(spec -> expected.add(new ParameterSpec(prefix + "/" + spec.name(), spec.shape(), 0)));
        }
        for (String scalar : List.of("iteration", "steps", "bestObjective", "bestIteration")) {
            expected.add(new ParameterSpec(scalar, new Shape(1), 0));
        }
        for (int i = 0; i < memory; i++) {
            expected.add(new ParameterSpec(MEMORY + i, new Shape(1), 0));
        }
        NDList all = Snapshot.load(path.resolve(CHECKPOINT), expected, manager, DataType.FLOAT64);
        int n = specs.size();
        double[] scalars =
                all.subNDList(3 * n).stream().mapToDouble(Tensors::toDouble).toArray();
        check(scalars);
        NDList typed = new NDList();
        for (int i = 0; i < 3 * n; i++) {
            NDArray array = all.get(i).toType(type, true);
            array.setName(specs.get(i % n).name());
            typed.add(array);
        }
        all.close();
        Adam adam = new Adam(typed.subNDList(n, 2 * n), typed.subNDList(2 * n, 3 * n), (int) scalars[1]);
        return new State(
                typed.subNDList(0, n),
                adam,
                Arrays.copyOfRange(scalars, 4, scalars.length),
                (int) scalars[0],
                scalars[2],
                (int) scalars[3]);
    }

    private void check(double[] scalars) {
        double iteration = scalars[0];
        boolean whole = iteration == (int) iteration && scalars[3] == (int) scalars[3];
        boolean stepped = scalars[1] == iteration || scalars[1] == 0;
        if (!whole || iteration < 0 || !stepped || scalars[3] < 0 || scalars[3] > iteration) {
            throw new InvalidInputException(
                    "%s is damaged: its counters contradict each other".formatted(path.resolve(CHECKPOINT)));
        }
    }

    Metrics loadMetrics(int lastIteration, int validationSteps) throws IOException {
        return Metrics.load(path.resolve(METRICS), lastIteration, validationSteps);
    }

    /** Saves a design alone, as {@code --init} reads it; nothing where there is nothing to design. */
    void saveSnapshot(String name, NDList theta) throws IOException {
        if (!theta.isEmpty()) {
            Snapshot.save(path.resolve(name + ".npz"), theta);
        }
    }

    /** Loads a design that was saved in this run. */
    public NDList loadSnapshot(String name, List<ParameterSpec> specs, NDManager manager, DataType type)
            throws IOException {
        return specs.isEmpty() ? new NDList() : Snapshot.load(path.resolve(name + ".npz"), specs, manager, type);
    }

    /** Saves tables as {@code NAME-WHEN.csv}. */
    void saveTables(String when, List<Table> tables) throws IOException {
        for (Table table : tables) {
            saveTable(table.name() + "-" + when, table);
        }
    }

    /** Saves a table as {@code NAME.csv}. */
    void saveTable(String name, Table table) throws IOException {
        StringWriter text = new StringWriter();
        table.write().csv(text);
        AtomicFile.write(path.resolve(name + ".csv"), text.toString());
    }

    /** Reads tables back, with the names and columns of others. */
    List<Table> tables(String when, List<Table> like) {
        List<Table> tables = new ArrayList<>();
        for (Table model : like) {
            Path file = path.resolve(model.name() + "-" + when + ".csv");
            tables.add(Table.read()
                    .usingOptions(CsvReadOptions.builder(file.toFile()).columnTypes(model.typeArray())));
        }
        return tables;
    }

    public Table metricsTable() {
        return metricsTable(path);
    }

    /** The metrics of a run that need not be open. */
    public static Table metricsTable(Path run) {
        return Table.read()
                .usingOptions(
                        CsvReadOptions.builder(run.resolve(METRICS).toFile()).columnTypes(Metrics.columnTypes()));
    }

    void saveChart(String name, List<Chart<?, ?>> charts) throws IOException {
        Charts.save(path.resolve(name + ".png"), charts);
    }

    void saveResult(DesignResult result) throws IOException {
        saveResult(RESULT, result);
    }

    /** The result of a finished run, where it lies now; null if there is none, or one that an older version left. */
    @Nullable
    DesignResult result() throws IOException {
        return result(RESULT, DesignResult.class);
    }

    /** Saves what a further command found out about the run, to be read by {@link #result(String, Class)}. */
    public void saveResult(String name, Summary result) throws IOException {
        folder.saveResult(name, result);
    }

    /**
     * What a command found out, where the run lies now.
     *
     * @param type with a field {@code runDirectory}
     * @return null if there is none, or one that an older version left
     */
    public <T> @Nullable T result(String name, Class<T> type) throws IOException {
        return folder.result(name, type);
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
