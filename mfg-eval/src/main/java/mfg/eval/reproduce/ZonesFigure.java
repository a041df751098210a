package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import mfg.eval.io.Charts;
import mfg.eval.io.Json;
import mfg.eval.io.Spread;
import mfg.eval.io.TextTable;
import mfg.eval.taxi.Indifference;
import mfg.eval.taxi.TaxiCharts;
import mfg.eval.taxi.TaxiResult;
import org.knowm.xchart.internal.chartpart.Chart;

/** How many taxis go to zone 1 along learning, by how much taxis jam each other. */
final class ZonesFigure implements Figure {

    private static final List<Integer> CONGESTIONS = List.of(1, 3, 8);
    private static final List<TaxiVariant> VARIANTS =
            List.of(TaxiVariant.SYM, TaxiVariant.OH, TaxiVariant.ID, TaxiVariant.NR);
    private static final int EPOCHS = 150;

    /** A share has collapsed when so little is left of it, or of the rest. */
    private static final double EDGE = 0.02;

    /** Epochs at the end. */
    private static final int LAST = 10;

    /** What came of a variant at a congestion. */
    private record Seen(
            int congestion, TaxiVariant variant, Charts.Band shares, double end, double zone1, double zone2) {

        boolean isInside() {
            return end > EDGE && end < 1 - EDGE;
        }
    }

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
        int players = plan.players(plan.budget().of(200, 1000));
        int seeds = plan.budget().of(1, 3);
        List<Seen> all = new ArrayList<>();
        List<Double> indifferent = new ArrayList<>();
        List<ObjectNode> rows = new ArrayList<>();
        for (int congestion : CONGESTIONS) {
            indifferent.add(Indifference.share(congestion));
            for (TaxiVariant variant : VARIANTS) {
                Seen seen = see(plan, variant, players, congestion, seeds);
                all.add(seen);
                seen.shares()
                        .rows("a-taxi")
                        .forEach(row -> rows.add(
                                Json.object().put("congestion", congestion).<ObjectNode>setAll(row)));
            }
        }
        return new Findings(
                verdict(all), table(all, indifferent), rows, CONGESTIONS.size(), () -> charts(all, indifferent));
    }

    private static Seen see(Reproduction plan, TaxiVariant variant, int players, int congestion, int seeds)
            throws IOException {
        int epochs = plan.iterations(EPOCHS, EPOCHS);
        List<Charts.Series> shares = new ArrayList<>();
        double end = 0;
        double zone1 = 0;
        double zone2 = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            TaxiResult result = variant.run(plan, players, epochs, congestion, seed);
            Path run = Path.of(result.runDirectory());
            shares.add(TaxiCharts.curve(variant.label(), run, TaxiCharts.Column.ZONE1_SHARE));
            end += result.zone1Share() / seeds;
            zone1 += lately(run, TaxiCharts.Column.ZONE1_REWARD) / seeds;
            zone2 += lately(run, TaxiCharts.Column.ZONE2_REWARD) / seeds;
        }
        return new Seen(congestion, variant, Spread.band(variant.label(), shares), end, zone1, zone2);
    }

    /** The mean of those of the last epochs that have a number; not a number if none has. */
    private static double lately(Path run, TaxiCharts.Column column) throws IOException {
        double[] y = TaxiCharts.curve("", run, column).y();
        return Arrays.stream(y, Math.max(0, y.length - LAST), y.length)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    private static List<Chart<?, ?>> charts(List<Seen> all, List<Double> indifferent) {
        List<Chart<?, ?>> charts = new ArrayList<>();
        for (int k = 0; k < CONGESTIONS.size(); k++) {
            int congestion = CONGESTIONS.get(k);
            charts.add(Charts.withLevels(
                    Charts.bands(
                            "a-taxi, c = " + congestion,
                            "epoch",
                            "share in zone 1",
                            all.stream()
                                    .filter(seen -> seen.congestion() == congestion)
                                    .map(Seen::shares)
                                    .toList()),
                    List.of(new Charts.Level("a script is indifferent", indifferent.get(k)))));
        }
        return charts;
    }

    private static String table(List<Seen> all, List<Double> indifferent) {
        List<List<String>> lines = all.stream()
                .map(seen -> List.of(
                        String.valueOf(seen.congestion()),
                        seen.variant().label(),
                        number("%.3f", seen.end()),
                        number("%.3f", indifferent.get(CONGESTIONS.indexOf(seen.congestion()))),
                        number("%.2f", seen.zone1()),
                        number("%.2f", seen.zone2())))
                .toList();
        return TextTable.text(
                List.of(
                        "c",
                        "",
                        "in zone 1, last ten epochs",
                        "where a script is indifferent",
                        "a taxi in zone 1 earns",
                        "in zone 2"),
                lines);
    }

    private static String number(String format, double x) {
        return Double.isNaN(x) ? "nobody" : String.format(Locale.ROOT, format, x);
    }

    private static Verdict verdict(List<Seen> all) {
        List<Boolean> parts = new ArrayList<>();
        StringBuilder why = new StringBuilder();
        for (Seen seen : all) {
            parts.add(seen.isInside() == seen.variant().regularized());
            why.append(why.isEmpty() ? "" : ", ")
                    .append(String.format(
                            Locale.ROOT,
                            "%s at c = %d ends at %.3f",
                            seen.variant().label(),
                            seen.congestion(),
                            seen.end()));
        }
        return Verdict.of(parts, why.toString());
    }
}
