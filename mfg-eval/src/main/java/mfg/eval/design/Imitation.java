package mfg.eval.design;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mfg.core.Constants;
import mfg.core.Mechanism;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.Terms;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.BatchedAuction;
import mfg.train.DesignProblem;
import mfg.train.Evaluation;

/** A start of training that does what another auctioneer does. */
final class Imitation {

    /** Where nature draws games, in so many of them it is looked at what comes of the terms. */
    private static final int GAMES = 8;

    private final DesignConfig config;
    private final List<BatchedAuction> games;
    private final AuctionObjective objective;
    private final NDManager manager;

    /**
     * Prepares.
     *
     * @param games those that designs are compared on
     * @param manager where to compute; nothing stays in it
     */
    Imitation(DesignConfig config, AuctionGame auction, List<BatchedAuction> games, NDManager manager) {
        this.config = config;
        this.games = games;
        this.objective = auction.objective();
        this.manager = manager;
    }

    /**
     * Plays terms until bidders have learned them.
     *
     * @param model who plays them
     */
    List<Terms.Sale> sales(Mechanism model, Terms terms) {
        List<Terms.Sale> sales = new ArrayList<>();
        try (Constants constants = new Constants(manager, config.type())) {
            for (BatchedAuction game : games.subList(0, Math.min(GAMES, games.size()))) {
                learned(game.under(constants, model), new NDList(), flow -> sales.add(sale(game, terms, flow)));
            }
        }
        return sales;
    }

    /** Sees what the population of a game has learned after the long T. */
    private void learned(BatchedAuction game, NDList theta, Consumer<PopulationFlow<AuctionRound>> seen) {
        int steps = config.population().longSteps();
        DesignProblem<AuctionRound> problem = new DesignProblem<>(game, objective, config.solver(), steps);
        Evaluation.along(
                problem,
                config.step(),
                theta,
                List.of(steps),
                manager,
                config.type(),
                (evaluation, flow) -> { System.err.println("MODEL " + evaluation.objective()); seen.accept(flow); });
    }

    private static Terms.Sale sale(BatchedAuction game, Terms terms, PopulationFlow<AuctionRound> flow) {
        int rounds = flow.rounds().size();
        double[] offered = new double[rounds];
        double[] remaining = new double[rounds];
        double left = game.rules().alphaMax();
        for (int h = 0; h < rounds; h++) {
            AuctionRound round = flow.rounds().get(h);
            offered[h] = terms.offer(h, Tensors.toDoubles(round.bids()));
            remaining[h] = left;
            left = Tensors.toDouble(round.remaining());
        }
        return new Terms.Sale(offered, remaining);
    }
}
