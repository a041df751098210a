package mfg.eval.design;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mfg.core.AtomicFile;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Progress;
import mfg.eval.io.RunFolder;
import mfg.eval.io.Yaml;
import org.jspecify.annotations.Nullable;

/**
 * Many runs of {@code design} side by side in one process. Each has a folder of its own, with all that a run by itself
 * leaves and the same numbers, whatever the number of threads. A table is kept of those that came to their end. After an
 * interruption the finished ones are read, and the others go on.
 */
public final class RunGrid {

    private final Kind kind;
    private final List<Cell> cells;
    private final Path folder;
    private final int threads;
    private final Map<String, Outcome> outcomes = new HashMap<>();

    /**
     * What the runs serve.
     *
     * @param name what progress is told of
     * @param plan the first file in the folder: what the runs are made from
     * @param table the file with a row for each run
     * @param charts whether each run draws its charts, which takes about a second
     */
    public record Kind(String name, String plan, String table, boolean charts) {

        /** Whether a folder holds runs that serve this. */
        public boolean isAt(Path folder) {
            return Files.isRegularFile(folder.resolve(plan));
        }
    }

    /**
     * One of the runs.
     *
     * @param name of its folder
     * @param labels what tells it from the others: the first columns of its row
     * @param config its configuration
     * @param source the earlier cell whose best design it starts from, whatever the configuration says; null for none
     */
    public record Cell(
            String name,
            ObjectNode labels,
            DesignConfig config,
            @Nullable String source) {}

    /**
     * What came of a run.
     *
     * @param status {@code finished}, or why there is no result
     */
    public record Outcome(
            Cell cell, String status, @Nullable DesignResult result) {

        static Outcome finished(Cell cell, DesignResult result) {
            return new Outcome(cell, "finished", result);
        }

        /** Labels, result and status; where a label and a field of the result have one name, the label stands. */
        @JsonValue
        public ObjectNode row() {
            ObjectNode row = cell.labels().deepCopy();
            if (result != null) {
                Json.fields(result).properties().forEach(field -> row.putIfAbsent(field.getKey(), field.getValue()));
            }
            return row.put("status", status);
        }
    }

    /**
     * Prepares runs.
     *
     * @param cells at least one, each after its source
     * @param folder where their folders are
     * @param threads how many runs at a time
     */
    public RunGrid(Kind kind, List<Cell> cells, Path folder, int threads) {
        if (threads < 1) {
            throw new InvalidInputException("--threads must be at least 1, not " + threads);
        }
        this.kind = kind;
        this.cells = cells;
        this.folder = folder;
        this.threads = threads;
    }

    /**
     * Starts.
     *
     * @param plan the text of the plan
     * @return what came of each run, in their order
     * @throws InvalidInputException if the folder is not new or empty, or a run cannot be started; nothing is left behind then
     */
    public List<Outcome> start(String plan) throws IOException {
        check();
        RunFolder.requireFree(folder);
        Files.createDirectories(folder);
        AtomicFile.write(folder.resolve(kind.plan()), plan);
        return resume();
    }

    /**
     * Does what starts the runs, but for their folders. Those that differ in nothing but their seed start alike.
     *
     * @throws InvalidInputException if a run cannot be started
     */
    public void check() throws IOException {
        Set<DesignConfig> checked = new HashSet<>();
        for (Cell cell : cells) {
            DesignConfig config = cell.source() == null ? cell.config() : anyStart(cell.config());
            if (checked.add(Yaml.with(config, "seed", 0))) {
                try {
                    DesignRun.check(config);
                } catch (InvalidInputException e) {
                    throw new InvalidInputException("%s: %s".formatted(cell.name(), e.getMessage()), e);
                }
            }
        }
    }

    private static DesignConfig anyStart(DesignConfig config) throws IOException {
        return Yaml.with(config, "init", "default");
    }

    /**
     * Goes on, whether or not anything was started.
     *
     * @return what came of each run, in their order
     */
    public List<Outcome> resume() throws IOException {
        for (Cell cell : cells) {
            DesignResult result = earlierResult(cell);
            if (result != null) {
                outcomes.put(cell.name(), Outcome.finished(cell, result));
            }
        }
        run(cells.stream().filter(cell -> !outcomes.containsKey(cell.name())).toList());
        save();
        return ended();
    }

    /** The result of a cell that is finished, if it is. */
    private @Nullable DesignResult earlierResult(Cell cell) throws IOException {
        Path run = folder.resolve(cell.name());
        if (!Files.exists(run.resolve(RunFolder.CONFIG))) {
            return null;
        }
        try (RunDirectory files = RunDirectory.open(run)) {
            DesignConfig config = files.config();
            boolean same = cell.source() == null
                    ? config.equals(cell.config())
                    : anyStart(config).equals(anyStart(cell.config()));
            if (!same) {
                throw new InvalidInputException(
                        "%s was run with other options; move it away to have it run again".formatted(run));
            }
            return files.result();
        }
    }

    private void run(List<Cell> left) throws IOException {
        long steps = left.stream().mapToLong(GridDisplay::steps).sum();
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, left.size())));
        try (Progress progress = new Progress(kind.name(), 0, (int) Math.min(steps, Integer.MAX_VALUE))) {
            Map<String, CompletableFuture<Void>> runs = new HashMap<>();
            for (Cell cell : left) {
                CompletableFuture<Void> source = cell.source() == null ? null : runs.get(cell.source());
                Runnable run = () -> run(cell, new GridDisplay(cell, kind.charts(), progress));
                runs.put(
                        cell.name(),
                        source == null ? CompletableFuture.runAsync(run, pool) : source.thenRunAsync(run, pool));
            }
            CompletableFuture.allOf(runs.values().toArray(CompletableFuture[]::new))
                    .join(); // all come to their end, though one may fail
        } catch (CompletionException e) {
            throw rethrown(e.getCause());
        } finally {
            pool.shutdown();
        }
    }

    private void run(Cell cell, GridDisplay display) {
        try {
            Outcome outcome = outcome(cell, display);
            display.end(outcome);
            synchronized (outcomes) {
                outcomes.put(cell.name(), outcome);
                save();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome outcome(Cell cell, Display display) throws IOException {
        DesignConfig config = cell.config();
        if (cell.source() != null) {
            if (!hasResult(cell.source())) {
                return new Outcome(cell, "not started, for %s has no result".formatted(cell.source()), null);
            }
            Path best = folder.resolve(cell.source()).resolve("best.npz").toAbsolutePath();
            config = Yaml.with(config, "init", best.toString());
        }
        Path run = folder.resolve(cell.name());
        try {
            return Outcome.finished(
                    cell,
                    Files.exists(run.resolve(RunFolder.CONFIG))
                            ? DesignRun.resume(run, display)
                            : DesignRun.start(config, run, display));
        } catch (DivergedException e) {
            return new Outcome(cell, "diverged: " + e.getMessage(), null);
        }
    }

    private boolean hasResult(String name) {
        synchronized (outcomes) {
            return Objects.requireNonNull(outcomes.get(name)).result() != null;
        }
    }

    private List<Outcome> ended() {
        return cells.stream()
                .map(cell -> outcomes.get(cell.name()))
                .filter(Objects::nonNull)
                .toList();
    }

    private void save() throws IOException {
        Csv.write(
                folder.resolve(kind.table()), ended().stream().map(Outcome::row).toList());
    }

    private static IOException rethrown(@Nullable Throwable cause) {
        if (cause instanceof UncheckedIOException io && io.getCause() != null) {
            return io.getCause();
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IOException(cause);
    }
}
