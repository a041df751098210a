package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mfg.eval.io.Json;
import mfg.eval.taxi.Indifference;
import mfg.eval.view.Charts;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** How many taxis go to zone 1 along learning, by how much taxis jam each other. */
final class ZonesFigure implements Figure {

    private static final List<Integer> CONGESTIONS = List.of(1, 3, 8);
    private static final List<Learned.Way> VARIANTS = List.of(Learned.SYM, Learned.OH, Learned.ID, Learned.NR);
    private static final int EPOCHS = 150;

    /** A share has collapsed when so little is left of it, or of the rest. */
    private static final double EDGE = 0.02;

    /** What came of a variant at a congestion, seed by seed. */
    private record Seen(int congestion, Charts.Band shares, List<Drift> runs) {}

    @Override
    public String name() {
        return "symm-fig2b";
    }

    @Override
    public String about() {
        return "a-taxi: share of taxis in zone 1 along learning.\nWith more and less congestion, with and without entropy.";
    }

    @Override
    public String claim() {
        return "the share stays strictly between 0 and 1 with entropy, and collapses for Sym-NN-NR without.";
    }

    @Override
    public String smaller() {
        return "--iterations 30 -- --players 100";
    }

    @Override
    public Findings measure(Reproduction plan) throws IOException {
        int seeds = plan.budget().of(1, 3);
        List<Seen> all = new ArrayList<>();
        List<Double> indifferent = new ArrayList<>();
        List<ObjectNode> rows = new ArrayList<>();
        for (int congestion : CONGESTIONS) {
            double share = Indifference.share(congestion);
            indifferent.add(share);
            for (Learned.Way variant : VARIANTS) {
                Seen seen = see(plan, variant, congestion, share, seeds);
                all.add(seen);
                seen.shares()
                        .rows("a-taxi")
                        .forEach(row -> rows.add(
                                Json.object().put("congestion", congestion).<ObjectNode>setAll(row)));
            }
        }
        List<Drift> runs = all.stream().flatMap(seen -> seen.runs().stream()).toList();
        return new Findings(verdict(runs), Drift.text(runs), rows, CONGESTIONS.size(), () -> charts(all, indifferent));
    }

    private static Seen see(Reproduction plan, Learned.Way variant, int congestion, double indifferent, int seeds)
            throws IOException {
        Learned learned = Learned.taxis(variant, plan, plan.iterations(EPOCHS, EPOCHS), congestion, seeds);
        List<Drift> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            runs.add(Drift.of(
                    variant, congestion, seed, indifferent, learned.runs().get(seed - 1)));
        }
        return new Seen(congestion, learned.band("zone1Share"), runs);
    }

    private static List<Chart<?, ?>> charts(List<Seen> all, List<Double> indifferent) {
        List<Chart<?, ?>> charts = new ArrayList<>();
        for (int k = 0; k < CONGESTIONS.size(); k++) {
            int congestion = CONGESTIONS.get(k);
            XYChart chart = Charts.withLevels(
                    Charts.bands(
                            "a-taxi, c = " + congestion,
                            "epoch",
                            "share in zone 1",
                            all.stream()
                                    .filter(seen -> seen.congestion() == congestion)
                                    .map(Seen::shares)
                                    .toList()),
                    List.of(new Charts.Level("a script is indifferent", indifferent.get(k))));
            chart.getStyler()
                    .setYAxisMin(0.0)
                    .setYAxisMax(1.0)
                    .setLegendPosition(Styler.LegendPosition.OutsideS)
                    .setLegendLayout(Styler.LegendLayout.Horizontal);
            charts.add(chart);
        }
        return charts;
    }

    private static Verdict verdict(List<Drift> runs) {
        List<Boolean> parts = new ArrayList<>();
        StringBuilder why = new StringBuilder();
        for (Drift run : runs) {
            boolean inside = run.share() > EDGE && run.share() < 1 - EDGE;
            parts.add(inside == !run.variant().equals(Learned.NR));
            why.append(why.isEmpty() ? "" : ", ")
                    .append(String.format(
                            Locale.ROOT,
                            "%s at c = %d ends at %.3f",
                            run.variant().label(),
                            run.congestion(),
                            run.share()));
        }
        return Verdict.of(parts, why.toString());
    }
}
