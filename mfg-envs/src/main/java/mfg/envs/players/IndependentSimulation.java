package mfg.envs.players;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.core.KernelRound;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Scope;
import mfg.core.Sizes;
import mfg.core.Tensors;
import org.jspecify.annotations.Nullable;

/** Plays {@link IndependentPlayers} player by player; the game's rounds are the engine's. */
final class IndependentSimulation<R extends Round> implements NPlayerGame.Simulation {

    /** Far less than one player. */
    private static final double NOBODY = 1e-9;

    private final IndependentPlayers<R> game;
    private final Actions policy;
    private final int players;
    private final int stateCount;
    private final int actionCount;

    private final int[] states;

    /** Each player's (state, action) as {@code s * A + a}. */
    private final int[] pairs;

    /** How many have each. */
    private final double[] counts;

    private final double[] shares;
    private final AliasTables moves;
    private final double[] experience;

    IndependentSimulation(IndependentPlayers<R> game, Actions policy) {
        this.game = game;
        this.policy = policy;
        this.players = game.players();
        this.stateCount = game.shape().states();
        this.actionCount = game.shape().actions();
        this.states = new int[players];
        this.pairs = new int[players];
        this.counts = new double[stateCount * actionCount];
        this.shares = new double[stateCount * actionCount];
        this.moves = new AliasTables(stateCount * actionCount, stateCount);
        this.experience = new double[game.experienceAt(game.shape().rounds())];
    }

    @Override
    public NPlayerGame.Play play(long seed, double start, Actions first) {
        begin(Draws.at(seed, 0), start);
        try (Scope scope = new Scope(game.manager())) {
            NDList theta = scope.in(game.theta());
            List<NDArray> flows = new ArrayList<>();
            List<R> rounds = new ArrayList<>();
            double rewards = 0;
            double firstReward = 0;
            @Nullable R previous = null;
            for (int h = 0; h < game.shape().rounds(); h++) {
                act(h, first, Draws.at(seed, 2 * h + 1));
                NDArray flow = empirical(scope);
                R round = game.game().round(h, flow, previous, theta);
                double[] reward = Tensors.toDoubles(round.reward());
                double[] kernel = kernel(round, flow);
                remember(game.experienceAt(h), reward, kernel);
                for (int pair = 0; pair < counts.length; pair++) {
                    rewards += counts[pair] * reward[pair];
                }
                firstReward += reward[pairs[0]];
                move(kernel, Draws.at(seed, 2 * h + 2));
                flows.add(flow);
                rounds.add(round);
                previous = round;
            }
            PopulationFlow<R> observed = PopulationFlow.observed(game.game(), flows, rounds);
            double objective = Tensors.toDouble(game.objective().of(observed, theta));
            return new NPlayerGame.Play(objective, rewards / players, firstReward);
        }
    }

    private void begin(long stream, double start) {
        states[0] = game.initialStates().quantile(start);
        for (int i = 1; i < players; i++) {
            states[i] = game.initialStates().draw(Draws.at(stream, i));
        }
    }

    private void act(int h, Actions first, long stream) {
        Arrays.fill(counts, 0);
        act(h, first, 0, 1, stream);
        act(h, policy, 1, players, stream);
    }

    private void act(int h, Actions actions, int from, int to, long stream) {
        for (int i = from; i < to; i++) {
            int action = actions.action(h, states[i], Draws.at(stream, i));
            pairs[i] = states[i] * actionCount + action;
            counts[pairs[i]]++;
        }
    }

    /** {@code Lhat}, (S, A). */
    private NDArray empirical(Scope scope) {
        for (int pair = 0; pair < counts.length; pair++) {
            shares[pair] = counts[pair] / players;
        }
        return Tensors.create(scope.manager(), DataType.FLOAT64, shares, new Shape(stateCount, actionCount));
    }

    /** {@code P[h](s' | s, a, Lhat)}, (S, A, S): each column is what a state in the next round is worth if it alone is worth 1. */
    private double[] kernel(R round, NDArray flow) {
        if (round instanceof KernelRound written) {
            return Tensors.toDoubles(written.kernel());
        }
        double[] kernel = new double[Sizes.product("states x actions x states", counts.length, stateCount)];
        double[] unit = new double[stateCount];
        for (int to = 0; to < stateCount; to++) {
            unit[to] = 1;
            double[] column = Tensors.toDoubles(round.continuation(
                    Tensors.create(flow.getManager(), DataType.FLOAT64, unit, new Shape(stateCount))));
            unit[to] = 0;
            for (int pair = 0; pair < column.length; pair++) {
                kernel[pair * stateCount + to] = Math.max(0, column[pair]); // 1 - 1 may be a little less than 0
            }
        }
        return kernel;
    }

    /** Adds what those in each state faced; a state that nobody is in counts a very little, for want of better. */
    private void remember(int at, double[] reward, double[] kernel) {
        for (int s = 0; s < stateCount; s++) {
            double weight = NOBODY;
            for (int pair = s * actionCount; pair < (s + 1) * actionCount; pair++) {
                weight += counts[pair];
            }
            experience[at + s] += weight;
            int rewards = s * actionCount;
            add(reward, rewards, actionCount, weight, at + stateCount + rewards);
            int rows = rewards * stateCount;
            add(kernel, rows, actionCount * stateCount, weight, at + stateCount + reward.length + rows);
        }
    }

    private void add(double[] numbers, int from, int count, double weight, int at) {
        for (int i = 0; i < count; i++) {
            experience[at + i] += weight * numbers[from + i];
        }
    }

    private void move(double[] kernel, long stream) {
        moves.fill(kernel);
        for (int i = 0; i < players; i++) {
            states[i] = moves.draw(pairs[i], Draws.at(stream, i));
        }
    }

    @Override
    public double[] experience() {
        return experience.clone();
    }
}
