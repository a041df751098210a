package mfg.eval.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mfg.eval.catalogue.Source;
import mfg.eval.config.Slot;
import mfg.eval.config.Tree;
import mfg.eval.io.Json;

/** What the runs of a sweep are called. */
final class Names {

    private static final int LONGEST = 100;
    private static final int DIGEST = 8;

    private Names() {}

    /** What tells a run from the others, defaults filled in, by the names that configurations and results have for it. */
    static ObjectNode label(Record config, Set<String> options) {
        Map<String, Object> values = Tree.values(config);
        Map<String, Object> label = new LinkedHashMap<>();
        label.put("setting", values.get("game"));
        options.forEach(option -> label.put(Slot.name(option), values.get(option)));
        label.put("seed", values.get("seed"));
        return Json.fields(label);
    }

    /** A folder's name that says what is in it; empty if it does not say all, and there is no suffix. */
    static String name(ObjectNode label, String suffix) {
        String all = label.properties().stream()
                .map(field ->
                        (field.getKey().equals("setting") ? "" : field.getKey() + "=") + Sweep.text(field.getValue()))
                .collect(Collectors.joining("-"));
        String legal = all.replaceAll("[^A-Za-z0-9.,=+-]", "_");
        if (suffix.isEmpty() && (!legal.equals(all) || legal.length() > LONGEST)) {
            return "";
        }
        return legal.substring(0, Math.min(legal.length(), LONGEST)) + suffix;
    }

    static String digest(Object tree) {
        return Source.sha256(String.valueOf(tree).getBytes(StandardCharsets.UTF_8))
                .substring(0, DIGEST);
    }
}
