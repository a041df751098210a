package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Cell;
import mfg.eval.io.Json;
import mfg.eval.view.Charts;

/** What mechanisms are worth that do not look at the bids. */
final class StaticFigure implements Figure {

    /** Improving by this share of what another improves, or less, is far less. */
    private static final double FAR_LESS = 0.5;

    @Override
    public String name() {
        return "fig8";
    }

    @Override
    public String about() {
        return "A10: a static mechanism against a neural one and first price.";
    }

    @Override
    public String claim() {
        return "static mechanisms improve far less than neural ones.";
    }

    @Override
    public Findings measure(Reproduction plan) throws IOException {
        int seeds = plan.budget().of(2, 10);
        List<Cell<DesignConfig, DesignResult>> cells = new ArrayList<>(List.of(plan.firstPrice("A10")));
        cells.addAll(learning(plan, "static", "0.03", seeds));
        cells.addAll(learning(plan, "neural", "3e-4", seeds)); // as it learns in the other auctions
        List<DesignResult> runs = plan.designs(this, cells);
        DesignResult firstPrice = runs.get(0);
        Charts.Band blind = DesignResult.training("static", runs.subList(1, 1 + seeds));
        Charts.Band neural = DesignResult.training("neural", runs.subList(1 + seeds, 1 + 2 * seeds));
        Charts.Level level = new Charts.Level("first price, equal shares", firstPrice.validationObjective());
        List<ObjectNode> rows = new ArrayList<>(blind.rows("A10"));
        rows.addAll(neural.rows("A10"));
        rows.add(Json.object().put("setting", "A10").put("method", level.name()).put("mean", level.y()));
        return new Findings(
                verdict(Gain.of(blind), Gain.of(neural), level.y()),
                "",
                rows,
                1,
                () -> List.of(Charts.withLevels(
                        Charts.bands(
                                "A10, mean ± sd of %d".formatted(seeds),
                                "iteration",
                                "objective at T = " + firstPrice.validationSteps(),
                                List.of(blind, neural)),
                        List.of(level))));
    }

    private static List<Cell<DesignConfig, DesignResult>> learning(
            Reproduction plan, String mechanism, String rate, int seeds) {
        Map<String, String> usual = Map.of("iterations", String.valueOf(plan.iterations(150, 1000)), "lr", rate);
        return IntStream.rangeClosed(1, seeds)
                .mapToObj(seed -> plan.design(
                        "A10-%s-%d".formatted(mechanism, seed),
                        "A10",
                        usual,
                        Map.of("mechanism", mechanism, "seed", String.valueOf(seed))))
                .toList();
    }

    /**
     * What training brings.
     *
     * @param start the objective before
     * @param best the best on the way
     */
    record Gain(double start, double best) {

        static Gain of(Charts.Band band) {
            double best = band.mean()[0];
            for (double mean : band.mean()) {
                best = Math.max(best, mean);
            }
            return new Gain(band.mean()[0], best);
        }
    }

    /** Over their own start, and over first price. */
    static Verdict verdict(Gain blind, Gain neural, double firstPrice) {
        boolean overStart = blind.best() - blind.start() <= FAR_LESS * (neural.best() - neural.start());
        boolean overFirstPrice = blind.best() - firstPrice <= FAR_LESS * (neural.best() - firstPrice);
        return Verdict.of(
                List.of(overStart, overFirstPrice),
                String.format(
                        Locale.ROOT,
                        "static %.4f -> %.4f, neural %.4f -> %.4f, first price %.4f: static gains %+.4f over its start"
                                + " and %+.4f over first price, neural %+.4f and %+.4f",
                        blind.start(),
                        blind.best(),
                        neural.start(),
                        neural.best(),
                        firstPrice,
                        blind.best() - blind.start(),
                        blind.best() - firstPrice,
                        neural.best() - neural.start(),
                        neural.best() - firstPrice));
    }
}
