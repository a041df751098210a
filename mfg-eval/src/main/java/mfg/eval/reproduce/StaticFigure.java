package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Cell;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/** What mechanisms are worth that do not look at the bids. */
final class StaticFigure {

    static final Figure FIG8 = new Figure(
            "fig8",
            "A10: a static mechanism against a neural one and first price.",
            "static mechanisms improve far less than neural ones.",
            StaticFigure::measure);

    private static final String GAME = "A10";

    /** Improving by this share of what another improves, or less, is far less. */
    private static final double FAR_LESS = 0.5;

    private StaticFigure() {}

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        int seeds = plan.budget().of(2, 10);
        List<Cell<DesignConfig, DesignResult>> cells = new ArrayList<>(List.of(plan.firstPrice(GAME)));
        for (String mechanism : List.of("static", "neural")) {
            String rate = mechanism.equals("static") ? "0.03" : "3e-4"; // as it learns in the other auctions
            Map<String, String> usual = Map.of("iterations", String.valueOf(plan.iterations(150, 1000)), "lr", rate);
            for (int seed = 1; seed <= seeds; seed++) {
                Map<String, String> own = Map.of("mechanism", mechanism, "seed", String.valueOf(seed));
                cells.add(plan.design("%s-%s-%d".formatted(GAME, mechanism, seed), GAME, usual, own));
            }
        }
        List<DesignResult> runs = plan.designs(FIG8.name(), cells);
        Band blind = DesignResult.training("static", runs.subList(1, 1 + seeds));
        Band neural = DesignResult.training("neural", runs.subList(1 + seeds, 1 + 2 * seeds));
        Plot.Level level =
                new Plot.Level("first price, equal shares", runs.get(0).validationObjective());
        List<ObjectNode> rows = new ArrayList<>(blind.rows(GAME));
        rows.addAll(neural.rows(GAME));
        rows.add(level.row(GAME));
        Gain ofBlind = Gain.of(blind);
        Gain ofNeural = Gain.of(neural);
        return new Figure.Findings(
                verdict(ofBlind, ofNeural, level.y()),
                rows,
                1,
                () -> List.of(Charts.bands(
                                "A10, " + Band.words(seeds),
                                "iteration",
                                "objective at T = " + runs.get(0).validationSteps(),
                                List.of(blind, neural))
                        .withLevels(List.of(level))
                        .withMark(new Plot.Mark("static at its best", ofBlind.iteration()))
                        .withMark(new Plot.Mark("neural at its best", ofNeural.iteration()))));
    }

    /**
     * What training brings.
     *
     * @param start the objective before
     * @param best the best on the way
     * @param iteration when that was
     */
    record Gain(double start, double best, double iteration) {
        static Gain of(Band band) {
            double best = Arrays.stream(band.mean()).max().orElseThrow();
            int at = IntStream.range(0, band.x().length)
                    .filter(i -> band.mean()[i] == best)
                    .findFirst()
                    .orElseThrow();
            return new Gain(band.mean()[0], best, band.x()[at]);
        }

        double over(double other) {
            return best - other;
        }
    }

    /** Over their own start, and over first price. */
    static Verdict verdict(Gain blind, Gain neural, double firstPrice) {
        return Verdict.of(
                List.of(
                        blind.over(blind.start()) <= FAR_LESS * neural.over(neural.start()),
                        blind.over(firstPrice) <= FAR_LESS * neural.over(firstPrice)),
                "static %.4f -> %.4f at its best (iteration %.0f), neural %.4f -> %.4f (%.0f), first price %.4f: static gains"
                        + " %+.4f over its start and %+.4f over first price, neural %+.4f and %+.4f",
                blind.start(),
                blind.best(),
                blind.iteration(),
                neural.start(),
                neural.best(),
                neural.iteration(),
                firstPrice,
                blind.over(blind.start()),
                blind.over(firstPrice),
                neural.over(neural.start()),
                neural.over(firstPrice));
    }
}
