package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import mfg.eval.io.Progress;
import mfg.eval.io.Spread;
import mfg.eval.io.TextTable;
import mfg.eval.learn.LearnResult;
import mfg.eval.run.Metrics;
import mfg.eval.taxi.Indifference;
import mfg.eval.view.Charts;

/** How taxis learn, who share a network or not: what they earn, by epoch and by time. */
final class TaxiFigure implements Figure {

    private static final int CONGESTION = 8;
    private static final int SEEDS = 3;
    private static final int EPOCHS = 150;

    /** A network for each learns in so many times fewer epochs, which take about as long. */
    private static final int SLOWER = 15;

    /** How many times cheaper an epoch of one network is said to be. */
    private static final double CHEAPER = 20;

    private static final String REWARD = "meanReturn";
    private static final String SECONDS = "seconds";

    private static final List<Learned.Way> SHARED = List.of(Learned.SYM, Learned.OH, Learned.ID);

    /** What was learned one way, by epoch and by time. */
    private record Runs(Learned learned, Charts.Band byEpoch, Charts.Band byTime) {

        static Runs of(Learned learned) throws IOException {
            Charts.Band byEpoch = learned.band(REWARD);
            double[] seconds = learned.band(SECONDS).mean();
            return new Runs(
                    learned, byEpoch, new Charts.Band(learned.label(), seconds, byEpoch.mean(), byEpoch.deviation()));
        }

        String label() {
            return learned.label();
        }

        double seconds() {
            return byTime.x()[byTime.x().length - 1];
        }

        Spread rewards() {
            return learned.spread("meanReward");
        }

        double secondsPerEpoch() {
            return learned.spread("secondsPerEpoch").mean();
        }

        /** What each run earned in the epoch that came to its end last by then. */
        Spread at(double time) throws IOException {
            double[] rewards = new double[learned.runs().size()];
            for (int k = 0; k < rewards.length; k++) {
                Path run = Path.of(learned.runs().get(k).runDirectory());
                double[] seconds = Metrics.series("", run, SECONDS).y();
                double[] reward = Metrics.series("", run, REWARD).y();
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
        int epochs = plan.iterations(EPOCHS, EPOCHS);
        List<Runs> all = new ArrayList<>();
        for (Learned.Way way : SHARED) {
            all.add(Runs.of(Learned.taxis(way, plan, epochs, CONGESTION, SEEDS)));
        }
        all.add(Runs.of(Learned.taxis(Learned.IND, plan, Math.max(1, epochs / SLOWER), CONGESTION, SEEDS)));
        int players = all.get(0).learned().runs().get(0).players();
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

    private static String table(List<Runs> all, List<Spread> then, double time) {
        List<List<String>> lines = IntStream.range(0, all.size())
                .mapToObj(k -> {
                    Runs runs = all.get(k);
                    return List.of(
                            runs.label(),
                            String.valueOf(runs.byEpoch().x().length),
                            text(runs.rewards(), "%.2f ± %.2f"),
                            text(then.get(k), "%.2f ± %.2f"),
                            text(runs.learned().spread("zone1Share"), "%.3f ± %.3f"),
                            String.format(Locale.ROOT, "%.2f", runs.secondsPerEpoch()));
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
                    LearnResult run = runs.learned().runs().get(seed - 1);
                    drifts.add(Drift.of(runs.learned().way(), CONGESTION, seed, indifferent, run));
                    progress.step(drifts.size(), runs.label());
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
        Spread best = sym.rewards();
        List<Boolean> parts = new ArrayList<>();
        StringBuilder why = new StringBuilder();
        why.append(String.format(Locale.ROOT, "%s %s", sym.label(), text(best, "%.2f ± %.2f")));
        for (int k = 1; k < SHARED.size(); k++) {
            Spread other = all.get(k).rewards();
            parts.add(best.mean() >= other.mean());
            why.append(", %s %s".formatted(all.get(k).label(), text(other, "%.2f ± %.2f")));
        }
        int ind = all.size() - 1;
        double ratio = all.get(ind).secondsPerEpoch() / sym.secondsPerEpoch();
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
                all.get(ind).label(),
                then.get(ind).mean(),
                all.get(ind).label(),
                ratio,
                sym.label()));
        return Verdict.of(parts, why.toString());
    }
}
