package mfg.eval.io;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Stream;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** The folder of a run, which begins with its configuration; nobody else's while it is open. */
public final class RunFolder implements AutoCloseable {

    /** The first file of a run. */
    public static final String CONFIG = "config.yaml";

    private static final String LOCK = "run.lock";

    private final Path path;
    private final FileChannel lock;

    private RunFolder(Path path) throws IOException {
        this.path = path;
        this.lock = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            lock.close();
            throw new InvalidInputException("run %s is in use by another process".formatted(path));
        }
    }

    /** A folder that is not there yet, for a run or whatever else has a name. */
    public static Path fresh(String name) {
        String time = LocalDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
        Path folder = Path.of("runs", name + "-" + time);
        for (int i = 2; Files.exists(folder); i++) {
            folder = Path.of("runs", name + "-" + time + "-" + i);
        }
        return folder;
    }

    /**
     * Makes the folder of a run, new or empty.
     *
     * @param config what the run is, as text that it is read from
     * @throws InvalidInputException if something stands there
     */
    public static RunFolder create(Path path, String config) throws IOException {
        requireFree(path);
        Files.createDirectories(path);
        RunFolder folder = new RunFolder(path);
        AtomicFile.write(path.resolve(CONFIG), config);
        return folder;
    }

    /**
     * Checks that a folder is new or empty.
     *
     * @throws InvalidInputException if something stands there
     */
    public static void requireFree(Path path) throws IOException {
        if (Files.exists(path) && (!Files.isDirectory(path) || !isEmpty(path))) {
            throw new InvalidInputException(
                    "%s exists already; nothing was overwritten (continue a run with --resume %s)"
                            .formatted(path, path));
        }
    }

    /** Also empty is what a run leaves that was killed before it had a configuration. */
    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .allMatch(name -> name.equals(LOCK) || name.endsWith(".yaml.tmp"));
        }
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

    /**
     * What a run is, whatever its kind.
     *
     * @throws InvalidInputException if the folder holds none
     */
    public static ObjectNode config(Path path) throws IOException {
        requireRun(path);
        return Yaml.fields(path.resolve(CONFIG));
    }

    private static void requireRun(Path path) {
        if (!Files.isRegularFile(path.resolve(CONFIG))) {
            throw new InvalidInputException("%s is not a run directory: it has no %s".formatted(path, CONFIG));
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

    /** Saves what a command found out, to be read by {@link #result}. */
    public void saveResult(String name, Summary result) throws IOException {
        AtomicFile.write(file(name), Json.line(result) + System.lineSeparator());
    }

    /**
     * What a command found out, where the run lies now.
     *
     * @param type with a field {@code runDirectory}
     * @return null if there is none, or one that is damaged or that an older version left
     */
    public <T> @Nullable T result(String name, Class<T> type) throws IOException {
        if (!Files.exists(file(name))) {
            return null;
        }
        try {
            ObjectNode fields = Json.parse(Files.readString(file(name)));
            return Json.read(fields.put("runDirectory", path.toString()), type);
        } catch (JacksonException | CharacterCodingException e) {
            return null;
        }
    }

    /** Does a run, or what is left of it. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Has a run in a folder: reads its result, goes on with it, or starts it.
     *
     * @param config what the run is
     * @param name of its result
     * @throws InvalidInputException if another run is there
     */
    public static <T> T at(Path path, Object config, String name, Class<T> type, Work<T> start, Work<T> resume)
            throws IOException {
        if (!Files.exists(path.resolve(CONFIG))) {
            return start.run();
        }
        try (RunFolder folder = open(path)) {
            if (!Yaml.read(folder.file(CONFIG), config.getClass(), Map.of()).equals(config)) {
                throw new InvalidInputException(
                        "%s was run with other options; move it away to have it run again".formatted(path));
            }
            T result = folder.result(name, type);
            if (result != null) {
                return result;
            }
        }
        return resume.run();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
