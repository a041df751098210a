package mfg.eval.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import mfg.core.catalogue.Game;
import mfg.eval.catalogue.Catalogue;

/**
 * An option of a command as help tells it: a slot, or several of one name in choices of which only one can be made.
 *
 * @param slot the first of them
 * @param owners in which choices it is, such as {@code --method two-point}; none if it always is
 * @param choices the names that it may be; none if it is no choice, or one among games
 * @param defaults what it is if not given, the most usual first, and in which choices
 */
public record Described(Slot slot, Set<String> owners, List<String> choices, Map<String, Set<String>> defaults) {

    /** Looking at all choices takes a while, and what is built in stays. */
    private static final Map<Binder.Kind<?>, List<Described>> BUILT_IN = new ConcurrentHashMap<>();

    /** More defaults than this nobody reads. */
    private static final int MOST_DEFAULTS = 6;

    /** So many owners are named. */
    private static final int NAMED = 4;

    /** What the command line calls it, less the dashes. */
    public String option() {
        return slot.option();
    }

    /** In which choices alone it is; none if it always is. */
    public Set<String> only() {
        return defaults.values().stream().anyMatch(Set::isEmpty) ? Set.of() : owners;
    }

    /** All that have it, in words; empty if it is in no choice. */
    String whose() {
        return some(owners);
    }

    private static String some(Set<String> names) {
        return names.size() <= NAMED
                ? Value.or(List.copyOf(names))
                : names.stream().limit(NAMED).collect(Collectors.joining(", ")) + " and others";
    }

    /** A line of help. */
    public String help() {
        List<String> notes = new ArrayList<>();
        defaults.forEach((value, where) -> {
            if (where.isEmpty()) {
                notes.add(0, value);
            } else {
                notes.add(notes.isEmpty() && !only().isEmpty() ? value : "%s for %s".formatted(value, some(where)));
            }
        });
        if (notes.size() > MOST_DEFAULTS) {
            notes.subList(1, notes.size()).clear();
            notes.add("others for other games");
        }
        if (!only().isEmpty()) {
            notes.add("of " + some(only()));
        }
        String words = slot.described().about();
        if (slot.described().oneOf().length > 0) {
            words += ": " + Value.or(List.of(slot.described().oneOf()));
        } else if (!choices.isEmpty()) {
            words += ": " + Value.or(choices);
        }
        return notes.isEmpty() ? words : "%s (%s)".formatted(words, String.join("; ", notes));
    }

    /** What its value is, in a word. */
    public String type() {
        Class<?> raw = slot.raw();
        if (raw == int.class || raw == long.class) {
            return "whole number";
        }
        return raw == double.class ? "number" : slot.isList() ? "numbers" : raw == boolean.class ? "flag" : "text";
    }

    /** The bounds of a number in words; empty for none. */
    public String bounds() {
        return Value.bounds(slot.described());
    }

    /** A game, mechanism or other thing with the initial values of its parameters. */
    public static <T> T blank(Class<T> type) {
        return Slot.blank(type);
    }

    /** The parameters of one game, mechanism or other thing, and of what can be chosen in it. */
    public static List<Described> of(Catalogue catalogue, Class<?> type) {
        Collector collector = new Collector(catalogue, new Binder.Kind<>("", Nothing.class, Map.of()));
        collector.add(type, "");
        return List.copyOf(collector.found.values());
    }

    private record Nothing() {}

    /** All options of a kind of configuration, whatever is chosen. */
    public static List<Described> all(Catalogue catalogue, Binder.Kind<?> kind) {
        return catalogue == Catalogue.builtIn()
                ? BUILT_IN.computeIfAbsent(kind, known -> collected(catalogue, known))
                : collected(catalogue, kind);
    }

    private static List<Described> collected(Catalogue catalogue, Binder.Kind<?> kind) {
        Collector collector = new Collector(catalogue, kind);
        collector.add(kind.type(), "");
        collector.addSuited();
        return List.copyOf(collector.found.values());
    }

    private static final class Collector {
        private final Catalogue catalogue;
        private final Binder.Kind<?> kind;
        private final Map<String, Described> found = new LinkedHashMap<>();
        private final Map<String, Map<String, String>> suiting = new LinkedHashMap<>();

        Collector(Catalogue catalogue, Binder.Kind<?> kind) {
            this.catalogue = catalogue;
            this.kind = kind;
        }

        void add(Class<?> owner, String choice) {
            Map<String, String> suited = kind.suiting(owner);
            for (Slot slot : Slot.of(owner)) {
                if (slot.isNested()) {
                    add(slot.raw(), choice);
                    continue;
                }
                Described described = found.computeIfAbsent(
                        slot.option(),
                        option -> new Described(slot, new LinkedHashSet<>(), names(slot), new LinkedHashMap<>()));
                if (!choice.isEmpty()) {
                    described.owners().add(choice);
                }
                String usual = usual(owner, slot, suited);
                if (!usual.isEmpty()) {
                    note(described, usual, choice);
                }
                if (slot.isChoice()) {
                    catalogue.choices(slot.raw()).forEach((name, type) -> add(type, label(slot, name)));
                }
            }
            suiting.put(last(choice), suited);
        }

        /** What games and mechanisms say of options that are not their own. */
        void addSuited() {
            suiting.forEach((choice, suited) -> suited.forEach((option, text) -> {
                Described described = found.get(option);
                if (described != null) {
                    note(described, text, choice);
                }
            }));
        }

        private static void note(Described described, String value, String choice) {
            Set<String> where = described.defaults().computeIfAbsent(value, text -> new LinkedHashSet<>());
            if (!choice.isEmpty()) {
                where.add(last(choice));
            }
        }

        private List<String> names(Slot slot) {
            return slot.isChoice() && !Game.class.isAssignableFrom(slot.raw())
                    ? List.copyOf(catalogue.choices(slot.raw()).keySet())
                    : List.of();
        }

        private static String label(Slot slot, String name) {
            return Game.class.isAssignableFrom(slot.raw()) ? name : "--%s %s".formatted(slot.option(), name);
        }

        private static String last(String choice) {
            return choice.substring(choice.lastIndexOf(' ') + 1);
        }

        private String usual(Class<?> owner, Slot slot, Map<String, String> suited) {
            String own = suited.get(slot.option());
            if (own == null) {
                own = kind.usual().get(slot.option());
            }
            if (own != null) {
                return own;
            }
            return owner.isRecord() || slot.isChoice() ? slot.described().value() : Value.text(slot.initial(owner));
        }
    }
}
