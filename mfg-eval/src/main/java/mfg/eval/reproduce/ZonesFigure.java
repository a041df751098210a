package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mfg.eval.io.Json;
import mfg.eval.io.Text;
import mfg.eval.taxi.Indifference;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/** How many taxis go to zone 1 along learning, by how much taxis jam each other. */
final class ZonesFigure {

    static final Figure FIG2B = new Figure(
            "symm-fig2b",
            "a-taxi: share of taxis in zone 1 along learning.\nWith more and less congestion, with and without entropy.",
            "the share stays strictly between 0 and 1 with entropy, and collapses for Sym-NN-NR without.",
            "--iterations 30 -- --players 100",
            ZonesFigure::measure);

    private static final List<Integer> CONGESTIONS = List.of(1, 3, 8);
    private static final List<Learned.Way> VARIANTS = List.of(Learned.SYM, Learned.OH, Learned.ID, Learned.NR);
    private static final int EPOCHS = 150;

    /** A share has collapsed when so little is left of it, or of the rest. */
    private static final double EDGE = 0.02;

    private ZonesFigure() {}

    /**
     * What is seen at a congestion.
     *
     * @param indifferent the share at which both zones pay a script the same
     * @param shares by variant
     */
    private record Panel(int congestion, double indifferent, List<Band> shares) {}

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        int seeds = plan.budget().of(1, 3);
        List<Panel> panels = new ArrayList<>();
        List<Drift> runs = new ArrayList<>();
        List<ObjectNode> rows = new ArrayList<>();
        for (int congestion : CONGESTIONS) {
            Panel panel = new Panel(congestion, Indifference.share(congestion), new ArrayList<>());
            panels.add(panel);
            for (Learned.Way variant : VARIANTS) {
                Learned learned = Learned.taxis(variant, plan, plan.iterations(EPOCHS, EPOCHS), congestion, seeds);
                runs.addAll(Drift.of(learned, congestion, panel.indifferent()));
                Band share = learned.band("zone1Share");
                panel.shares().add(share);
                share.rows("a-taxi")
                        .forEach(row -> rows.add(
                                Json.object().put("congestion", congestion).setAll(row)));
            }
        }
        return new Figure.Findings(
                verdict(runs),
                Drift.text(runs),
                rows,
                CONGESTIONS.size(),
                () -> panels.stream().<Plot>map(panel -> chart(panel, seeds)).toList());
    }

    private static Plot.Curves chart(Panel panel, int seeds) {
        return Charts.bands(
                        "a-taxi, c = %s, %s".formatted(panel.congestion(), Band.words(seeds)),
                        "epoch",
                        "",
                        panel.shares())
                .along(Plot.Axis.between("share of taxis in zone 1", 0, 1))
                .withLevels(List.of(new Plot.Level("a script is indifferent", panel.indifferent())));
    }

    private static Verdict verdict(List<Drift> runs) {
        List<Boolean> parts = new ArrayList<>();
        Map<String, List<String>> ends = new LinkedHashMap<>();
        for (Drift run : runs) {
            boolean inside = run.share() > EDGE && run.share() < 1 - EDGE;
            parts.add(inside == !run.variant().equals(Learned.NR));
            ends.computeIfAbsent(
                            "%s at c = %d".formatted(run.variant().label(), run.congestion()),
                            variant -> new ArrayList<>())
                    .add(Text.of("%.3f", run.share()));
        }
        return Verdict.of(
                parts,
                "%s",
                ends.entrySet().stream()
                        .map(end -> "%s ends at %s".formatted(end.getKey(), String.join(", ", end.getValue())))
                        .collect(Collectors.joining("; ")));
    }
}
