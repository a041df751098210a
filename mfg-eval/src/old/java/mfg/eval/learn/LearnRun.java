package mfg.eval.learn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import mfg.core.Streams;
import mfg.core.symmetry.AnonymousGame;
import mfg.core.symmetry.Asymmetry;
import mfg.core.symmetry.InducedGame;
import mfg.envs.symmetry.CrowdExploitability;
import mfg.envs.symmetry.CrowdSimulation;
import mfg.envs.symmetry.Policies;
import mfg.envs.symmetry.Trajectory;
import mfg.eval.io.Charts;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Progress;
import mfg.eval.io.Provenance;
import mfg.eval.io.RunFolder;
import mfg.eval.io.Yaml;
import mfg.train.symmetry.PolicyMirrorDescent;

/** One run of {@code learn}: reads downward from the start or the last checkpoint, through learning, to the final report. */
public final class LearnRun {

    /** Nobody should lose more time than this. */
    private static final long UNSAVED_NANOS = 10_000_000_000L;

    /** Where configurations are sampled if the asymmetry cannot be had exactly. */
    private static final int CONFIGURATIONS = 1000;

    /** Plays that the picture of the population averages over. */
    private static final int PLAYS = 16;

    private final LearnConfig config;
    private final AnonymousGame game;
    private final int threads;

    /**
     * A quick look at the exploitability: plain, mean over players, of the averaged and the last policy.
     *
     * @param seconds spent playing and learning
     */
    record Look(int epoch, double exploitability, double lastExploitability, double seconds) {}

    private LearnRun(LearnConfig config, int threads) {
        this.config = config;
        this.game = config.build();
        this.threads = threads;
        config.options(); // bad options leave nothing behind
        config.measurement(threads);
    }

    /** Starts a run in a folder, new or empty. */
    public static LearnResult start(LearnConfig config, Path out, int threads) throws IOException {
        LearnRun run = new LearnRun(config, threads);
        PolicyMirrorDescent.State start = PolicyMirrorDescent.State.start(run.game, config.isShared());
        try (RunFolder folder = RunFolder.create(out, Provenance.header() + Yaml.text(config))) {
            return run.finish(new LearnFiles(folder), new LearnFiles.Seen(start, 0, List.of()));
        }
    }

    /** Goes on with a run, to the same numbers as without interruption. */
    public static LearnResult resume(Path directory, int threads) throws IOException {
        try (RunFolder folder = RunFolder.open(directory)) {
            LearnConfig config = LearnFiles.config(folder);
            LearnRun run = new LearnRun(config, threads);
            LearnFiles files = new LearnFiles(folder);
            LearnFiles.Seen seen = files.load(run.game, config.isShared());
            PolicyMirrorDescent.State start = PolicyMirrorDescent.State.start(run.game, config.isShared());
            return run.finish(files, seen != null ? seen : new LearnFiles.Seen(start, 0, List.of()));
        }
    }

    /**
     * Has a run in a folder: reads its result, goes on with it, or starts it.
     *
     * @throws InvalidInputException if another run is there
     */
    public static LearnResult at(Path folder, LearnConfig config, int threads) throws IOException {
        return RunFolder.at(
                folder,
                config,
                LearnFiles.RESULT,
                LearnResult.class,
                () -> start(config, folder, threads),
                () -> resume(folder, threads));
    }

    /** How learning went: epochs, then the exploitability of the averaged policy. */
    public static Charts.Series curve(String name, Path folder) throws IOException {
        try (RunFolder open = RunFolder.open(folder)) {
            return line(name, new LearnFiles(open).rows(Integer.MAX_VALUE), Look::exploitability);
        }
    }

    private LearnResult finish(LearnFiles files, LearnFiles.Seen before) throws IOException {
        LearnFiles.Seen after = learn(files, before);
        files.savePolicies("average", after.state().average());
        files.savePolicies("last", after.state().last());
        LearnResult result = report(files, after);
        files.save(result);
        Charts.attempt(() -> draw(files, after));
        return result;
    }

    private LearnFiles.Seen learn(LearnFiles files, LearnFiles.Seen before) throws IOException {
        PolicyMirrorDescent learner = new PolicyMirrorDescent(
                game, config.options(), Streams.seed(config.seed(), "learning"), before.state(), threads);
        List<ObjectNode> rows = new ArrayList<>(before.rows());
        double seconds = before.seconds();
        Look look = rows.isEmpty() ? look(learner, seconds, rows) : Json.read(rows.get(rows.size() - 1), Look.class);
        LearnFiles.Seen seen = new LearnFiles.Seen(learner.state(), seconds, rows);
        long saved = System.nanoTime();
        try (Progress progress = new Progress(config.game(), learner.state().epoch(), config.epochs())) {
            while (learner.state().epoch() < config.epochs()) {
                long start = System.nanoTime();
                learner.epoch();
                seconds += (System.nanoTime() - start) * 1e-9;
                int epoch = learner.state().epoch();
                boolean last = epoch == config.epochs();
                if (last || epoch % config.evaluateEvery() == 0) {
                    look = look(learner, seconds, rows);
                }
                seen = new LearnFiles.Seen(learner.state(), seconds, rows);
                if (last || System.nanoTime() - saved > UNSAVED_NANOS) {
                    files.save(seen);
                    saved = System.nanoTime();
                }
                progress.step(
                        epoch,
                        String.format(
                                Locale.ROOT,
                                "exploitability %.4f, of the last %.4f",
                                look.exploitability(),
                                look.lastExploitability()));
            }
        }
        files.save(seen);
        return seen;
    }

    private Look look(PolicyMirrorDescent learner, double seconds, List<ObjectNode> rows) {
        PolicyMirrorDescent.State state = learner.state();
        Look look = new Look(state.epoch(), quick(state.average()), quick(state.last()), seconds);
        rows.add(Json.fields(look));
        return look;
    }

    private double quick(Policies policies) {
        return CrowdExploitability.quick(game, policies, 0, config.measurement(threads));
    }

    private LearnResult report(LearnFiles files, LearnFiles.Seen seen) {
        Policies average = seen.state().average();
        CrowdExploitability plain = measure("averaged policy", average, 0);
        CrowdExploitability last = measure("last policy", seen.state().last(), 0);
        CrowdExploitability regularized = measure("with entropy", average, config.tau());
        Asymmetry asymmetry =
                Asymmetry.of(game, InducedGame.of(game), CONFIGURATIONS, Streams.seed(config.seed(), "asymmetry"));
        double steps = (double) seen.state().epoch() * config.tdEpochs() * game.players() * config.horizon();
        return new LearnResult(
                config.game(),
                config.algorithm(),
                config.players(),
                seen.state().epoch(),
                plain.mean(),
                last.mean(),
                plain.max(),
                plain.standardError(),
                plain.maxStandardError(),
                regularized.mean(),
                asymmetry.alpha(),
                asymmetry.beta(),
                asymmetry.statement(),
                seen.seconds(),
                steps / seen.seconds(),
                files.file("").toString());
    }

    private CrowdExploitability measure(String what, Policies policies, double tau) {
        try (Progress progress = Progress.barOnly(what, config.repetitions())) {
            return CrowdExploitability.of(
                    game,
                    policies,
                    tau,
                    config.measurement(threads),
                    done -> progress.step(done, "plays against its best deviations"));
        }
    }

    private void draw(LearnFiles files, LearnFiles.Seen seen) throws IOException {
        Charts.save(
                files.file("exploitability.png"),
                List.of(Charts.lines(
                        "%s by %s".formatted(config.game(), config.algorithm()),
                        "epoch",
                        "mean exploitability",
                        List.of(
                                line("averaged policy", seen.rows(), Look::exploitability),
                                line("last policy", seen.rows(), Look::lastExploitability)))));
        List<ObjectNode> population = new ArrayList<>();
        List<Charts.Series> shares = shares(seen.state().average(), population);
        Csv.write(files.file("population.csv"), population);
        Charts.save(
                files.file("population.png"),
                List.of(Charts.lines(
                        "%s, everybody plays the averaged policy".formatted(config.game()),
                        "round",
                        "share of players",
                        shares)));
    }

    private static Charts.Series line(String name, List<ObjectNode> rows, ToDoubleFunction<Look> figure)
            throws IOException {
        double[] x = new double[rows.size()];
        double[] y = new double[rows.size()];
        for (int k = 0; k < x.length; k++) {
            Look look = Json.read(rows.get(k), Look.class);
            x[k] = look.epoch();
            y[k] = figure.applyAsDouble(look);
        }
        return new Charts.Series(name, x, y);
    }

    /** How many are in each state, round by round, on average over plays. */
    private List<Charts.Series> shares(Policies policies, List<ObjectNode> table) {
        List<String> names = CrowdSetting.named(config.game()).states();
        int[][] counts = new int[names.size()][config.horizon()];
        CrowdSimulation simulation = new CrowdSimulation(game);
        Trajectory play = Trajectory.empty(config.horizon(), game.players());
        for (int k = 0; k < PLAYS; k++) {
            simulation.play(Streams.seed(config.seed(), "picture", k), policies, play);
            for (int at = 0; at < play.pairs().length; at++) {
                counts[play.pairs()[at] / game.shape().actions()][at / game.players()]++;
            }
        }
        double[] rounds =
                IntStream.rangeClosed(1, config.horizon()).asDoubleStream().toArray();
        List<Charts.Series> series = new ArrayList<>();
        for (int s = 0; s < counts.length; s++) {
            double[] shares = Arrays.stream(counts[s])
                    .mapToDouble(count -> (double) count / game.players() / PLAYS)
                    .toArray();
            series.add(new Charts.Series(names.get(s), rounds, shares));
        }
        for (int h = 0; h < rounds.length; h++) {
            ObjectNode row = Json.object().put("round", h + 1);
            for (Charts.Series state : series) {
                row.put(state.name(), state.y()[h]);
            }
            table.add(row);
        }
        return series;
    }
}
