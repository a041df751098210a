package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.SplittableRandom;

/**
 * A game with random coefficients whose reward and kernel depend smoothly on the whole population, through {@code x = sum
 * weight * L}: reward {@code base + coupling * (swing * sin(3 x) - mu(s))}, kernel {@code calm + coupling * x² * (busy -
 * calm)}. Written twice: on engine arrays and in plain Java.
 */
final class RandomGame implements MeanFieldGame<KernelRound> {

    private final GameShape shape;
    private final double coupling;
    private final double[] initial;
    private final double[][] weight;
    private final double[][][] base;
    private final double[][][] swing;
    private final double[][][] calm;
    private final double[][][] busy;

    private final NDArray weights;
    private final NDArray[] bases;
    private final NDArray[] swings;
    private final NDArray[] calms;
    private final NDArray[] changes;

    /** With coupling 0 it is a Markov decision process, with 1 a strongly interacting game. */
    RandomGame(Constants constants, GameShape shape, double coupling, long seed) {
        this.shape = shape;
        this.coupling = coupling;
        SplittableRandom random = new SplittableRandom(seed);
        int rounds = shape.rounds();
        int states = shape.states();
        int actions = shape.actions();
        initial = Samples.distribution(states, random);
        weight = new double[states][actions];
        base = new double[rounds][states][actions];
        swing = new double[rounds][states][actions];
        calm = new double[rounds][states * actions][];
        busy = new double[rounds][states * actions][];
        for (int s = 0; s < states; s++) {
            for (int a = 0; a < actions; a++) {
                weight[s][a] = random.nextDouble();
                for (int h = 0; h < rounds; h++) {
                    base[h][s][a] = random.nextDouble(-1, 1);
                    swing[h][s][a] = random.nextDouble(-1, 1);
                    calm[h][s * actions + a] = Samples.distribution(states, random);
                    busy[h][s * actions + a] = Samples.distribution(states, random);
                }
            }
        }
        weights = constants.matrix(weight);
        bases = new NDArray[rounds];
        swings = new NDArray[rounds];
        calms = new NDArray[rounds];
        changes = new NDArray[rounds];
        for (int h = 0; h < rounds; h++) {
            bases[h] = constants.matrix(base[h]);
            swings[h] = constants.matrix(swing[h]);
            calms[h] = constants.matrix(calm[h]);
            double[][] change = new double[states * actions][states];
            for (int row = 0; row < change.length; row++) {
                for (int next = 0; next < states; next++) {
                    change[row][next] = busy[h][row][next] - calm[h][row][next];
                }
            }
            changes[h] = constants.matrix(change);
        }
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return initial.clone();
    }

    @Override
    public KernelRound round(int h, NDArray flow, KernelRound previous, NDList theta) {
        NDArray x = flow.mul(weights).sum();
        NDArray crowd = flow.sum(new int[] {1}, true);
        NDArray reward = x.mul(3).sin().mul(swings[h]).sub(crowd).mul(coupling).add(bases[h]);
        NDArray kernel = x.square().mul(coupling).mul(changes[h]).add(calms[h]);
        return new KernelRound(flow, reward, kernel);
    }

    private double x(double[][] flow) {
        double x = 0;
        for (int s = 0; s < flow.length; s++) {
            for (int a = 0; a < flow[s].length; a++) {
                x += weight[s][a] * flow[s][a];
            }
        }
        return x;
    }

    /** {@code R[h](s, a, L)} in plain Java. */
    double reward(int h, int s, int a, double[][] flow) {
        double crowd = 0;
        for (double mass : flow[s]) {
            crowd += mass;
        }
        return base[h][s][a] + coupling * (swing[h][s][a] * Math.sin(3 * x(flow)) - crowd);
    }

    /** {@code P[h](next | s, a, L)} in plain Java. */
    double transition(int h, int s, int a, int next, double[][] flow) {
        int row = s * shape.actions() + a;
        double share = coupling * x(flow) * x(flow);
        return (1 - share) * calm[h][row][next] + share * busy[h][row][next];
    }
}
