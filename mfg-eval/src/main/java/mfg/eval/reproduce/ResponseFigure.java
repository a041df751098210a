package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mfg.eval.design.DesignResult;
import mfg.eval.io.Json;
import mfg.eval.respond.BestResponse;
import mfg.eval.respond.BidderResponse;
import mfg.eval.respond.RespondResult;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/** One bidder who learns by PPO to do better than all others. */
final class ResponseFigure {

    static final Figure FIG9 = new Figure(
            "fig9",
            "A1, first price: one bidder learns to respond to 999.\nBy PPO, beside what a dynamic program gains.",
            "a best response by PPO among 999 who play the mean field's equilibrium earns no more than they do.",
            ResponseFigure::measure);

    private static final int PLAYERS = 1000;

    /** Standard errors that noise may make. */
    private static final double NOISE = 2;

    /** What is next to nothing, as a share of the reward. */
    private static final double LITTLE = 0.02;

    private ResponseFigure() {}

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        DesignResult run =
                plan.designs(FIG9.name(), List.of(plan.firstPrice("A1"))).get(0);
        BestResponse.Plan usual = BidderResponse.plan(1, plan.threads());
        BestResponse.Plan response = new BestResponse.Plan(
                plan.iterations(usual.epochs(), 2 * usual.epochs()),
                usual.copies(),
                plan.budget().of(usual.repetitions(), 10 * usual.repetitions()),
                usual.seed(),
                usual.threads());
        RespondResult result;
        try (RunFolder files = RunFolder.open(run.folder())) {
            result = BidderResponse.of(files, Reproduction.config(run), PLAYERS, 0, response);
        }
        Charts.Series curve = BestResponse.curve(run.folder());
        List<ObjectNode> rows = new ArrayList<>();
        for (int k = 0; k < curve.x().length; k++) {
            rows.add(Json.object()
                    .put("epoch", (int) curve.x()[k])
                    .put("reward", curve.y()[k])
                    .put("equilibrium", result.reward())
                    .put("dynamicProgram", result.reward() + result.dynamicProgram()));
        }
        return new Figure.Findings(
                verdict(result),
                rows,
                1,
                () -> List.of(Charts.lines("A1, first price: one among 1000", "epoch", "mean reward", List.of(curve))
                        .withLevels(List.of(
                                new Plot.Level("equilibrium", result.reward()),
                                new Plot.Level("dynamic program", result.reward() + result.dynamicProgram())))));
    }

    /** Nothing beyond noise, and next to nothing. */
    static Verdict verdict(RespondResult result) {
        double gain = result.exploitability();
        return Verdict.of(
                List.of(gain <= NOISE * result.exploitabilityStandardError(), gain <= LITTLE * result.reward()),
                "beyond %.5f it gains %.5f ± %.5f (%.1f %%), a dynamic program %.5f ± %.5f",
                result.reward(),
                gain,
                result.exploitabilityStandardError(),
                100 * gain / result.reward(),
                result.dynamicProgram(),
                result.dynamicProgramStandardError());
    }
}
