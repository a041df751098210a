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
        of(config).forEach((name, value) -> flatten(name, value, values));
        return values;
    }

    /** The same as texts. */
    public static Map<String, String> flat(Object config) {
        Map<String, String> flat = new LinkedHashMap<>();
        values(config).forEach((option, value) -> flat.put(option, Value.text(value)));
        return flat;
    }

    private static void flatten(String name, Object value, Map<String, Object> values) {
        if (value instanceof Map<?, ?> branch) {
            branch.forEach((key, below) ->
                    flatten(key.equals(NAME) ? name : String.valueOf(key), Objects.requireNonNull(below), values));
        } else {
            values.put(Slot.option(name), value);
        }
    }
}
