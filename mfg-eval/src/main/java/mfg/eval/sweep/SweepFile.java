package mfg.eval.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.core.InvalidInputException;
import mfg.envs.players.NPlayerGame;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Tree;
import mfg.eval.config.Yaml;
import mfg.eval.design.DesignKind;
import mfg.eval.grid.Seeds;
import mfg.eval.io.Range;
import mfg.eval.remote.RunKinds;
import mfg.eval.run.RunKind;
import org.jspecify.annotations.Nullable;

/**
 * A file that says what {@code sweep} runs: every combination of the games, of the values in the grid and of the seeds.
 *
 * <pre>
 * command: design               # solve or learn; design by default
 * settings: [A1, A4]            # games, or files such as RoadTolls.java
 * seeds: 1..3
 * options:                      # for every run
 *   iterations: 100
 * grid:
 *   tau: [0.0005, 0.001]
 *   shares: [[0.1, 0.2], 0.1]   # a list is one value of an option that takes several numbers
 * players: [100, 1000]          # evaluate every design among so many players
 * repetitions: 500              # with so many plays
 * </pre>
 *
 * <p>Options are those of the command, less the dashes. It is the configuration of the command that reads them, so they mean the same
 * and are refused alike.
 */
final class SweepFile {

    private static final int REPETITIONS = 200;

    private static final List<String> KEYS =
            List.of("command", "settings", "games", "seeds", "options", "grid", "players", "repetitions");

    /** Parts of configurations that the sweep takes care of. */
    private static final Set<String> OURS = Set.of("game", "seed", "values-from");

    /** YAML's versions do not agree on what these are. */
    private final Path file;

    private final Map<String, Object> fields;

    /** Options of which a value is written as a list. */
    private final Set<String> lists = new LinkedHashSet<>();

    private SweepFile(Path file, Map<String, Object> fields) {
        this.file = file;
        this.fields = fields;
    }

    /**
     * Reads a file.
     *
     * @param known games
     * @return what it says
     * @throws InvalidInputException if the file says something else; what, in one sentence
     */
    static Sweep<?> read(Path file, Catalogue known) throws IOException {
        Map<String, Object> fields = Yaml.read(file);
        try {
            return new SweepFile(file, fields).read(known);
        } catch (InvalidInputException e) {
            throw Yaml.naming(file, e);
        }
    }

    private Sweep<?> read(Catalogue known) throws IOException {
        for (String key : fields.keySet()) {
            if (!KEYS.contains(key)) {
                throw refused("there is no '%s' in a sweep, but %s".formatted(key, String.join(", ", KEYS)));
            }
        }
        RunKind<?, ?> kind = kind();
        Catalogue catalogue = known;
        List<String> games = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String word : texts(gamesKey())) {
            String found = Catalogue.isFile(word) ? located(word).toString() : word;
            Catalogue.Named named = catalogue.named(found);
            catalogue = named.catalogue();
            games.add(named.name());
            words.add(found);
        }
        fields.put(gamesKey(), words);
        Map<String, List<String>> axes = new LinkedHashMap<>();
        axes.put("game", games);
        group("options").forEach((name, value) -> axes.put(name, List.of(text("options", name, value))));
        Map<String, Object> grid = group("grid");
        grid.forEach((name, values) -> {
            if (axes.put(name, axis(name, values)) != null) {
                throw refused("'%s' is in options and in grid".formatted(name));
            }
        });
        Sweep<?> sweep = Sweep.of(kind, catalogue, axes, grid.keySet(), seeds(), players(kind), Yaml.text(fields));
        for (String option : lists) {
            sweep.cells().forEach(cell -> checkList(option, cell.config()));
        }
        return sweep;
    }

    private static void checkList(String option, Record config) {
        if (!(Tree.values(config).get(option) instanceof List<?>)) {
            throw refused("'%s' must be one value, not a list".formatted(option));
        }
    }

    private RunKind<?, ?> kind() {
        String command = fields.containsKey("command") ? only("command") : DesignKind.DESIGN.command();
        return RunKinds.named(command);
    }

    private String gamesKey() {
        if (fields.containsKey("games") && fields.containsKey("settings")) {
            throw refused("'settings' and 'games' are the same; give one of them");
        }
        return fields.containsKey("games") ? "games" : "settings";
    }

    /** Beside this file, or where the command was given. */
    private Path located(String word) {
        Path beside = file.toAbsolutePath().resolveSibling(word);
        return (Files.exists(beside) ? beside : Path.of(word)).toAbsolutePath().normalize();
    }

    private SweepPlayers players(RunKind<?, ?> kind) {
        if (!fields.containsKey("players")) {
            if (fields.containsKey("repetitions")) {
                throw refused("'repetitions' are plays among 'players', which are missing");
            }
            return new SweepPlayers(List.of(), REPETITIONS);
        }
        if (kind != DesignKind.DESIGN) {
            throw refused("'players' are for runs of design, not of %s".formatted(kind.command()));
        }
        List<Integer> counts =
                texts("players").stream().map(text -> whole("players", text)).toList();
        counts.forEach(NPlayerGame::checkPlayers);
        int repetitions = REPETITIONS;
        if (fields.containsKey("repetitions")) {
            repetitions = whole("repetitions", only("repetitions"));
            Range.check("'repetitions'", repetitions, 1);
        }
        return new SweepPlayers(counts.stream().distinct().sorted().toList(), repetitions);
    }

    private int whole(String key, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw refused("'%s' must be whole numbers, not %s".formatted(key, text));
        }
    }

    private List<Long> seeds() {
        if (!fields.containsKey("seeds")) {
            return List.of(1L);
        }
        return Seeds.list(String.join(",", texts("seeds")));
    }

    private String only(String key) {
        if (!(fields.get(key) instanceof String)) {
            throw refused("'%s' must be one value".formatted(key));
        }
        return texts(key).get(0);
    }

    /** One text or several. */
    private List<String> texts(String key) {
        Object value = fields.get(key);
        List<?> entries = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        List<String> texts = new ArrayList<>();
        for (Object entry : entries) {
            if (!(entry instanceof String text) || isNull(text)) {
                throw refused("'%s' must be a text, a number or a list of them".formatted(key));
            }
            texts.add(text);
        }
        if (texts.isEmpty()) {
            throw refused("'%s' is missing or empty".formatted(key));
        }
        return texts;
    }

    private static boolean isNull(String text) {
        return text.isEmpty() || text.equals("null") || text.equals("~");
    }

    /** Names of options and what stands beside them. */
    private Map<String, Object> group(String key) {
        Map<String, Object> group = new LinkedHashMap<>();
        Object value = fields.getOrDefault(key, Map.of());
        if (!(value instanceof Map<?, ?> given)) {
            throw refused("'%s' must be names of options with their values".formatted(key));
        }
        given.forEach((name, of) -> {
            if (OURS.contains(String.valueOf(name))) {
                throw refused("'%s' is no option of a sweep's runs".formatted(name));
            }
            group.put(String.valueOf(name), of == null ? "" : of);
        });
        return group;
    }

    private List<String> axis(String name, Object values) {
        if (!(values instanceof List<?> list) || list.isEmpty()) {
            throw refused("'%s' in grid must be a list of values".formatted(name));
        }
        List<String> axis = new ArrayList<>();
        list.forEach(value -> axis.add(text("grid", name, value)));
        return axis;
    }

    /** A value as on the command line. */
    private String text(String group, String name, @Nullable Object value) {
        String text = value == null ? null : Yaml.scalar(value);
        if (text == null || isNull(text)) {
            throw refused("'%s' in %s must be a text, a number or a list of them".formatted(name, group));
        }
        if (value instanceof List<?>) {
            lists.add(name);
        }
        return text;
    }

    private static InvalidInputException refused(String sentence) {
        return new InvalidInputException(sentence);
    }
}
