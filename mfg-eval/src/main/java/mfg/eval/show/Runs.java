package mfg.eval.show;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.eval.config.Tree;
import mfg.eval.config.Yaml;
import mfg.eval.io.Json;
import mfg.eval.io.Numbers;
import mfg.eval.report.Live;
import mfg.eval.report.State;
import mfg.eval.run.RunFile;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import org.jspecify.annotations.Nullable;

/** All that was run below a folder. Looks only, and at nothing that a link leads out of the folder to. */
public final class Runs {

    private static final int DEEPEST = 6;

    /** What a folder is called that a command names. */
    private static final Pattern FRESH = Pattern.compile(".+-\\d{8}-\\d{6}(-\\d+)?");

    /** Longer than this no run is prepared, in milliseconds; what was killed before stays empty. */
    private static final long PATIENCE = 30 * 60 * 1000;

    /** Figures of results, the most telling first, and what they are called. */
    private static final Map<String, String> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("longObjective", "objective");
        FIGURES.put("validationObjective", "objective");
        FIGURES.put("margin", "lead");
        FIGURES.put("meanReward", "reward");
        FIGURES.put("exploitability", "exploitability");
        FIGURES.put("meanFieldExploitability", "exploitability");
        FIGURES.put("objective", "objective");
        FIGURES.put("revenue", "revenue");
    }

    private final Path root;
    private final Map<Path, Entry> known = new HashMap<>();

    private Runs(Path root) {
        this.root = root;
    }

    /**
     * The runs below a folder.
     *
     * @throws InvalidInputException if there is none
     */
    public static Runs of(Path root) throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new InvalidInputException("%s is a file, not a folder of runs".formatted(root));
        }
        if (!Files.isDirectory(root)) {
            throw new InvalidInputException(
                    "there is no folder %s; a first run makes one: ./mfg design A1".formatted(root));
        }
        return new Runs(root.toRealPath());
    }

    /** The runs below a folder that the first of them may still have to make. */
    public static Runs expected(Path root) throws IOException {
        return Files.exists(root) ? of(root) : new Runs(root.toAbsolutePath().normalize());
    }

    /**
     * One of them.
     *
     * @param id its folder, below the root, with slashes
     * @param kind the command
     * @param game what it plays; empty where it plays several
     * @param result the figure that says most, with its name; empty while there is none
     * @param changed when one of its files was, in milliseconds since 1970
     * @param bytes of its files
     */
    public record Entry(String id, String kind, String game, State state, String result, long changed, long bytes) {}

    /** All, the latest first. */
    public synchronized List<Entry> all() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of(); // not yet
        }
        Map<Path, Entry> found = new HashMap<>();
        Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (String.valueOf(folder.getFileName()).startsWith(".")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                try {
                    Entry entry = entry(folder);
                    if (entry != null) {
                        found.put(folder, entry);
                    }
                    return FileVisitResult.CONTINUE;
                } catch (NoSuchFileException e) {
                    return FileVisitResult.SKIP_SUBTREE; // it was just removed
                }
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // gone, or not ours to read
            }
        });
        known.clear();
        known.putAll(found);
        return found.values().stream()
                .sorted(Comparator.comparingLong(Entry::changed).reversed().thenComparing(Entry::id))
                .toList();
    }

    /**
     * The folder of one.
     *
     * @param id as {@link Entry#id} has it; anything else is none
     * @throws InvalidInputException if there is none, or a file in it is a link out of the root
     */
    public synchronized Path folder(String id) throws IOException {
        if (known.values().stream().noneMatch(entry -> entry.id().equals(id))) {
            all(); // it may be new
        }
        Path folder = known.entrySet().stream()
                .filter(entry -> entry.getValue().id().equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("there is no run '%s'".formatted(id)));
        if (!isInside(folder)) {
            throw new InvalidInputException("run '%s' has links to files elsewhere".formatted(id));
        }
        return folder;
    }

    /** Whether no file of a folder, or of its page's parts, is a link out of the root. */
    private boolean isInside(Path folder) throws IOException {
        Path parts = folder.resolve(Charts.FOLDER);
        List<Path> files = new ArrayList<>(list(folder));
        if (Files.isDirectory(parts, LinkOption.NOFOLLOW_LINKS)) {
            files.addAll(list(parts));
        }
        for (Path file : files) {
            if (Files.isSymbolicLink(file)) {
                try {
                    if (!file.toRealPath().startsWith(root)) {
                        return false;
                    }
                } catch (IOException e) {
                    return false; // it leads nowhere
                }
            }
        }
        return true;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private @Nullable Entry entry(Path folder) throws IOException {
        boolean run = Files.isRegularFile(folder.resolve(RunFolder.CONFIG), LinkOption.NOFOLLOW_LINKS);
        boolean several = RunFolder.holdsSeveral(folder)
                || Files.isDirectory(folder.resolve(Charts.FOLDER), LinkOption.NOFOLLOW_LINKS);
        if (!run && !several) {
            return preparing(folder);
        }
        long changed = 0;
        long bytes = 0;
        for (Path file : list(folder)) {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isRegularFile()) {
                    changed = Math.max(changed, attributes.lastModifiedTime().toMillis());
                    bytes += attributes.size();
                }
            } catch (NoSuchFileException e) {
                // a run that goes on has moved it to its place
            }
        }
        Entry before = known.get(folder);
        if (before != null
                && !RunFolder.holdsSeveral(folder) // these go on where no file of the folder itself changes
                && before.changed() == changed
                && before.bytes() == bytes
                && before.state().kind() != State.Kind.RUNNING) {
            return before;
        }
        if (!isInside(folder)) {
            return null;
        }
        return looked(folder, run, changed, bytes);
    }

    /** A folder that a command has just made and put nothing in yet: it still searches or checks. */
    private @Nullable Entry preparing(Path folder) throws IOException {
        long made = Files.getLastModifiedTime(folder).toMillis();
        boolean isNew = FRESH.matcher(String.valueOf(folder.getFileName())).matches()
                && System.currentTimeMillis() - made < PATIENCE
                && list(folder).isEmpty();
        return isNew
                ? new Entry(
                        id(folder), "", "", new State(State.Kind.RUNNING, "being prepared"), "being prepared", made, 0)
                : null;
    }

    private String id(Path folder) {
        return root.equals(folder) ? "." : root.relativize(folder).toString().replace('\\', '/');
    }

    private Entry looked(Path folder, boolean run, long changed, long bytes) throws IOException {
        String id = id(folder);
        State state = State.of(folder);
        try {
            RunFile file = run
                    ? RunFile.read(folder.resolve(RunFolder.CONFIG))
                    : Files.isRegularFile(folder.resolve(RunFolder.SEEDS))
                            ? RunFile.read(folder.resolve(RunFolder.SEEDS))
                            : null;
            Map<String, String> options = new LinkedHashMap<>();
            if (file != null) {
                Tree.leaves(file.tree())
                        .forEach((path, value) -> options.put(Tree.option(path), String.valueOf(Yaml.scalar(value))));
            }
            String kind = file == null ? several(folder) : run ? file.command() : file.command() + ", seeds";
            String result = !run && !state.words().isEmpty()
                    ? state.words().replaceFirst("^[^:]*: ", "").replaceFirst(";.*", "")
                    : state.kind() == State.Kind.RUNNING ? Live.progress(folder, options) : result(folder);
            return new Entry(id, kind, about(options), state, result, changed, bytes);
        } catch (InvalidInputException | IOException e) {
            return new Entry(id, "unreadable", "", state, "", changed, bytes);
        }
    }

    /** What left a folder that is no run. */
    private static String several(Path folder) throws IOException {
        if (Files.isRegularFile(folder.resolve(RunFolder.SWEEP))) {
            return "sweep";
        }
        return list(folder.resolve(Charts.FOLDER)).stream()
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> name.startsWith("answer-"))
                .map(name -> name.replaceAll("^answer-|\\.json$", ""))
                .sorted()
                .findFirst()
                .orElse("figure");
    }

    /** The game that a run is of, or the log. */
    private static String about(Map<String, String> options) {
        String log = options.get("log");
        return log != null ? String.valueOf(Path.of(log).getFileName()) : options.getOrDefault("game", "");
    }

    private static String result(Path folder) throws IOException {
        ObjectNode result = Json.intact(folder.resolve(RunFolder.RESULT), Map.of(), ObjectNode.class);
        if (result == null) {
            return "";
        }
        for (Map.Entry<String, String> figure : FIGURES.entrySet()) {
            JsonNode value = result.path(figure.getKey());
            if (value.isArray() && !value.isEmpty()) {
                value = value.get(value.size() - 1);
            }
            if (value.isNumber()) {
                return "%s %s".formatted(figure.getValue(), Numbers.fixed(value.doubleValue()));
            }
        }
        return "";
    }
}
