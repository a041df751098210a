package mfg.eval.catalogue;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import mfg.core.Algorithm;
import mfg.core.InvalidInputException;
import mfg.core.Solver;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.MechanismFamily;
import mfg.eval.io.Failure;
import mfg.eval.io.Nearest;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen by name: the games, mechanisms and solvers that {@link ServiceLoader} finds, those of jars, and the game of a file
 * of Java. To all that reads it they are alike. Methods and learners are the permitted classes of their sealed interface.
 */
public final class Catalogue {

    /** Jars and files of Java that are always read, separated as in a class path. */
    private static final String VARIABLE = "MFG_GAMES";

    private static final Catalogue BUILT_IN = new Catalogue(
            loaded(Game.class, Catalogue.class.getClassLoader()),
            parts(Catalogue.class.getClassLoader()),
            Map.of(),
            List.of());

    private final Map<String, Class<? extends Game>> games;

    /** What else can be chosen, by its kind. */
    private final Map<Class<?>, Map<String, Class<?>>> parts;

    private final Map<String, Source> sources;
    private final List<Path> files;

    private Catalogue(
            Map<String, Class<? extends Game>> games,
            Map<Class<?>, Map<String, Class<?>>> parts,
            Map<String, Source> sources,
            List<Path> files) {
        this.files = files;
        this.games = games;
        this.parts = parts;
        this.sources = sources;
    }

    private static Map<Class<?>, Map<String, Class<?>>> parts(ClassLoader loader) {
        Map<Class<?>, Map<String, Class<?>>> parts = new LinkedHashMap<>();
        for (Class<?> kind : List.of(MechanismFamily.class, Solver.class, Algorithm.class)) {
            parts.put(kind, new LinkedHashMap<>(loaded(kind, loader)));
        }
        return parts;
    }

    /** What comes with this software. */
    public static Catalogue builtIn() {
        return BUILT_IN;
    }

    /** The same and what the environment variable {@code MFG_GAMES} names. */
    public static Catalogue usual() throws IOException {
        String named = System.getenv(VARIABLE);
        Catalogue all = BUILT_IN;
        if (named != null) {
            for (String path : named.split(File.pathSeparator, -1)) {
                all = path.isBlank() ? all : all.with(Path.of(path));
            }
        }
        return all;
    }

    /** Whether a user's word for a game is a file of Java or a jar, and no name. */
    public static boolean isFile(String word) {
        return word.endsWith(".java") || word.endsWith(".jar");
    }

    /**
     * The same and the games of a file.
     *
     * @param file a file of Java, which is compiled, or a jar
     * @throws InvalidInputException if there is no game in it, or one whose name is taken
     */
    public Catalogue with(Path file) throws IOException {
        if (!isFile(file.toString())) {
            throw new InvalidInputException("a game is a file that ends in .java or .jar, not " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("there is no file " + file);
        }
        Source source = Source.of(file);
        Map<String, Class<? extends Game>> more;
        Map<Class<?>, Map<String, Class<?>>> moreParts = Map.of();
        if (source.isJava()) {
            more = named(SourceFile.games(file), file);
        } else {
            ClassLoader loader =
                    new URLClassLoader(Failure.OF_A_GAME, new URL[] {url(file)}, Catalogue.class.getClassLoader());
            more = loaded(Game.class, loader);
            moreParts = parts(loader);
            more.keySet().removeAll(BUILT_IN.games.keySet());
            moreParts.forEach((kind, found) ->
                    found.keySet().removeAll(BUILT_IN.choices(kind).keySet()));
        }
        if (more.isEmpty() && moreParts.values().stream().allMatch(Map::isEmpty)) {
            throw new InvalidInputException(
                    source.isJava()
                            ? "%s has no game: no class in it implements mfg.core.catalogue.Game".formatted(file)
                            : "%s has no game: it has no META-INF/services/mfg.core.catalogue.Game".formatted(file));
        }
        Map<String, Class<? extends Game>> all = new LinkedHashMap<>(games);
        Map<String, Source> from = new LinkedHashMap<>(sources);
        more.forEach((name, game) -> {
            all.put(name, game);
            if (games.keySet().stream()
                    .anyMatch(taken -> taken.equalsIgnoreCase(name) && !source.equals(sources.get(taken)))) {
                throw new InvalidInputException(
                        "%s calls its game %s, which is the name of another".formatted(file, name));
            }
            from.put(name, source);
        });
        Map<Class<?>, Map<String, Class<?>>> allParts = new LinkedHashMap<>();
        for (Map.Entry<Class<?>, Map<String, Class<?>>> known : parts.entrySet()) {
            Map<String, Class<?>> both = new LinkedHashMap<>(known.getValue());
            both.putAll(moreParts.getOrDefault(known.getKey(), Map.of()));
            allParts.put(known.getKey(), both);
        }
        Set<Path> allFiles = new LinkedHashSet<>(files);
        allFiles.add(source.path());
        return new Catalogue(all, allParts, from, List.copyOf(allFiles));
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a game comes with mfg; others are checked before they are run. */
    public static boolean isBuiltIn(Game game) {
        return BUILT_IN.games.containsValue(game.getClass());
    }

    /** By name, A2 before A10. */
    private static <T> Map<String, Class<? extends T>> loaded(Class<T> service, ClassLoader loader) {
        List<Class<? extends T>> types = new ArrayList<>();
        try {
            ServiceLoader.load(service, loader).stream().forEach(provider -> types.add(provider.type()));
        } catch (ServiceConfigurationError e) {
            throw new InvalidInputException("a game cannot be loaded: " + e.getMessage(), e);
        }
        return byName(types);
    }

    private static Map<String, Class<? extends Game>> named(Collection<Class<? extends Game>> types, Path file) {
        Map<String, Class<? extends Game>> byName = byName(List.copyOf(types));
        if (byName.size() < types.size()) {
            throw new InvalidInputException("two games of %s have one name".formatted(file));
        }
        return byName;
    }

    private static <T> Map<String, Class<? extends T>> byName(List<Class<? extends T>> types) {
        Map<String, Class<? extends T>> byName = new LinkedHashMap<>();
        types.stream()
                .sorted(Comparator.comparing((Class<?> type) -> padded(Game.nameOf(type))))
                .forEach(type -> byName.put(Game.nameOf(type), type));
        return byName;
    }

    private static String padded(String name) {
        return name.replaceAll("(?<!\\d)(\\d)(?!\\d)", "0$1");
    }

    /** Everything of a kind that can be chosen, by name: games that can do something, mechanisms, methods, solvers, learners. */
    public Map<String, Class<?>> choices(Class<?> kind) {
        Map<String, Class<?>> choices = new LinkedHashMap<>();
        if (Game.class.isAssignableFrom(kind)) {
            games.forEach((name, type) -> {
                if (kind.isAssignableFrom(type)) {
                    choices.put(name, type);
                }
            });
        } else if (parts.containsKey(kind)) {
            parts.forEach((part, found) -> choices.putAll(kind.isAssignableFrom(part) ? found : Map.of()));
        } else if (kind.isSealed()) {
            Arrays.stream(kind.getPermittedSubclasses()).forEach(type -> choices.put(Game.nameOf(type), type));
        } else {
            throw new IllegalStateException("nothing is known to choose for " + kind);
        }
        return choices;
    }

    /**
     * Finds what a name stands for.
     *
     * @param kind what it must be
     * @param label what to call the choice in a refusal
     * @throws InvalidInputException if there is nothing of that name and kind
     */
    public Class<?> chosen(Class<?> kind, String name, String label) {
        Map<String, Class<?>> choices = choices(kind);
        for (Map.Entry<String, Class<?>> choice : choices.entrySet()) {
            if (choice.getKey().equalsIgnoreCase(name)) {
                return choice.getValue();
            }
        }
        if (!Game.class.isAssignableFrom(kind)) {
            throw new InvalidInputException(
                    "%s must be %s, not %s".formatted(label, String.join(", ", choices.keySet()), name));
        }
        for (String other : games.keySet()) {
            if (other.equalsIgnoreCase(name)) {
                throw new InvalidInputException("%s cannot %s; these can: %s"
                        .formatted(other, Ability.words(kind), String.join(", ", choices.keySet())));
            }
        }
        throw new InvalidInputException("there is no game '%s'; %s"
                .formatted(
                        name,
                        Nearest.to(name, choices.keySet())
                                .map(near -> "did you mean %s? (see: ./mfg games)".formatted(near))
                                .orElse("choose one of %s, or a file such as RoadTolls.java"
                                        .formatted(String.join(", ", choices.keySet())))));
    }

    /** All games, by name. */
    public Map<String, Class<? extends Game>> games() {
        return games;
    }

    /** The files that were added. */
    public List<Path> files() {
        return files;
    }

    /** Where a game comes from that is not built in; null if it is. */
    public @Nullable Source source(String game) {
        return sources.get(game);
    }

    /**
     * A game that was named.
     *
     * @param catalogue that has it
     * @param source where it comes from; null if it is built in
     */
    public record Named(
            Catalogue catalogue, String name, @Nullable Source source) {}

    /**
     * Finds a game.
     *
     * @param word its name, or the file that it is in
     */
    public Named named(String word) throws IOException {
        if (!isFile(word)) {
            String name = games.keySet().stream()
                    .filter(known -> known.equalsIgnoreCase(word))
                    .findFirst()
                    .orElse(word);
            return new Named(this, name, source(name));
        }
        Catalogue more = with(Path.of(word));
        List<String> names = more.gamesOf(Path.of(word));
        if (names.size() != 1) {
            throw new InvalidInputException("%s has several games; name the file by --games, and one of %s"
                    .formatted(word, String.join(", ", names)));
        }
        return new Named(more, names.get(0), more.source(names.get(0)));
    }

    /** The games of a file that was added. */
    public List<String> gamesOf(Path file) throws IOException {
        Source source = Source.of(file);
        return sources.entrySet().stream()
                .filter(entry -> entry.getValue().equals(source))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A name as a file may be called. */
    public static String fileName(String game) {
        return game.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
    }
}
