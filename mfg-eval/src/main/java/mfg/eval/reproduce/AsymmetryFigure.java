package mfg.eval.reproduce;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.LearnKind;
import mfg.eval.view.Charts;

/** What the equilibrium of the induced game is worth to players who differ. */
final class AsymmetryFigure implements Figure {

    private static final double TAU = 0.02;
    private static final double ETA = 0.2;
    private static final int STEPS = 2000;
    private static final List<Double> SIZES = List.of(0.0, 0.05, 0.1, 0.15, 0.2, 0.25);

    /** What is swept, the other being 0. */
    private enum Kind {
        ALPHA,
        BETA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String name() {
        return "symm-fig2a";
    }

    @Override
    public String about() {
        return "a-sis: exploitability of the induced game's equilibrium.\nOver alpha and over beta.";
    }

    @Override
    public String claim() {
        return "exploitability stays small until alpha or beta is about 0.1.";
    }

    @Override
    public String smaller() {
        return "--iterations 200 -- --players 200";
    }

    @Override
    public Findings measure(Reproduction plan) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        List<Charts.Band> bands = new ArrayList<>();
        try (Progress progress = new Progress(name(), 0, Kind.values().length * SIZES.size())) {
            for (Kind kind : Kind.values()) {
                double[] mean = new double[SIZES.size()];
                double[] error = new double[SIZES.size()];
                for (int k = 0; k < mean.length; k++) {
                    CrowdExploitability measured = measure(plan, config(plan, kind, SIZES.get(k)));
                    mean[k] = measured.mean();
                    error[k] = measured.standardError();
                    rows.add(Json.object()
                            .put("swept", kind.toString())
                            .put("size", SIZES.get(k))
                            .setAll(Json.fields(measured)));
                    progress.advance("%s = %s".formatted(kind, SIZES.get(k)));
                }
                bands.add(new Charts.Band(
                        kind.toString(), SIZES.stream().mapToDouble(x -> x).toArray(), mean, error));
            }
        }
        return new Findings(
                verdict(bands.get(0), bands.get(1)),
                "",
                rows,
                1,
                () -> List.of(Charts.bands(
                        "a-sis, equilibrium of the induced game, ± standard error",
                        "alpha or beta, the other 0",
                        "mean exploitability",
                        bands)));
    }

    private static LearnConfig config(Reproduction plan, Kind kind, double size) {
        Map<String, String> own = new HashMap<>(Map.of("game", "a-sis", "alpha", "0", "beta", "0"));
        own.put(kind.toString(), String.valueOf(size));
        LearnConfig config = plan.config(LearnKind.LEARN, Map.of(), own);
        plan.check(LearnKind.LEARN, List.of(config));
        return config;
    }

    private static CrowdExploitability measure(Reproduction plan, LearnConfig config) {
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
    static Verdict verdict(Charts.Band alpha, Charts.Band beta) {
        int tenth = SIZES.indexOf(0.1);
        int last = SIZES.size() - 1;
        List<Boolean> parts = new ArrayList<>();
        StringBuilder why = new StringBuilder();
        for (Charts.Band band : List.of(alpha, beta)) {
            boolean rises = true;
            for (int k = 1; k <= last; k++) {
                rises &= band.mean()[k] >= band.mean()[k - 1] - 2 * (band.deviation()[k] + band.deviation()[k - 1]);
            }
            parts.add(rises);
            parts.add(band.mean()[last] >= 2 * band.mean()[tenth]);
            why.append(why.isEmpty() ? "" : "; ").append(band.name()).append(" from 0 to 0.25:");
            for (int k = 0; k <= last; k++) {
                why.append(String.format(Locale.ROOT, " %.3f ± %.3f", band.mean()[k], band.deviation()[k]));
            }
        }
        return Verdict.of(parts, why.toString());
    }
}
