package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.core.catalogue.CrowdGame;
import mfg.eval.io.Json;
import mfg.eval.io.Spread;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.LearnResult;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/**
 * One policy for all against one for each: exploitability along learning, and at its end by how much is played.
 *
 * @param game what is played
 */
record SymmetryFigure(String game) {

    static final Figure FIG1B = new SymmetryFigure("a-rps").figure("symm-fig1b");
    static final Figure FIG1C = new SymmetryFigure("a-sis").figure("symm-fig1c");

    private static final String FIGURE = "exploitability";

    /** Trajectories an epoch. */
    private static final List<Integer> AMOUNTS = List.of(5, 20, 100, 400);

    /** Low is this share of the other's exploitability. */
    private static final double LOW = 0.7;

    /** Faster by 60 % is within this share of the epochs. */
    private static final double FAST = 0.4;

    private static final Learned.Way SYMM = way("Symm-PMD", "symm-pmd", "0.1");
    private static final Learned.Way IPMD = way("IPMD", "ipmd", "0.5");

    /** What is seldom done keeps little of the zero that it started from: with many trajectories each learns its own best. */
    private static final Learned.Way PATIENT = way("IPMD, delta = 0.01", "ipmd", "0.01");

    private static final List<Learned.Way> WAYS = List.of(SYMM, IPMD, PATIENT);

    private static Learned.Way way(String label, String algorithm, String delta) {
        return new Learned.Way(label, Map.of("algorithm", algorithm, "delta", delta));
    }

    private Figure figure(String name) {
        return new Figure(
                name,
                game
                        + ": exploitability of Symm-PMD and of IPMD.\nAlong learning, and at its end by the trajectories of an epoch.",
                "Symm-PMD reaches low exploitability quickly, IPMD struggles; learning is about 60 % faster.",
                "--iterations 20 -- --players 200",
                this::measure);
    }

    private Figure.Findings measure(Reproduction plan) throws IOException {
        int seeds = plan.budget().of(5, 10);
        Learned symm = learned(plan, SYMM, 20, seeds);
        Learned ipmd = learned(plan, IPMD, 20, seeds);
        List<Band> curves = List.of(symm.band(FIGURE), ipmd.band(FIGURE));
        List<ObjectNode> rows = new ArrayList<>();
        curves.forEach(curve -> rows.addAll(curve.rows(game)));
        Map<Learned.Way, List<LearnResult>> byAmount = new LinkedHashMap<>();
        for (int amount : AMOUNTS) {
            for (Learned.Way way : WAYS) {
                LearnResult result = learned(plan, way, amount, 1).runs().get(0);
                byAmount.computeIfAbsent(way, first -> new ArrayList<>()).add(result);
                rows.add(Json.object()
                        .put("setting", game)
                        .put("method", way.label())
                        .put("trajectories", amount)
                        .put("mean", result.figure(FIGURE))
                        .put("deviation", result.figure(FIGURE + "StandardError")));
            }
        }
        return new Figure.Findings(
                verdict(curves.get(0), curves.get(1), symm.spread(FIGURE), ipmd.spread(FIGURE), seeds),
                table(byAmount),
                rows,
                2,
                () -> List.of(
                        Charts.bands(
                                "%s, %s".formatted(game, Band.words(seeds)), "epoch", "mean exploitability", curves),
                        chart(byAmount)));
    }

    private Learned learned(Reproduction plan, Learned.Way way, int amount, int seeds) throws IOException {
        LearnConfig usual = plan.config(LearnConfig.KIND, Map.of(), Map.of("game", game));
        int players = ((CrowdGame) usual.game()).crowd(1).players();
        return way.run(
                plan,
                "%s-%s-%s-%d"
                        .formatted(
                                game,
                                way.options().get("algorithm"),
                                way.options().get("delta"),
                                amount),
                Map.of(),
                Map.of(
                        "game", game,
                        "epochs", String.valueOf(plan.iterations(usual.epochs(), usual.epochs())),
                        "td-epochs", String.valueOf(amount),
                        "repetitions", plan.budget().of("20", "50"),
                        "sample", String.valueOf(plan.budget().of(200, players))),
                seeds);
    }

    private Plot.Curves chart(Map<Learned.Way, List<LearnResult>> byAmount) {
        double[] x = AMOUNTS.stream().mapToDouble(amount -> amount).toArray();
        List<Charts.Series> lines = new ArrayList<>();
        byAmount.forEach((way, results) -> lines.add(new Charts.Series(
                way.label(),
                x,
                results.stream().mapToDouble(result -> result.figure(FIGURE)).toArray())));
        return Charts.scaling(
                game + " after learning", "trajectories an epoch", "mean exploitability", lines, List.of());
    }

    private static String table(Map<Learned.Way, List<LearnResult>> byAmount) {
        TextTable<Integer> table = TextTable.of(AMOUNTS).column("trajectories", amount -> String.valueOf(amount));
        byAmount.forEach((way, results) -> table.column(
                way.label(),
                amount -> Text.of("%.4f", results.get(AMOUNTS.indexOf(amount)).figure(FIGURE))));
        byAmount.forEach((way, results) -> {
            if (!way.equals(PATIENT)) {
                table.column(way.label() + ", ns a player-step", amount -> {
                    double speed = results.get(AMOUNTS.indexOf(amount)).figure("playerStepsPerSecond");
                    return Text.of("%.0f", 1e9 / speed);
                });
            }
        });
        return table.toString();
    }

    private static Verdict verdict(Band symm, Band ipmd, Spread low, Spread high, int seeds) {
        int last = ipmd.x().length - 1;
        double epochs = symm.x()[last];
        double when = epochs;
        for (int k = last; k >= 0 && symm.mean()[k] <= ipmd.mean()[last]; k--) {
            when = symm.x()[k];
        }
        return Verdict.of(
                List.of(low.mean() <= LOW * high.mean(), when <= FAST * epochs),
                "Symm-PMD %s, IPMD %s (sd of %d); Symm-PMD is where IPMD ends after %.0f of %.0f epochs",
                low.text(4),
                high.text(4),
                seeds,
                when,
                epochs);
    }
}
