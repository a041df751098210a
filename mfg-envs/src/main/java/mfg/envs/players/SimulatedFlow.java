package mfg.envs.players;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * The flow of N simulated players in place of {@link PopulationFlow#of}: in round h each player acts by the policy and moves by {@code
 * P[h](. | s, a, Lhat)}, where {@code Lhat} is the empirical distribution of all players' (state, action) pairs.
 */
public final class SimulatedFlow {

    private SimulatedFlow() {}

    /**
     * Checks that a game can be simulated.
     *
     * @param game the game
     * @param players N
     * @throws InvalidInputException if their number is out of range, or the game is stationary or has several populations
     */
    public static void check(MeanFieldGame<?> game, int players) {
        NPlayerGame.checkPlayers(players);
        IndependentPlayers.checkOnePopulation(game.initialStates());
        if (game.stationary().isPresent()) {
            throw new InvalidInputException("players are simulated in games of H rounds, not in stationary ones");
        }
    }

    /**
     * Plays once.
     *
     * @param <R> the game's kind of round
     * @param game the game
     * @param probabilities {@code pi[h](a | s)}, (H, S, A), whose manager owns all that is computed; not modified
     * @param theta the design parameters; not modified
     * @param players N
     * @param seed decides what players do and where they go
     * @return the empirical flow; its policy is what players showed, uniform over legal actions where nobody was
     */
    public static <R extends Round> PopulationFlow<R> of(
            MeanFieldGame<R> game, NDArray probabilities, NDList theta, int players, long seed) {
        GameShape shape = game.shape();
        NDManager manager = probabilities.getManager();
        Actions policy = Actions.tabular(shape, Tensors.toDoubles(probabilities));
        AliasTables moves = new AliasTables(shape.states() * shape.actions(), shape.states());
        int[] states = start(new InitialStates(game.initialStates()), players, Draws.at(seed, 0));
        List<NDArray> flows = new ArrayList<>();
        List<R> rounds = new ArrayList<>();
        @Nullable R previous = null;
        for (int h = 0; h < shape.rounds(); h++) {
            int[] pairs = new int[players];
            double[] shares = new double[shape.states() * shape.actions()];
            for (int i = 0; i < players; i++) {
                int action = policy.action(h, states[i], Draws.at(Draws.at(seed, 2L * h + 1), i));
                pairs[i] = states[i] * shape.actions() + action;
                shares[pairs[i]] += 1.0 / players;
            }
            NDArray flow = Tensors.create(
                    manager, probabilities.getDataType(), shares, new Shape(shape.states(), shape.actions()));
            R round = game.round(h, flow, previous, theta);
            moves.fill(Tensors.toDoubles(Referee.kernel(round, flow)));
            for (int i = 0; i < players; i++) {
                states[i] = moves.draw(pairs[i], Draws.at(Draws.at(seed, 2L * h + 2), i));
            }
            flows.add(flow);
            rounds.add(round);
            previous = round;
        }
        return PopulationFlow.observed(game, flows, rounds);
    }

    private static int[] start(InitialStates initial, int players, long stream) {
        int[] states = new int[players];
        for (int i = 0; i < players; i++) {
            states[i] = initial.draw(Draws.at(stream, i));
        }
        return states;
    }
}
