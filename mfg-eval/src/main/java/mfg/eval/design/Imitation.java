package mfg.eval.design;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.core.Mechanism.Example;
import mfg.core.ParameterSpec;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.Terms;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.BatchedAuction;
import mfg.train.DesignProblem;
import mfg.train.Evaluation;

/**
 * A start of training that does what another auctioneer does, the model. Terms are written down; another model is watched while
 * bidders learn it, and fitted, then watched where the imitation itself leads its bidders, and fitted again (DAgger, Ross et al.
 * 2011), until both are worth the same.
 */
final class Imitation {

    /** Where nature draws games, so many of them are looked at. */
    private static final int GAMES = 8;

    private static final int ATTEMPTS = 12;

    /** Both are worth the same. */
    private static final double TOLERANCE = 1e-4;

    /** How much more than on the way an offer counts that bidders have learned. */
    private static final double LEARNED = 100;

    private final DesignConfig config;
    private final AuctionObjective objective;
    private final List<BatchedAuction> games;
    private final Mechanism own;
    private final List<ParameterSpec> specs;
    private final NDManager manager;

    /**
     * Prepares.
     *
     * @param validation the games that designs are compared on
     * @param manager where to compute; nothing stays in it
     */
    Imitation(DesignConfig config, AuctionGame auction, List<BatchedAuction> validation, NDManager manager) {
        this.config = config;
        this.objective = auction.objective();
        this.games = validation.subList(0, Math.min(GAMES, validation.size()));
        this.own = validation.get(0).mechanism();
        this.specs = own.parameters();
        this.manager = manager;
    }

    /**
     * Finds parameters at which the design does what the model does.
     *
     * @param model whom to imitate
     * @param theirs its parameters; not modified
     * @param theta the default start; modified
     * @throws InvalidInputException if the design's mechanism can imitate nobody
     */
    void imitate(Mechanism model, NDList theirs, List<double[]> theta) {
        try (Constants constants = new Constants(manager, config.type())) {
            Watched watched = new Watched(model, theirs);
            Terms terms = model.terms();
            int last = config.population().longSteps();
            double wanted = watch(constants, model, theirs, terms == null ? looks(last) : List.of(last), watched);
            boolean done = terms != null
                    ? own.imitate(terms, watched.sales(), theta)
                    : fit(constants, watched, wanted, theta) || own.imitate(watched.terms(), watched.sales(), theta);
            if (!done) {
                throw new InvalidInputException(
                        "this mechanism cannot start from another design; neural and static mechanisms can");
            }
            try (NDList start = arrays(theta)) {
                double off = Math.abs(watch(constants, own, start, List.of(last), watched) - wanted);
                if (off > TOLERANCE) {
                    System.err.printf(
                            "training starts from a network whose design is worth the same as the one it imitates, up to %.2g%n",
                            off);
                }
            }
        }
    }

    /** Learns from examples; keeps the attempt that is worth most nearly the same. */
    private boolean fit(Constants constants, Watched watched, double wanted, List<double[]> theta) {
        double nearest = Double.POSITIVE_INFINITY;
        List<double[]> attempt = copy(theta);
        for (int i = 0; i < ATTEMPTS && nearest > TOLERANCE; i++) {
            if (!own.fit(watched.examples, attempt)) {
                return false;
            }
            try (NDList start = arrays(attempt)) {
                double worth =
                        watch(constants, own, start, looks(config.population().longSteps()), watched);
                if (!(Math.abs(worth - wanted) >= nearest)) {
                    nearest = Math.abs(worth - wanted);
                    for (int k = 0; k < theta.size(); k++) {
                        theta.set(k, attempt.get(k).clone());
                    }
                }
            }
        }
        return true;
    }

    private static List<double[]> copy(List<double[]> arrays) {
        return new ArrayList<>(arrays.stream().map(double[]::clone).toList());
    }

    private NDList arrays(List<double[]> theta) {
        return Start.arrays(specs, theta, manager, config.type());
    }

    /** Watches bidders learn a mechanism; returns what it is worth at the long T. */
    private double watch(Constants constants, Mechanism mechanism, NDList theta, List<Integer> looks, Watched watched) {
        int last = looks.get(looks.size() - 1);
        double sum = 0;
        for (BatchedAuction game : games) {
            DesignProblem<AuctionRound> problem =
                    new DesignProblem<>(game.under(constants, mechanism), objective, config.solver(), last);
            List<Evaluation> seen = Evaluation.along(
                    problem,
                    config.step(),
                    theta,
                    looks,
                    manager,
                    config.type(),
                    (evaluation, flow) -> watched.see(game, flow, evaluation.steps() == last));
            sum += seen.get(seen.size() - 1).objective();
        }
        return sum / games.size();
    }

    /** After which steps to look: ever more rarely. */
    private static List<Integer> looks(int last) {
        List<Integer> looks = new ArrayList<>();
        for (int t = 1; t < last; t += 1 + t / 4) {
            looks.add(t);
        }
        looks.add(last);
        return looks;
    }

    /** What was seen of the model's offers. */
    private static final class Watched {

        private final Mechanism model;
        private final NDList theirs;
        private final List<Example> examples = new ArrayList<>();

        /** By game, what its bidders have learned under the model itself, round by round. */
        private final List<List<Example>> learned = new ArrayList<>();

        Watched(Mechanism model, NDList theirs) {
            this.model = model;
            this.theirs = theirs;
        }

        /** Asks the model for its offers in a flow, be it under the model or not. */
        void see(BatchedAuction game, PopulationFlow<AuctionRound> flow, boolean last) {
            List<Example> seen = new ArrayList<>();
            double remaining = game.rules().alphaMax();
            for (int h = 0; h < flow.rounds().size(); h++) {
                AuctionRound round = flow.rounds().get(h);
                NDArray bids = round.bids();
                NDArray left =
                        Tensors.create(bids.getManager(), bids.getDataType(), new double[] {remaining}, new Shape(1));
                Mechanism.Offer offer = model.offer(h, bids, left, theirs);
                seen.add(new Example(
                        h,
                        Tensors.toDoubles(bids),
                        remaining,
                        Tensors.toDouble(offer.goods()),
                        Tensors.toDoubles(offer.payments()),
                        last ? LEARNED : 1));
                remaining = Tensors.toDouble(round.remaining());
            }
            examples.addAll(seen);
            if (last) {
                learned.add(seen);
            }
        }

        /** What came of the offers. */
        List<Terms.Sale> sales() {
            return learned.stream()
                    .map(rounds -> new Terms.Sale(
                            rounds.stream().mapToDouble(Example::goods).toArray(),
                            rounds.stream().mapToDouble(Example::remaining).toArray()))
                    .toList();
        }

        /** What a mechanism blind to the bids can do of this: the offers of the first game. */
        Terms terms() {
            List<Example> rounds = learned.get(0);
            return Terms.blind(
                    rounds.stream().map(Example::payments).toArray(double[][]::new),
                    rounds.stream().mapToDouble(Example::goods).toArray());
        }
    }
}
