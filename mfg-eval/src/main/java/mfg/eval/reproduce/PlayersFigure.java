package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mfg.envs.players.NPlayerEvaluation;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Cell;
import mfg.eval.io.Json;
import mfg.eval.io.Progress;
import mfg.eval.io.Text;
import mfg.eval.players.PlayersResult;
import mfg.eval.players.PlayersRun;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Plot;

/** What designs are worth among N players. */
final class PlayersFigure {

    static final Figure FIG3 = new Figure(
            "fig3",
            "Auctions among N bidders: revenue beside the mean field's.\nUnder trained mechanisms; in A1 under first price, too.",
            "the revenue is close to the mean field's from about 100 bidders.",
            PlayersFigure::measure);

    private static final List<String> QUICK = List.of("A1", "A2", "A7", "A10");
    private static final List<String> FULL = List.of("A1", "A2", "A7", "A10", "A3", "A4", "A5", "A6", "A9");

    /** From here on N is large. */
    private static final int MANY = 100;

    /** What is close, as a share of the mean field's value. */
    private static final double CLOSE = 0.05;

    private PlayersFigure() {}

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        List<Cell<DesignConfig, DesignResult>> cells = new ArrayList<>(List.of(plan.firstPrice("A1")));
        for (String setting : plan.budget().of(QUICK, FULL)) {
            boolean first = setting.equals("A1");
            cells.add(plan.trained(setting, first ? 300 : 40, first ? 1000 : 300));
        }
        List<Integer> counts =
                plan.budget().of(List.of(10, 30, 100, 300, 1000, 3000), List.of(10, 30, 100, 300, 1000, 3000, 10000));
        List<PlayersResult> results = played(plan, plan.designs(FIG3.name(), cells), counts);
        return new Figure.Findings(verdict(results), details(results), rows(results), 3, () -> charts(results));
    }

    /** Lets N players follow what the population learned under each of some designs. */
    static List<PlayersResult> played(Reproduction plan, List<DesignResult> runs, List<Integer> counts)
            throws IOException {
        NPlayerEvaluation.Plan plays = new NPlayerEvaluation.Plan(plan.budget().of(200, 1000), 1, plan.threads());
        List<PlayersResult> results = new ArrayList<>();
        for (DesignResult run : runs) {
            results.add(among(run, counts, plays));
        }
        return results;
    }

    /** A row for each number of players. */
    static List<ObjectNode> rows(List<PlayersResult> results) {
        List<ObjectNode> rows = new ArrayList<>();
        for (PlayersResult result : results) {
            result.rows()
                    .forEach(row -> rows.add(Json.object()
                            .put("setting", result.setting())
                            .put("mechanism", result.mechanism())
                            .setAll(Json.fields(row))));
        }
        return rows;
    }

    static String details(List<PlayersResult> results) {
        Text details = new Text();
        results.forEach(result -> details.line("%s", result.summary()));
        return details.toString();
    }

    static List<Plot> charts(List<PlayersResult> results) {
        return results.stream().<Plot>map(PlayersResult::chart).toList();
    }

    private static PlayersResult among(DesignResult run, List<Integer> counts, NPlayerEvaluation.Plan plays)
            throws IOException {
        DesignConfig config = Reproduction.config(run);
        try (RunFolder files = RunFolder.open(run.folder());
                Progress progress = Progress.patient("playing", counts.size() * plays.plays())) {
            return PlayersRun.evaluate(
                    files, config, counts, config.population().longSteps(), plays, progress);
        }
    }

    /** How the claim stands. */
    static Verdict verdict(List<PlayersResult> results) {
        List<Boolean> parts = new ArrayList<>();
        List<String> why = new ArrayList<>();
        for (PlayersResult result : results) {
            double worst = largestGap(result);
            parts.add(worst <= CLOSE);
            why.add(Text.of(
                    "%s, %s: from N = %d on at most %.1f %% off %.4f, the single play by N^%.2f",
                    result.setting(),
                    result.mechanism(),
                    MANY,
                    100 * worst,
                    result.meanFieldObjective(),
                    result.slope()));
        }
        return Verdict.of(parts, "%s", String.join("; ", why));
    }

    /** The largest distance of the mean from the mean field's value where N is large, as a share of that value. */
    private static double largestGap(PlayersResult result) {
        return result.rows().stream()
                .filter(row -> row.players() >= MANY)
                .mapToDouble(row -> Math.abs(row.bias() / row.meanFieldObjective()))
                .max()
                .orElseThrow();
    }
}
