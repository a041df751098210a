package mfg.eval.players;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import mfg.envs.players.NPlayerEvaluation;
import mfg.eval.io.Fact;
import mfg.eval.io.Numbers;
import mfg.eval.io.PowerLaw;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import org.jspecify.annotations.Nullable;

/**
 * What {@code evaluate} reports, by JSON name. A figure that does not exist is not a number here and null in JSON.
 *
 * @param mechanism null where the game has none
 * @param steps of the inner iteration to the mean field's policy
 * @param repetitions plays for each number of players
 * @param meanFieldObjective of that policy, the mean over validation games where nature draws them, as is the exploitability
 * @param meanFieldExploitability the plain one
 * @param rows one for each number of players
 * @param slope of {@code log deviation} over {@code log players}, by least squares; theory says at most -1/2 (AMID Thm. 1, 2)
 */
public record PlayersResult(
        String setting,
        @Nullable String mechanism,
        int steps,
        int repetitions,
        long seed,
        double meanFieldObjective,
        double meanFieldExploitability,
        List<NPlayerEvaluation> rows,
        double slope,
        String runDirectory)
        implements Summary {

    /** Where a run keeps its latest. */
    private static final String FILE = RunFolder.PLAYERS + ".json";

    /** The latest evaluation of a run; null if there is none. */
    public static @Nullable PlayersResult of(RunFolder run) throws IOException {
        return run.result(FILE, PlayersResult.class);
    }

    void save(RunFolder run) throws IOException {
        run.saveResult(FILE, this);
    }

    /** How the deviation falls. */
    static PowerLaw law(List<NPlayerEvaluation> rows) {
        return PowerLaw.fit(column(rows, NPlayerEvaluation::players), column(rows, NPlayerEvaluation::deviation));
    }

    private static double[] column(List<NPlayerEvaluation> rows, ToDoubleFunction<NPlayerEvaluation> figure) {
        return rows.stream().mapToDouble(figure).toArray();
    }

    @Override
    public List<Fact> facts() {
        NPlayerEvaluation most = rows.get(rows.size() - 1);
        return List.of(
                new Fact(
                        Text.of("Objective among %,d", most.players()),
                        Numbers.fixed(most.objective(), 6),
                        Text.of(
                                "± %s, one standard error of %,d plays",
                                Numbers.fixed(most.standardError(), 6), repetitions)),
                new Fact(
                        "The mean field's objective",
                        Numbers.fixed(meanFieldObjective, 6),
                        "what theory predicts for many"),
                new Fact(
                        "One player gains",
                        Numbers.fixed(most.exploitability(), 6),
                        "± %s, by leaving".formatted(Numbers.fixed(most.exploitabilityError(), 6))),
                new Fact(
                        "The deviation falls as",
                        Double.isFinite(slope) ? "N^" + Numbers.fixed(slope, 2) : "unknown",
                        "theory: N^-0.5 or faster"));
    }

    @Override
    public String summary() {
        Text text = new Text();
        text.line(
                "%s, the policy after %s among N players, %s each",
                mechanism == null ? setting : setting + ", " + mechanism,
                Text.count(steps, "steps"),
                Text.count(repetitions, "plays"));
        text.line(
                "  mean field  objective %s, exploitability %s",
                Numbers.fixed(meanFieldObjective, 6), Numbers.fixed(Math.max(0, meanFieldExploitability), 6));
        text.line("%10s  %-20s  %9s  %9s  %s", "N", "objective", "bias", "deviation", "exploitability");
        for (NPlayerEvaluation row : rows) {
            text.line(
                    "%10d  %9s ± %s  %9s  %9s  %9s ± %s",
                    row.players(),
                    Numbers.fixed(row.objective(), 6),
                    Numbers.fixed(row.standardError(), 6),
                    Numbers.fixed(row.bias(), 6),
                    Numbers.fixed(row.deviation(), 6),
                    Numbers.fixed(row.exploitability(), 6),
                    Numbers.fixed(row.exploitabilityError(), 6));
        }
        String law = Double.isFinite(slope) ? "the deviation falls as N^%s; ".formatted(Numbers.fixed(slope, 2)) : "";
        text.line("  ± one standard error; %sall of it   %s", law, runDirectory);
        return text.toString();
    }

    /** What N players earn for the designer, beside what the mean field predicts. */
    public Plot chart() {
        Band band = new Band(
                "N players, mean ± standard error",
                column(rows, NPlayerEvaluation::players),
                column(rows, NPlayerEvaluation::objective),
                column(rows, NPlayerEvaluation::standardError));
        String name = mechanism == null ? setting : setting + ", " + mechanism;
        return Charts.bands("%s: %d plays".formatted(name, repetitions), "", "objective per capita", List.of(band))
                .over(Plot.Axis.logarithmic("players N"))
                .withLevels(List.of(new Plot.Level("mean field", meanFieldObjective)));
    }

    /** Draws what N players earn for the designer, and how far they are from the mean field. */
    public void draw(Path file) throws IOException {
        List<Charts.Series> gaps = new ArrayList<>();
        gaps.add(gap("deviation", NPlayerEvaluation::deviation));
        gaps.add(gap("|bias|", row -> Math.abs(row.bias())));
        gaps.add(gap("its standard error", NPlayerEvaluation::standardError));
        PowerLaw law = law(rows);
        double[] x = column(rows, NPlayerEvaluation::players);
        List<Charts.Series> fits = new ArrayList<>();
        if (Double.isFinite(slope)) {
            double[] y = rows.stream().mapToDouble(row -> law.at(row.players())).toArray();
            fits.add(new Charts.Series(String.format(Locale.ROOT, "slope %.2f", slope), x, y));
        }
        Charts.save(
                file,
                List.of(
                        chart(),
                        Charts.scaling(
                                "%s among N players, against the mean field".formatted(setting),
                                "players N",
                                "objective per capita",
                                gaps,
                                fits)));
    }

    /** What a logarithmic axis can show. */
    private Charts.Series gap(String name, ToDoubleFunction<NPlayerEvaluation> figure) {
        List<NPlayerEvaluation> shown =
                rows.stream().filter(row -> figure.applyAsDouble(row) > 0).toList();
        return new Charts.Series(name, column(shown, NPlayerEvaluation::players), column(shown, figure));
    }
}
