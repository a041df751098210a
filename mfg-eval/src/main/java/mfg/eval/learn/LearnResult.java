package mfg.eval.learn;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mfg.eval.io.Fact;
import mfg.eval.io.Numbers;
import mfg.eval.io.Text;
import mfg.eval.run.Result;
import mfg.eval.run.Run;
import mfg.nn.Identity;
import org.jspecify.annotations.Nullable;

/**
 * What {@code learn} reports, by JSON name.
 *
 * @param epochs that were learned from
 * @param learned what else the learner tells, the most telling first: numbers and words. A name that ends in {@code StandardError} is
 *     the error of the number before it; {@code seconds..} and {@code ..PerSecond} say how long it took.
 * @param status {@code finished}, or why the run ended early
 */
public record LearnResult(
        String game,
        String algorithm,
        int players,
        int epochs,
        @JsonAnyGetter Map<String, @Nullable Object> learned,
        String status,
        String runDirectory)
        implements Result {

    private static final String IDENTITY = "identity";
    private static final String ERROR = "StandardError";

    /** From here on digits behind the point say nothing. */
    private static final double LARGE = 1000;

    /** From its JSON fields; what is learned keeps their order. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LearnResult of(LinkedHashMap<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> learned = new LinkedHashMap<>(fields);
        return new LearnResult(
                word(learned, "game"),
                word(learned, "algorithm"),
                Integer.parseInt(word(learned, "players")),
                Integer.parseInt(word(learned, "epochs")),
                learned,
                word(learned, "status"),
                word(learned, "runDirectory"));
    }

    private static String word(Map<String, @Nullable Object> fields, String name) {
        Object word = fields.remove(name);
        if (word == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return word.toString();
    }

    /** A number that was told; not a number if it does not exist. */
    public double figure(String name) {
        return learned.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static boolean isTime(String name) {
        return name.startsWith("seconds") || name.endsWith("PerSecond");
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        learned.forEach((name, value) -> {
            if (!(value instanceof String) && !isTime(name) && !name.endsWith(ERROR)) {
                figures.put(name, figure(name));
            }
        });
        return figures;
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        learned.forEach((name, value) -> {
            String shown = value instanceof String words ? words : number(figure(name));
            double error = figure(name + ERROR);
            if (name.equals(IDENTITY)) {
                facts.add(new Fact("Who acts", Identity.named(shown).paper(), "--identity " + shown));
            } else if (!shown.isEmpty() && !name.endsWith(ERROR) && !isTime(name)) {
                facts.add(new Fact(
                        Text.words(name),
                        shown,
                        Double.isNaN(error) ? "" : Text.of("± %.2g, one standard error", error)));
            }
        });
        return facts;
    }

    @Override
    public List<String> warnings() {
        return status.equals(Run.FINISHED) ? List.of() : List.of("it ended early: " + status);
    }

    /** What does not exist is left out. */
    @Override
    public String summary() {
        Text text = new Text();
        text.line("%s by %s, %s, %s", game, algorithm, Text.count(players, "players"), Text.count(epochs, "epochs"));
        if (!status.equals(Run.FINISHED)) {
            text.line("  ended early: %s", status);
        }
        learned.forEach((name, value) -> {
            String shown = value instanceof String words ? words : number(figure(name));
            double error = figure(name + ERROR);
            if (!shown.isEmpty() && !name.endsWith(ERROR)) {
                text.line("  %-26s %s%s", Text.words(name), shown, Double.isNaN(error) ? "" : " ± " + number(error));
            }
        });
        text.line("  %-26s %s", "all of it", runDirectory);
        return text.toString();
    }

    private static String number(double x) {
        if (!Double.isFinite(x)) {
            return "";
        }
        return Math.abs(x) < LARGE ? Numbers.fixed(x) : String.format(Locale.ROOT, "%,.0f", x);
    }
}
