package mfg.eval.reproduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mfg.eval.io.Spread;
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.LearnKind;
import mfg.eval.learn.LearnResult;
import mfg.eval.respond.BestResponse;
import mfg.eval.respond.PlayerResponse;
import mfg.eval.run.Metrics;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;
import mfg.nn.Identity;

/**
 * What a way to learn came to, seed by seed.
 *
 * @param runs those of seeds 1, 2, ..
 */
record Learned(Way way, List<LearnResult> runs) {

    /**
     * A way to learn.
     *
     * @param label what the paper calls it
     * @param options of {@code learn} that make it
     */
    record Way(String label, Map<String, String> options) {

        /**
         * Learns with several seeds, or reads what was learned.
         *
         * @param name of the folders, which the seed follows
         * @param usual options against which those of the user stand
         * @param more options that make it what it is
         */
        Learned run(Reproduction plan, String name, Map<String, String> usual, Map<String, String> more, int seeds)
                throws IOException {
            List<LearnResult> runs = new ArrayList<>();
            for (int seed = 1; seed <= seeds; seed++) {
                Map<String, String> own = new HashMap<>(options);
                own.putAll(more);
                own.put("seed", String.valueOf(seed));
                runs.add(plan.learned(name + "-" + seed, usual, own));
            }
            return new Learned(this, runs);
        }
    }

    /** What it is called. */
    String label() {
        return way.label();
    }

    /** A column of the metrics, over seeds. */
    Band band(String column) throws IOException {
        List<Charts.Series> lines = new ArrayList<>();
        for (LearnResult run : runs) {
            lines.add(Metrics.series(label(), Path.of(run.runDirectory()), column));
        }
        return Band.of(label(), lines);
    }

    /** A figure of the results, over seeds. */
    Spread spread(String figure) {
        return Spread.of(runs.stream().mapToDouble(run -> run.figure(figure)).toArray());
    }

    /** What players gain by leaving, on average over those who are drawn of each run; over seeds. */
    Spread gains(BestResponse.Plan response, int drawn) throws IOException {
        double[] gains = new double[runs.size()];
        for (int k = 0; k < gains.length; k++) {
            Path run = Path.of(runs.get(k).runDirectory());
            LearnConfig config = Run.config(LearnKind.LEARN, Reproduction.CATALOGUE, run);
            try (RunFolder files = RunFolder.open(run)) {
                List<Integer> players = PlayerResponse.drawn(config, drawn, response.seed());
                gains[k] =
                        PlayerResponse.known(files, config, players, response).exploitability();
            }
        }
        return Spread.of(gains);
    }

    // ---- taxis (SYMM Sec. 5), by how networks know who drives ----

    static final Way SYM = taxis(Identity.NONE);
    static final Way OH = taxis(Identity.ONE_HOT);
    static final Way ID = taxis(Identity.NUMBER);
    static final Way IND = taxis(Identity.INDEPENDENT);
    static final Way NR = new Way("Sym-NN-NR", Map.of("game", "a-taxi", "identity", "none", "entropy", "0"));

    private static Way taxis(Identity identity) {
        return new Way(identity.paper(), Map.of("game", "a-taxi", "identity", identity.toString()));
    }

    /** Taxis by their congestion. */
    static Learned taxis(Way way, Reproduction plan, int epochs, int congestion, int seeds) throws IOException {
        return way.run(
                plan,
                "%s-c%d".formatted(way.label().toLowerCase(Locale.ROOT), congestion),
                Map.of("players", plan.budget().of("200", "1000")),
                Map.of("epochs", String.valueOf(epochs), "congestion", String.valueOf(congestion)),
                seeds);
    }
}
