package mfg.eval.respond;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Arrays;
import mfg.core.InvalidInputException;
import mfg.core.Streams;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;
import mfg.envs.taxi.CityLayout;
import mfg.envs.taxi.OneTaxi;
import mfg.envs.taxi.Sent;
import mfg.envs.taxi.TaxiGame;
import mfg.envs.taxi.TaxiSimulator;
import mfg.envs.taxi.Traffic;
import mfg.eval.io.Progress;
import mfg.eval.io.Spread;
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.Learner;
import mfg.eval.run.RunFolder;
import mfg.nn.ActorCritic;
import mfg.nn.Devices;
import mfg.nn.Identity;
import mfg.train.ppo.Actor;
import mfg.train.ppo.Episodes;
import mfg.train.ppo.OneAmong;
import mfg.train.ppo.PpoOptions;

/**
 * One taxi against the population of a run. It learns in traffic that was watched and does not react to it, from what it did before as
 * one of all; it is sent to either zone in turn, for where it never goes it cannot learn to earn, and in the end to the one that pays
 * more. What that gains is measured among taxis who do react.
 */
public final class TaxiResponse {

    /** Plays that are watched; each copy of the taxi drives in one of them. */
    private static final int WATCHED = 32;

    /** Cities played in at a time. */
    private static final int CITIES = 4;

    /** Episodes that tell which zone pays more. */
    private static final int TRIALS = 10;

    private TaxiResponse() {}

    /** What is usual. */
    public static BestResponse.Plan plan(long seed, int threads) {
        return new BestResponse.Plan(50, 200, 200, seed, threads);
    }

    /**
     * Learns, and measures.
     *
     * @param files of a run of learn
     */
    public static RespondResult of(RunFolder files, LearnConfig config, int player, BestResponse.Plan plan)
            throws IOException {
        if (!(config.game() instanceof TaxiGame game)) {
            throw new InvalidInputException("%s is a run of %s: only taxis and bidders respond"
                    .formatted(files.path(), config.game().name()));
        }
        Learner.Networks learner = config.networks(files.path());
        try (NDManager manager = NDManager.newBaseManager(Devices.named(learner.device()))) {
            TaxiSimulator cities = new TaxiSimulator(game.city(config.seed()), CITIES);
            ActorCritic networks = learner.networks(cities);
            NDList theta = learner.learned(files.path(), networks, manager);
            OneAmong among = new OneAmong(cities, networks, theta, player);
            ActorCritic alone =
                    new ActorCritic(1, cities.features(), cities.actions(), learner.hidden(), Identity.NONE);
            CityLayout layout = cities.city().layout();

            Traffic traffic = watch(cities, networks, theta, player, Streams.seed(plan.seed(), "traffic"));
            OneTaxi taxi = new OneTaxi(traffic, plan.copies());
            long start = System.nanoTime();
            BestResponse response = BestResponse.learn(
                    new Sent(taxi, layout, copy -> 1 + (copy + copy / WATCHED) % 2), // plays of traffic take turns, too
                    alone,
                    networks.alone(theta, player),
                    options(learner, plan),
                    plan);
            double seconds = (System.nanoTime() - start) * 1e-9;
            int zone =
                    better(taxi, layout, new Actor(taxi, alone, response.theta()), Streams.seed(plan.seed(), "zones"));
            double[][] rewards = rewards(
                    new Sent(among, layout, copy -> zone),
                    new Actor(among, alone, response.theta()),
                    among,
                    new Actor(among, alone, networks.alone(theta, player)),
                    Streams.seed(plan.seed(), "measurement"),
                    plan.repetitions());
            RespondResult result = result(game, files, player, zone, plan, rewards, seconds);
            response.save(files, result);
            return result;
        }
    }

    /** Those that the taxis learned by, but for the entropy: a best response need not explore for ever. */
    private static PpoOptions options(Learner.Networks learner, BestResponse.Plan plan) {
        PpoOptions usual = learner.options(plan.epochs(), plan.copies()).withEntropy(0);
        return usual.withMinibatch(
                PpoOptions.paper(plan.epochs(), plan.copies()).minibatch());
    }

    private static Traffic watch(TaxiSimulator cities, ActorCritic networks, NDList theta, int player, long seed) {
        Traffic traffic = new Traffic(cities.city(), player, WATCHED);
        Actor actor = new Actor(cities, networks, theta);
        try (Progress progress = Progress.patient("watching traffic", WATCHED)) {
            for (int first = 0; first < WATCHED; first += CITIES) {
                int from = first;
                Episodes.play(cities, actor, Draws.at(seed, first), () -> {
                    if (cities.round() < cities.rounds()) {
                        traffic.record(cities, from);
                    }
                });
                progress.step(first + CITIES, "plays");
            }
        }
        return traffic;
    }

    /** The zone in which the taxi earns more, 1 or 2. */
    private static int better(OneTaxi taxi, CityLayout layout, Actor actor, long seed) {
        double[] sums = new double[3];
        for (int zone = 1; zone <= 2; zone++) {
            int to = zone;
            for (int k = 0; k < TRIALS; k++) {
                double[] returns =
                        Episodes.play(new Sent(taxi, layout, copy -> to), actor, Draws.at(seed, k), () -> {});
                sums[zone] += Arrays.stream(returns).sum();
            }
        }
        return sums[1] >= sums[2] ? 1 : 2;
    }

    /** What the player earns by what it learned, and by what it did before, in pairs of plays with the same draws. */
    private static double[][] rewards(
            Simulator sent, Actor learned, Simulator free, Actor before, long seed, int repetitions) {
        double[][] rewards = new double[2][repetitions];
        try (Progress progress = Progress.patient("measuring", repetitions)) {
            for (int done = 0; done < repetitions; done += CITIES) {
                int count = Math.min(CITIES, repetitions - done);
                long own = Draws.at(seed, done);
                System.arraycopy(Episodes.play(sent, learned, own, () -> {}), 0, rewards[0], done, count);
                System.arraycopy(Episodes.play(free, before, own, () -> {}), 0, rewards[1], done, count);
                progress.step(done + count, "pairs of plays");
            }
        }
        return rewards;
    }

    private static RespondResult result(
            TaxiGame game,
            RunFolder files,
            int player,
            int zone,
            BestResponse.Plan plan,
            double[][] rewards,
            double seconds) {
        double[] gains = new double[plan.repetitions()];
        Arrays.setAll(gains, k -> rewards[0][k] - rewards[1][k]);
        Spread gain = Spread.of(gains);
        return new RespondResult(
                game.name(),
                game.players(),
                player,
                zone,
                plan.epochs(),
                plan.repetitions(),
                Spread.of(rewards[1]).mean(),
                gain.mean(),
                gain.deviation() / Math.sqrt(gains.length),
                Double.NaN,
                Double.NaN,
                seconds,
                files.path().toString());
    }
}
