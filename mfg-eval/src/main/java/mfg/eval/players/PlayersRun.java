package mfg.eval.players;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mfg.core.Constants;
import mfg.core.DivergedException;
import mfg.core.MeanFieldGame;
import mfg.core.Parallel;
import mfg.core.ParameterSpec;
import mfg.core.Round;
import mfg.core.Scenarios;
import mfg.core.Tensors;
import mfg.core.catalogue.DesignableGame;
import mfg.envs.players.Actions;
import mfg.envs.players.NPlayerEvaluation;
import mfg.envs.players.NPlayerEvaluation.Prediction;
import mfg.envs.players.NPlayerGame;
import mfg.envs.players.PlayedGame;
import mfg.eval.config.Tree;
import mfg.eval.design.DesignConfig;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Steps;
import mfg.eval.run.RunFolder;
import mfg.nn.Snapshot;
import mfg.train.DesignProblem;
import mfg.train.Evaluation;

/**
 * Holds the final design of a run of {@code design} against finitely many players: finds what the mean field's population learns
 * under it, in double precision, and lets N players follow that.
 *
 * @param <R> the games' kind of round
 */
public final class PlayersRun<R extends Round> {

    private final DesignConfig config;
    private final DesignableGame<R> game;
    private final Scenarios<R> scenarios;
    private final NDManager manager;
    private final NPlayerEvaluation.Plan plan;

    private PlayersRun(
            DesignConfig config,
            DesignableGame<R> game,
            Constants constants,
            NDManager manager,
            NPlayerEvaluation.Plan plan) {
        this.config = config;
        this.game = game;
        this.scenarios = game.scenarios(constants, config.seed());
        this.manager = manager;
        this.plan = plan;
    }

    /**
     * Evaluates a run, and leaves {@code players.json} and {@code players.csv} in it.
     *
     * @param players the numbers of players
     * @param steps of the inner iteration
     * @param played told how many of all plays are done, and among how many players
     */
    public static PlayersResult evaluate(
            RunFolder files,
            DesignConfig config,
            List<Integer> players,
            int steps,
            NPlayerEvaluation.Plan plan,
            Steps played)
            throws IOException {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            return new PlayersRun<>(config, config.game(), constants, manager, plan)
                    .evaluate(files, players, steps, played);
        }
    }

    /**
     * What to do with a game of N players.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Work<T> {

        /** Is given the game and what its population has learned. */
        T on(NPlayerGame game, Actions policy) throws IOException;
    }

    /**
     * Lets N players follow what the population learned in a run's first validation game.
     *
     * @param steps of the inner iteration
     * @throws DivergedException if it comes to nothing
     */
    public static <T> T among(RunFolder files, DesignConfig config, int players, int steps, Work<T> work)
            throws IOException {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            NPlayerEvaluation.Plan plan = new NPlayerEvaluation.Plan(1, config.seed(), 1);
            return new PlayersRun<>(config, config.game(), constants, manager, plan).among(files, players, steps, work);
        }
    }

    private <T> T among(RunFolder files, int players, int steps, Work<T> work) throws IOException {
        MeanFieldGame<R> field = scenarios.validation().get(0);
        NDList theta = theta(files);
        NPlayerGame seated = seat(field, theta, players);
        Learned learned = learn(field, theta, steps);
        if (!Double.isFinite(learned.evaluation().objective())) {
            throw new DivergedException("after %d steps the objective is not a number".formatted(steps));
        }
        return work.on(seated, learned.policy());
    }

    /** What the population of one validation game has learned, and what that is worth. */
    private record Learned(Actions policy, Evaluation evaluation) {}

    private PlayersResult evaluate(RunFolder files, List<Integer> players, int steps, Steps played) throws IOException {
        NDList theta = theta(files);
        List<Learned> learned = Parallel.map(scenarios.validation(), plan.threads(), game -> learn(game, theta, steps));
        List<NPlayerEvaluation> rows = new ArrayList<>();
        AtomicInteger done = new AtomicInteger();
        for (int count : players) {
            rows.add(NPlayerEvaluation.of(
                    predictions(learned, theta, count),
                    plan,
                    more -> played.step(done.addAndGet(more), "N = " + count)));
        }
        Evaluation mean =
                Evaluation.mean(learned.stream().map(Learned::evaluation).toList());
        PlayersResult result = new PlayersResult(
                game.name(),
                Tree.flat(config).get("mechanism"),
                steps,
                plan.repetitions(),
                plan.seed(),
                mean.objective(),
                mean.exploitability(),
                rows,
                PlayersResult.law(rows).slope(),
                files.path().toString());
        List<ObjectNode> table = rows.stream().map(Json::fields).toList();
        Csv.write(files.file(RunFolder.PLAYERS + ".csv"), table);
        result.save(files);
        return result;
    }

    private Learned learn(MeanFieldGame<R> game, NDList theta, int steps) {
        DesignProblem<R> problem = new DesignProblem<>(game, scenarios.objective(), config.solver(), steps);
        List<Actions> policy = new ArrayList<>();
        List<Evaluation> evaluations = Evaluation.along(
                problem,
                config.step(),
                theta,
                List.of(steps),
                manager,
                DataType.FLOAT64,
                (evaluation, flow) -> policy.add(Actions.tabular(
                        game.shape(), Tensors.toDoubles(flow.policy().probabilities()))));
        return new Learned(policy.get(0), evaluations.get(0));
    }

    private List<Prediction> predictions(List<Learned> learned, NDList theta, int count) {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < learned.size(); i++) {
            predictions.add(new Prediction(
                    seat(scenarios.validation().get(i), theta, count),
                    learned.get(i).policy(),
                    learned.get(i).evaluation().objective()));
        }
        return predictions;
    }

    /** The design that validated best. */
    private NDList theta(RunFolder files) throws IOException {
        List<ParameterSpec> specs = scenarios.validation().get(0).parameters();
        return specs.isEmpty() ? new NDList() : Snapshot.load(files.file("best.npz"), specs, manager, DataType.FLOAT64);
    }

    private NPlayerGame seat(MeanFieldGame<R> one, NDList theta, int players) {
        return PlayedGame.seat(game, one, scenarios.objective(), theta, players, manager);
    }
}
