package mfg.envs.players;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.Round;
import mfg.core.Scope;
import mfg.core.Sizes;
import mfg.core.Tensors;
import mfg.envs.StateSimulator;

/**
 * Any mean-field game played by N who move independently of each other (AMID Thm. 1): in round h each player earns {@code R[h](s,
 * a, Lhat)} and moves by {@code P[h](. | s, a, Lhat)}, where {@code Lhat} is the empirical distribution of all players' (state,
 * action) pairs. The objective is that of the empirical flow.
 *
 * @param <R> the game's kind of round
 */
public final class IndependentPlayers<R extends Round> implements NPlayerGame {

    private final MeanFieldGame<R> game;
    private final int players;
    private final Supplier<Referee> referees;
    private final InitialStates initialStates;
    private final int[] legal;

    /**
     * Seats the players. The game's operations are recorded, as far as they can be.
     *
     * @param game the mean-field game, whose constants are float64
     * @param theta the design, float64; not modified
     * @param objective what the designer wants
     * @param players N, from 2 to {@link #MOST_PLAYERS}
     * @param manager where to compute; nothing stays in it
     * @throws InvalidInputException if their number is out of range, the game has several populations, or it is stationary
     */
    public IndependentPlayers(
            MeanFieldGame<R> game, NDList theta, Objective<R> objective, int players, NDManager manager) {
        NPlayerGame.checkPlayers(players);
        checkOnePopulation(game.initialStates());
        if (game.stationary().isPresent()) {
            throw new InvalidInputException("players are seated in games of some rounds, not in one that never ends");
        }
        this.game = game;
        this.players = players;
        this.referees = Referee.of(game, theta, objective, manager);
        this.initialStates = new InitialStates(game.initialStates());
        this.legal = legal(game, manager);
    }

    /** What each action counts as, (H, S, A): itself, or one of those that are legal. */
    private static int[] legal(MeanFieldGame<?> game, NDManager manager) {
        GameShape shape = game.shape();
        try (Scope scope = new Scope(manager)) {
            double[] values = Tensors.toDoubles(game.legal(scope.manager().zeros(shape.policy(), DataType.FLOAT64)));
            int[] legal = new int[values.length];
            int actions = shape.actions();
            for (int row = 0; row < legal.length; row += actions) {
                int from = row;
                int[] allowed = IntStream.range(0, actions)
                        .filter(a -> values[from + a] == 0)
                        .toArray();
                for (int a = 0; a < actions; a++) {
                    legal[row + a] = values[row + a] == 0 ? a : allowed[a % allowed.length];
                }
            }
            return legal;
        }
    }

    static void checkOnePopulation(double[] mu0) {
        double mass = Arrays.stream(mu0).sum();
        if (Math.abs(mass - 1) > 1e-6) {
            throw new InvalidInputException(
                    "players are seated in games of one population, not where initial states sum to " + mass);
        }
    }

    @Override
    public int players() {
        return players;
    }

    @Override
    public GameShape shape() {
        return game.shape();
    }

    @Override
    public Simulation simulation(Actions policy) {
        return new IndependentSimulation(this, referees.get(), policy);
    }

    @Override
    public StateSimulator simulator() {
        return new IndependentSimulator(this, referees.get(), legal);
    }

    @Override
    public double[] legal(double[] policy) {
        double[] played = new double[policy.length];
        int actions = shape().actions();
        for (int k = 0; k < policy.length; k++) {
            played[k / actions * actions + legal[k]] += policy[k];
        }
        return played;
    }

    /**
     * {@inheritDoc} What a player in state s faces in round h is {@code R[h](s,a)} and {@code P[h](s'|s,a)}, on average over all who were
     * in s, itself among the crowd; so {@code q[h](s,a) = R[h](s,a) + sum_{s'} P[h](s'|s,a) V[h+1](s')}.
     */
    @Override
    public Actions bestResponse(double[] experience) {
        int states = shape().states();
        int actions = shape().actions();
        int[] best = new int[shape().rounds() * states];
        double[] value = new double[states];
        for (int h = shape().rounds() - 1; h >= 0; h--) {
            double[] next = value.clone();
            for (int s = 0; s < states; s++) {
                value[s] = Double.NEGATIVE_INFINITY;
                for (int a = 0; a < actions; a++) {
                    double q = q(experience, experienceAt(h), s * actions + a, next);
                    if (q > value[s]) {
                        value[s] = q;
                        best[h * states + s] = a;
                    }
                }
            }
        }
        return Actions.certain(states, best);
    }

    private double q(double[] experience, int at, int pair, double[] next) {
        int states = shape().states();
        int row = at + states + states * shape().actions() + pair * states;
        double q = experience[at + states + pair];
        for (int to = 0; to < states; to++) {
            q += experience[row + to] * next[to];
        }
        return q / experience[at + pair / shape().actions()];
    }

    /** Where round h begins: how many were in each state, (S), then sums over them of {@code R}, (S, A), and of {@code P}, (S, A, S). */
    int experienceAt(int h) {
        long states = shape().states();
        long pairs = states * shape().actions();
        return Sizes.product(
                "rounds x what is seen in one",
                h,
                states + pairs + Sizes.product("states x actions x states", pairs, states));
    }

    InitialStates initialStates() {
        return initialStates;
    }
}
