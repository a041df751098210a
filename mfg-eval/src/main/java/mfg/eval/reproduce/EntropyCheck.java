package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignResult;
import mfg.eval.design.DesignWorth;
import mfg.eval.design.SimpleMechanism;
import mfg.eval.design.Yardsticks;
import mfg.eval.grid.Cell;
import mfg.eval.io.Json;
import mfg.eval.io.Numbers;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import mfg.train.Evaluation;

/** What entropy does: designs made for several tau, then held against bidders without any. */
final class EntropyCheck {

    static final Figure CHECK2 = new Figure(
            "check2",
            "Designs for several tau, and for bidders without entropy.\n"
                    + "Quick, A3 and A8 are left out, and training is short.",
            "",
            EntropyCheck::measure);

    private EntropyCheck() {}

    /**
     * A design for one tau, after the long T.
     *
     * @param bidders that it was made for
     * @param exact the same design among bidders of tau 0
     * @param simple what the best simple mechanism for that tau is worth there; not a number if none was sought
     */
    record Row(String setting, double tau, Evaluation bidders, Evaluation exact, double simple) {

        /** How far what it is worth is from what bidders without entropy pay. */
        double distance() {
            return Math.abs(bidders.objective() - exact.objective());
        }

        /** How much more a design earns from bidders without entropy than the best simple mechanism does. */
        double lead() {
            return exact.objective() - simple;
        }

        ObjectNode fields() {
            ObjectNode fields = Json.object()
                    .put("setting", setting)
                    .put("tau", tau)
                    .put("objective", bidders.objective())
                    .put("exploitability", bidders.exploitability())
                    .put("regularizedExploitability", bidders.regularizedExploitability())
                    .put("objectiveWithoutEntropy", exact.objective())
                    .put("exploitabilityWithoutEntropy", exact.exploitability())
                    .put("distance", distance());
            Json.put(fields, "bestSimpleWithoutEntropy", simple);
            return fields;
        }

        List<String> texts() {
            return List.of(
                    setting,
                    Text.of("%.0e", tau),
                    Text.of("%.4f", bidders.objective()),
                    Text.of("%.5f", bidders.exploitability()),
                    Text.of("%.1e", bidders.regularizedExploitability()),
                    Text.of("%.4f", exact.objective()),
                    Text.of("%.5f", exact.exploitability()),
                    Numbers.fixed(simple),
                    Text.of("%.4f", distance()));
        }
    }

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        List<String> settings = plan.auctions();
        List<String> taus =
                plan.budget().of(List.of("3e-4", "1e-3", "3e-3"), List.of("1e-4", "3e-4", "1e-3", "3e-3", "1e-2"));
        Map<String, String> usual = Map.of("seed", "1", "iterations", String.valueOf(plan.iterations(50, 200)));
        List<Cell<DesignConfig, DesignResult>> cells = new ArrayList<>();
        for (String setting : settings) {
            for (String tau : taus) {
                cells.add(plan.byDefault("%s-tau-%s".formatted(setting, tau), setting, usual, Map.of("tau", tau)));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (DesignResult run : plan.designs(CHECK2.name(), cells)) {
            rows.add(row(plan, run));
        }
        return new Figure.Findings(
                verdict(rows),
                TextTable.text(
                        List.of(
                                "setting",
                                "tau",
                                "objective",
                                "exploitability",
                                "regularized",
                                "without entropy",
                                "exploitability",
                                "best simple there",
                                "distance"),
                        rows.stream().map(Row::texts).toList()),
                rows.stream().map(Row::fields).toList(),
                4,
                () -> settings.stream()
                        .<Plot>map(setting -> chart(setting, rows))
                        .toList());
    }

    private static Row row(Reproduction plan, DesignResult run) throws IOException {
        double tau = Reproduction.config(run).solver().tau();
        Map<String, String> own = Map.of(
                "tau", "0",
                "method", "amid", // at rest there is no gradient without entropy
                "init", run.folder().resolve("best.npz").toString());
        DesignConfig exact = plan.byDefault("", run.setting(), Map.of("seed", String.valueOf(run.seed())), own)
                .config();
        return new Row(
                run.setting(),
                tau,
                new Evaluation(
                        run.longSteps(),
                        run.longObjective(),
                        run.longExploitability(),
                        run.longRegularizedExploitability()),
                DesignWorth.along(exact, List.of(run.longSteps())).get(0),
                simple(plan, run));
    }

    /** What the best simple mechanism beside a design earns from bidders without entropy. */
    private static double simple(Reproduction plan, DesignResult run) throws IOException {
        Optional<SimpleMechanism> best = Optional.ofNullable(run.yardsticks()).flatMap(Yardsticks::best);
        if (best.isEmpty()) {
            return Double.NaN;
        }
        Map<String, String> own = new HashMap<>(best.get().options());
        own.putAll(Map.of("tau", "0", "method", "amid", "init", "default"));
        DesignConfig exact = plan.byDefault("", run.setting(), Map.of("seed", String.valueOf(run.seed())), own)
                .config();
        return DesignWorth.along(exact, List.of(run.longSteps())).get(0).objective();
    }

    /** The largest distance for each tau. */
    static Verdict verdict(List<Row> rows) {
        List<String> why = new ArrayList<>();
        for (double tau : rows.stream().mapToDouble(Row::tau).distinct().toArray()) {
            Row worst = rows.stream()
                    .filter(row -> row.tau() == tau)
                    .max(Comparator.comparingDouble(Row::distance))
                    .orElseThrow();
            why.add(Text.of(
                    "designs for tau = %.0e earn at most %.4f more or less from bidders without entropy (%s)%s",
                    tau, worst.distance(), worst.setting(), leads(rows, tau)));
        }
        return new Verdict(Verdict.Outcome.NO_CLAIM, String.join("; ", why));
    }

    /** The least and the most lead over simple mechanisms, both without entropy; nothing if none were sought. */
    private static String leads(List<Row> rows, double tau) {
        List<Row> beside = rows.stream()
                .filter(row -> row.tau() == tau && Double.isFinite(row.simple()))
                .sorted(Comparator.comparingDouble(Row::lead))
                .toList();
        if (beside.isEmpty()) {
            return "";
        }
        Row least = beside.get(0);
        Row most = beside.get(beside.size() - 1);
        return Text.of(
                ", and are ahead of the best simple mechanism there by %+.4f (%s) to %+.4f (%s)",
                least.lead(), least.setting(), most.lead(), most.setting());
    }

    /** What a design earns from the bidders that it is for, and from those without entropy. */
    private static Plot chart(String setting, List<Row> rows) {
        List<Row> own =
                rows.stream().filter(row -> row.setting().equals(setting)).toList();
        List<Row> beside =
                own.stream().filter(row -> Double.isFinite(row.simple())).toList();
        double[] taus = own.stream().mapToDouble(Row::tau).toArray();
        return Charts.lines(
                        setting + ": what the design is worth with entropy and without",
                        "tau",
                        "objective",
                        List.of(
                                new Charts.Series(
                                        "design",
                                        taus,
                                        own.stream()
                                                .mapToDouble(
                                                        row -> row.bidders().objective())
                                                .toArray()),
                                new Charts.Series(
                                        "design, no entropy",
                                        taus,
                                        own.stream()
                                                .mapToDouble(row -> row.exact().objective())
                                                .toArray()),
                                new Charts.Series(
                                        "best simple, no entropy",
                                        beside.stream().mapToDouble(Row::tau).toArray(),
                                        beside.stream().mapToDouble(Row::simple).toArray())))
                .as(Plot.Style.THROUGH)
                .over(Plot.Axis.logarithmic("entropy weight tau"));
    }
}
