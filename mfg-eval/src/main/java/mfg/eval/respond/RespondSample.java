package mfg.eval.respond;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import mfg.eval.io.Csv;
import mfg.eval.io.Fact;
import mfg.eval.io.Json;
import mfg.eval.io.Numbers;
import mfg.eval.io.Spread;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import org.jspecify.annotations.Nullable;

/**
 * What {@code respond --sample} reports, by JSON name: lower bounds of what players gain by leaving, each by itself.
 *
 * @param game that is played
 * @param players N
 * @param sampled how many of them were looked at
 * @param epochs that each learned for
 * @param repetitions pairs of plays of each
 * @param seed decided who was looked at, and all that is random
 * @param reward what they earn if they stay, on average
 * @param exploitability the gain, on average over them
 * @param exploitabilityStandardError of that, for which players were drawn and for the plays that they share
 * @param maxExploitability the largest gain of one of them: the largest of several noisy ones is too large
 * @param maxExploitabilityStandardError of that player's gain
 * @param maxPlayer who that is
 * @param secondsLearning of all of them together
 */
public record RespondSample(
        String game,
        int players,
        int sampled,
        int epochs,
        int repetitions,
        long seed,
        double reward,
        double exploitability,
        double exploitabilityStandardError,
        double maxExploitability,
        double maxExploitabilityStandardError,
        int maxPlayer,
        double secondsLearning,
        String runDirectory)
        implements Summary {

    /**
     * Puts players together.
     *
     * @param results of each
     * @param gains of each in each play, (players, repetitions): plays are the same for all
     * @param players N
     * @param seed of all
     */
    static RespondSample of(List<RespondResult> results, double[][] gains, int players, long seed) {
        RespondResult most = results.stream()
                .max(Comparator.comparingDouble(RespondResult::exploitability))
                .orElseThrow();
        return new RespondSample(
                most.game(),
                players,
                results.size(),
                most.epochs(),
                most.repetitions(),
                seed,
                results.stream().mapToDouble(RespondResult::reward).average().orElseThrow(),
                results.stream()
                        .mapToDouble(RespondResult::exploitability)
                        .average()
                        .orElseThrow(),
                error(gains),
                most.exploitability(),
                most.exploitabilityStandardError(),
                most.player(),
                results.stream().mapToDouble(RespondResult::secondsLearning).sum(),
                most.runDirectory());
    }

    /**
     * The standard error of the mean of a table whose rows and columns are both drawn: {@code var(rows)/K + var(columns)/R} less what
     * both count, {@code var(rest)/(K R)}, and no less than one of them.
     */
    static double error(double[][] gains) {
        double[] rows =
                Arrays.stream(gains).mapToDouble(row -> Spread.of(row).mean()).toArray();
        double[] columns = IntStream.range(0, gains[0].length)
                .mapToDouble(k -> Arrays.stream(gains)
                        .mapToDouble(row -> row[k])
                        .average()
                        .orElseThrow())
                .toArray();
        double byPlay = square(Spread.of(columns).deviation()) / columns.length;
        if (rows.length == 1) {
            return Math.sqrt(byPlay);
        }
        double byPlayer = square(Spread.of(rows).deviation()) / rows.length;
        double mean = Spread.of(rows).mean();
        double rest = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < columns.length; k++) {
                rest += square(gains[i][k] - rows[i] - columns[k] + mean);
            }
        }
        double both = rest / (rows.length - 1) / (columns.length - 1) / rows.length / columns.length;
        return Math.sqrt(Math.max(byPlayer + byPlay - both, Math.max(byPlayer, byPlay)));
    }

    private static double square(double x) {
        return x * x;
    }

    /** What was left in a run's folder; null if nothing was. */
    static @Nullable RespondSample saved(RunFolder files) throws IOException {
        return files.result(RunFolder.RESPONSES + ".json", RespondSample.class);
    }

    /** Whether this is what so many players would come to. */
    boolean answers(int players, BestResponse.Plan plan) {
        return sampled == players
                && epochs == plan.epochs()
                && repetitions == plan.repetitions()
                && seed == plan.seed();
    }

    /** Leaves a table of players, the result, and a chart. */
    void save(RunFolder files, List<RespondResult> results) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        for (RespondResult result : results) {
            ObjectNode row = Json.object().put("player", result.player()).put("zone", result.zone());
            Json.put(row, "reward", result.reward());
            Json.put(row, "exploitability", result.exploitability());
            Json.put(row, "standardError", result.exploitabilityStandardError());
            rows.add(row);
        }
        Csv.write(files.file(RunFolder.RESPONSES + ".csv"), rows);
        files.saveResult(RunFolder.RESPONSES + ".json", this);
        Charts.attempt(() -> Charts.save(files.file(RunFolder.RESPONSES + ".png"), List.of(chart(results))));
    }

    private Plot.Curves chart(List<RespondResult> results) {
        double[] x = results.stream().mapToDouble(RespondResult::player).toArray();
        double[] gains =
                results.stream().mapToDouble(RespondResult::exploitability).toArray();
        double[] errors = results.stream()
                .mapToDouble(result -> 2 * result.exploitabilityStandardError())
                .toArray();
        return Charts.points(
                        "%s: what players gain by leaving, ± 2 standard errors".formatted(game),
                        "player",
                        "gain",
                        x,
                        gains,
                        errors)
                .withLevels(List.of(new Plot.Level("mean", exploitability), new Plot.Level("no gain", 0)));
    }

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact("A player earns", Numbers.fixed(reward, 4), "as all others do"),
                new Fact(
                        "One gains on average",
                        Numbers.fixed(exploitability, 4),
                        Text.of(
                                "± %s, by leaving; of %,d players who were drawn",
                                Numbers.fixed(exploitabilityStandardError, 4), sampled)),
                new Fact(
                        "The most that one gains",
                        Numbers.fixed(maxExploitability, 4),
                        "± %s, player %d; the largest of noisy ones is too large"
                                .formatted(Numbers.fixed(maxExploitabilityStandardError, 4), maxPlayer)));
    }

    @Override
    public String summary() {
        return String.format(
                Locale.ROOT,
                """
                %s, %s: %s learned to respond, %.1f s in all
                  as the others     %s
                  gain on average   %s ± %s
                  player %-8d   %s ± %s, the most
                  all of it         %s
                """,
                game,
                Text.count(players, "players"),
                Text.count(sampled, "players"),
                secondsLearning,
                Numbers.fixed(reward, 4),
                Numbers.fixed(exploitability, 4),
                Numbers.fixed(exploitabilityStandardError, 4),
                maxPlayer,
                Numbers.fixed(maxExploitability, 4),
                Numbers.fixed(maxExploitabilityStandardError, 4),
                runDirectory);
    }
}
