package mfg.core;

import java.util.Arrays;

/** Flows and values of a {@link RandomGame} straight from their definitions, in loops over plain doubles. */
final class ReferenceValues {

    /** What a state is worth, given its action values. */
    interface StateValue {
        double of(int h, int s, double[] q);
    }

    private ReferenceValues() {}

    static double[][][] flow(RandomGame game, double[][][] policy) {
        GameShape shape = game.shape();
        double[][][] flow = new double[shape.rounds()][shape.states()][shape.actions()];
        double[] mu = game.initialStates();
        for (int h = 0; h < shape.rounds(); h++) {
            for (int s = 0; s < shape.states(); s++) {
                for (int a = 0; a < shape.actions(); a++) {
                    flow[h][s][a] = mu[s] * policy[h][s][a];
                }
            }
            mu = moved(game, h, flow[h], flow[h]);
        }
        return flow;
    }

    /** Where a mass spread over states and actions goes in a round among the population. */
    static double[] moved(RandomGame game, int h, double[][] mass, double[][] population) {
        double[] next = new double[game.shape().states()];
        for (int s = 0; s < next.length; s++) {
            for (int a = 0; a < game.shape().actions(); a++) {
                for (int to = 0; to < next.length; to++) {
                    next[to] += mass[s][a] * game.transition(h, s, a, to, population);
                }
            }
        }
        return next;
    }

    static double[][][] q(RandomGame game, double[][][] flow, StateValue stateValue) {
        GameShape shape = game.shape();
        double[][][] q = new double[shape.rounds()][shape.states()][shape.actions()];
        double[] value = new double[shape.states()];
        for (int h = shape.rounds() - 1; h >= 0; h--) {
            for (int s = 0; s < shape.states(); s++) {
                for (int a = 0; a < shape.actions(); a++) {
                    q[h][s][a] = game.reward(h, s, a, flow[h]);
                    for (int to = 0; to < shape.states(); to++) {
                        q[h][s][a] += game.transition(h, s, a, to, flow[h]) * value[to];
                    }
                }
            }
            for (int s = 0; s < shape.states(); s++) {
                value[s] = stateValue.of(h, s, q[h][s]);
            }
        }
        return q;
    }

    static StateValue playing(double[][][] policy, double tau) {
        return (h, s, q) -> {
            double value = tau * entropy(policy[h][s]);
            for (int a = 0; a < q.length; a++) {
                value += policy[h][s][a] * q[a];
            }
            return value;
        };
    }

    static double maximum(int h, int s, double[] q) {
        return Arrays.stream(q).max().orElseThrow();
    }

    static StateValue logSumExp(double tau) {
        return (h, s, q) -> {
            double largest = maximum(h, s, q);
            return largest
                    + tau
                            * Math.log(Arrays.stream(q)
                                    .map(x -> Math.exp((x - largest) / tau))
                                    .sum());
        };
    }

    static double entropy(double[] distribution) {
        return Arrays.stream(distribution)
                .map(p -> p > 0 ? -p * Math.log(p) : 0)
                .sum();
    }

    /** {@code V(L, pi)} summed forward over where one player may be, not backward over values. */
    static double earned(RandomGame game, double[][][] population, double[][][] policy, double tau) {
        GameShape shape = game.shape();
        double[] where = game.initialStates();
        double earned = 0;
        for (int h = 0; h < shape.rounds(); h++) {
            double[][] mass = new double[shape.states()][shape.actions()];
            for (int s = 0; s < shape.states(); s++) {
                earned += where[s] * tau * entropy(policy[h][s]);
                for (int a = 0; a < shape.actions(); a++) {
                    mass[s][a] = where[s] * policy[h][s][a];
                    earned += mass[s][a] * game.reward(h, s, a, population[h]);
                }
            }
            where = moved(game, h, mass, population[h]);
        }
        return earned;
    }

    /** One policy row from its action values: softmax of {@code q / tau}. */
    static double[] softmax(double[] logits) {
        double largest = Arrays.stream(logits).max().orElseThrow();
        double[] weights = Arrays.stream(logits).map(x -> Math.exp(x - largest)).toArray();
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / total).toArray();
    }

    /** All mass on the first of the best actions. */
    static double[][][] greedy(double[][][] q) {
        double[][][] policy = new double[q.length][q[0].length][q[0][0].length];
        for (int h = 0; h < q.length; h++) {
            for (int s = 0; s < q[h].length; s++) {
                int best = 0;
                for (int a = 1; a < q[h][s].length; a++) {
                    best = q[h][s][a] > q[h][s][best] ? a : best;
                }
                policy[h][s][best] = 1;
            }
        }
        return policy;
    }
}
