package mfg.eval.grid;

import java.io.IOException;
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
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Tree;
import mfg.eval.design.Start;
import mfg.eval.io.Csv;
import mfg.eval.io.Failure;
import mfg.eval.io.Progress;
import mfg.eval.run.Context;
import mfg.eval.run.Result;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;
import mfg.eval.run.Task;
import org.jspecify.annotations.Nullable;

/**
 * Many runs side by side. Each has a folder of its own, with all that a run by itself leaves and the same numbers,
 * wherever it is computed. A table is kept of those that came to their end. After an interruption the finished ones are read, and
 * the others go on. What fails is told in the table, and stops no other; what diverged is not tried again.
 *
 * @param <T> the results of its runs
 */
public final class Grid<T extends Result> {

    /** What a run leaves that diverged, and would again: why. */
    private static final String INIT = "init";

    private final Purpose purpose;
    private final List<? extends Cell<?, T>> cells;
    private final Catalogue catalogue;
    private final Path folder;
    private final Place place;
    private final Map<String, Outcome<T>> outcomes = new HashMap<>();

    /**
     * What the runs serve.
     *
     * @param name what progress is told of
     * @param plan the first file in the folder: what the runs are made from
     * @param table the file with a row for each run
     * @param charts whether each run draws its charts, which takes about a second
     */
    public record Purpose(String name, String plan, String table, boolean charts) {
        /** Whether a folder holds runs that serve this. */
        public boolean isAt(Path folder) {
            return Files.isRegularFile(folder.resolve(plan));
        }
    }

    /**
     * Prepares runs.
     *
     * @param cells at least one, each behind the one that it starts from
     * @param folder where their folders are
     * @param place where they are computed
     */
    public Grid(Purpose purpose, List<? extends Cell<?, T>> cells, Catalogue catalogue, Path folder, Place place) {
        this.purpose = purpose;
        this.cells = cells;
        this.catalogue = catalogue;
        this.folder = folder;
        this.place = place;
    }

    /**
     * Starts.
     *
     * @param plan the text of the plan
     * @return what came of each run, in their order
     * @throws InvalidInputException if the folder is not new or empty, or a run cannot be started; nothing is left behind then
     */
    public List<Outcome<T>> start(String plan) throws IOException {
        RunFolder.requireFree(folder);
        check();
        RunFolder.make(folder);
        AtomicFile.write(folder.resolve(purpose.plan()), plan);
        return resume();
    }

    /**
     * Does what starts the runs, but for their folders and for starts that another run or a search has to find first. Those that
     * differ in nothing but their seed start alike. What fails without being bad input is the status of its run, later.
     *
     * @throws InvalidInputException if a run is refused
     */
    public void check() throws IOException {
        Set<Object> checked = new HashSet<>();
        for (Cell<?, T> cell : cells) {
            check(cell, checked);
        }
    }

    private <C extends Record> void check(Cell<C, T> cell, Set<Object> checked) throws IOException {
        try {
            boolean waits = cell.after() != null
                    || Start.BEST.equals(Tree.flat(cell.config()).get(INIT));
            C config = with(cell, waits ? Map.of("seed", "0", INIT, "default") : Map.of("seed", "0"));
            if (checked.add(Tree.of(config))) {
                try (Task<T> task = cell.kind().task(config, Context.alone(1))) {
                    task.prepare();
                }
            }
        } catch (InvalidInputException e) {
            throw new InvalidInputException("%s: %s".formatted(cell.name(), e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            Failure.trace(e);
        }
    }

    private <C extends Record> C with(Cell<C, T> cell, Map<String, String> options) {
        return Run.with(cell.kind(), catalogue, cell.config(), options);
    }

    /**
     * Goes on, whether or not anything was started.
     *
     * @return what came of each run, in their order
     */
    public List<Outcome<T>> resume() throws IOException {
        read();
        List<? extends Cell<?, T>> left = cells.stream()
                .filter(cell -> !outcomes.containsKey(cell.name()))
                .toList();
        if (!left.isEmpty()) {
            RunFolder.removePage(folder);
        }
        run(left);
        save();
        return ended();
    }

    /** The outcomes of cells that are finished, diverged or damaged. */
    private void read() throws IOException {
        for (Cell<?, T> cell : cells) {
            Path run = folder.resolve(cell.name());
            if (RunFolder.isRun(run)) {
                try {
                    RunFolder.config(run);
                } catch (IOException | InvalidInputException e) { // damaged
                    outcomes.put(cell.name(), failed(cell, e));
                    continue;
                }
            }
            T result = earlier(cell);
            if (result != null) {
                outcomes.put(cell.name(), Outcome.ended(cell, result));
            } else if (Files.exists(run.resolve(RunFolder.DIVERGED))) {
                outcomes.put(cell.name(), new Outcome<>(cell, unfinished(run), null));
            }
        }
    }

    /**
     * Reads what has come to its end, though other processes may be at the rest. Starts nothing, and writes the table.
     *
     * @return what came of each run, in their order
     */
    public List<Outcome<T>> collected() throws IOException {
        for (Cell<?, T> cell : cells) {
            Path run = folder.resolve(cell.name());
            T result = Run.seen(cell.kind(), run);
            outcomes.put(
                    cell.name(),
                    result != null ? Outcome.ended(cell, result) : new Outcome<>(cell, unfinished(run), null));
        }
        save();
        return ended();
    }

    private static String unfinished(Path run) throws IOException {
        Path diverged = run.resolve(RunFolder.DIVERGED);
        return Files.exists(diverged) ? Files.readString(diverged).strip() : "not finished";
    }

    /** The result of a cell that is finished, if it is. */
    private <C extends Record> @Nullable T earlier(Cell<C, T> cell) throws IOException {
        Path run = folder.resolve(cell.name());
        if (cell.after() == null || !RunFolder.isRun(run)) {
            return Run.earlier(cell.kind(), cell.config(), catalogue, run);
        }
        C config = Run.config(cell.kind(), catalogue, run); // as it is, but for where it starts
        Map<String, String> same =
                Map.of("init", String.valueOf(Tree.flat(config).get("init")));
        return Run.earlier(cell.kind(), with(cell, same), catalogue, run);
    }

    private void run(List<? extends Cell<?, T>> left) throws IOException {
        int steps = left.stream().mapToInt(this::steps).sum();
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(place.runs(), left.size())));
        try (Progress progress = new Progress(purpose.name(), 0, steps)) {
            Map<String, CompletableFuture<Void>> runs = new HashMap<>();
            for (Cell<?, T> cell : left) {
                CompletableFuture<Void> before = cell.after() == null ? null : runs.get(cell.after());
                Runnable run = () -> run(cell, new CellDisplay(cell, steps(cell), purpose.charts(), progress));
                runs.put(
                        cell.name(),
                        before == null ? CompletableFuture.runAsync(run, pool) : before.thenRunAsync(run, pool));
            }
            CompletableFuture.allOf(runs.values().toArray(CompletableFuture[]::new))
                    .join(); // all come to their end
        } catch (CompletionException e) {
            throw new IOException(
                    "a run could not be noted down: " + Failure.reason(Objects.requireNonNullElse(e.getCause(), e)), e);
        } finally {
            pool.shutdown();
        }
    }

    /** How much there is to do for a run, as far as it is seen. */
    private int steps(Cell<?, T> cell) {
        if (!place.showsSteps()) {
            return 1;
        }
        return Integer.parseInt(Objects.requireNonNull(
                        Tree.flat(cell.config()).get(cell.kind().stepsOption())))
                + 1;
    }

    private void run(Cell<?, T> cell, CellDisplay display) {
        Outcome<T> outcome = outcome(cell, display);
        display.end(outcome.status());
        synchronized (outcomes) {
            outcomes.put(cell.name(), outcome);
            try {
                save();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /** A run's failure, whatever it is, is its own. */
    private <C extends Record> Outcome<T> outcome(Cell<C, T> cell, CellDisplay display) {
        Path run = folder.resolve(cell.name());
        try {
            C config = cell.config();
            if (cell.after() != null) {
                if (!hasResult(cell.after())) {
                    return new Outcome<>(cell, "not started, for %s has no result".formatted(cell.after()), null);
                }
                Path best = folder.resolve(cell.after()).resolve("best.npz").toAbsolutePath();
                config = with(cell, Map.of("init", best.toString()));
            }
            return Outcome.ended(cell, place.run(cell.with(config), catalogue, run, display));
        } catch (DivergedException e) {
            String status = "diverged: " + e.getMessage();
            note(run, status);
            return new Outcome<>(cell, status, null);
        } catch (IOException | RuntimeException | Error e) {
            return failed(cell, e);
        }
    }

    private static <T extends Result> Outcome<T> failed(Cell<?, T> cell, Throwable e) {
        Failure.trace(e);
        return new Outcome<>(cell, "failed: " + Failure.reason(e), null);
    }

    /** What cannot be noted is tried again. */
    private static void note(Path run, String status) {
        try {
            if (RunFolder.isRun(run)) {
                AtomicFile.write(run.resolve(RunFolder.DIVERGED), status + System.lineSeparator());
            }
        } catch (IOException e) {
            System.err.println(
                    "mfg: %s cannot be written: %s".formatted(run.resolve(RunFolder.DIVERGED), e.getMessage()));
        }
    }

    private boolean hasResult(String name) {
        synchronized (outcomes) {
            return Objects.requireNonNull(outcomes.get(name)).result() != null;
        }
    }

    private List<Outcome<T>> ended() {
        return cells.stream()
                .map(cell -> outcomes.get(cell.name()))
                .filter(Objects::nonNull)
                .toList();
    }

    private void save() throws IOException {
        Csv.write(
                folder.resolve(purpose.table()),
                ended().stream().map(Outcome::row).toList());
    }
}
