package mfg.eval.run;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.eval.io.Json;
import mfg.eval.io.Provenance;
import mfg.eval.io.Shell;
import mfg.eval.io.Summary;
import mfg.eval.view.Charts;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * The folder of a run, which begins with its configuration; nobody else's while it is open. Every file is written whole or not at all,
 * the checkpoint last: a kill at any moment loses at most the steps since the last checkpoint, and leaves a run that can be resumed.
 */
public final class RunFolder implements AutoCloseable {

    /** The first file of a run. */
    public static final String CONFIG = "config.yaml";

    /** The first file of runs side by side, which are gone on with like one. */
    public static final String SEEDS = "seeds.yaml";

    /** The first file of a sweep. */
    public static final String SWEEP = "sweep.yaml";

    /** What a run left that diverged: why it has no result. */
    public static final String DIVERGED = "diverged.txt";

    /** What files are called, less the ending, that tell of a result among finitely many players. */
    public static final String PLAYERS = "players";

    /** What files are called, less the ending, that tell of a response to a result. */
    public static final String RESPONSE = "response";

    /** The same of responses of several players. */
    public static final String RESPONSES = "responses";

    /** A row for each step. */
    public static final String METRICS = "metrics.csv";

    /** What came of a run. */
    public static final String RESULT = "result.json";

    /** Locked by the process that has the run open. */
    public static final String LOCK = "run.lock";

    private static final Path RUNS = Path.of("runs");

    private final Path path;
    private final FileChannel lock;

    private RunFolder(Path path) throws IOException {
        this.path = path;
        this.lock = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean ours = false;
        try {
            ours = lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            ours = false; // another run of this process
        } finally {
            if (!ours) {
                lock.close();
            }
        }
        if (!ours) {
            throw new InvalidInputException("run %s is in use by another process".formatted(path));
        }
    }

    /**
     * Makes a folder of its own: what is created here was there for nobody else.
     *
     * @param name what it is called after
     * @return {@code runs/NAME-TIME}, empty
     */
    public static Path fresh(String name) throws IOException {
        Files.createDirectories(RUNS);
        String time = LocalDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
        for (int i = 1; ; i++) {
            Path folder = RUNS.resolve(name + "-" + time + (i == 1 ? "" : "-" + i));
            try {
                return Files.createDirectory(folder);
            } catch (FileAlreadyExistsException e) {
                // a run of the same second: the next number
            }
        }
    }

    /** Takes a folder back that {@link #fresh} made, if nothing was put in it. */
    public static void discard(Path fresh) throws IOException {
        try {
            if (isEmpty(fresh)) {
                Files.deleteIfExists(fresh.resolve(LOCK));
            }
            Files.deleteIfExists(fresh);
            Files.deleteIfExists(RUNS);
        } catch (DirectoryNotEmptyException e) {
            // something was
        }
    }

    /**
     * Makes the folder of a run, new or empty.
     *
     * @throws InvalidInputException if something stands there
     */
    public static RunFolder create(Path path) throws IOException {
        requireFree(path);
        make(path);
        RunFolder folder = new RunFolder(path);
        try {
            requireFree(path); // of two that began at once, one is late
        } catch (InvalidInputException e) {
            folder.close();
            throw e;
        }
        return folder;
    }

    /**
     * Makes a folder with all above it, unless it is there.
     *
     * @throws InvalidInputException if the system has no place for it, as in {@code /proc}
     */
    public static void make(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (NoSuchFileException e) {
            throw cannotBeMade(folder, e);
        }
    }

    /**
     * Checks that a folder is new or empty.
     *
     * @throws InvalidInputException if something stands there
     */
    public static void requireFree(Path path) throws IOException {
        boolean goesOn = isRun(path) || Files.isRegularFile(path.resolve(SEEDS));
        String how = " (continue a run with %s)".formatted(Shell.line(List.of("--resume", path.toString())));
        requireFree(path, "; nothing was overwritten" + (goesOn ? how : ""));
    }

    /**
     * Checks that a run may have a folder, before it is made: new or empty, and where files may be written. Tries that in the
     * nearest folder that is there, and leaves nothing.
     *
     * @throws InvalidInputException if something stands there, or the system has no place for it
     */
    static void requirePlace(Path path) throws IOException {
        requireFree(path);
        Path there = path.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            Files.delete(Files.createTempDirectory(there, "mfg-tries"));
        } catch (NoSuchFileException e) {
            throw cannotBeMade(path, e);
        }
    }

    private static InvalidInputException cannotBeMade(Path folder, NoSuchFileException cause) {
        return new InvalidInputException("folder %s cannot be made".formatted(folder), cause);
    }

    /**
     * Checks that a folder is new or empty, where another is taken only if it holds something else than runs.
     *
     * @param what that would be, such as a sweep
     * @throws InvalidInputException if something stands there
     */
    public static void requireFreeFor(String what, Path path) throws IOException {
        requireFree(path, " and holds no %s; nothing was overwritten".formatted(what));
    }

    private static void requireFree(Path path, String why) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new InvalidInputException("%s exists already and is no folder".formatted(path));
        }
        if (Files.exists(path) && !isEmpty(path)) {
            throw new InvalidInputException("%s exists already%s".formatted(path, why));
        }
    }

    /** Also empty is what a run leaves that was killed before it had a configuration. */
    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .allMatch(name -> name.equals(LOCK) || name.endsWith(".yaml.tmp"));
        }
    }

    /** Whether there is a run in a folder. */
    public static boolean isRun(Path path) {
        return Files.isRegularFile(path.resolve(CONFIG));
    }

    /**
     * Opens the folder of a run.
     *
     * @throws InvalidInputException if it holds none
     */
    public static RunFolder open(Path path) throws IOException {
        requireRun(path);
        return new RunFolder(path);
    }

    /** What a run is; it need not be open. */
    public static RunFile config(Path path) throws IOException {
        requireRun(path);
        return RunFile.read(path.resolve(CONFIG));
    }

    private static void requireRun(Path path) throws IOException {
        if (!isRun(path)) {
            List<Path> runs = below(path);
            throw new InvalidInputException("%s is not a run directory: it has no %s%s"
                    .formatted(path, CONFIG, runs.isEmpty() ? "" : "; a run in it is " + runs.get(0)));
        }
    }

    /** The runs right below a folder. */
    public static List<Path> below(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(RunFolder::isRun).sorted().toList();
        }
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** One of its files. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Removes the page of a folder whose runs go on, and what it was made of. */
    public static void removePage(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(Charts.PAGE));
        Path parts = folder.resolve(Charts.FOLDER);
        if (Files.isDirectory(parts)) {
            try (Stream<Path> all = Files.list(parts)) {
                for (Path part : all.toList()) {
                    Files.deleteIfExists(part); // another process may remove it, too
                }
            }
        }
    }

    /** Whether a folder holds several runs of one command: seeds, or a sweep. */
    public static boolean holdsSeveral(Path folder) {
        return Files.isRegularFile(folder.resolve(SEEDS), LinkOption.NOFOLLOW_LINKS)
                || Files.isRegularFile(folder.resolve(SWEEP), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Removes the result, its page, and what was found out about it.
     *
     * @return the names of the files that told of it
     */
    List<String> removeResult() throws IOException {
        Files.deleteIfExists(file(RESULT));
        removePage(path);
        List<String> removed = new ArrayList<>();
        for (String about : List.of(PLAYERS, RESPONSE, RESPONSES)) {
            for (String ending : List.of(".csv", ".json", ".png")) {
                if (Files.deleteIfExists(file(about + ending))) {
                    removed.add(about + ending);
                }
            }
        }
        return removed;
    }

    /** Saves a table as {@code NAME.csv}. */
    public void saveTable(String name, Table table) throws IOException {
        StringWriter text = new StringWriter();
        table.write().csv(text);
        AtomicFile.write(file(name + ".csv"), text.toString());
    }

    /** Saves what a command found out, to be read by {@link #result}. */
    public void saveResult(String name, Summary result) throws IOException {
        AtomicFile.write(file(name), Provenance.line(result) + System.lineSeparator());
    }

    /**
     * What a command found out, where the run lies now.
     *
     * @param type with a field {@code runDirectory}
     * @return null if there is none, or one that is damaged or that an older version left
     */
    public <T> @Nullable T result(String name, Class<T> type) throws IOException {
        return Json.intact(file(name), Map.of("runDirectory", path.toString()), type);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
