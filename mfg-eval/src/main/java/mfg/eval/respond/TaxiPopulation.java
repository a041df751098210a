package mfg.eval.respond;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.Networks;
import mfg.eval.run.RunFolder;
import mfg.nn.ActorCritic;
import mfg.nn.Devices;
import mfg.train.ppo.Actor;
import mfg.train.ppo.Episodes;
import mfg.train.ppo.PpoOptions;

/**
 * Taxis. One learns in traffic that was watched and does not react to it, from what it did before as one of all; it is sent to either
 * zone in turn, for where it never goes it cannot learn to earn, and in the end to the one that pays more.
 */
final class TaxiPopulation extends Population {

    /** Plays that are watched; each copy of the taxi drives in one of them. */
    private static final int WATCHED = 32;

    /** Cities played in at a time. */
    private static final int CITIES = 4;

    /** Episodes that tell which zone pays more. */
    private static final int TRIALS = 10;

    private final TaxiGame game;
    private final long who;
    private final long seed;
    private final Networks learner;
    private final NDManager manager;
    private final ActorCritic networks;
    private final NDList theta;
    private final Map<Integer, Traffic> traffic = new HashMap<>();

    TaxiPopulation(RunFolder files, LearnConfig config, TaxiGame game, long seed) throws IOException {
        this.game = game;
        this.who = config.seed();
        this.seed = seed;
        this.learner = config.networks(files.path());
        this.manager = NDManager.newBaseManager(Devices.named(learner.device()));
        try {
            this.networks = learner.networks(seat());
            this.theta = learner.learned(files.path(), networks, manager);
        } catch (RuntimeException | Error | IOException e) {
            manager.close();
            throw e;
        }
    }

    @Override
    int players() {
        return game.players();
    }

    @Override
    TaxiSimulator seat() {
        return new TaxiSimulator(game.city(who), CITIES);
    }

    @Override
    Episodes.Policy policy(Simulator seated) {
        return new Actor(seated, networks, theta);
    }

    @Override
    void watch(List<Integer> players) {
        TaxiSimulator cities = seat();
        Episodes.Policy actor = policy(cities);
        players.forEach(player -> traffic.put(player, new Traffic(cities.city(), player, WATCHED)));
        long own = Streams.seed(seed, "traffic");
        try (Progress progress = Progress.patient("watching traffic", WATCHED)) {
            for (int first = 0; first < WATCHED; first += CITIES) {
                int from = first;
                Episodes.play(cities, actor, Draws.at(own, first), () -> {
                    if (cities.round() < cities.rounds()) {
                        traffic.values().forEach(one -> one.record(cities, from));
                    }
                });
                progress.step(first + CITIES, "plays");
            }
        }
    }

    @Override
    Answer answer(int player, BestResponse.Plan plan, boolean quiet) {
        OneTaxi taxi = new OneTaxi(Objects.requireNonNull(traffic.get(player), "not watched"), plan.copies());
        CityLayout layout = taxi.city().layout();
        ActorCritic alone = learner.alone(taxi);
        long start = System.nanoTime();
        BestResponse learning = BestResponse.learn(
                new Sent(taxi, layout, copy -> 1 + (copy + copy / WATCHED) % 2), // plays of traffic take turns, too
                alone,
                networks.alone(theta, player),
                options(plan),
                plan,
                quiet);
        double seconds = (System.nanoTime() - start) * 1e-9;
        NDList learned = learning.theta();
        int zone = better(taxi, layout, new Actor(taxi, alone, learned), Streams.seed(plan.seed(), "zones"));
        return new Answer(
                learning,
                zone,
                seconds,
                (among, own) -> Episodes.play(
                        new Sent(among, layout, copy -> zone), new Actor(among, alone, learned), own, () -> {}));
    }

    /** Those that the taxis learned by, but for the entropy: a best response need not explore for ever. */
    private PpoOptions options(BestResponse.Plan plan) {
        PpoOptions usual = learner.options(plan.epochs(), plan.copies()).withEntropy(0);
        return usual.withMinibatch(
                PpoOptions.paper(plan.epochs(), plan.copies()).minibatch());
    }

    /** The zone in which the taxi earns more, 1 or 2. */
    private static int better(OneTaxi taxi, CityLayout layout, Actor actor, long own) {
        double[] sums = new double[3];
        for (int zone = 1; zone <= 2; zone++) {
            int to = zone;
            for (int k = 0; k < TRIALS; k++) {
                double[] returns = Episodes.play(new Sent(taxi, layout, copy -> to), actor, Draws.at(own, k), () -> {});
                sums[zone] += Arrays.stream(returns).sum();
            }
        }
        return sums[1] >= sums[2] ? 1 : 2;
    }

    @Override
    public void close() {
        manager.close();
    }
}
