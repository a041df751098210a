package mfg.eval.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import mfg.core.InvalidInputException;
import mfg.envs.players.NPlayerGame;
import mfg.eval.design.DesignCommand;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.RunGrid;
import mfg.eval.design.SeedRuns;
import mfg.eval.design.Setting;
import mfg.eval.io.Json;
import mfg.eval.io.Yaml;
import mfg.eval.players.EvaluateCommand;
import picocli.CommandLine;

/**
 * A file that says what {@code sweep} runs: every combination of the settings, of the values in the grid and of the seeds.
 *
 * <pre>
 * settings: [A1, A4]
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
 * <p>Options are those of {@code design}, less the dashes. It is {@code design} that reads them, so they mean the same and
 * are refused alike.
 */
final class SweepFile {

    /** More runs than this are a slip. */
    private static final int MOST = 10_000;

    private static final int LONGEST_NAME = 100;

    private static final int REPETITIONS = 200;

    private static final List<String> KEYS = List.of("settings", "seeds", "options", "grid", "players", "repetitions");

    /** Options of {@code design} that the sweep takes care of. */
    private static final Set<String> OURS =
            Set.of("seed", "seeds", "threads", "out", "resume", "json", "help", "version");

    private static final Set<String> OPTIONS =
            new CommandLine(new DesignCommand()).getCommandSpec().optionsMap().keySet();

    private static final Pattern DASH = Pattern.compile("-(.)");

    private final Path file;
    private final ObjectNode fields;

    private SweepFile(Path file) throws IOException {
        this.file = file;
        this.fields = Yaml.fields(file);
    }

    /**
     * What a file says.
     *
     * @param cells the runs, at least one, labelled with setting, grid and seed, the last of which goes fastest
     * @param players among whom each is evaluated
     */
    record Sweep(List<RunGrid.Cell> cells, SweepPlayers players) {}

    /**
     * Reads a file.
     *
     * @return what it says
     * @throws InvalidInputException if the file says something else; what, in one sentence
     */
    static Sweep read(Path file) throws IOException {
        return new SweepFile(file).read();
    }

    private Sweep read() throws IOException {
        fields.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw refused("there is no '%s' in a sweep, but %s".formatted(key, String.join(", ", KEYS)));
            }
        });
        return new Sweep(cells(), players());
    }

    private SweepPlayers players() throws IOException {
        if (!fields.has("players")) {
            if (fields.has("repetitions")) {
                throw refused("'repetitions' are plays among 'players', which are missing");
            }
            return new SweepPlayers(List.of(), REPETITIONS);
        }
        List<Integer> counts = new ArrayList<>();
        for (String text : texts("players")) {
            counts.add(checked(text, SweepFile::players));
        }
        int repetitions = REPETITIONS;
        if (fields.has("repetitions")) {
            repetitions = checked(fields.get("repetitions").asText(), SweepFile::repetitions);
        }
        return new SweepPlayers(counts.stream().distinct().sorted().toList(), repetitions);
    }

    private static int players(String text) {
        int players = whole("players", text);
        NPlayerGame.checkPlayers(players);
        return players;
    }

    private static int repetitions(String text) {
        int repetitions = whole("repetitions", text);
        EvaluateCommand.range("repetitions", repetitions);
        return repetitions;
    }

    private static int whole(String key, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidInputException("%s must be whole numbers, not %s".formatted(key, text), e);
        }
    }

    private List<RunGrid.Cell> cells() throws IOException {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        axes.put("setting", settings());
        group("options").forEach((name, value) -> axes.put(name, List.of(argument("options", name, value))));
        group("grid").forEach((name, values) -> {
            if (axes.put(name, axis(name, values)) != null) {
                throw refused("'%s' is in options and in grid".formatted(name));
            }
        });
        List<Long> seeds = seeds();
        List<List<String>> commandLines = combinations(List.copyOf(axes.values()), MOST / seeds.size());

        List<RunGrid.Cell> cells = new ArrayList<>();
        Map<DesignConfig, String> names = new HashMap<>();
        for (List<String> arguments : commandLines) {
            DesignConfig any = checked(arguments, DesignCommand::config);
            for (long seed : seeds) {
                DesignConfig config = Yaml.with(any, "seed", seed);
                ObjectNode labels = labels(config);
                String name = name(cells.size() + 1, commandLines.size() * seeds.size(), labels);
                String twin = names.putIfAbsent(config, name);
                if (twin != null) {
                    throw refused("%s and %s are the same run".formatted(twin, name));
                }
                cells.add(new RunGrid.Cell(name, labels, config, null));
            }
        }
        return cells;
    }

    private List<String> settings() throws IOException {
        List<String> settings = new ArrayList<>();
        for (String name : texts("settings")) {
            settings.add(checked(name, text -> Setting.named(text).name()));
        }
        return settings;
    }

    private List<Long> seeds() throws IOException {
        return fields.has("seeds") ? checked(String.join(",", texts("seeds")), SeedRuns::seeds) : List.of(1L);
    }

    /** One text or several. */
    private List<String> texts(String key) {
        JsonNode node = fields.path(key);
        List<JsonNode> entries = node.isArray() ? entries(node) : List.of(node);
        if (entries.isEmpty() || !entries.stream().allMatch(SweepFile::isScalar)) {
            throw refused("'%s' is missing or no list".formatted(key));
        }
        return entries.stream().map(JsonNode::asText).toList();
    }

    private static boolean isScalar(JsonNode node) {
        return node.isValueNode() && !node.isNull();
    }

    private static List<JsonNode> entries(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** Names of options and what stands beside them. */
    private Map<String, JsonNode> group(String key) {
        Map<String, JsonNode> group = new LinkedHashMap<>();
        JsonNode node = fields.path(key);
        if (!node.isObject() && !node.isMissingNode()) {
            throw refused("'%s' must be names of options with their values".formatted(key));
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String name = entry.getKey();
            if (OURS.contains(name)) {
                throw refused("'%s' is no option of a sweep's runs".formatted(name));
            }
            if (!OPTIONS.contains("--" + name)) {
                throw refused("there is no option '%s' (see: ./mfg help design)".formatted(name));
            }
            group.put(name, entry.getValue());
        }
        return group;
    }

    private List<String> axis(String name, JsonNode values) {
        if (!values.isArray() || values.isEmpty()) {
            throw refused("'%s' in grid must be a list of values".formatted(name));
        }
        return entries(values).stream()
                .map(value -> argument("grid", name, value))
                .toList();
    }

    /** An option as on the command line. */
    private String argument(String group, String name, JsonNode value) {
        List<JsonNode> numbers = value.isArray() ? entries(value) : List.of(value);
        if (!numbers.stream().allMatch(SweepFile::isScalar)) {
            throw refused("'%s' in %s must be a text, a number or a list of them".formatted(name, group));
        }
        return "--%s=%s".formatted(name, numbers.stream().map(JsonNode::asText).collect(Collectors.joining(",")));
    }

    private List<List<String>> combinations(List<List<String>> axes, int most) {
        List<List<String>> combinations = List.of(List.of());
        for (List<String> axis : axes) {
            if ((long) combinations.size() * axis.size() > most) {
                throw refused("there are more than %d runs".formatted(MOST));
            }
            List<List<String>> longer = new ArrayList<>();
            for (List<String> combination : combinations) {
                for (String argument : axis) {
                    List<String> added = new ArrayList<>(combination);
                    added.add(argument);
                    longer.add(added);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    private interface Reader<T, R> {
        R read(T given) throws IOException;
    }

    private <T, R> R checked(T given, Reader<T, R> reader) throws IOException {
        try {
            return reader.read(given);
        } catch (InvalidInputException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private InvalidInputException refused(String sentence) {
        return new InvalidInputException("%s: %s".formatted(file, sentence));
    }

    /** What tells a run from the others, defaults filled in, by the names that configurations and results have for it. */
    private ObjectNode labels(DesignConfig config) {
        ObjectNode all = Json.fields(config);
        ObjectNode labels = JsonNodeFactory.instance.objectNode();
        labels.set("setting", all.get("setting"));
        for (String option : group("grid").keySet()) {
            String name = DASH.matcher(option).replaceAll(dash -> dash.group(1).toUpperCase(Locale.ROOT));
            labels.set(name, all.get(name));
        }
        labels.set("seed", all.get("seed"));
        return labels;
    }

    /** A folder's name that says what is in it; the number makes it unique whatever a file system takes for the same. */
    private static String name(int number, int of, ObjectNode labels) {
        List<String> parts = new ArrayList<>();
        parts.add(
                "0".repeat(String.valueOf(of).length() - String.valueOf(number).length()) + number);
        labels.properties()
                .forEach(label -> parts.add(
                        (label.getKey().equals("setting") ? "" : label.getKey() + "=") + text(label.getValue())));
        String legal = String.join("-", parts).replaceAll("[^A-Za-z0-9.,=+-]", "_");
        return legal.substring(0, Math.min(legal.length(), LONGEST_NAME));
    }

    /** A label in words: numbers without a power of ten where that is short. */
    static String text(JsonNode label) {
        if (label.isArray()) {
            return entries(label).stream().map(SweepFile::text).collect(Collectors.joining(","));
        }
        if (label.isFloatingPointNumber()) {
            String plain =
                    BigDecimal.valueOf(label.doubleValue()).stripTrailingZeros().toPlainString();
            return plain.length() <= 8 ? plain : label.asText();
        }
        return label.asText();
    }
}
