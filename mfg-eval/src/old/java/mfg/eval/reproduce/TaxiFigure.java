package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import mfg.eval.io.Charts;
import mfg.eval.io.Progress;
import mfg.eval.io.Spread;
import mfg.eval.io.TextTable;
import mfg.eval.taxi.Indifference;
import mfg.eval.taxi.TaxiCharts;
import mfg.eval.taxi.TaxiResult;

/** How taxis learn, who share a network or not: what they earn, by epoch and by time. */
final class TaxiFigure implements Figure {

    private static final int CONGESTION = 8;
    private static final int SEEDS = 3;
    private static final int EPOCHS = 150;

    /** A network for each learns in so many times fewer epochs, which take about as long. */
    private static final int SLOWER = 15;

    /** How many times cheaper an epoch of one network is said to be. */
    private static final double CHEAPER = 20;

    private static final List<TaxiVariant> SHARED = List.of(TaxiVariant.SYM, TaxiVariant.OH, TaxiVariant.ID);

    /** A variant's runs, one a seed. */
    private record Runs(TaxiVariant variant, List<TaxiResult> results, Charts.Band byEpoch, Charts.Band byTime) {

        double seconds() {
            return byTime.x()[byTime.x().length - 1];
        }

        /** What each run earned in the epoch that came to its end last by then. */
        Spread at(double time) throws IOException {
            double[] rewards = new double[results.size()];
            for (int k = 0; k < rewards.length; k++) {
                Path run = Path.of(results.get(k).runDirectory());
                double[] seconds =
                        TaxiCharts.curve("", run, TaxiCharts.Column.SECONDS).y();
                double[] reward =
                        TaxiCharts.curve("", run, TaxiCharts.Column.REWARD).y();
                int last = (int) Arrays.stream(seconds).filter(s -> s <= time).count() - 1;
                rewards[k] = reward[Math.max(0, last)];
            }
            return Spread.of(rewards);
        }
    }

    @Override
    public String name() {
        return "symm-fig1a";
    }

    @Override
    public String about() {
        return "a-taxi: what taxis earn, by how networks know them.\nAlong learning, by epoch and by time.";
    }

    @Override
    public String claim() {
        return "Sym-NN learns faster and ends higher than OH-NN and ID-NN; Ind-NN is worst and costs more than 20 times as much.";
    }

    @Override
    public String smaller() {
        return "--iterations 30 -- --players 100";
    }

    @Override
    public Findings measure(Reproduction plan) throws IOException {
        int players = plan.players(plan.budget().of(200, 1000));
        int epochs = plan.iterations(EPOCHS, EPOCHS);
        List<Runs> all = new ArrayList<>();
        for (TaxiVariant variant : SHARED) {
            all.add(runs(plan, variant, players, epochs));
        }
        all.add(runs(plan, TaxiVariant.IND, players, Math.max(1, epochs / SLOWER)));
        List<ObjectNode> rows = new ArrayList<>();
        all.forEach(runs -> rows.addAll(runs.byEpoch().rows("a-taxi")));
        double time = all.stream().mapToDouble(Runs::seconds).min().orElseThrow();
        List<Spread> then = new ArrayList<>();
        for (Runs runs : all) {
            then.add(runs.at(time));
        }
        return new Findings(
                verdict(all, then, time),
                table(all, then, time) + System.lineSeparator() + Drift.text(drifts(all)),
                rows,
                2,
                () -> List.of(
                        Charts.bands(
                                "a-taxi, %d taxis, mean ± sd of %d".formatted(players, SEEDS),
                                "epoch",
                                "mean reward",
                                all.stream().map(Runs::byEpoch).toList()),
                        Charts.bands(
                                "the same by time",
                                "seconds of learning",
                                "mean reward",
                                all.stream().map(Runs::byTime).toList())));
    }

    private static Runs runs(Reproduction plan, TaxiVariant variant, int players, int epochs) throws IOException {
        List<TaxiResult> results = new ArrayList<>();
        List<Charts.Series> rewards = new ArrayList<>();
        List<Charts.Series> times = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            TaxiResult result = variant.run(plan, players, epochs, CONGESTION, seed);
            Path run = Path.of(result.runDirectory());
            results.add(result);
            rewards.add(TaxiCharts.curve(variant.label(), run, TaxiCharts.Column.REWARD));
            times.add(TaxiCharts.curve(variant.label(), run, TaxiCharts.Column.SECONDS));
        }
        Charts.Band byEpoch = Spread.band(variant.label(), rewards);
        double[] seconds = Spread.band(variant.label(), times).mean();
        return new Runs(
                variant,
                results,
                byEpoch,
                new Charts.Band(variant.label(), seconds, byEpoch.mean(), byEpoch.deviation()));
    }

    private static Spread rewards(Runs runs) {
        return Spread.of(
                runs.results().stream().mapToDouble(TaxiResult::meanReward).toArray());
    }

    private static double secondsPerEpoch(Runs runs) {
        return runs.results().stream()
                .mapToDouble(TaxiResult::secondsPerEpoch)
                .average()
                .orElseThrow();
    }

    private static String table(List<Runs> all, List<Spread> then, double time) {
        List<List<String>> lines = IntStream.range(0, all.size())
                .mapToObj(k -> {
                    Runs runs = all.get(k);
                    Spread shares = Spread.of(runs.results().stream()
                            .mapToDouble(TaxiResult::zone1Share)
                            .toArray());
                    return List.of(
                            runs.variant().label(),
                            String.valueOf(runs.byEpoch().x().length),
                            text(rewards(runs), "%.2f ± %.2f"),
                            text(then.get(k), "%.2f ± %.2f"),
                            text(shares, "%.3f ± %.3f"),
                            String.format(Locale.ROOT, "%.2f", secondsPerEpoch(runs)));
                })
                .toList();
        String by = String.format(Locale.ROOT, "after %.0f s", time);
        return TextTable.text(List.of("", "epochs", "last ten epochs", by, "in zone 1", "seconds an epoch"), lines);
    }

    /** Where those who share a network went. */
    private static List<Drift> drifts(List<Runs> all) throws IOException {
        double indifferent = Indifference.share(CONGESTION);
        List<Drift> drifts = new ArrayList<>();
        try (Progress progress = Progress.barOnly("what zones pay", SHARED.size() * SEEDS)) {
            for (Runs runs : all.subList(0, SHARED.size())) {
                for (int seed = 1; seed <= SEEDS; seed++) {
                    TaxiResult run = runs.results().get(seed - 1);
                    drifts.add(Drift.of(runs.variant(), CONGESTION, seed, indifferent, run));
                    progress.step(drifts.size(), runs.variant().label());
                }
            }
        }
        return drifts;
    }

    private static String text(Spread spread, String format) {
        return String.format(Locale.ROOT, format, spread.mean(), spread.deviation());
    }

    private static Verdict verdict(List<Runs> all, List<Spread> then, double time) {
        Runs sym = all.get(0);
        Spread best = rewards(sym);
        List<Boolean> parts = new ArrayList<>();
        StringBuilder why = new StringBuilder();
        why.append(String.format(Locale.ROOT, "%s %s", sym.variant().label(), text(best, "%.2f ± %.2f")));
        for (int k = 1; k < SHARED.size(); k++) {
            Spread other = rewards(all.get(k));
            parts.add(best.mean() >= other.mean());
            why.append(", %s %s".formatted(all.get(k).variant().label(), text(other, "%.2f ± %.2f")));
        }
        int ind = all.size() - 1;
        double ratio = secondsPerEpoch(all.get(ind)) / secondsPerEpoch(sym);
        parts.add(then.subList(0, ind).stream()
                .allMatch(spread -> spread.mean() > then.get(ind).mean()));
        parts.add(ratio >= CHEAPER);
        why.append(String.format(
                Locale.ROOT,
                " (sd of %d); after %.0f s %.2f, %.2f, %.2f, and %s %.2f; an epoch of %s costs %.0f times one of %s",
                SEEDS,
                time,
                then.get(0).mean(),
                then.get(1).mean(),
                then.get(2).mean(),
                all.get(ind).variant().label(),
                then.get(ind).mean(),
                all.get(ind).variant().label(),
                ratio,
                sym.variant().label()));
        return Verdict.of(parts, why.toString());
    }
}
