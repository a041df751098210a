package mfg.envs.symmetry;

import java.util.Arrays;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.symmetry.AnonymousGame;
import mfg.envs.players.Draws;

/**
 * Plays a game of named players, player by player, on arrays made once: for one thread at a time. Chance is a function of a seed,
 * round and player, so that one player that plays otherwise changes nobody else's draws, and threads change nothing.
 */
public final class CrowdSimulation implements Plays {

    /** Draws in a round: one to act, one to move. */
    private static final int STREAMS = 2;

    private final AnonymousGame game;
    private final int players;
    private final int rounds;
    private final int stateCount;
    private final int actionCount;
    private final double[] initial;
    private final short[] states;
    private final short[] pairs;
    private final int[] counts;
    private final double[] sigma;
    private final double[] next;

    /**
     * Seats the players.
     *
     * @param game what they play
     * @throws InvalidInputException if it has more than 32767 pairs
     */
    public CrowdSimulation(AnonymousGame game) {
        if (game.pairs() > Short.MAX_VALUE) {
            throw new InvalidInputException("a simulated game has at most %d states times actions, not %d"
                    .formatted(Short.MAX_VALUE, game.pairs()));
        }
        this.game = game;
        this.players = game.players();
        this.rounds = game.shape().rounds();
        this.stateCount = game.shape().states();
        this.actionCount = game.shape().actions();
        this.initial = game.initialStates();
        this.states = new short[players];
        this.pairs = new short[players];
        this.counts = new int[game.pairs()];
        this.sigma = new double[game.pairs()];
        this.next = new double[stateCount];
    }

    @Override
    public GameShape shape() {
        return game.shape();
    }

    @Override
    public int players() {
        return players;
    }

    @Override
    public void play(long seed, Policies policies, Trajectory out) {
        begin(seed);
        for (int h = 0; h < rounds; h++) {
            act(h, 0, players, policies, Draws.at(seed, STREAMS * h + 1));
            count();
            System.arraycopy(pairs, 0, out.pairs(), h * players, players);
            for (int i = 0; i < players; i++) {
                out.rewards()[h * players + i] = reward(i);
            }
            move(0, players, Draws.at(seed, STREAMS * h + 2));
        }
    }

    /**
     * Plays once, and looks at one player, who may play otherwise, and has other draws than in {@link #play}, where all else has
     * the same.
     *
     * @param seed decides all that is random
     * @param policies what everybody else plays; not modified
     * @param i the player
     * @param own its policy, (H, S, A); not modified
     * @param bonus what the player gets besides in each state of each round, (H, S); not modified
     * @return the sum of its rewards
     */
    double noticed(long seed, Policies policies, int i, double[] own, double[] bonus) {
        begin(seed);
        beginAlone(seed, i);
        double earned = 0;
        for (int h = 0; h < rounds; h++) {
            long stream = Draws.at(seed, STREAMS * h + 1);
            act(h, 0, i, policies, stream);
            act(h, i + 1, players, policies, stream);
            actAlone(h, i, own, stream);
            count();
            earned += reward(i) + bonus[h * stateCount + states[i]];
            long moves = Draws.at(seed, STREAMS * h + 2);
            move(0, i, moves);
            move(i + 1, players, moves);
            moveAlone(i, moves);
        }
        return earned;
    }

    /**
     * The same if the others did not notice, but had done what they did in {@link #play}.
     *
     * @param play what pairs they had, (H, N), with the same seed
     * @param counts how many had each pair there, (H, S * A); not modified
     */
    double unnoticed(long seed, short[] play, double[] counts, int i, double[] own, double[] bonus) {
        beginAlone(seed, i);
        double earned = 0;
        for (int h = 0; h < rounds; h++) {
            actAlone(h, i, own, Draws.at(seed, STREAMS * h + 1));
            for (int pair = 0; pair < sigma.length; pair++) {
                sigma[pair] = counts[h * sigma.length + pair];
            }
            sigma[play[h * players + i]]--;
            sigma[pairs[i]]++;
            for (int pair = 0; pair < sigma.length; pair++) {
                sigma[pair] /= players;
            }
            earned += reward(i) + bonus[h * stateCount + states[i]];
            moveAlone(i, Draws.at(seed, STREAMS * h + 2));
        }
        return earned;
    }

    private void begin(long seed) {
        long stream = Draws.at(seed, 0);
        for (int i = 0; i < players; i++) {
            states[i] = (short) Policies.draw(initial, 0, stateCount, Draws.unit(Draws.at(stream, i)));
        }
    }

    private void act(int h, int from, int to, Policies policies, long stream) {
        for (int i = from; i < to; i++) {
            act(h, i, policies.probabilities(), policies.at(i), Draws.at(stream, i));
        }
    }

    private void act(int h, int i, double[] table, int at, long random) {
        int row = at + (h * stateCount + states[i]) * actionCount;
        int action = Policies.draw(table, row, actionCount, Draws.unit(random));
        pairs[i] = (short) (states[i] * actionCount + action);
    }

    private void count() {
        Arrays.fill(counts, 0);
        for (int i = 0; i < players; i++) {
            counts[pairs[i]]++;
        }
        for (int pair = 0; pair < counts.length; pair++) {
            sigma[pair] = (double) counts[pair] / players;
        }
    }

    private double reward(int i) {
        return game.reward(i, states[i], pairs[i] - states[i] * actionCount, sigma);
    }

    private void move(int from, int to, long stream) {
        for (int i = from; i < to; i++) {
            move(i, Draws.at(stream, i));
        }
    }

    private void move(int i, long random) {
        game.transition(i, states[i], pairs[i] - states[i] * actionCount, sigma, next);
        states[i] = (short) Policies.draw(next, 0, stateCount, Draws.unit(random));
    }

    /** Draws that nobody else has. */
    private long alone(int i, long stream) {
        return Draws.at(stream, (long) players + i);
    }

    private void beginAlone(long seed, int i) {
        states[i] = (short) Policies.draw(initial, 0, stateCount, Draws.unit(alone(i, Draws.at(seed, 0))));
    }

    private void actAlone(int h, int i, double[] own, long stream) {
        act(h, i, own, 0, alone(i, stream));
    }

    private void moveAlone(int i, long stream) {
        move(i, alone(i, stream));
    }
}
