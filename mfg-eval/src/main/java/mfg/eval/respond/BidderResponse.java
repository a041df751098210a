package mfg.eval.respond;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.core.Streams;
import mfg.envs.auction.AuctionGame;
import mfg.envs.players.Actions;
import mfg.envs.players.Draws;
import mfg.envs.players.NPlayerAuction;
import mfg.envs.players.NPlayerEvaluation;
import mfg.envs.players.NPlayerEvaluation.Deviation;
import mfg.envs.players.NPlayerGame;
import mfg.envs.players.OneBidder;
import mfg.eval.design.DesignConfig;
import mfg.eval.learn.NetworkTables;
import mfg.eval.players.PlayersRun;
import mfg.eval.run.RunFolder;
import mfg.nn.ActorCritic;
import mfg.nn.Identity;
import mfg.train.ppo.PpoOptions;

/** One bidder against N - 1 who play what the mean field's population learned under the design of a run (AMID Fig. 9). */
public final class BidderResponse {

    private static final int HIDDEN = 64;
    private static final double LEARNING_RATE = 3e-3;

    /** With less the bidder settles too early, with more it never does. */
    private static final double ENTROPY = 5e-4;

    /** Steps of a pass. */
    private static final int MINIBATCHES = 8;

    private BidderResponse() {}

    /** What is usual. */
    public static BestResponse.Plan plan(long seed, int threads) {
        return new BestResponse.Plan(60, 4000, 10_000, seed, threads);
    }

    /**
     * Learns, and measures.
     *
     * @param files of a run of design
     * @param players N
     * @param steps of the population's solver to what others play; 0 for the run's long T
     */
    public static RespondResult of(RunFolder files, DesignConfig config, int players, int steps, BestResponse.Plan plan)
            throws IOException {
        NPlayerGame.checkPlayers(players);
        String game = config.game().name();
        if (!(config.game() instanceof AuctionGame)) {
            throw new InvalidInputException("%s is no auction: only bidders and taxis respond".formatted(game));
        }
        int wanted = steps > 0 ? steps : config.population().longSteps();
        return PlayersRun.among(
                files,
                config,
                players,
                wanted,
                (auction, policy) -> of(files, game, (NPlayerAuction) auction, policy, plan));
    }

    private static RespondResult of(
            RunFolder files, String game, NPlayerAuction auction, Actions policy, BestResponse.Plan plan)
            throws IOException {
        OneBidder bidder = new OneBidder(auction, policy, plan.copies());
        ActorCritic networks = new ActorCritic(1, bidder.features(), bidder.actions(), HIDDEN, Identity.NONE);
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDList theta = networks.start(
                    new SplittableRandom(Streams.seed(plan.seed(), "networks")), manager, DataType.FLOAT32);
            long start = System.nanoTime();
            BestResponse response = BestResponse.learn(bidder, networks, theta, options(bidder, plan), plan, false);
            double seconds = (System.nanoTime() - start) * 1e-9;
            NPlayerEvaluation.Plan measure = new NPlayerEvaluation.Plan(
                    plan.repetitions(), Streams.seed(plan.seed(), "measurement"), plan.threads());
            Deviation learned = NPlayerEvaluation.deviation(
                    auction,
                    policy,
                    Actions.tabular(auction.shape(), NetworkTables.of(auction.shape(), networks, theta)),
                    measure);
            Deviation computed = NPlayerEvaluation.deviation(auction, policy, computed(auction, policy, plan), measure);
            RespondResult result = new RespondResult(
                    game,
                    auction.players(),
                    0,
                    0,
                    plan.epochs(),
                    plan.repetitions(),
                    learned.reward(),
                    learned.gain(),
                    learned.standardError(),
                    computed.gain(),
                    computed.standardError(),
                    seconds,
                    files.path().toString());
            response.save(files, result);
            return result;
        }
    }

    private static PpoOptions options(OneBidder bidder, BestResponse.Plan plan) {
        PpoOptions usual = PpoOptions.paper(plan.epochs(), 1);
        return new PpoOptions(
                plan.epochs(),
                LEARNING_RATE,
                1,
                usual.lambda(),
                ENTROPY,
                usual.valueLoss(),
                usual.gradientNorm(),
                usual.clip(),
                usual.valueClipping(),
                false,
                0,
                usual.passes(),
                (int) Math.max(1, (long) bidder.agents() * bidder.rounds() / MINIBATCHES),
                usual.adam());
    }

    /** The dynamic program's answer, to other plays than those it is measured in. */
    private static Actions computed(NPlayerAuction auction, Actions policy, BestResponse.Plan plan) {
        NPlayerGame.Simulation simulation = auction.simulation(policy);
        for (int k = 0; k < plan.copies(); k++) {
            long own = Streams.seed(plan.seed(), "experience", k);
            simulation.play(own, Draws.unit(own), policy);
        }
        return auction.bestResponse(simulation.experience());
    }
}
