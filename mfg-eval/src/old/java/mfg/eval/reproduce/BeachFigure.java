package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mfg.eval.design.DesignResult;
import mfg.eval.design.RunDirectory;
import mfg.eval.design.RunGrid;
import mfg.eval.io.Charts;
import mfg.eval.io.Json;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Prices on the beach, up to two caps. */
final class BeachFigure implements Figure {

    private static final List<String> CAPS = List.of("0.5", "0.8");

    /** The paper's. */
    private static final double EXPLOITABILITY = 0.02;

    @Override
    public String name() {
        return "fig1";
    }

    @Override
    public String about() {
        return "The beach: exploitability, congestion and crowd under two caps.";
    }

    @Override
    public String claim() {
        return "exploitability stays below 0.02 throughout training, and the flow gets flatter, flatter still with a"
                + " price cap of 0.8.";
    }

    /**
     * What came of a price cap.
     *
     * @param exploitability the largest in training, plain, at T_val
     * @param before the congestion there before training
     * @param after and at its end
     */
    record Outcome(String cap, double exploitability, double before, double after) {}

    @Override
    public Findings measure(Reproduction plan) throws IOException {
        List<String> usual = List.of(
                "--iterations=" + plan.iterations(6, 100),
                "--validate-every=" + plan.budget().of(2, 5));
        List<RunGrid.Cell> cells = new ArrayList<>();
        for (String cap : CAPS) {
            cells.add(plan.cell("beach-bar-" + cap, "beach-bar", usual, List.of("--max-price=" + cap)));
        }
        List<DesignResult> runs = plan.designs(this, cells);
        List<ObjectNode> rows = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < CAPS.size(); i++) {
            outcomes.add(outcome(CAPS.get(i), runs.get(i), rows));
        }
        return new Findings(verdict(outcomes.get(0), outcomes.get(1)), "", rows, 3, () -> charts(runs));
    }

    private static Outcome outcome(String cap, DesignResult run, List<ObjectNode> rows) {
        Table metrics = validations(run);
        for (Row row : metrics) {
            rows.add(Json.object()
                    .put("maxPrice", cap)
                    .put("iteration", row.getInt("iteration"))
                    .put("exploitability", row.getDouble("exploitability"))
                    .put("congestion", -row.getDouble("validationObjective")));
        }
        double before = -metrics.doubleColumn("validationObjective").getDouble(0);
        return new Outcome(cap, metrics.doubleColumn("exploitability").max(), before, -run.validationObjective());
    }

    private static Table validations(DesignResult run) {
        Table metrics = RunDirectory.metricsTable(run.folder());
        return metrics.where(metrics.column("exploitability").isNotMissing());
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
                String.format(
                        Locale.ROOT,
                        "exploitability at most %.4f in training; congestion falls from %.5f to %.5f with prices up to %s, to"
                                + " %.5f with prices up to %s",
                        most,
                        small.before(),
                        small.after(),
                        small.cap(),
                        large.after(),
                        large.cap()));
    }

    private static List<Chart<?, ?>> charts(List<DesignResult> runs) {
        List<Charts.Series> exploitability = new ArrayList<>();
        List<Charts.Series> congestion = new ArrayList<>();
        List<Charts.Series> prices = new ArrayList<>();
        Map<String, Table> crowds = new LinkedHashMap<>();
        crowds.put("Crowd before", Reproduction.table(runs.get(0), "flow-before"));
        for (int i = 0; i < runs.size(); i++) {
            String name = "prices up to " + CAPS.get(i);
            DesignResult run = runs.get(i);
            Table metrics = validations(run);
            metrics.addColumns(
                    metrics.doubleColumn("validationObjective").multiply(-1).setName("congestion"));
            exploitability.add(Charts.series(name, metrics, "iteration", "exploitability"));
            congestion.add(Charts.series(name, metrics, "iteration", "congestion"));
            prices.add(Charts.series(name, Reproduction.table(run, "prices-after"), "spot", "price"));
            crowds.put("Crowd after, " + name, Reproduction.table(run, "flow-after"));
        }
        String at = " at T = " + runs.get(0).validationSteps();
        List<Chart<?, ?>> charts = new ArrayList<>(List.of(
                Charts.lines("Exploitability" + at, "iteration", "plain exploitability", exploitability),
                Charts.lines("Congestion" + at, "iteration", "congestion", congestion),
                Charts.lines("Price of a visit after training", "spot", "price", prices)));
        charts.addAll(Charts.heatMaps(crowds, "spot", "round", "mass"));
        return charts;
    }
}
