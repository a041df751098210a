package mfg.eval.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.catalogue.Source;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.config.Tree;
import mfg.eval.io.Json;
import mfg.eval.io.Provenance;
import mfg.eval.io.Shell;
import mfg.eval.io.Steps;
import mfg.eval.view.Charts;
import org.jspecify.annotations.Nullable;

/**
 * One run: reads downward from the start or the last checkpoint, step by step, to the result and its charts. This is all that a task
 * gets for being one.
 *
 * @param <C> its configuration
 * @param <T> its result
 */
public final class Run<C extends Record, T extends Result> {

    /** A kill loses no more time than this; where saving takes long, a little more. */
    private static final long UNSAVED_NANOS = 10_000_000_000L;

    private static final int SAVING_SHARE = 20;

    /** So long a row waits to be seen by those who watch, but where writing takes a hundredth of the time. */
    private static final long UNSEEN_NANOS = 1_000_000_000L;

    private static final int SHOWING_SHARE = 200;

    /** What a run's result says that came to its end. */
    public static final String FINISHED = "finished";

    /** All that have runs. */
    private static final Set<String> COMMANDS = Set.of("design", "learn", "solve", "counterfactual");

    private final RunKind<C, T> kind;
    private final C config;
    private final RunFile file;
    private final Task<T> task;
    private final RunFolder files;
    private final Context context;
    private final List<ObjectNode> rows = new ArrayList<>();
    private long due = System.nanoTime() + UNSAVED_NANOS;
    private long dueToShow = System.nanoTime() + UNSEEN_NANOS;

    private Run(RunKind<C, T> kind, C config, @Nullable Source source, Task<T> task, RunFolder files, Context context) {
        this.kind = kind;
        this.config = config;
        this.file = RunFile.of(kind.command(), source, config);
        this.task = task;
        this.files = files;
        this.context = context;
    }

    /**
     * Starts a run.
     *
     * @param source where its game comes from; null for one that is built in
     * @param folder new or empty; null for a new one in {@code runs}
     * @return its result
     * @throws InvalidInputException if it cannot be started; nothing is left behind then
     */
    public static <C extends Record, T extends Result> T start(
            RunKind<C, T> kind, C config, @Nullable Source source, Path folder, Context context) throws IOException {
        RunFolder.requirePlace(folder);
        try (Task<T> task = kind.task(config, context)) {
            task.prepare();
            try (RunFolder files = RunFolder.create(folder)) {
                if (source != null) {
                    byte[] content = Files.readAllBytes(context.found().apply(source.path()));
                    AtomicFile.write(files.file(source.fileName()), out -> out.write(content));
                }
                Run<C, T> run = new Run<>(kind, config, source, task, files, context);
                run.keep();
                return run.begun();
            }
        }
    }

    /**
     * Goes on with a run, to the same numbers as without interruption.
     *
     * @param catalogue the games that are known
     * @param folder where the run is
     * @param steps how many it shall have in all; null for as many as it was started with
     * @throws InvalidInputException if it is no run of this kind, or is damaged
     */
    public static <C extends Record, T extends Result> T resume(
            RunKind<C, T> kind, Catalogue catalogue, Path folder, @Nullable String steps, Context context)
            throws IOException {
        try (RunFolder files = RunFolder.open(folder)) {
            Path file = files.file(RunFolder.CONFIG);
            RunFile stored = ours(kind, RunFile.read(file), folder);
            Catalogue games = stored.catalogue(catalogue, folder);
            C config = stored.config(games, kind.configuration(), file);
            C wanted = steps == null ? config : with(kind, games, config, Map.of(kind.stepsOption(), steps));
            try (Task<T> task = kind.task(wanted, context)) {
                return new Run<>(kind, wanted, stored.source(), task, files, context).resumed(config);
            }
        }
    }

    private static RunFile ours(RunKind<?, ?> kind, RunFile file, Path folder) {
        String command = file.command();
        if (command.equals(kind.command())) {
            return file;
        }
        if (!COMMANDS.contains(command)) {
            throw new InvalidInputException(
                    "%s names an unknown command, %s".formatted(folder.resolve(RunFolder.CONFIG), command));
        }
        throw new InvalidInputException("%s is a run of %s; go on with it by ./mfg %s"
                .formatted(folder, command, Shell.line(List.of(command, "--resume", folder.toString()))));
    }

    /** The same configuration with other values of some options. */
    public static <C extends Record> C with(
            RunKind<C, ?> kind, Catalogue games, C config, Map<String, String> options) {
        return Binder.bind(
                games, kind.configuration(), Given.options(Tree.flat(config)).with(options));
    }

    /** The configuration of a run. */
    public static <C extends Record> C config(RunKind<C, ?> kind, Catalogue catalogue, Path folder) throws IOException {
        RunFile file = ours(kind, RunFolder.config(folder), folder);
        return file.config(file.catalogue(catalogue, folder), kind.configuration(), folder.resolve(RunFolder.CONFIG));
    }

    /** The result of a run that has come to its end, where it lies now; null if it has not. */
    public static <T extends Result> @Nullable T result(RunKind<?, T> kind, RunFolder files) throws IOException {
        return files.result(RunFolder.RESULT, kind.result());
    }

    /** The result of a run that has come to its end, whoever has it open; null if it has not. */
    public static <T extends Result> @Nullable T seen(RunKind<?, T> kind, Path folder) throws IOException {
        return Json.intact(folder.resolve(RunFolder.RESULT), Map.of("runDirectory", folder.toString()), kind.result());
    }

    /**
     * Has a run in a folder: reads its result, goes on with it, or starts it.
     *
     * @throws InvalidInputException if another run is there
     */
    public static <C extends Record, T extends Result> T at(
            RunKind<C, T> kind, C config, Catalogue catalogue, @Nullable Source source, Path folder, Context context)
            throws IOException {
        if (!RunFolder.isRun(folder)) {
            return start(kind, config, source, folder, context);
        }
        T earlier = earlier(kind, config, catalogue, folder);
        return earlier != null ? earlier : resume(kind, catalogue, folder, null, context);
    }

    /**
     * The result of a run, if it has come to its end.
     *
     * @throws InvalidInputException if another run is there
     */
    public static <C extends Record, T extends Result> @Nullable T earlier(
            RunKind<C, T> kind, C config, Catalogue catalogue, Path folder) throws IOException {
        if (!RunFolder.isRun(folder)) {
            return null;
        }
        try (RunFolder files = RunFolder.open(folder)) {
            if (!Tree.of(config(kind, catalogue, folder)).equals(Tree.of(config))) {
                throw new InvalidInputException(
                        "%s was run with other options; move it away to have it run again".formatted(folder));
            }
            return result(kind, files);
        }
    }

    private T begun() throws IOException {
        ObjectNode first = task.begin(files);
        if (first != null) {
            rows.add(first);
        }
        save(0);
        return finished(0);
    }

    private T resumed(C before) throws IOException {
        Path checkpoint = files.file(Checkpoint.FILE);
        if (!Files.exists(checkpoint)) {
            if (Files.exists(files.file(RunFolder.RESULT))) {
                throw new InvalidInputException("the run has lost its %s".formatted(checkpoint));
            }
            task.prepare();
            keep(before, 0);
            return begun();
        }
        boolean asked = !Tree.of(before).equals(file.tree());
        String wanted = (asked ? "--" : files.file(RunFolder.CONFIG) + ": ") + kind.stepsOption() + " " + task.steps();
        int done = Checkpoint.load(checkpoint, task, Checkpoint.digest(file, kind), wanted, steps -> {
            rows.addAll(Metrics.load(files.file(RunFolder.METRICS), task, kind.unit(), steps));
            return rows;
        });
        keep(before, done);
        return finished(done);
    }

    private void keep() throws IOException {
        AtomicFile.write(files.file(RunFolder.CONFIG), file.text(Provenance.header()));
    }

    /** Writes down that the run goes further than it was to go. The earlier result is none of the longer run. */
    private void keep(C before, int done) throws IOException {
        if (!Tree.of(before).equals(file.tree())) {
            List<String> removed = files.removeResult();
            keep();
            if (!removed.isEmpty()) {
                context.display()
                        .tell("removed, for the earlier result is none of the longer run: "
                                + String.join(", ", removed));
            }
            String meaning = kind.goingOn(before, config, done);
            if (!meaning.isEmpty()) {
                context.display().tell(meaning);
            }
        }
    }

    private T finished(int done) throws IOException {
        int last = step(done);
        String why = task.ended(rows);
        if (why != null) {
            context.display()
                    .tell("%s: ended after %d of %d: %s".formatted(kind.name(config), last, task.steps(), why));
        }
        T result = task.end(files, rows, why == null ? FINISHED : why);
        files.saveResult(RunFolder.RESULT, result); // says that the run is finished, whatever becomes of charts
        if (context.display().showsCharts()) {
            Charts.attempt(() -> task.draw(files, result));
        }
        return result;
    }

    private int step(int done) throws IOException {
        int k = done;
        try (Steps progress = context.display().steps(kind.name(config), done, task.steps())) {
            while (k < task.steps() && task.ended(rows) == null) {
                k++;
                ObjectNode row = task.step(k, files);
                if (row != null) {
                    rows.add(row);
                }
                if (k % context.checkpointEvery() == 0 || System.nanoTime() > due) {
                    save(k);
                } else if (System.nanoTime() > dueToShow) {
                    show();
                }
                progress.step(k, task.figures(rows));
            }
        }
        if (k > done) {
            save(k);
        }
        return k;
    }

    /** Rows after the last checkpoint are written again by a run that goes on. */
    private void show() throws IOException {
        long start = System.nanoTime();
        Metrics.save(files.file(RunFolder.METRICS), rows);
        long now = System.nanoTime();
        dueToShow = now + Math.max(UNSEEN_NANOS, SHOWING_SHARE * (now - start));
    }

    /** Metrics first: a kill in between leaves rows that will be written again. */
    private void save(int done) throws IOException {
        long start = System.nanoTime();
        Metrics.save(files.file(RunFolder.METRICS), rows);
        Checkpoint.save(files.file(Checkpoint.FILE), task, done, Checkpoint.digest(file, kind));
        long now = System.nanoTime();
        due = now + Math.max(UNSAVED_NANOS, SAVING_SHARE * (now - start));
    }
}
