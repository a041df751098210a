package mfg.train.symmetry;

import java.util.Arrays;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.envs.symmetry.Policies;
import mfg.envs.symmetry.Trajectory;

/**
 * Values of a policy from trajectories of all players (SYMM Alg. 1). For each trajectory m and each visited {@code (h, s, a)}
 *
 * <p>{@code Q[h](s,a) += lr_m (Q[h+1](s', a') + r + tau entropy(pi[h](s)) - Q[h](s,a))}, {@code lr_m = (2/delta) / (m + 2/delta)},
 *
 * <p>without the first term in the last round; every target is taken from Q as it was before the trajectory. {@code Q = q + tau
 * entropy} in the terms of {@link mfg.core.Values}. Nothing is known of the game.
 */
public final class TemporalDifference {

    private final GameShape shape;
    private final double delta;
    private final double tau;
    private final Data data;
    private final Policies policies;
    private final double[] bonus;

    /** (tables, H, S, A). */
    private final double[] q;

    /** Of one round: what the players of a shared table aimed at, and how many did. */
    private final double[] targets;

    private final int[] visits;
    private int trajectories;

    /** Whose play a table that all share learns from. */
    public enum Data {
        /** For each visited {@code (h, s, a)} one step to the average of all targets. */
        ALL,
        /** Player 1's alone: the paper's algorithm to the letter. */
        PLAYER_1
    }

    /** Starts at {@code Q = 0}, as the paper does. */
    public TemporalDifference(Policies policies, double tau, double delta, Data data) {
        this(policies, tau, delta, data, new double[policies.probabilities().length]);
    }

    /**
     * Starts anywhere.
     *
     * @param policies what is valued: with one table from the data named, else each from its player's own; not modified, and must
     *     not change
     * @param tau how much entropy counts
     * @param delta in the learning rate, in (0, 1]: in the theory the smallest positive probability with which anything is visited
     * @param data whose play counts
     * @param start Q at first, (tables, H, S, A), which is what remains of whatever is never visited; not modified
     * @throws InvalidInputException if delta is out of range
     */
    public TemporalDifference(Policies policies, double tau, double delta, Data data, double[] start) {
        if (!(delta > 0 && delta <= 1)) {
            throw new InvalidInputException("--delta must be above 0 and at most 1, not " + delta);
        }
        this.shape = policies.shape();
        this.policies = policies;
        this.tau = tau;
        this.delta = delta;
        this.data = data;
        this.q = start.clone();
        this.bonus = entropies();
        int pairs = shape.states() * shape.actions();
        this.targets = new double[pairs];
        this.visits = new int[pairs];
    }

    /** {@code tau entropy(pi[h](s))}, (tables, H, S). */
    private double[] entropies() {
        int actions = shape.actions();
        double[] entropies = new double[q.length / actions];
        if (tau > 0) {
            for (int k = 0; k < q.length; k++) {
                double p = policies.probabilities()[k];
                entropies[k / actions] -= p > 0 ? tau * p * Math.log(p) : 0;
            }
        }
        return entropies;
    }

    /**
     * Learns from the next trajectory.
     *
     * @param trajectory of these policies; not modified
     */
    public void learn(Trajectory trajectory) {
        double rate = 2 / delta / (trajectories + 2 / delta);
        boolean together = policies.tables() == 1 && data == Data.ALL;
        int learners = policies.tables() == 1 ? 1 : trajectory.players();
        for (int h = 0; h < shape.rounds(); h++) { // round h + 1 is still what it was
            if (together) {
                learnTogether(trajectory, h, rate);
            } else {
                for (int i = 0; i < learners; i++) {
                    int at = index(trajectory, h, i);
                    q[at] += rate * (target(trajectory, h, i, at) - q[at]);
                }
            }
        }
        trajectories++;
    }

    private void learnTogether(Trajectory trajectory, int h, double rate) {
        Arrays.fill(targets, 0);
        Arrays.fill(visits, 0);
        int round = h * targets.length;
        for (int i = 0; i < trajectory.players(); i++) {
            int at = index(trajectory, h, i);
            targets[at - round] += target(trajectory, h, i, at);
            visits[at - round]++;
        }
        for (int pair = 0; pair < visits.length; pair++) {
            if (visits[pair] > 0) {
                q[round + pair] += rate * (targets[pair] / visits[pair] - q[round + pair]);
            }
        }
    }

    private double target(Trajectory trajectory, int h, int i, int at) {
        double now = trajectory.rewards()[h * trajectory.players() + i] + bonus[at / shape.actions()];
        return h + 1 < shape.rounds() ? now + q[index(trajectory, h + 1, i)] : now;
    }

    /** Where a player's table has what it did in a round. */
    private int index(Trajectory trajectory, int h, int i) {
        return policies.at(i) + h * targets.length + trajectory.pairs()[h * trajectory.players() + i];
    }

    /**
     * Returns what was learned.
     *
     * @return Q, (tables, H, S, A), which changes with each trajectory
     */
    public double[] values() {
        return q;
    }
}
