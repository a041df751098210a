package mfg.envs.players;

import java.util.Arrays;
import mfg.core.Sizes;

/** Plays {@link IndependentPlayers} player by player. */
final class IndependentSimulation implements NPlayerGame.Simulation {

    /** Far less than one player. */
    private static final double NOBODY = 1e-9;

    private final IndependentPlayers<?> game;
    private final Referee referee;
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

    /** What each pair earns, and where it goes. */
    private final double[] reward;

    private final double[] kernel;
    private final AliasTables moves;
    private final double[] experience;

    IndependentSimulation(IndependentPlayers<?> game, Referee referee, Actions policy) {
        this.game = game;
        this.referee = referee;
        this.policy = policy;
        this.players = game.players();
        this.stateCount = game.shape().states();
        this.actionCount = game.shape().actions();
        this.states = new int[players];
        this.pairs = new int[players];
        this.counts = new double[stateCount * actionCount];
        this.shares = new double[stateCount * actionCount];
        this.reward = new double[shares.length];
        this.kernel = new double[Sizes.product("states x actions x states", shares.length, stateCount)];
        this.moves = new AliasTables(stateCount * actionCount, stateCount);
        this.experience = new double[game.experienceAt(game.shape().rounds())];
    }

    @Override
    public NPlayerGame.Play play(long seed, double start, Actions first) {
        begin(Draws.at(seed, 0), start);
        referee.begin();
        double rewards = 0;
        double firstReward = 0;
        for (int h = 0; h < game.shape().rounds(); h++) {
            act(h, first, Draws.at(seed, 2L * h + 1));
            referee.round(shares, reward, kernel);
            remember(game.experienceAt(h));
            for (int pair = 0; pair < counts.length; pair++) {
                rewards += counts[pair] * reward[pair];
            }
            firstReward += reward[pairs[0]];
            move(Draws.at(seed, 2L * h + 2));
        }
        return new NPlayerGame.Play(referee.objective(), rewards / players, firstReward);
    }

    private void act(int h, Actions first, long stream) {
        Arrays.fill(counts, 0);
        choose(h, first, 0, 1, stream);
        choose(h, policy, 1, players, stream);
        for (int pair = 0; pair < counts.length; pair++) {
            shares[pair] = counts[pair] / players;
        }
    }

    private void begin(long stream, double start) {
        states[0] = game.initialStates().quantile(start);
        for (int i = 1; i < players; i++) {
            states[i] = game.initialStates().draw(Draws.at(stream, i));
        }
    }

    private void choose(int h, Actions actions, int from, int to, long stream) {
        for (int i = from; i < to; i++) {
            int action = actions.action(h, states[i], Draws.at(stream, i));
            pairs[i] = states[i] * actionCount + action;
            counts[pairs[i]]++;
        }
    }

    /** Adds what those in each state faced; a state that nobody is in counts a very little, for want of better. */
    private void remember(int at) {
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

    private void move(long stream) {
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
