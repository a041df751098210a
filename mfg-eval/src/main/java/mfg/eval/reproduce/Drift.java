package mfg.eval.reproduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import mfg.eval.learn.LearnResult;
import mfg.eval.taxi.Indifference;
import mfg.eval.taxi.ZoneReturns;
import mfg.eval.taxi.ZoneTrial;

/**
 * Where the taxis of a run end, against where drivers by a script would be indifferent, and what keeps them there.
 *
 * @param share in zone 1, in the last epochs
 * @param indifferent the share at which both zones pay a script the same
 * @param sent what taxis earn who are sent to a zone
 * @param script what a script earns if so many are in zone 1
 */
record Drift(
        Learned.Way variant,
        int congestion,
        int seed,
        double share,
        double indifferent,
        ZoneTrial sent,
        ZoneReturns script) {

    /** Shares closer than this are the same. */
    private static final double NEAR = 0.1;

    /** Enough taxis are in each zone to see what it pays. */
    private static final double FEW = 0.025;

    /** Standard errors that noise may make. */
    private static final double NOISE = 2;

    /** Looks at each run of a way to learn. */
    static List<Drift> of(Learned learned, int congestion, double indifferent) throws IOException {
        List<Drift> drifts = new ArrayList<>();
        for (LearnResult run : learned.runs()) {
            double share = run.figure("zone1Share");
            drifts.add(new Drift(
                    learned.way(),
                    congestion,
                    drifts.size() + 1,
                    share,
                    indifferent,
                    ZoneTrial.of(Path.of(run.runDirectory())),
                    Indifference.returns(congestion, Math.max(FEW, Math.min(1 - FEW, share)))));
        }
        return drifts;
    }

    /** All of them in a table, and then in words where a share has drifted. */
    static String text(List<Drift> runs) {
        TextTable<Drift> table = TextTable.of(runs)
                .column("c", run -> String.valueOf(run.congestion))
                .column("", run -> run.variant.label())
                .column("seed", run -> String.valueOf(run.seed))
                .column("in zone 1", run -> Text.of("%.3f", run.share))
                .column("a script indifferent", run -> Text.of("%.3f", run.indifferent))
                .column("sent to zone 1", run -> run.sent(1))
                .column(
                        "a script there",
                        run -> Text.of("%.2f", run.script.in(1).mean()))
                .column("sent to zone 2", run -> run.sent(2))
                .column(
                        "a script there",
                        run -> Text.of("%.2f", run.script.in(2).mean()))
                .column("rounds at the start", run -> Text.of("%.1f %%", 100 * run.sent.atStart()));
        String drifts = runs.stream()
                .filter(run -> Math.abs(run.share - run.indifferent) > NEAR)
                .map(run -> "- " + run.why() + System.lineSeparator())
                .collect(Collectors.joining());
        return """
                %s
                What taxis earn who are sent to a zone and then drive as all have learned, ± standard error, and a script there
                if as many others are.
                %s""".formatted(
                table, drifts.isEmpty() ? "" : "\nShares away from where a script is indifferent:\n\n" + drifts);
    }

    private String sent(int zone) {
        return Text.of(
                "%.2f ± %.2f", sent.returns().in(zone).mean(), sent.returns().error(zone));
    }

    /** What leaving for the zone that is emptier than it would be at indifference is worth, to a learner and to a script. */
    private String why() {
        int from = share > indifferent ? 1 : 2;
        int to = 3 - from;
        double gain = sent.returns().in(to).mean() - sent.returns().in(from).mean();
        double error = Math.hypot(sent.returns().error(1), sent.returns().error(2));
        double scripted = script.in(to).mean() - script.in(from).mean();
        String where = Text.of(
                "%s at c = %d, seed %d: %.3f instead of %.3f. ", variant.label(), congestion, seed, share, indifferent);
        if (gain > NOISE * error) {
            return where
                    + Text.of(
                            "Zone %d pays %.2f ± %.2f more to who is sent there, but only %.1f %% of what networks learn from are choices at the start.",
                            to, gain, error, 100 * sent.atStart());
        }
        if (gain < -NOISE * error) {
            return where
                    + Text.of(
                            "Zone %d pays %.2f ± %.2f less to who is sent there, though a script would earn %.2f more: taxis drive worse where few of them learn.",
                            to, -gain, error, scripted);
        }
        return where
                + Text.of("Zone %d pays %.2f ± %.2f more to who is sent there, which may be noise.", to, gain, error);
    }
}
