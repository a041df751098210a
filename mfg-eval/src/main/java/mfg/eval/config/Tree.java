package mfg.eval.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import mfg.core.catalogue.Game;

/** A configuration as names and what they stand for, as files show it. */
public final class Tree {

    /** What a choice's own name is called. */
    static final String NAME = "name";

    private Tree() {}

    /** All of a configuration: numbers, texts, lists, and such maps again. */
    public static Map<String, Object> of(Object config) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Slot slot : Slot.of(config.getClass())) {
            Object value = Objects.requireNonNull(slot.in(config));
            if (slot.isShared()
                    && leaves(tree).keySet().stream().map(Tree::option).anyMatch(slot.option()::equals)) {
                continue; // the game's own parameter says it
            }
            if (slot.isNested()) {
                tree.put(slot.name(), of(value));
            } else if (slot.isChoice()) {
                Map<String, Object> choice = new LinkedHashMap<>();
                choice.put(NAME, Game.nameOf(value.getClass()));
                choice.putAll(of(value));
                tree.put(slot.name(), choice);
            } else {
                tree.put(slot.name(), value instanceof Enum<?> ? Value.text(value) : value);
            }
        }
        return tree;
    }

    /** The same without its branches: each value by its option. */
    public static Map<String, Object> values(Object config) {
        Map<String, Object> values = new LinkedHashMap<>();
        leaves(of(config)).forEach((path, value) -> values.put(option(path), value));
        return values;
    }

    /** The same as texts. */
    public static Map<String, String> flat(Object config) {
        Map<String, String> flat = new LinkedHashMap<>();
        values(config).forEach((option, value) -> flat.put(option, Value.text(value)));
        return flat;
    }

    /** A tree without its branches: each value by its path, such as {@code population.solver.name}. */
    public static Map<String, Object> leaves(Map<?, ?> tree) {
        Map<String, Object> leaves = new LinkedHashMap<>();
        tree.forEach((name, value) -> {
            if (value instanceof Map<?, ?> branch) {
                leaves(branch).forEach((path, leaf) -> leaves.put(name + "." + path, leaf));
            } else {
                leaves.put(String.valueOf(name), Objects.requireNonNull(value));
            }
        });
        return leaves;
    }

    /** The option behind a path; a choice's own name is the choice. */
    public static String option(String path) {
        String slot = path.endsWith("." + NAME) ? path.substring(0, path.length() - NAME.length() - 1) : path;
        return Slot.option(slot.substring(slot.lastIndexOf('.') + 1));
    }
}
