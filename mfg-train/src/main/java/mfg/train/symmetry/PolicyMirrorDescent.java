package mfg.train.symmetry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.Parallel;
import mfg.envs.players.Draws;
import mfg.envs.symmetry.Plays;
import mfg.envs.symmetry.Policies;
import mfg.envs.symmetry.Trajectory;

/**
 * Policy mirror descent on learned values (SYMM Alg. 2). From the uniform policy, epoch t values what is played by {@link
 * TemporalDifference} and goes on to
 *
 * <p>{@code pi'(.|s) ∝ pi_t(.|s)^(1 - tau xi_t) exp(xi_t q_t(s, .))}, {@code pi_(t+1) = (1 - 1/(t+1)) pi' + (1/(t+1)) uniform},
 *
 * <p>{@code xi_t = min(xi0 / sqrt(t+1), 0.9/tau)}. With one table that all players share and learn together this is
 * <b>Symm-PMD</b>, with a table for each player <b>IPMD</b>. What it finds is the average of {@code pi_0 .. pi_T}.
 */
public final class PolicyMirrorDescent {

    /** Trajectories that are played side by side at most, and learned from one after the other. */
    private static final int BLOCK = 16;

    /** What all of these hold at most, in rounds times players: at ten bytes each well below a gigabyte. One is always played. */
    private static final int MOST_STEPS = 64_000_000;

    private final Options options;
    private final long seed;
    private final int threads;
    private final List<Plays> plays = new ArrayList<>();
    private final List<Trajectory> trajectories = new ArrayList<>();
    private State state;

    /**
     * How to learn.
     *
     * @param trajectories M, of each epoch
     * @param delta in the learning rate of values, in (0, 1]
     * @param xi0 the step size of the first epoch, positive
     * @param tau the entropy regularization, nonnegative
     * @param data whose play a shared table learns from
     * @param keepValues whether what nobody does in an epoch keeps the value that it had; else, as in the paper, it is worth 0
     */
    public record Options(
            int trajectories, double delta, double xi0, double tau, TemporalDifference.Data data, boolean keepValues) {

        /**
         * Checks the numbers.
         *
         * @throws InvalidInputException if one is out of range
         */
        public Options {
            if (trajectories < 1) {
                throw new InvalidInputException("--td-epochs must be at least 1, not " + trajectories);
            }
            if (!(delta > 0 && delta <= 1)) {
                throw new InvalidInputException("--delta must be above 0 and at most 1, not " + delta);
            }
            if (!(xi0 > 0) || Double.isInfinite(xi0)) {
                throw new InvalidInputException("--xi0 must be positive, not " + xi0);
            }
            if (!(tau >= 0) || Double.isInfinite(tau)) {
                throw new InvalidInputException("--tau must be 0 or more, not " + tau);
            }
        }

        double xi(int epoch) {
            double step = xi0 / Math.sqrt(epoch + 1.0);
            return tau > 0 ? Math.min(step, 0.9 / tau) : step;
        }
    }

    /**
     * Where learning is.
     *
     * @param epoch t, how many epochs are done
     * @param last {@code pi_t}
     * @param sum of {@code pi_0 .. pi_t}, (tables, H, S, A)
     * @param values what was learned of {@code pi_(t-1)}, of the same shape; 0 at the start
     */
    public record State(int epoch, Policies last, double[] sum, double[] values) {

        /**
         * Starts with everybody uniform.
         *
         * @param shape the size of the game
         * @param tables 1 that all players share, or N
         * @return the start
         */
        public static State start(GameShape shape, int tables) {
            Policies uniform = Policies.uniform(shape, tables);
            return new State(0, uniform, uniform.probabilities().clone(), new double[uniform.probabilities().length]);
        }

        /**
         * Returns what was found so far.
         *
         * @return the average policies
         */
        public Policies average() {
            double[] average = sum.clone();
            for (int k = 0; k < average.length; k++) {
                average[k] /= epoch + 1;
            }
            return new Policies(last.shape(), last.tables(), average);
        }
    }

    /**
     * Prepares to learn.
     *
     * @param game makes something to play with; as many as are played side by side
     * @param options how to learn
     * @param seed decides all that is random
     * @param state where to go on
     * @param threads how many trajectories at a time; changes no number
     */
    public PolicyMirrorDescent(Supplier<? extends Plays> game, Options options, long seed, State state, int threads) {
        this.options = options;
        this.seed = seed;
        this.state = state;
        this.threads = threads;
        Plays one = game.get();
        int block = sideBySide(one.shape().rounds(), one.players(), options.trajectories());
        for (int k = 0; k < block; k++) {
            plays.add(k == 0 ? one : game.get());
            trajectories.add(Trajectory.empty(one.shape().rounds(), one.players()));
        }
    }

    /** How many trajectories are played side by side, which changes no number. */
    static int sideBySide(int rounds, int players, int trajectories) {
        long steps = (long) rounds * players;
        return (int) Math.max(1, Math.min(Math.min(BLOCK, trajectories), MOST_STEPS / steps));
    }

    /**
     * Returns where learning is.
     *
     * @return the state, which does not change
     */
    public State state() {
        return state;
    }

    /** Does the next epoch. */
    public void epoch() {
        double[] q = values(Draws.at(seed, state.epoch()));
        Policies next = step(state.last(), q, state.epoch());
        double[] sum = state.sum().clone();
        for (int k = 0; k < sum.length; k++) {
            sum[k] += next.probabilities()[k];
        }
        state = new State(state.epoch() + 1, next, sum, q);
    }

    private double[] values(long epochSeed) {
        Policies policies = state.last();
        TemporalDifference learner = options.keepValues()
                ? new TemporalDifference(policies, options.tau(), options.delta(), options.data(), state.values())
                : new TemporalDifference(policies, options.tau(), options.delta(), options.data());
        int block = trajectories.size();
        for (int from = 0; from < options.trajectories(); from += block) {
            int first = from;
            int size = Math.min(block, options.trajectories() - from);
            List<Trajectory> played =
                    Parallel.map(IntStream.range(0, size).boxed().toList(), threads, k -> {
                        plays.get(k).play(Draws.at(epochSeed, first + k), policies, trajectories.get(k));
                        return trajectories.get(k);
                    });
            played.forEach(learner::learn);
        }
        return learner.values();
    }

    /** {@code Q = q + tau entropy} does as well as q, for what is the same for all actions changes no softmax. */
    private Policies step(Policies policies, double[] q, int epoch) {
        double xi = options.xi(epoch);
        double uniform = 1.0 / (epoch + 1);
        int actions = policies.shape().actions();
        double[] next = new double[q.length];
        for (int row = 0; row < q.length; row += actions) {
            double most = Double.NEGATIVE_INFINITY;
            for (int a = row; a < row + actions; a++) {
                next[a] = (1 - options.tau() * xi) * Math.log(policies.probabilities()[a]) + xi * q[a];
                most = Math.max(most, next[a]);
            }
            double sum = 0;
            for (int a = row; a < row + actions; a++) {
                next[a] = Math.exp(next[a] - most);
                sum += next[a];
            }
            for (int a = row; a < row + actions; a++) {
                next[a] = (1 - uniform) * next[a] / sum + uniform / actions;
            }
        }
        return new Policies(policies.shape(), policies.tables(), next);
    }
}
