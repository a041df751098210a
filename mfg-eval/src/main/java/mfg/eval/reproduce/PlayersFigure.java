package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import mfg.envs.players.NPlayerEvaluation;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Cell;
import mfg.eval.io.Json;
import mfg.eval.io.Progress;
import mfg.eval.players.PlayersResult;
import mfg.eval.players.PlayersRun;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

/** What designs are worth among N players. */
final class PlayersFigure implements Figure {

    private static final String FIRST_PRICE = "A1";
    private static final List<String> SETTINGS = List.of(FIRST_PRICE, "A2", "A7", "A10");
    private static final List<String> FURTHER = List.of("A3", "A4", "A5", "A6", "A9");

    /** From here on N is large. */
    private static final int MANY = 100;

    /** What is close, as a share of the mean field's value. */
    private static final double CLOSE = 0.05;

    @Override
    public String name() {
        return "fig3";
    }

    @Override
    public String about() {
        return "Auctions among N bidders: revenue beside the mean field's.\nUnder trained mechanisms; in A1 under first price, too.";
    }

    @Override
    public String claim() {
        return "the revenue is close to the mean field's from about 100 bidders.";
    }

    @Override
    public Findings measure(Reproduction plan) throws IOException {
        List<Cell<DesignConfig, DesignResult>> cells = new ArrayList<>();
        for (String setting : plan.budget().of(SETTINGS, all())) {
            boolean first = setting.equals(FIRST_PRICE);
            if (first) {
                cells.add(plan.firstPrice(setting));
            }
            cells.add(plan.trained(setting, first ? 300 : 40, first ? 1000 : 300));
        }
        NPlayerEvaluation.Plan plays = new NPlayerEvaluation.Plan(plan.budget().of(200, 1000), 1, plan.threads());
        List<Integer> counts =
                plan.budget().of(List.of(10, 30, 100, 300, 1000, 3000), List.of(10, 30, 100, 300, 1000, 3000, 10000));
        List<PlayersResult> results = new ArrayList<>();
        for (DesignResult run : plan.designs(this, cells)) {
            DesignConfig config = Run.config(DesignKind.DESIGN, Reproduction.CATALOGUE, run.folder());
            int steps = config.population().longSteps();
            try (RunFolder files = RunFolder.open(run.folder());
                    Progress progress = Progress.barOnly("playing", counts.size() * plays.plays())) {
                results.add(PlayersRun.evaluate(files, config, counts, steps, plays, progress));
            }
        }
        List<ObjectNode> rows = new ArrayList<>();
        results.forEach(result -> rows.addAll(rows(result)));
        StringBuilder details = new StringBuilder();
        results.forEach(result -> details.append(result.summary()).append(System.lineSeparator()));
        return new Findings(
                verdict(results),
                details.toString(),
                rows,
                3,
                () -> results.stream().<Chart<?, ?>>map(PlayersFigure::chart).toList());
    }

    private static List<String> all() {
        return Stream.concat(SETTINGS.stream(), FURTHER.stream()).toList();
    }

    private static List<ObjectNode> rows(PlayersResult result) {
        return result.rows().stream()
                .map(row -> Json.object()
                        .put("setting", result.setting())
                        .put("mechanism", result.mechanism())
                        .<ObjectNode>setAll(Json.fields(row)))
                .toList();
    }

    /** How the claim stands. */
    static Verdict verdict(List<PlayersResult> results) {
        List<Boolean> parts = new ArrayList<>();
        List<String> why = new ArrayList<>();
        for (PlayersResult result : results) {
            double worst = largestGap(result);
            parts.add(worst <= CLOSE);
            why.add(String.format(
                    Locale.ROOT,
                    "%s, %s: from N = %d on at most %.1f %% off %.4f, the single play by N^%.2f",
                    result.setting(),
                    result.mechanism(),
                    MANY,
                    100 * worst,
                    result.meanFieldObjective(),
                    result.slope()));
        }
        return Verdict.of(parts, String.join("; ", why));
    }

    /** The largest distance of the mean from the mean field's value where N is large, as a share of that value. */
    private static double largestGap(PlayersResult result) {
        return result.rows().stream()
                .filter(row -> row.players() >= MANY)
                .mapToDouble(row -> Math.abs(row.bias() / row.meanFieldObjective()))
                .max()
                .orElseThrow();
    }

    private static XYChart chart(PlayersResult result) {
        Charts.Band band = new Charts.Band(
                "N players, mean ± standard error",
                column(result, NPlayerEvaluation::players),
                column(result, NPlayerEvaluation::objective),
                column(result, NPlayerEvaluation::standardError));
        return Charts.overPlayers(
                "%s, %s: %d plays".formatted(result.setting(), result.mechanism(), result.repetitions()),
                "objective per capita",
                band,
                new Charts.Level("mean field", result.meanFieldObjective()));
    }

    private static double[] column(PlayersResult result, ToDoubleFunction<NPlayerEvaluation> figure) {
        return result.rows().stream().mapToDouble(figure).toArray();
    }
}
