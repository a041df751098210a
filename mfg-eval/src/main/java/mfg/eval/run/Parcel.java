package mfg.eval.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.eval.io.Json;
import org.jspecify.annotations.Nullable;

/** A run between two machines, as plain data: names, texts and files, and none of our classes. */
public final class Parcel {

    /** The configuration of a run to be started, as a {@link RunFile}. */
    public static final String CONFIG = "config";

    /** Whether charts are drawn. */
    public static final String CHARTS = "charts";

    /** The paths of games that are not built in, one a line; they are among the files beside. */
    public static final String GAMES = "games";

    /** Of one that comes back: how the run diverged. */
    public static final String DIVERGED = "diverged";

    /** Of one that comes back: why the run failed. */
    public static final String FAILED = "failed";

    /** Before the names of the run's own files. */
    private static final String RUN = "run/";

    /** Before the names of other files that it reads, which are their paths. */
    private static final String BESIDE = "beside/";

    /** Files that say that a run is more than it was without them come last: a kill in between leaves a run to be gone on with. */
    private static final List<String> LAST = List.of(Checkpoint.FILE, RunFolder.DIVERGED, RunFolder.RESULT);

    private final Map<String, byte[]> entries = new TreeMap<>();

    /** An empty one. */
    public Parcel() {}

    /**
     * Unpacks.
     *
     * @param bytes of {@link #bytes}
     */
    public static Parcel of(byte[] bytes) throws IOException {
        Parcel parcel = new Parcel();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parcel.entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return parcel;
    }

    /** All of it. Most files are compressed already, and the others small. */
    public byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Adds a text. */
    public void put(String name, String text) {
        entries.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A text; null if there is none. */
    public @Nullable String text(String name) {
        byte[] text = entries.get(name);
        return text == null ? null : new String(text, StandardCharsets.UTF_8);
    }

    /** Adds all files of a run, if it is there, but for its lock. */
    public void putRun(Path folder) throws IOException {
        if (!RunFolder.isRun(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                if (!name.equals(RunFolder.LOCK)) {
                    entries.put(RUN + name, Files.readAllBytes(file));
                }
            }
        }
    }

    /** Adds files under their paths as they are given; one that is not there is left out. */
    public void putBeside(Collection<Path> files) throws IOException {
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                entries.put(BESIDE + file, Files.readAllBytes(file));
            }
        }
    }

    /**
     * Writes the files of a run, each whole or not at all: first the configuration, which makes the folder a run's that can be gone on
     * with, and last those that the others must be there for. The result says where the run lies now.
     *
     * @param folder the run's; not made where there are no files
     * @throws InvalidInputException if one is to lie outside of it
     */
    public void writeRun(Path folder) throws IOException {
        List<String> names = entries.keySet().stream()
                .filter(name -> name.startsWith(RUN))
                .map(name -> name.substring(RUN.length()))
                .sorted(Comparator.comparing((String name) -> !name.equals(RunFolder.CONFIG))
                        .thenComparingInt(LAST::indexOf))
                .toList();
        for (String name : names) {
            byte[] content = Objects.requireNonNull(entries.get(RUN + name));
            write(inside(folder, name), name.equals(RunFolder.RESULT) ? lyingIn(folder, content) : content);
        }
    }

    private static byte[] lyingIn(Path folder, byte[] result) throws IOException {
        String line = Json.line(
                Json.parse(new String(result, StandardCharsets.UTF_8)).put("runDirectory", folder.toString()));
        return (line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the other files; where one lies then is {@link #beside}. */
    public void writeBeside(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (entry.getKey().startsWith(BESIDE)) {
                write(beside(folder, Path.of(entry.getKey().substring(BESIDE.length()))), entry.getValue());
            }
        }
    }

    /**
     * Where a file or folder lies that was added by its path.
     *
     * @param folder of {@link #writeBeside}
     */
    public static Path beside(Path folder, Path file) {
        Path at = folder;
        for (Path element : file) {
            at = at.resolve(element.toString().equals("..") ? "up" : element.toString());
        }
        return at;
    }

    private static Path inside(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize()) || file.equals(folder.normalize())) {
            throw new InvalidInputException("a file of a run is to lie outside of its folder: " + name);
        }
        return file;
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        AtomicFile.write(file, out -> out.write(content));
    }
}
