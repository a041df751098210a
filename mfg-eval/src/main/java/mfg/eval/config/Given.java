package mfg.eval.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What somebody wrote.
 *
 * @param texts by the names of options, less the dashes
 * @param label what to call an option in a refusal
 */
public record Given(Map<String, String> texts, UnaryOperator<String> label) {

    /** On the command line. */
    public static Given options(Map<String, String> texts) {
        return new Given(texts, option -> "--" + option);
    }

    /** A list of numbers as one text. */
    public static String list(List<Double> numbers) {
        return Value.text(numbers);
    }

    /** The same and more, which stands against it. */
    public Given with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(texts);
        all.putAll(more);
        return new Given(all, label);
    }
}
