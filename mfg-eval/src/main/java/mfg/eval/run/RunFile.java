package mfg.eval.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.catalogue.Source;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.config.Slot;
import mfg.eval.config.Tree;
import mfg.eval.config.Yaml;
import org.jspecify.annotations.Nullable;

/**
 * {@code config.yaml}: which command a run is of, where its game comes from if that is not built in, and its configuration, all of it.
 *
 * @param command that started the run
 * @param source of the game; null for one that is built in
 * @param tree the configuration
 */
public record RunFile(String command, @Nullable Source source, Map<String, Object> tree) {

    private static final int FORMAT = 2;
    private static final Pattern VERSION = Pattern.compile("^# mfg ([^,\\s]+)");

    /** The file of a configuration. */
    public static RunFile of(String command, @Nullable Source source, Object config) {
        return new RunFile(command, source, Tree.of(config));
    }

    /** As it is written, under a header. */
    public String text(String header) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("format", FORMAT);
        all.put("command", command);
        if (source != null) {
            all.put("source", new TreeMap<>(Map.of("file", source.file(), "sha256", source.sha256()))); // in one order
        }
        all.putAll(tree);
        return header + Yaml.text(all);
    }

    /**
     * Reads the file of a run.
     *
     * @throws InvalidInputException if it is none, or one of an older version
     */
    public static RunFile read(Path file) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(Yaml.read(file));
        Object format = all.remove("format");
        if (!String.valueOf(FORMAT).equals(format)) {
            throw new InvalidInputException(
                    "%s was written by %s, whose runs this version cannot read".formatted(file, writer(file)));
        }
        if (!(all.remove("command") instanceof String command)) {
            throw new InvalidInputException("%s does not say which command it is of".formatted(file));
        }
        Object source = all.remove("source");
        return new RunFile(command, source == null ? null : source(file, source), all);
    }

    private static String writer(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            Matcher version = VERSION.matcher(lines.findFirst().orElse(""));
            return version.find() ? "mfg " + version.group(1) : "another version of mfg";
        }
    }

    private static Source source(Path file, Object source) {
        if (source instanceof Map<?, ?> fields
                && fields.keySet().equals(Set.of("file", "sha256"))
                && fields.get("file") instanceof String path
                && fields.get("sha256") instanceof String digest) {
            return new Source(path, digest);
        }
        throw new InvalidInputException("%s: 'source' must have a file and its sha256".formatted(file));
    }

    /**
     * Makes the configuration.
     *
     * @param file what to call this in a refusal
     * @throws InvalidInputException if it is not complete, or has more than it should
     */
    public <C extends Record> C config(Catalogue catalogue, Binder.Kind<C> kind, Path file) {
        for (Slot slot : Slot.of(kind.type())) {
            Object value = tree.get(slot.name());
            boolean named = !slot.isChoice() || (value instanceof Map<?, ?> fields && fields.containsKey("name"));
            if (!slot.isShared() && (value == null || !named)) {
                throw new InvalidInputException(
                        "%s has no %s%s".formatted(file, slot.name(), value == null ? "" : ".name"));
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, String> paths = new LinkedHashMap<>();
        Tree.leaves(tree).forEach((path, value) -> {
            String text = Yaml.scalar(value);
            String option = Tree.option(path);
            if (text == null || texts.put(option, text) != null) {
                throw new InvalidInputException("%s: %s is no single value".formatted(file, path));
            }
            paths.put(option, path);
        });
        Given given = new Given(texts, option -> "%s: %s".formatted(file, paths.getOrDefault(option, option)));
        try {
            C config = Binder.bind(catalogue, kind, given);
            Map<String, Object> expected = Tree.leaves(Tree.of(config));
            for (String path : expected.keySet()) {
                if (!paths.containsValue(path)) {
                    throw new InvalidInputException("%s has no %s".formatted(file, path));
                }
            }
            for (String path : paths.values()) {
                if (!expected.containsKey(path)) {
                    throw new InvalidInputException("%s: there is no %s".formatted(file, path));
                }
            }
            Tree.leaves(tree).forEach((path, value) -> {
                if (value instanceof List<?> && !(expected.get(path) instanceof List<?>)) {
                    throw new InvalidInputException("%s: %s must be one value, not a list".formatted(file, path));
                }
            });
            return config;
        } catch (InvalidInputException e) {
            throw Yaml.naming(file, e);
        }
    }

    /**
     * Returns what is there to choose from, the run's own game among it.
     *
     * @param folder the run's: what lies in it is data, and is not run as a program unless it is named
     * @throws InvalidInputException if the game is not what the run was started with
     */
    public Catalogue catalogue(Catalogue known, Path folder) throws IOException {
        if (source == null) {
            return known;
        }
        Object game = tree.get("game") instanceof Map<?, ?> fields ? fields.get("name") : null;
        Source loaded = game == null ? null : known.source(String.valueOf(game));
        if (loaded != null && loaded.sha256().equals(source.sha256())) {
            return known;
        }
        Path file = source.path().toAbsolutePath().normalize();
        if (loaded == null && !Files.exists(file)) {
            throw new InvalidInputException("%s, which run %s was started with, is not there; %s"
                    .formatted(file, folder, kept(source, folder)));
        }
        boolean same = !file.startsWith(folder.toAbsolutePath().normalize())
                && Files.isRegularFile(file)
                && Source.of(file).sha256().equals(source.sha256());
        if (loaded != null || !same) {
            throw new InvalidInputException("%s is not the file that run %s was started with; %s"
                    .formatted(loaded != null ? loaded.file() : file, folder, kept(source, folder)));
        }
        return known.with(file);
    }

    /** How to go on with the file as it was: each run keeps a copy, also those side by side. */
    private static String kept(Source source, Path folder) throws IOException {
        return Stream.concat(Stream.of(folder), RunFolder.below(folder).stream())
                .map(run -> run.resolve(source.fileName()))
                .filter(Files::isRegularFile)
                .findFirst()
                .map("the run keeps that as %s: to go on with it, name it by --games"::formatted)
                .orElse("name that by --games");
    }
}
