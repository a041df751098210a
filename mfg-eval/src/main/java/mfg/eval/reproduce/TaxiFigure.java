package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.eval.io.Json;
import mfg.eval.io.Progress;
import mfg.eval.io.Spread;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import mfg.eval.learn.LearnResult;
import mfg.eval.respond.BestResponse;
import mfg.eval.run.Metrics;
import mfg.eval.taxi.Indifference;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;

/** How taxis learn, who share a network or not: what they earn, by epoch and by time. */
final class TaxiFigure {

    static final Figure FIG1A = new Figure(
            "symm-fig1a",
            "a-taxi: what taxis earn, by how networks know them.\nAlong learning, by epoch and by time, and what one gains by leaving.",
            "Sym-NN learns faster and ends higher than OH-NN and ID-NN; Ind-NN is worst and costs more than 20 times as much.",
            "--iterations 30 -- --players 100",
            TaxiFigure::measure);

    private static final int CONGESTION = 8;
    private static final int EPOCHS = 150;

    /** On the quick budget a network for each learns in so many times fewer epochs. */
    private static final int SLOWER = 5;

    /** How many times cheaper an epoch of one network is said to be. */
    private static final double CHEAPER = 20;

    private static final String REWARD = "meanReturn";
    private static final String SECONDS = "seconds";

    private static final List<Learned.Way> SHARED = List.of(Learned.SYM, Learned.OH, Learned.ID);

    private TaxiFigure() {}

    /**
     * What was learned one way.
     *
     * @param rewards in the last epochs
     * @param then what each run earned in the epoch that came to its end last when the first way was done
     * @param gains what a taxi gains by leaving: a lower bound
     */
    private record Runs(
            Learned learned,
            Band byEpoch,
            Band byTime,
            Spread rewards,
            Spread then,
            double secondsPerEpoch,
            Spread gains) {

        static Runs of(Learned learned, double time, Reproduction plan) throws IOException {
            Band byEpoch = learned.band(REWARD);
            double[] seconds = learned.band(SECONDS).mean();
            return new Runs(
                    learned,
                    byEpoch,
                    byEpoch.over(seconds),
                    learned.spread("meanReward"),
                    at(time, learned.runs()),
                    learned.spread("secondsPerEpoch").mean(),
                    learned.gains(response(plan), plan.budget().of(1, 4)));
        }

        private static BestResponse.Plan response(Reproduction plan) {
            return new BestResponse.Plan(
                    plan.iterations(50, 50), 200, plan.budget().of(50, 100), 1, plan.threads());
        }

        /** The gain as a table has it. */
        ObjectNode row() {
            ObjectNode row =
                    Json.object().put("setting", "a-taxi, gain by leaving").put("method", label());
            Json.put(row, "mean", gains.mean());
            Json.put(row, "deviation", gains.deviation());
            return row;
        }

        private static Spread at(double time, List<LearnResult> runs) throws IOException {
            double[] rewards = new double[runs.size()];
            for (int k = 0; k < rewards.length; k++) {
                Path run = Path.of(runs.get(k).runDirectory());
                double[] seconds = Metrics.series("", run, SECONDS).y();
                double[] reward = Metrics.series("", run, REWARD).y();
                int last = (int) Arrays.stream(seconds).filter(s -> s <= time).count() - 1;
                rewards[k] = reward[Math.max(0, last)];
            }
            return Spread.of(rewards);
        }

        String label() {
            return learned.label();
        }
    }

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        int epochs = plan.iterations(EPOCHS, EPOCHS);
        int seeds = plan.budget().of(3, 5);
        List<Learned> learned = new ArrayList<>();
        for (Learned.Way way : SHARED) {
            learned.add(Learned.taxis(way, plan, epochs, CONGESTION, seeds));
        }
        learned.add(Learned.taxis(
                Learned.IND, plan, Math.max(1, epochs / plan.budget().of(SLOWER, 1)), CONGESTION, seeds));
        double time = Double.POSITIVE_INFINITY; // until the first way is done
        for (Learned one : learned) {
            double[] seconds = one.band(SECONDS).mean();
            time = Math.min(time, seconds[seconds.length - 1]);
        }
        List<Runs> all = new ArrayList<>();
        List<ObjectNode> rows = new ArrayList<>();
        for (Learned one : learned) {
            Runs runs = Runs.of(one, time, plan);
            all.add(runs);
            rows.addAll(runs.byEpoch().rows("a-taxi"));
        }
        all.forEach(runs -> rows.add(runs.row()));
        int players = learned.get(0).runs().get(0).players();
        return new Figure.Findings(
                verdict(all, time, seeds),
                table(all, time) + System.lineSeparator() + Drift.text(drifts(learned)),
                rows,
                3,
                () -> List.of(
                        Charts.bands(
                                "a-taxi, %d taxis, %s".formatted(players, Band.words(seeds)),
                                "epoch",
                                "mean reward",
                                all.stream().map(Runs::byEpoch).toList()),
                        Charts.bands(
                                "a-taxi, %d taxis, by time".formatted(players),
                                "seconds of learning",
                                "mean reward",
                                all.stream().map(Runs::byTime).toList()),
                        Charts.bars(
                                "a-taxi: what one gains by leaving (a lower bound)",
                                "gain",
                                all.stream().map(Runs::label).toList(),
                                all.stream().map(Runs::gains).toList())));
    }

    private static String table(List<Runs> all, double time) {
        return TextTable.of(all)
                .column("", Runs::label)
                .column("epochs", runs -> String.valueOf(runs.byEpoch().x().length))
                .column("last ten epochs", runs -> runs.rewards().text(2))
                .column(Text.of("after %.0f s", time), runs -> runs.then().text(2))
                .column("gain by leaving", runs -> runs.gains().text(2))
                .column("in zone 1", runs -> runs.learned().spread("zone1Share").text(3))
                .column("seconds an epoch", runs -> Text.of("%.2f", runs.secondsPerEpoch()))
                .toString();
    }

    /** Where those who share a network went. */
    private static List<Drift> drifts(List<Learned> all) throws IOException {
        double indifferent = Indifference.share(CONGESTION);
        List<Drift> drifts = new ArrayList<>();
        try (Progress progress = Progress.patient("what zones pay", SHARED.size())) {
            for (Learned learned : all.subList(0, SHARED.size())) {
                drifts.addAll(Drift.of(learned, CONGESTION, indifferent));
                progress.advance(learned.label());
            }
        }
        return drifts;
    }

    private static Verdict verdict(List<Runs> all, double time, int seeds) {
        Runs sym = all.get(0);
        Runs oh = all.get(1);
        Runs id = all.get(2);
        Runs ind = all.get(3);
        double ratio = ind.secondsPerEpoch() / sym.secondsPerEpoch();
        double then = ind.then().mean();
        return Verdict.of(
                List.of(
                        sym.rewards().mean() >= oh.rewards().mean(),
                        sym.rewards().mean() >= id.rewards().mean(),
                        all.subList(0, 3).stream().allMatch(runs -> runs.then().mean() > then),
                        ratio >= CHEAPER),
                "%s %s, %s %s, %s %s (sd of %d); after %.0f s %.2f, %.2f, %.2f, and %s %.2f;"
                        + " an epoch of %s costs %.0f times one of %s",
                sym.label(),
                sym.rewards().text(2),
                oh.label(),
                oh.rewards().text(2),
                id.label(),
                id.rewards().text(2),
                seeds,
                time,
                sym.then().mean(),
                oh.then().mean(),
                id.then().mean(),
                ind.label(),
                then,
                ind.label(),
                ratio,
                sym.label());
    }
}
