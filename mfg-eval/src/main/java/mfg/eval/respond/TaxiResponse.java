package mfg.eval.respond;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import mfg.envs.players.Draws;
import mfg.envs.taxi.OneTaxi;
import mfg.envs.taxi.TaxiSimulator;
import mfg.envs.taxi.Traffic;
import mfg.eval.io.Devices;
import mfg.eval.io.Progress;
import mfg.eval.io.Spread;
import mfg.eval.taxi.TaxiConfig;
import mfg.eval.taxi.TaxiRun;
import mfg.nn.ActorCritic;
import mfg.nn.Identity;
import mfg.train.ppo.Episodes;
import mfg.train.ppo.OneAmong;
import mfg.train.ppo.PpoOptions;

/**
 * One taxi against the population of a run: it learns in traffic that was watched and does not react to it, from what it did before as
 * one of all, and is measured among taxis who do react.
 */
final class TaxiResponse {

    /** Plays that are watched; each copy of the taxi drives in one of them. */
    private static final int WATCHED = 32;

    /** Cities played in at a time. */
    private static final int CITIES = 4;

    private TaxiResponse() {}

    /** What is usual. */
    static BestResponse.Plan plan(long seed, int threads) {
        return new BestResponse.Plan(50, 200, 200, seed, threads);
    }

    static RespondResult of(Path run, int player, BestResponse.Plan plan) throws IOException {
        TaxiConfig config = TaxiRun.config(run);
        try (NDManager manager = NDManager.newBaseManager(Devices.named(config.device()))) {
            TaxiSimulator cities = new TaxiSimulator(config.city(), CITIES);
            ActorCritic networks = config.networks(cities);
            NDList theta = TaxiRun.networks(run, networks, manager);
            OneAmong among = new OneAmong(cities, networks, theta, player);
            ActorCritic alone = new ActorCritic(1, cities.features(), cities.actions(), config.hidden(), Identity.NONE);

            Traffic traffic = watch(cities, networks, theta, player, Draws.at(plan.seed(), 0));
            long start = System.nanoTime();
            BestResponse response = BestResponse.learn(
                    new OneTaxi(traffic, plan.copies()),
                    alone,
                    networks.alone(theta, player),
                    options(config.ppo(), plan),
                    plan);
            double seconds = (System.nanoTime() - start) * 1e-9;
            double[][] rewards = rewards(
                    among, alone, response.theta(), networks.alone(theta, player), Draws.at(plan.seed(), 1), plan);
            RespondResult result = result(config, run, player, plan, rewards, seconds);
            response.save(run, result);
            return result;
        }
    }

    /** Those that the taxis learned by, but for the entropy: a best response need not explore for ever. */
    private static PpoOptions options(PpoOptions usual, BestResponse.Plan plan) {
        return new PpoOptions(
                plan.epochs(),
                usual.learningRate(),
                usual.gamma(),
                usual.lambda(),
                0,
                usual.valueLoss(),
                usual.gradientNorm(),
                usual.clip(),
                usual.clipValues(),
                usual.passes(),
                PpoOptions.paper(plan.epochs(), plan.copies()).minibatch());
    }

    private static Traffic watch(TaxiSimulator cities, ActorCritic networks, NDList theta, int player, long seed) {
        Traffic traffic = new Traffic(cities.city(), player, WATCHED);
        try (Progress progress = Progress.barOnly("watching traffic", WATCHED)) {
            for (int first = 0; first < WATCHED; first += CITIES) {
                int from = first;
                Episodes.play(cities, networks, theta, Draws.at(seed, first), () -> {
                    if (cities.round() < cities.rounds()) {
                        traffic.record(cities, from);
                    }
                });
                progress.step(first + CITIES, "plays");
            }
        }
        return traffic;
    }

    /** What the player earns by what it learned, and by what it did before, in pairs of plays with the same draws. */
    private static double[][] rewards(
            OneAmong among, ActorCritic alone, NDList learned, NDList before, long seed, BestResponse.Plan plan) {
        double[][] rewards = new double[2][plan.repetitions()];
        try (Progress progress = Progress.barOnly("measuring", plan.repetitions())) {
            for (int done = 0; done < plan.repetitions(); done += CITIES) {
                int count = Math.min(CITIES, plan.repetitions() - done);
                long own = Draws.at(seed, done);
                double[] better = Episodes.play(among, alone, learned, own, () -> {});
                double[] usual = Episodes.play(among, alone, before, own, () -> {});
                System.arraycopy(better, 0, rewards[0], done, count);
                System.arraycopy(usual, 0, rewards[1], done, count);
                progress.step(done + count, "pairs of plays");
            }
        }
        return rewards;
    }

    private static RespondResult result(
            TaxiConfig config, Path run, int player, BestResponse.Plan plan, double[][] rewards, double seconds) {
        double[] gains = new double[plan.repetitions()];
        Arrays.setAll(gains, k -> rewards[0][k] - rewards[1][k]);
        Spread gain = Spread.of(gains);
        return new RespondResult(
                config.game(),
                config.players(),
                player,
                plan.epochs(),
                plan.repetitions(),
                Spread.of(rewards[1]).mean(),
                gain.mean(),
                gain.deviation() / Math.sqrt(gains.length),
                Double.NaN,
                Double.NaN,
                seconds,
                run.toString());
    }
}
