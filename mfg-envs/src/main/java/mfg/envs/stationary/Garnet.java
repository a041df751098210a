package mfg.envs.stationary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A game that is drawn at random (Bench-MFG's {@code mf_garnet}, additive): {@code P(. | s,a,mu)} is in proportion to {@code max(0, p
 * P0(. | s,a) + q C(s,a) mu)}, and {@code r(s,a,mu) = c R0(s,a) + d (M mu)(s)}. The numbers p, q, c, d are uniform on (0, 1); P0 is a flat
 * Dirichlet distribution over {@code branching} states drawn with replacement, of which the last counts where one is drawn twice; C,
 * R0 and N are standard normal; and {@code M = (N + N') / 2}, or {@code (N - N') / 2} in a cyclic game.
 *
 * <p>These are Bench-MFG's distributions, not its draws, which are its generator's. It rounds probabilities to 64ths. Where nothing
 * is above 0, all states are equally likely.
 */
public final class Garnet extends StationaryGame {

    /** So little is added to each state's weight that it decides only where all are 0. */
    private static final double LEAST = 1e-12;

    private final NDArray base;
    private final NDArray pull;
    private final NDArray reward;
    private final NDArray interaction;

    /**
     * Draws the game.
     *
     * @param constants makes and owns the constants
     * @param discount gamma; 0.9 in the source
     * @param states S; 20 in the source, or 100
     * @param actions A; 4 in the source, or 6
     * @param branching states that P0 leads to; 5 in the source, or 6
     * @param isCyclic whether players chase each other, rather than have a potential
     * @param instance which of all such games
     * @throws InvalidInputException if P0 were to lead to more states than there are
     */
    public Garnet(
            Constants constants,
            double discount,
            int states,
            int actions,
            int branching,
            boolean isCyclic,
            long instance) {
        super(states, actions, discount);
        if (branching > states) {
            throw new InvalidInputException("of %d states none leads to %d".formatted(states, branching));
        }
        SplittableRandom random = new SplittableRandom(instance);
        double p = random.nextDouble();
        double q = random.nextDouble();
        double c = random.nextDouble();
        double d = random.nextDouble();
        double[][] always = new double[states * actions][states];
        for (double[] row : always) {
            branch(row, p, branching, random);
        }
        this.base = constants.matrix(always);
        this.pull = constants.matrix(normal(states, states * actions * states, q, random));
        this.reward = constants.matrix(normal(states, actions, c, random));
        double[][] n = normal(states, states, d, random);
        double[][] m = new double[states][states];
        for (int s = 0; s < states; s++) {
            for (int y = 0; y < states; y++) {
                m[y][s] = (n[s][y] + (isCyclic ? -1 : 1) * n[y][s]) / 2;
            }
        }
        this.interaction = constants.matrix(m);
    }

    /** Draws a row of P0, times p. */
    private static void branch(double[] row, double p, int branching, SplittableRandom random) {
        int[] to = random.ints(branching, 0, row.length).toArray();
        double[] weights = new double[branching];
        Arrays.setAll(weights, i -> random.nextExponential());
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; i < branching; i++) {
            row[to[i]] = p * weights[i] / sum;
        }
    }

    private static double[][] normal(int rows, int columns, double scale, SplittableRandom random) {
        double[][] numbers = new double[rows][columns];
        for (double[] row : numbers) {
            Arrays.setAll(row, i -> scale * random.nextGaussian());
        }
        return numbers;
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray crowd = flow.sum(new int[] {1});
        NDArray weights = Activation.relu(
                        crowd.matMul(pull).reshape(base.getShape()).add(base))
                .add(LEAST);
        NDArray kernel = weights.div(weights.sum(new int[] {1}, true));
        NDArray earned = crowd.matMul(interaction).expandDims(1).add(reward);
        return new KernelRound(flow, earned, kernel);
    }

    /** As commands know it. */
    @Named("bench-garnet")
    @AutoService(Game.class)
    public static final class Entry extends StationaryExample {
        @Parameter(about = "states", min = 2, max = 200)
        int states = 20;

        @Parameter(about = "actions", min = 1, max = 50)
        int actions = 4;

        @Parameter(about = "states that an action leads to, whatever the population", min = 1)
        int branching = 5;

        @Parameter(about = "whether players chase each other, rather than have a potential")
        boolean cyclic;

        @Parameter(about = "which of all such games", min = 0)
        long instance;

        public Entry() {
            super("a game that is drawn at random", 3, 200);
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new Garnet(constants, discount, states, actions, branching, cyclic, instance);
        }
    }
}
