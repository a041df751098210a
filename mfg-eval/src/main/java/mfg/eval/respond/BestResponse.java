package mfg.eval.respond;

import ai.djl.ndarray.NDList;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mfg.core.Streams;
import mfg.envs.Simulator;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Progress;
import mfg.eval.io.Range;
import mfg.eval.io.Steps;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import mfg.nn.ActorCritic;
import mfg.train.ppo.Ppo;
import mfg.train.ppo.PpoOptions;

/**
 * One player learns by PPO, in many copies of a game whose other players stay as they are. What it then gains by leaving them is a lower
 * bound of what there is to gain: a better learner may find more.
 */
public final class BestResponse {

    private static final String CURVE = RunFolder.RESPONSE + ".csv";
    private static final String RESULT = RunFolder.RESPONSE + ".json";

    private final List<Ppo.Epoch> epochs = new ArrayList<>();
    private final NDList theta;

    /**
     * How to respond.
     *
     * @param epochs that the player learns for
     * @param copies of the game that it plays at a time
     * @param repetitions pairs of plays that measure what it gains
     * @param seed decides all that is random
     * @param threads changes no number
     */
    public record Plan(int epochs, int copies, int repetitions, long seed, int threads) {

        /** The same on one thread, with another seed. */
        Plan alone(long other) {
            return new Plan(epochs, copies, repetitions, other, 1);
        }

        /** Checks the numbers. */
        public Plan {
            Range.check("--epochs", epochs, 0);
            Range.check("--copies", copies, 1);
            Range.check("--repetitions", repetitions, 2);
        }
    }

    private BestResponse(NDList theta) {
        this.theta = theta;
    }

    /**
     * Learns.
     *
     * @param game what the player plays
     * @param networks of this player
     * @param theta where it starts; modified
     * @param quiet whether progress is told by the caller
     */
    static BestResponse learn(
            Simulator game, ActorCritic networks, NDList theta, PpoOptions options, Plan plan, boolean quiet) {
        BestResponse response = new BestResponse(theta);
        Ppo ppo = new Ppo(
                game, networks, options, new Ppo.State(theta), Streams.seed(plan.seed(), "learning"), plan.threads());
        try (Steps progress = quiet ? (done, figures) -> {} : new Progress("learning to respond", 0, plan.epochs())) {
            for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
                Ppo.Epoch seen = ppo.epoch();
                response.epochs.add(seen);
                progress.step(epoch, String.format(Locale.ROOT, "reward %.4f", seen.meanReturn()));
            }
        }
        return response;
    }

    /** What the player has learned. */
    NDList theta() {
        return theta;
    }

    /** Leaves how learning went and what came of it, then a chart. */
    void save(RunFolder files, RespondResult result) throws IOException {
        if (!epochs.isEmpty()) {
            Csv.write(files.file(CURVE), epochs.stream().map(Json::fields).toList());
        }
        files.saveResult(RESULT, result);
        if (!epochs.isEmpty()) {
            Charts.attempt(() -> Charts.save(files.file(RunFolder.RESPONSE + ".png"), List.of(chart(result))));
        }
    }

    private Plot chart(RespondResult result) {
        return Charts.lines(
                        "%s: player %d learns to respond".formatted(result.game(), result.player()),
                        "epoch",
                        "mean reward",
                        List.of(curve(result.zone() > 0 ? "learning, both zones" : "learning", epochs)))
                .withLevels(List.of(
                        new Plot.Level("as the others", result.reward()),
                        new Plot.Level("in the end", result.reward() + result.exploitability())));
    }

    /** How learning went, as it was saved: epochs, then what the player earned. */
    public static Charts.Series curve(Path folder) throws IOException {
        List<Ppo.Epoch> epochs = new ArrayList<>();
        for (ObjectNode row : Csv.read(folder.resolve(CURVE))) {
            epochs.add(Json.read(row, Ppo.Epoch.class));
        }
        return curve("PPO, learning", epochs);
    }

    private static Charts.Series curve(String name, List<Ppo.Epoch> epochs) {
        return new Charts.Series(
                name,
                epochs.stream().mapToDouble(Ppo.Epoch::epoch).toArray(),
                epochs.stream().mapToDouble(Ppo.Epoch::meanReturn).toArray());
    }
}
