package mfg.eval.design;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Options of {@code design}, as {@code --name=value}. */
public final class DesignOptions {

    private DesignOptions() {}

    /** {@code --name value} as {@code --name=value}. */
    public static List<String> joined(List<String> tokens) {
        List<String> joined = new ArrayList<>();
        for (String token : tokens) {
            int last = joined.size() - 1;
            boolean isValue = !token.startsWith("--")
                    && last >= 0
                    && joined.get(last).startsWith("--")
                    && !joined.get(last).contains("=");
            if (isValue) {
                joined.set(last, joined.get(last) + "=" + token);
            } else {
                joined.add(token);
            }
        }
        return joined;
    }

    /** All of them; of those with one name the last. */
    @SafeVarargs
    public static List<String> merged(List<String>... layers) {
        Map<String, String> all = new LinkedHashMap<>();
        for (List<String> layer : layers) {
            layer.forEach(option -> all.put(option.replaceFirst("=.*", ""), option));
        }
        return List.copyOf(all.values());
    }

    /** The configuration of a run of a setting. */
    public static DesignConfig config(String setting, List<String> options) throws IOException {
        return DesignCommand.config(
                Stream.concat(Stream.of(setting), options.stream()).toList());
    }
}
