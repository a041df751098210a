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
import mfg.eval.design.DesignResult;
import mfg.eval.design.RunDirectory;
import mfg.eval.design.RunGrid;
import mfg.eval.io.Charts;
import mfg.eval.io.Json;
import mfg.eval.io.Progress;
import mfg.eval.players.PlayersResult;
import mfg.eval.players.PlayersRun;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * What designs are worth among N players.
 *
 * @param settings those of the quick budget
 * @param further those that only the full one has
 * @param quick the quick budget's iterations
 * @param full and the full one's
 * @param firstPrice whether first price is held against the players, too, and a player who leaves it
 * @param columns how many panels are side by side
 */
record PlayersFigure(
        String name,
        String about,
        String claim,
        List<String> settings,
        List<String> further,
        int quick,
        int full,
        boolean firstPrice,
        int columns)
        implements Figure {

    static final PlayersFigure FIG3 = new PlayersFigure(
            "fig3",
            "A1 among N bidders: revenue beside the mean field's.\n"
                    + "Under first price and under the trained mechanism.",
            "the revenue is close to the mean field's from about 100 bidders, and under first price a best response among"
                    + " 1000 earns no more than the equilibrium.",
            List.of("A1"),
            List.of(),
            300,
            1000,
            true,
            2);

    static final PlayersFigure FIG9 = new PlayersFigure(
            "fig9",
            "Other auctions among N bidders: revenue beside the mean field's.",
            "the revenue is close to the mean field's from about 100 bidders in other settings.",
            List.of("A2", "A7", "A10"),
            List.of("A3", "A4", "A5", "A6", "A9"),
            40,
            300,
            false,
            3);

    /** From here on N is large. */
    private static final int MANY = 100;

    /** Where one player leaves the others. */
    private static final int RESPONSE = 1000;

    /** What is close, as a share of the mean field's value. */
    private static final double CLOSE = 0.05;

    /** Standard errors that noise may make. */
    private static final double NOISE = 2;

    @Override
    public Findings measure(Reproduction plan) throws IOException {
        List<RunGrid.Cell> cells = new ArrayList<>();
        for (String setting : plan.budget().of(settings, all())) {
            if (firstPrice) {
                cells.add(plan.cell(
                        setting + "-first-price", setting, List.of("--seed=1"), List.of("--mechanism=first-price")));
            }
            cells.add(plan.trained(setting, quick, full));
        }
        NPlayerEvaluation.Plan plays = new NPlayerEvaluation.Plan(plan.budget().of(200, 1000), 1, plan.threads());
        List<Integer> counts =
                plan.budget().of(List.of(10, 30, 100, 300, 1000, 3000), List.of(10, 30, 100, 300, 1000, 3000, 10000));
        List<PlayersResult> results = new ArrayList<>();
        for (DesignResult run : plan.designs(this, cells)) {
            try (RunDirectory files = RunDirectory.open(run.folder());
                    Progress progress = Progress.barOnly("playing", counts.size() * plays.plays())) {
                DesignConfig config = files.config();
                results.add(PlayersRun.evaluate(files, config, counts, config.longSteps(), plays, progress));
            }
        }
        List<ObjectNode> rows = new ArrayList<>();
        results.forEach(result -> rows.addAll(rows(result)));
        StringBuilder details = new StringBuilder();
        results.forEach(result -> details.append(result.summary()).append(System.lineSeparator()));
        return new Findings(
                verdict(results, firstPrice),
                details.toString(),
                rows,
                columns,
                () -> results.stream().<Chart<?, ?>>map(PlayersFigure::chart).toList());
    }

    private List<String> all() {
        return Stream.concat(settings.stream(), further.stream()).toList();
    }

    private static List<ObjectNode> rows(PlayersResult result) {
        return result.rows().stream()
                .map(row -> Json.object()
                        .put("setting", result.setting())
                        .put("mechanism", result.mechanism())
                        .<ObjectNode>setAll(Json.fields(row)))
                .toList();
    }

    /**
     * How the claim stands.
     *
     * @param results of each design; with a response, the first is of first price
     * @param response whether a player who leaves the equilibrium counts
     */
    static Verdict verdict(List<PlayersResult> results, boolean response) {
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
        if (response) {
            NPlayerEvaluation row = at(results.get(0), RESPONSE);
            parts.add(row.exploitability() <= NOISE * row.exploitabilityError());
            why.add(String.format(
                    Locale.ROOT,
                    "a best response under %s at N = %d gains %.5f ± %.5f beyond %.4f (in the mean field %.5f)",
                    results.get(0).mechanism(),
                    RESPONSE,
                    row.exploitability(),
                    row.exploitabilityError(),
                    row.reward(),
                    results.get(0).meanFieldExploitability()));
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

    private static NPlayerEvaluation at(PlayersResult result, int players) {
        return result.rows().stream()
                .filter(row -> row.players() == players)
                .findFirst()
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
