package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mfg.envs.beach.BeachBar;
import mfg.eval.design.DesignResult;
import mfg.eval.io.Json;
import mfg.eval.run.Metrics;
import mfg.eval.view.Charts;
import mfg.eval.view.Flows;
import mfg.eval.view.Plot;

/** Prices on the beach, up to two caps. */
final class BeachFigure {

    static final Figure FIG1 = new Figure(
            "fig1",
            "The beach: exploitability, congestion and crowd under two caps.",
            "exploitability stays below 0.02 throughout training, and the flow gets flatter, flatter still with a"
                    + " price cap of 0.8.",
            BeachFigure::measure);

    private static final List<String> CAPS = List.of("0.5", "0.8");

    /** The paper's. */
    private static final double EXPLOITABILITY = 0.02;

    private BeachFigure() {}

    /**
     * What came of a price cap.
     *
     * @param exploitability the largest in training, plain, at T_val
     * @param before the congestion there before training
     * @param after and at its end
     */
    record Outcome(String cap, double exploitability, double before, double after) {}

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        Map<String, String> usual = Map.of(
                "iterations", String.valueOf(plan.iterations(6, 100)),
                "validate-every", plan.budget().of("2", "5"));
        List<DesignResult> runs = plan.designs(
                FIG1.name(),
                CAPS.stream()
                        .map(cap -> plan.design("beach-bar-" + cap, "beach-bar", usual, Map.of("max-price", cap)))
                        .toList());
        List<ObjectNode> rows = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < CAPS.size(); i++) {
            String cap = CAPS.get(i);
            DesignResult run = runs.get(i);
            double[] exploitability =
                    Metrics.series("", run.folder(), "exploitability").y();
            Charts.Series congestion = congestion("", run);
            for (int k = 0; k < exploitability.length; k++) {
                rows.add(Json.object()
                        .put("maxPrice", cap)
                        .put("iteration", (int) congestion.x()[k])
                        .put("exploitability", exploitability[k])
                        .put("congestion", congestion.y()[k]));
            }
            double most = Arrays.stream(exploitability).max().orElseThrow();
            outcomes.add(new Outcome(cap, most, congestion.y()[0], -run.validationObjective()));
        }
        return new Figure.Findings(verdict(outcomes.get(0), outcomes.get(1)), rows, 3, () -> charts(runs));
    }

    private static Charts.Series congestion(String name, DesignResult run) throws IOException {
        Charts.Series objective = Metrics.series(name, run.folder(), "validationObjective");
        return new Charts.Series(
                name, objective.x(), Arrays.stream(objective.y()).map(y -> -y).toArray());
    }

    /** By the larger cap the flow can only get flatter. */
    static Verdict verdict(Outcome small, Outcome large) {
        double most = Math.max(small.exploitability(), large.exploitability());
        return Verdict.of(
                List.of(
                        most < EXPLOITABILITY,
                        small.after() < small.before(),
                        large.after() < large.before(),
                        large.after() < small.after()),
                "exploitability at most %.4f in training; congestion falls from %.5f to %.5f with prices up to %s, to"
                        + " %.5f with prices up to %s",
                most,
                small.before(),
                small.after(),
                small.cap(),
                large.after(),
                large.cap());
    }

    private static List<Plot> charts(List<DesignResult> runs) throws IOException {
        List<Charts.Series> exploitability = new ArrayList<>();
        List<Charts.Series> congestion = new ArrayList<>();
        List<Charts.Series> prices = new ArrayList<>();
        BeachBar.Entry beach = new BeachBar.Entry();
        List<Plot.Cells> crowds = new ArrayList<>();
        crowds.add(Flows.cells("beach-bar: crowd before", beach, Reproduction.table(runs.get(0), "flow-before")));
        for (int i = 0; i < runs.size(); i++) {
            String name = "prices up to " + CAPS.get(i);
            DesignResult run = runs.get(i);
            exploitability.add(Metrics.series(name, run.folder(), "exploitability"));
            congestion.add(congestion(name, run));
            prices.add(Charts.series(name, Reproduction.table(run, "prices-after"), "spot", "price"));
            crowds.add(Flows.cells("beach-bar: crowd after, " + name, beach, Reproduction.table(run, "flow-after")));
        }
        String at = " at T = " + runs.get(0).validationSteps();
        List<Plot> charts = new ArrayList<>(List.of(
                Charts.lines("beach-bar: exploitability" + at, "iteration", "plain exploitability", exploitability),
                Charts.lines("beach-bar: congestion" + at, "iteration", "congestion", congestion),
                Charts.lines("beach-bar: price of a visit after training", "spot", "price", prices)));
        charts.addAll(Flows.alike(crowds));
        return charts;
    }
}
