package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mfg.core.catalogue.CrowdGame;
import mfg.eval.io.Json;
import mfg.eval.io.Spread;
import mfg.eval.io.TextTable;
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.LearnKind;
import mfg.eval.learn.LearnResult;
import mfg.eval.view.Charts;
import org.knowm.xchart.XYChart;

/**
 * One policy for all against one for each: exploitability along learning, and at its end by how much is played.
 *
 * @param name the figure's
 * @param game what is played
 */
record SymmetryFigure(String name, String game) implements Figure {

    static final SymmetryFigure FIG1B = new SymmetryFigure("symm-fig1b", "a-rps");
    static final SymmetryFigure FIG1C = new SymmetryFigure("symm-fig1c", "a-sis");

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

    @Override
    public String about() {
        return "%s: exploitability of Symm-PMD and of IPMD.%nAlong learning, and at its end by the trajectories of an epoch."
                .formatted(game);
    }

    @Override
    public String claim() {
        return "Symm-PMD reaches low exploitability quickly, IPMD struggles; learning is about 60 % faster.";
    }

    @Override
    public String smaller() {
        return "--iterations 20 -- --players 200";
    }

    @Override
    public Findings measure(Reproduction plan) throws IOException {
        int seeds = plan.budget().of(5, 10);
        Learned symm = learned(plan, SYMM, 20, seeds);
        Learned ipmd = learned(plan, IPMD, 20, seeds);
        List<Charts.Band> curves = List.of(symm.band(FIGURE), ipmd.band(FIGURE));
        List<ObjectNode> rows = new ArrayList<>();
        curves.forEach(curve -> rows.addAll(curve.rows(game)));
        List<List<LearnResult>> byAmount = new ArrayList<>();
        for (int amount : AMOUNTS) {
            List<LearnResult> alike = new ArrayList<>();
            for (Learned.Way way : WAYS) {
                LearnResult result = learned(plan, way, amount, 1).runs().get(0);
                alike.add(result);
                rows.add(Json.object()
                        .put("setting", game)
                        .put("method", way.label())
                        .put("trajectories", amount)
                        .put("mean", result.figure(FIGURE))
                        .put("deviation", result.figure(FIGURE + "StandardError")));
            }
            byAmount.add(alike);
        }
        return new Findings(
                verdict(curves.get(0), curves.get(1), symm.spread(FIGURE), ipmd.spread(FIGURE), seeds),
                table(byAmount),
                rows,
                2,
                () -> List.of(
                        Charts.bands(
                                "%s, mean ± sd of %d".formatted(game, seeds), "epoch", "mean exploitability", curves),
                        byAmount(byAmount)));
    }

    private Learned learned(Reproduction plan, Learned.Way way, int amount, int seeds) throws IOException {
        String name = "%s-%s-%s-%d"
                .formatted(game, way.options().get("algorithm"), way.options().get("delta"), amount);
        LearnConfig usual = plan.config(LearnKind.LEARN, Map.of(), Map.of("game", game));
        int players = ((CrowdGame) usual.game()).crowd(1).players();
        return way.run(
                plan,
                name,
                Map.of(),
                Map.of(
                        "game", game,
                        "epochs", String.valueOf(plan.iterations(usual.epochs(), usual.epochs())),
                        "td-epochs", String.valueOf(amount),
                        "repetitions", plan.budget().of("20", "50"),
                        "sample", String.valueOf(plan.budget().of(200, players))),
                seeds);
    }

    private XYChart byAmount(List<List<LearnResult>> byAmount) {
        double[] x = AMOUNTS.stream().mapToDouble(amount -> amount).toArray();
        List<Charts.Series> lines = new ArrayList<>();
        for (int k = 0; k < WAYS.size(); k++) {
            int way = k;
            double[] y = byAmount.stream()
                    .mapToDouble(alike -> alike.get(way).figure(FIGURE))
                    .toArray();
            lines.add(new Charts.Series(WAYS.get(k).label(), x, y));
        }
        return Charts.scaling(
                game + " after learning", "trajectories an epoch", "mean exploitability", lines, List.of());
    }

    private static String table(List<List<LearnResult>> byAmount) {
        List<List<String>> lines = new ArrayList<>();
        for (int k = 0; k < AMOUNTS.size(); k++) {
            List<String> line = new ArrayList<>();
            line.add(String.valueOf(AMOUNTS.get(k)));
            byAmount.get(k).forEach(result -> line.add(number(result.figure(FIGURE))));
            byAmount.get(k).subList(0, 2).forEach(result -> line.add(nanos(result)));
            lines.add(line);
        }
        return TextTable.text(
                List.of(
                        "trajectories",
                        SYMM.label(),
                        IPMD.label(),
                        PATIENT.label(),
                        "Symm-PMD, ns a player-step",
                        "IPMD, ns a player-step"),
                lines);
    }

    private static String nanos(LearnResult result) {
        return String.format(Locale.ROOT, "%.0f", 1e9 / result.figure("playerStepsPerSecond"));
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, "%.4f", x);
    }

    private static Verdict verdict(Charts.Band symm, Charts.Band ipmd, Spread low, Spread high, int seeds) {
        int last = ipmd.x().length - 1;
        double when = symm.x()[last];
        for (int k = last; k >= 0 && symm.mean()[k] <= ipmd.mean()[last]; k--) {
            when = symm.x()[k];
        }
        double epochs = symm.x()[last];
        return Verdict.of(
                List.of(low.mean() <= LOW * high.mean(), when <= FAST * epochs),
                String.format(
                        Locale.ROOT,
                        "Symm-PMD %.4f ± %.4f, IPMD %.4f ± %.4f (sd of %d); Symm-PMD is where IPMD ends after %.0f of %.0f"
                                + " epochs",
                        low.mean(),
                        low.deviation(),
                        high.mean(),
                        high.deviation(),
                        seeds,
                        when,
                        epochs));
    }
}
