package mfg.eval.reproduce;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mfg.envs.players.NPlayerEvaluation;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Cell;
import mfg.eval.io.Text;
import mfg.eval.players.PlayersResult;

/** Whether it works at size: a thousand values and bids, ten thousand bidders. */
final class SizeCheck {

    static final Figure CHECK3 = new Figure(
            "check3",
            "Costs of gradients at 1000 values; designs among N bidders.\n"
                    + "Time and memory of each gradient are in table2.csv beside it. Quick, A3 and A8 are left out.",
            "among 10,000 bidders a trained design earns what it does in the mean field, up to 0.002; and if it is ahead of"
                    + " first price there, it is among 100, too.",
            SizeCheck::measure);

    private static final List<Integer> COUNTS = List.of(10, 100, 1000, 10000);
    private static final int VALUES = 1000;

    /** From so many bidders on a design is worth what it is in the mean field, up to this much. */
    private static final int MOST = 10000;

    private static final double CLOSE = 0.002;

    /** Among so many the order against first price is the mean field's. */
    private static final int SOME = 100;

    private SizeCheck() {}

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        String iterations = String.valueOf(plan.iterations(50, 200));
        List<Cell<DesignConfig, DesignResult>> cells = new ArrayList<>();
        for (String setting : plan.auctions()) {
            cells.add(plan.byDefault(
                    setting + "-default", setting, Map.of("seed", "1", "iterations", iterations), Map.of()));
            cells.add(plan.byDefault(
                    setting + "-first-price", setting, Map.of("seed", "1"), Map.of("mechanism", "first-price")));
        }
        List<PlayersResult> results = PlayersFigure.played(plan, plan.designs(CHECK3.name(), cells), COUNTS);
        Table2.Measured costs = costs(plan).measure(plan.folder());
        return new Figure.Findings(
                verdict(results),
                costs.text() + System.lineSeparator() + PlayersFigure.details(results),
                PlayersFigure.rows(results),
                4,
                () -> PlayersFigure.charts(results));
    }

    /** Naive differentiation is tried as long as it fits the memory. */
    private static Table2 costs(Reproduction plan) {
        return new Table2(
                plan.budget().of(List.of(4), List.of(4, 8, 16)),
                plan.budget().of(List.of(10, 40, 160), List.of(10, 20, 40, 80, 160, 400)),
                plan.budget().of(10, 40),
                Integer.parseInt(plan.options().getOrDefault("values", String.valueOf(VALUES))),
                new Table2Cell.Repetitions(0, 1),
                new Table2Cell.Repetitions(1, 1));
    }

    /** Of each setting the trained design and first price, one after the other. */
    static Verdict verdict(List<PlayersResult> results) {
        List<Boolean> parts = new ArrayList<>();
        List<String> why = new ArrayList<>();
        for (int i = 0; i < results.size(); i += 2) {
            PlayersResult design = results.get(i);
            PlayersResult firstPrice = results.get(i + 1);
            double off = at(design, MOST).bias();
            double lead = at(design, SOME).objective() - at(firstPrice, SOME).objective();
            double meanFieldLead = design.meanFieldObjective() - firstPrice.meanFieldObjective();
            parts.add(Math.abs(off) <= CLOSE && lead * meanFieldLead > 0);
            why.add(Text.of(
                    "%s: among %d bidders %+.4f off %.4f, among %d ahead of first price by %.4f (mean field %.4f)",
                    design.setting(), MOST, off, design.meanFieldObjective(), SOME, lead, meanFieldLead));
        }
        return Verdict.of(parts, "%s", String.join("; ", why));
    }

    private static NPlayerEvaluation at(PlayersResult result, int players) {
        return result.rows().stream()
                .filter(row -> row.players() == players)
                .findFirst()
                .orElseThrow();
    }
}
