package mfg.eval.reproduce;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mfg.eval.io.Text;

/**
 * How a claim of the paper stands here.
 *
 * @param outcome in a word or two
 * @param why in numbers
 */
public record Verdict(@JsonProperty("verdict") Outcome outcome, String why) {

    /** What there is to say of a claim. */
    public enum Outcome {
        HOLDS("holds"),
        PARTLY("holds partly"),
        FAILS("does not hold"),
        NO_CLAIM("no claim"),
        UNTOLD("cannot be told");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        @JsonValue
        @Override
        public String toString() {
            return words;
        }
    }

    /** The verdict on a claim of several parts, at least one: whether each of them holds; and why, as a format and its numbers. */
    static Verdict of(List<Boolean> parts, String why, Object... numbers) {
        Outcome outcome =
                !parts.contains(false) ? Outcome.HOLDS : parts.contains(true) ? Outcome.PARTLY : Outcome.FAILS;
        return new Verdict(outcome, Text.of(why, numbers));
    }

    /** The verdict on a claim about several things, at least one, each with a verdict of its own. */
    static Verdict joint(Map<String, Verdict> verdicts) {
        List<Outcome> outcomes =
                verdicts.values().stream().map(Verdict::outcome).distinct().toList();
        String why = verdicts.entrySet().stream()
                .map(verdict -> verdict.getKey() + " " + verdict.getValue())
                .collect(Collectors.joining("; "));
        return new Verdict(outcomes.size() == 1 ? outcomes.get(0) : Outcome.PARTLY, why);
    }

    @Override
    public String toString() {
        return outcome + ": " + why;
    }
}
