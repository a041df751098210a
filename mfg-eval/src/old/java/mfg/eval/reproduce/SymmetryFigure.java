package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import mfg.eval.io.Charts;
import mfg.eval.io.Json;
import mfg.eval.io.Spread;
import mfg.eval.io.TextTable;
import mfg.eval.learn.CrowdSetting;
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.LearnResult;
import mfg.eval.learn.LearnRun;
import org.knowm.xchart.XYChart;

/**
 * One policy for all against one for each: exploitability along learning, and at its end by how much is played.
 *
 * @param name the figure's
 * @param game what is played
 */
record SymmetryFigure(String name, String game) implements Figure {

    static final SymmetryFigure FIG1B = new SymmetryFigure("symm-fig1b", "a-rps");
    static final SymmetryFigure FIG1C = new SymmetryFigure("symm-fig1c", "a-sis");

    /** Trajectories an epoch. */
    private static final List<Integer> AMOUNTS = List.of(5, 20, 100, 400);

    /** Low is this share of the other's exploitability. */
    private static final double LOW = 0.7;

    /** Faster by 60 % is within this share of the epochs. */
    private static final double FAST = 0.4;

    /** A way to learn, with what it is called. */
    private record Learner(String label, String algorithm, double delta) {}

    private static final Learner SYMM = new Learner("Symm-PMD", "symm-pmd", 0.1);
    private static final Learner IPMD = new Learner("IPMD", "ipmd", 0.5);
    /** What is seldom done keeps little of the zero that it started from: with many trajectories each learns its own best. */
    private static final Learner PATIENT = new Learner("IPMD, delta = 0.01", "ipmd", 0.01);

    @Override
    public String about() {
        return "%s: exploitability of Symm-PMD and of IPMD.%nAlong learning, and at its end by the trajectories of an epoch."
                .formatted(game);
    }

    @Override
    public String claim() {
        return "Symm-PMD reaches low exploitability quickly, IPMD struggles; learning is about 60 % faster.";
    }

    @Override
    public String smaller() {
        return "--iterations 20 -- --players 200";
    }

    @Override
    public Findings measure(Reproduction plan) throws IOException {
        int seeds = plan.budget().of(5, 10);
        List<List<LearnResult>> results = new ArrayList<>();
        List<Charts.Band> curves = new ArrayList<>();
        List<ObjectNode> rows = new ArrayList<>();
        for (Learner learner : List.of(SYMM, IPMD)) {
            List<Charts.Series> lines = new ArrayList<>();
            List<LearnResult> repeated = new ArrayList<>();
            for (int seed = 1; seed <= seeds; seed++) {
                LearnResult result = run(plan, learner, 20, seed);
                repeated.add(result);
                lines.add(LearnRun.curve(learner.label(), Path.of(result.runDirectory())));
            }
            results.add(repeated);
            Charts.Band band = Spread.band(learner.label(), lines);
            curves.add(band);
            rows.addAll(band.rows(game));
        }
        List<List<LearnResult>> byAmount = new ArrayList<>();
        for (int amount : AMOUNTS) {
            List<LearnResult> alike = new ArrayList<>();
            for (Learner learner : List.of(SYMM, IPMD, PATIENT)) {
                LearnResult result = run(plan, learner, amount, 1);
                alike.add(result);
                rows.add(Json.object()
                        .put("setting", game)
                        .put("method", learner.label())
                        .put("trajectories", amount)
                        .put("mean", result.exploitability())
                        .put("deviation", result.exploitabilityStandardError()));
            }
            byAmount.add(alike);
        }
        return new Findings(
                verdict(curves.get(0), curves.get(1), results.get(0), results.get(1)),
                table(byAmount),
                rows,
                2,
                () -> List.of(
                        Charts.bands(
                                "%s, mean ± sd of %d".formatted(game, seeds), "epoch", "mean exploitability", curves),
                        byAmount(byAmount)));
    }

    private LearnResult run(Reproduction plan, Learner learner, int amount, long seed) throws IOException {
        LearnConfig usual = LearnConfig.of(CrowdSetting.named(game), learner.algorithm(), seed);
        int players = plan.players(usual.players());
        LearnConfig config = new LearnConfig(
                usual.game(),
                usual.algorithm(),
                players,
                usual.horizon(),
                usual.alpha(),
                usual.beta(),
                plan.iterations(usual.epochs(), usual.epochs()),
                amount,
                usual.tdData(),
                learner.delta(),
                usual.xi0(),
                usual.tau(),
                usual.evaluateEvery(),
                plan.budget().of(20, 50),
                plan.budget().of(200, players),
                seed);
        String folder = "%s-%s-%s-%d-%d".formatted(game, learner.algorithm(), learner.delta(), amount, seed);
        return LearnRun.at(plan.runs().resolve(folder), config, plan.threads());
    }

    private XYChart byAmount(List<List<LearnResult>> byAmount) {
        double[] x = AMOUNTS.stream().mapToDouble(amount -> amount).toArray();
        List<Charts.Series> lines = new ArrayList<>();
        List<Learner> learners = List.of(SYMM, IPMD, PATIENT);
        for (int k = 0; k < learners.size(); k++) {
            int learner = k;
            double[] y = byAmount.stream()
                    .mapToDouble(alike -> alike.get(learner).exploitability())
                    .toArray();
            lines.add(new Charts.Series(learners.get(k).label(), x, y));
        }
        return Charts.scaling(
                game + " after learning", "trajectories an epoch", "mean exploitability", lines, List.of());
    }

    private static String table(List<List<LearnResult>> byAmount) {
        List<List<String>> lines = new ArrayList<>();
        for (int k = 0; k < AMOUNTS.size(); k++) {
            List<String> line = new ArrayList<>();
            line.add(String.valueOf(AMOUNTS.get(k)));
            byAmount.get(k).forEach(result -> line.add(number(result.exploitability())));
            byAmount.get(k).subList(0, 2).forEach(result -> line.add(nanos(result)));
            lines.add(line);
        }
        return TextTable.text(
                List.of(
                        "trajectories",
                        SYMM.label(),
                        IPMD.label(),
                        PATIENT.label(),
                        "Symm-PMD, ns a player-step",
                        "IPMD, ns a player-step"),
                lines);
    }

    private static String nanos(LearnResult result) {
        return String.format(Locale.ROOT, "%.0f", 1e9 / result.playerStepsPerSecond());
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, "%.4f", x);
    }

    private static Verdict verdict(
            Charts.Band symm, Charts.Band ipmd, List<LearnResult> symmRuns, List<LearnResult> ipmdRuns) {
        Spread low = spread(symmRuns, LearnResult::exploitability);
        Spread high = spread(ipmdRuns, LearnResult::exploitability);
        int last = ipmd.x().length - 1;
        double when = symm.x()[last];
        for (int k = last; k >= 0 && symm.mean()[k] <= ipmd.mean()[last]; k--) {
            when = symm.x()[k];
        }
        double epochs = symm.x()[last];
        return Verdict.of(
                List.of(low.mean() <= LOW * high.mean(), when <= FAST * epochs),
                String.format(
                        Locale.ROOT,
                        "Symm-PMD %.4f ± %.4f, IPMD %.4f ± %.4f (sd of %d); Symm-PMD is where IPMD ends after %.0f of %.0f"
                                + " epochs",
                        low.mean(),
                        low.deviation(),
                        high.mean(),
                        high.deviation(),
                        symmRuns.size(),
                        when,
                        epochs));
    }

    private static Spread spread(List<LearnResult> runs, ToDoubleFunction<LearnResult> figure) {
        return Spread.of(runs.stream().mapToDouble(figure).toArray());
    }
}
