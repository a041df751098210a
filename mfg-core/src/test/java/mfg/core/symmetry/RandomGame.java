package mfg.core.symmetry;

import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.GameShape;

/** A game in which everything depends on who does what, at random: nobody is like anybody else. */
final class RandomGame implements NamedGame {

    private final int players;
    private final GameShape shape;
    private final long seed;

    RandomGame(int players, GameShape shape, long seed) {
        this.players = players;
        this.shape = shape;
        this.seed = seed;
    }

    @Override
    public int players() {
        return players;
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        double[] even = new double[shape.states()];
        Arrays.fill(even, 1.0 / even.length);
        return even;
    }

    private SplittableRandom at(int i, int s, int a, int[] others) {
        long code = i;
        for (int pair : others) {
            code = code * pairs() + pair;
        }
        return new SplittableRandom(seed + 31 * ((code * shape.states() + s) * shape.actions() + a));
    }

    @Override
    public double reward(int i, int s, int a, int[] others) {
        return at(i, s, a, others).nextDouble();
    }

    @Override
    public void transition(int i, int s, int a, int[] others, double[] next) {
        SplittableRandom random = at(i, s, a, others);
        random.nextDouble();
        double sum = 0;
        for (int to = 0; to < next.length; to++) {
            next[to] = random.nextDouble();
            sum += next[to];
        }
        for (int to = 0; to < next.length; to++) {
            next[to] /= sum;
        }
    }
}
