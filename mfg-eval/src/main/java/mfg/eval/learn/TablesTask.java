package mfg.eval.learn;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.GameShape;
import mfg.core.ParameterSpec;
import mfg.core.Streams;
import mfg.core.Tensors;
import mfg.envs.symmetry.Plays;
import mfg.envs.symmetry.Policies;
import mfg.envs.symmetry.Trajectory;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Text;
import mfg.eval.run.Context;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import mfg.eval.run.Saved;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import mfg.nn.Snapshot;
import mfg.train.symmetry.PolicyMirrorDescent;
import org.jspecify.annotations.Nullable;

/** Learning tables, and how much a player could gain by leaving them. */
final class TablesTask extends LearnerTask {

    /** Plays that the picture of the population averages over. */
    private static final String SHARE = "share of players";

    private static final int PLAYS = 16;

    private final Seated game;

    /** What is looked at along learning: of the averaged policy, and of the last. */
    private final String figure;

    private final String lastFigure;
    private final GameShape size;
    private final boolean shared;
    private final PolicyMirrorDescent.Options options;
    private final int evaluateEvery;
    private final Learner.Measuring measuring;
    private final Context context;
    private @Nullable PolicyMirrorDescent learner;
    private List<Charts.Series> population = List.of();

    /**
     * Prepares a run.
     *
     * @param shared whether all share one table
     */
    TablesTask(
            LearnConfig config,
            boolean shared,
            PolicyMirrorDescent.Options options,
            int evaluateEvery,
            Learner.Measuring measuring,
            Context context) {
        super(config);
        this.game = Seated.of(config);
        this.figure = game.quickFigure();
        this.lastFigure = "last" + Character.toUpperCase(figure.charAt(0)) + figure.substring(1);
        this.size = game.plays().shape();
        this.shared = shared;
        this.options = options;
        this.evaluateEvery = evaluateEvery;
        this.measuring = measuring;
        this.context = context;
    }

    @Override
    public void prepare() {
        learner = learner(PolicyMirrorDescent.State.start(size, tables()));
    }

    private PolicyMirrorDescent learner(PolicyMirrorDescent.State state) {
        return new PolicyMirrorDescent(
                game::plays, options, Streams.seed(config.seed(), "learning"), state, context.threads());
    }

    private PolicyMirrorDescent.State state() {
        return learning().state();
    }

    private PolicyMirrorDescent learning() {
        return Objects.requireNonNull(learner, "neither prepared nor loaded");
    }

    @Override
    int players() {
        return game.players();
    }

    @Override
    void epoch() {
        learning().epoch();
    }

    @Override
    public boolean hasRow(int k) {
        return k == config.epochs() || k % evaluateEvery == 0;
    }

    /** A quick look, mean over players, at the averaged and the last policy. */
    @Override
    ObjectNode seen(int epochs) {
        ObjectNode row = Json.object().put("epoch", epochs);
        Json.put(row, figure, game.quick(state().average(), measuring, context));
        Json.put(row, lastFigure, game.quick(state().last(), measuring, context));
        return row;
    }

    @Override
    public String figures(List<ObjectNode> rows) {
        return String.format(
                Locale.ROOT,
                "%s %.4f, of the last %.4f",
                Text.words(figure),
                Metrics.last(rows, figure),
                Metrics.last(rows, lastFigure));
    }

    // ---- the state ----

    @Override
    NDList state(NDManager scratch) {
        return new NDList(
                Saved.numbers("last", state().last().probabilities(), shape(), scratch),
                Saved.numbers("sum", state().sum(), shape(), scratch),
                Saved.numbers("values", state().values(), shape(), scratch));
    }

    @Override
    List<ParameterSpec> specs() {
        return Stream.of("last", "sum", "values")
                .map(name -> new ParameterSpec(name, shape(), 0))
                .toList();
    }

    /** (tables, H, S, A). */
    private Shape shape() {
        return new Shape(tables()).addAll(size.policy());
    }

    private int tables() {
        return shared ? 1 : game.players();
    }

    @Override
    void load(NDList state, int epochs) {
        Policies last = new Policies(size, tables(), Tensors.toDoubles(state.get(0)));
        learner = learner(new PolicyMirrorDescent.State(
                epochs, last, Tensors.toDoubles(state.get(1)), Tensors.toDoubles(state.get(2))));
    }

    // ---- the end ----

    @Override
    Map<String, @Nullable Object> learned(RunFolder files, List<ObjectNode> rows, double seconds) throws IOException {
        Policies average = state().average();
        savePolicies(files, "average", average);
        savePolicies(files, "last", state().last());
        population = shares(average);
        Csv.write(files.file("population.csv"), table(population));
        return measured(average, seconds);
    }

    private void savePolicies(RunFolder files, String name, Policies policies) throws IOException {
        try (NDManager scratch = NDManager.newBaseManager(Device.cpu())) {
            Snapshot.save(
                    files.file(name + ".npz"),
                    new NDList(Saved.numbers("policy", policies.probabilities(), shape(), scratch)));
        }
    }

    private Map<String, @Nullable Object> measured(Policies average, double seconds) {
        Map<String, @Nullable Object> learned =
                game.measured(average, state().last(), options.tau(), measuring, context);
        double steps = (double) state().epoch() * options.trajectories() * game.players() * size.rounds();
        learned.put("secondsLearning", seconds);
        learned.put("playerStepsPerSecond", steps / seconds);
        return learned;
    }

    /** How many are in each state, round by round, on average over plays. */
    private List<Charts.Series> shares(Policies policies) {
        int states = size.states();
        int horizon = size.rounds();
        double[][] shares = new double[states][horizon];
        Plays simulation = game.plays();
        Trajectory play = Trajectory.empty(horizon, game.players());
        int[][] counts = new int[states][horizon];
        for (int k = 0; k < PLAYS; k++) {
            simulation.play(Streams.seed(config.seed(), "picture", k), policies, play);
            for (int at = 0; at < play.pairs().length; at++) {
                counts[play.pairs()[at] / size.actions()][at / game.players()]++;
            }
        }
        double[] rounds = IntStream.rangeClosed(1, horizon).asDoubleStream().toArray();
        List<Charts.Series> series = new ArrayList<>();
        List<String> names = game.stateNames();
        for (int s = 0; s < states; s++) {
            for (int h = 0; h < horizon; h++) {
                shares[s][h] = (double) counts[s][h] / game.players() / PLAYS;
            }
            series.add(new Charts.Series(names.isEmpty() ? String.valueOf(s) : names.get(s), rounds, shares[s]));
        }
        return series;
    }

    private static List<ObjectNode> table(List<Charts.Series> states) {
        List<ObjectNode> rows = new ArrayList<>();
        for (int h = 0; h < states.get(0).x().length; h++) {
            ObjectNode row = Json.object().put("round", h + 1);
            for (Charts.Series state : states) {
                row.put(state.name(), state.y()[h]);
            }
            rows.add(row);
        }
        return rows;
    }

    @Override
    public void draw(RunFolder files, LearnResult result) throws IOException {
        Charts.save(
                files.file(figure + ".png"),
                List.of(Charts.lines(
                        "%s by %s".formatted(result.game(), result.algorithm()),
                        "epoch",
                        Text.words(figure) + ", mean over players",
                        List.of(
                                Metrics.series("averaged policy", files.path(), figure),
                                Metrics.series("last policy", files.path(), lastFigure)))));
        Charts.save(files.file("population.png"), List.of(crowd(result.game())));
    }

    /** Lines of a few states, colours of many. */
    private Plot crowd(String game) {
        String title = "%s, everybody plays the averaged policy".formatted(game);
        if (population.size() <= Charts.MOST_BANDS) {
            return Charts.lines(title, "round", SHARE, population);
        }
        double[][] byRound = new double[size.rounds()][population.size()];
        for (int h = 0; h < byRound.length; h++) {
            int round = h;
            Arrays.setAll(byRound[h], s -> population.get(s).y()[round]);
        }
        Plot.Cells cells = new Plot.Cells(
                title,
                "state",
                "round",
                population.stream().map(Charts.Series::name).toList(),
                IntStream.rangeClosed(1, byRound.length)
                        .mapToObj(String::valueOf)
                        .toList(),
                byRound,
                SHARE,
                0,
                1);
        return cells.between(0, cells.most());
    }

    @Override
    public void close() {
        game.close();
    }
}
