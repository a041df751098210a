package mfg.eval.reproduce;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Solution;
import mfg.core.Tensors;
import mfg.core.catalogue.CrowdGame;
import mfg.core.symmetry.AnonymousGame;
import mfg.core.symmetry.InducedGame;
import mfg.envs.symmetry.CrowdExploitability;
import mfg.envs.symmetry.Policies;
import mfg.eval.io.Json;
import mfg.eval.io.Progress;
import mfg.eval.io.Text;
import mfg.eval.learn.LearnConfig;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;

/** What the equilibrium of the induced game is worth to players who differ. */
final class AsymmetryFigure {

    static final Figure FIG2A = new Figure(
            "symm-fig2a",
            "a-sis: exploitability of the induced game's equilibrium.\nOver alpha and over beta.",
            "exploitability stays small until alpha or beta is about 0.1.",
            "--iterations 200 -- --players 200",
            AsymmetryFigure::measure);

    private static final double TAU = 0.02;
    private static final double ETA = 0.2;
    private static final int STEPS = 2000;

    /** One of these, the other being 0. */
    private static final List<String> SWEPT = List.of("alpha", "beta");

    private static final List<Double> SIZES = List.of(0.0, 0.05, 0.1, 0.15, 0.2, 0.25);

    private AsymmetryFigure() {}

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        List<Band> bands = new ArrayList<>();
        try (Progress progress = new Progress(FIG2A.name(), 0, SWEPT.size() * SIZES.size())) {
            for (String swept : SWEPT) {
                double[] size = SIZES.stream().mapToDouble(x -> x).toArray();
                double[] mean = new double[size.length];
                double[] error = new double[size.length];
                for (int k = 0; k < size.length; k++) {
                    Map<String, String> own = new HashMap<>(Map.of("game", "a-sis", "alpha", "0", "beta", "0"));
                    own.put(swept, String.valueOf(size[k]));
                    CrowdExploitability measured = exploitability(plan, plan.learning(Map.of(), own));
                    mean[k] = measured.mean();
                    error[k] = measured.standardError();
                    rows.add(Json.object()
                            .put("swept", swept)
                            .put("size", size[k])
                            .setAll(Json.fields(measured)));
                    progress.advance("%s = %s".formatted(swept, size[k]));
                }
                bands.add(new Band(swept, size, mean, error));
            }
        }
        return new Figure.Findings(
                verdict(bands),
                rows,
                1,
                () -> List.of(Charts.bands(
                        "a-sis, equilibrium of the induced game, ± standard error",
                        "alpha or beta, the other 0",
                        "mean exploitability",
                        bands)));
    }

    private static CrowdExploitability exploitability(Reproduction plan, LearnConfig config) {
        AnonymousGame game = ((CrowdGame) config.game()).crowd(config.seed());
        OnlineMirrorDescent solver = new OnlineMirrorDescent(ETA, TAU);
        int steps = plan.iterations(STEPS, STEPS);
        try (NDManager manager = NDManager.newBaseManager()) {
            Solution equilibrium = Solution.find(
                    InducedGame.of(game),
                    new NDList(),
                    solver,
                    new Solution.Stopping(steps, Double.NEGATIVE_INFINITY, steps),
                    manager,
                    DataType.FLOAT64,
                    Solution.Listener.NONE);
            double[] policy =
                    Tensors.toDoubles(solver.policy(equilibrium.state()).probabilities());
            CrowdExploitability.Plan measurement =
                    new CrowdExploitability.Plan(plan.budget().of(20, 100), game.players(), 1, plan.threads());
            return CrowdExploitability.of(game, new Policies(game.shape(), 1, policy), 0, measurement, done -> {});
        }
    }

    /** Nowhere falling by more than chance allows, and small at first: at most half of what it comes to. */
    private static Verdict verdict(List<Band> bands) {
        int tenth = SIZES.indexOf(0.1);
        int last = SIZES.size() - 1;
        List<Boolean> parts = new ArrayList<>();
        List<String> why = new ArrayList<>();
        for (Band band : bands) {
            double[] mean = band.mean();
            double[] error = band.deviation();
            parts.add(IntStream.rangeClosed(1, last)
                    .allMatch(k -> mean[k] >= mean[k - 1] - 2 * (error[k] + error[k - 1])));
            parts.add(mean[last] >= 2 * mean[tenth]);
            why.add(band.name() + " from 0 to 0.25:"
                    + IntStream.rangeClosed(0, last)
                            .mapToObj(k -> Text.of(" %.3f ± %.3f", mean[k], error[k]))
                            .collect(Collectors.joining()));
        }
        return Verdict.of(parts, "%s", String.join("; ", why));
    }
}
