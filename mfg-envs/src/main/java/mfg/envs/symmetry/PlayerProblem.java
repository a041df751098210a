package mfg.envs.symmetry;

import mfg.core.GameShape;
import mfg.core.Sizes;

/**
 * What one player faces while all others stay as they are: a decision problem with known tables. Round h pays {@code R[h](s,a) + tau
 * entropy(pi[h](s))}.
 *
 * @param shape rounds, states and actions
 * @param initial the distribution of the first state, (S)
 * @param reward {@code R[h](s,a)}, (H, S, A)
 * @param kernel {@code P[h](s' | s,a)}, (H, S, A, S)
 */
record PlayerProblem(GameShape shape, double[] initial, double[] reward, double[] kernel) {

    static PlayerProblem empty(GameShape shape, double[] initial) {
        int pairs = (int) shape.policy().size();
        return new PlayerProblem(
                shape,
                initial,
                new double[pairs],
                new double[Sizes.product("rounds x pairs x states", pairs, shape.states())]);
    }

    /** How a state is valued, and what is played there. */
    private interface Choice {

        /** Returns the value of a state from those of its actions, {@code q} from a place on; may write what is played. */
        double value(double[] q, int row);
    }

    /** The policy that is worth most, (H, S, A): greedy, ties to the first action, or {@code softmax(q / tau)}. */
    double[] best(double tau) {
        double[] policy = new double[reward.length];
        int actions = shape.actions();
        backward((q, row) -> {
            if (tau > 0) {
                return soften(q, row, tau, policy);
            }
            int best = row;
            for (int a = row + 1; a < row + actions; a++) {
                best = q[a] > q[best] ? a : best;
            }
            policy[best] = 1;
            return q[best];
        });
        return policy;
    }

    private double soften(double[] q, int row, double tau, double[] policy) {
        double most = Double.NEGATIVE_INFINITY;
        for (int a = row; a < row + shape.actions(); a++) {
            most = Math.max(most, q[a]);
        }
        double sum = 0;
        for (int a = row; a < row + shape.actions(); a++) {
            policy[a] = Math.exp((q[a] - most) / tau);
            sum += policy[a];
        }
        for (int a = row; a < row + shape.actions(); a++) {
            policy[a] /= sum;
        }
        return most + tau * Math.log(sum);
    }

    /** What a policy is worth from the start; it begins at a place of an array. */
    double value(double[] policy, int at, double tau) {
        return backward((q, row) -> {
            double value = 0;
            for (int a = row; a < row + shape.actions(); a++) {
                value += policy[at + a] * q[a];
            }
            return tau > 0 ? value + tau * entropy(policy, at + row, shape.actions()) : value;
        });
    }

    /** {@code - sum p log p} of a row, {@code 0 log 0 = 0}. */
    static double entropy(double[] policy, int row, int actions) {
        double entropy = 0;
        for (int a = row; a < row + actions; a++) {
            entropy -= policy[a] > 0 ? policy[a] * Math.log(policy[a]) : 0;
        }
        return entropy;
    }

    private double backward(Choice choice) {
        int states = shape.states();
        int actions = shape.actions();
        double[] q = new double[reward.length];
        double[] value = new double[states];
        for (int h = shape.rounds() - 1; h >= 0; h--) {
            double[] later = value.clone();
            for (int s = 0; s < states; s++) {
                int row = (h * states + s) * actions;
                for (int pair = row; pair < row + actions; pair++) {
                    q[pair] = reward[pair];
                    for (int to = 0; to < states; to++) {
                        q[pair] += kernel[pair * states + to] * later[to];
                    }
                }
                value[s] = choice.value(q, row);
            }
        }
        double total = 0;
        for (int s = 0; s < states; s++) {
            total += initial[s] * value[s];
        }
        return total;
    }
}
