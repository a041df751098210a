package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.Arrays;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A random game (Archibald, McKinnon and Thomas 1995; OpenSpiel's {@code mfg_garnet}). 20 states, 5 actions; each state and
 * action has a reward R and three possible next states, all at random. Reward {@code R(s, a) - log(mu(s) + 1e-25)}, uniform
 * start.
 *
 * <p>Numbers: {@code X <- 6364136223846793005 X + 1442695040888963407 mod 2^64}, from X = the instance's number, gives {@code u
 * = floor(X / 2^11) / 2^53}. For each state, and each action: R is the next u; then come three weights; then three next states
 * {@code floor(20 u)}, with probabilities in proportion to the weights, which add up where the states are the same.
 */
public final class Garnet implements MeanFieldGame<KernelRound> {

    private static final int STATES = 20;
    private static final int ACTIONS = 5;
    private static final int BRANCHES = 3;

    private final GameShape shape;
    private final NDArray base;
    private final NDArray kernel;

    /**
     * Draws the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon
     * @param instance which of the games it is
     */
    public Garnet(Constants constants, int rounds, long instance) {
        this.shape = new GameShape(rounds, STATES, ACTIONS);
        Numbers numbers = new Numbers(instance);
        double[][] rewards = new double[STATES][ACTIONS];
        double[][] moves = new double[STATES * ACTIONS][STATES];
        for (int s = 0; s < STATES; s++) {
            for (int a = 0; a < ACTIONS; a++) {
                rewards[s][a] = numbers.next();
                double[] weights = new double[BRANCHES];
                Arrays.setAll(weights, k -> numbers.next());
                for (double chance : Moves.normalized(weights)) {
                    moves[s * ACTIONS + a][(int) (STATES * numbers.next())] += chance;
                }
            }
        }
        this.base = constants.matrix(rewards);
        this.kernel = constants.matrix(moves);
    }

    /** Random numbers that any language can repeat. */
    private static final class Numbers {
        private long x;

        Numbers(long start) {
            this.x = start;
        }

        double next() {
            x = 6364136223846793005L * x + 1442695040888963407L;
            return (x >>> 11) * 0x1p-53;
        }
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return Moves.even(STATES);
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray crowd = flow.sum(new int[] {1}, true).add(1e-25).log();
        return new KernelRound(flow, crowd.neg().add(base), kernel);
    }

    /** As commands know it. */
    @Named("garnet-20x5")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        @Parameter(about = "which of the random games it is", min = 0)
        long instance = 1;

        public Entry() {
            super(10, "a random game", "Archibald, McKinnon and Thomas 1995; OpenSpiel");
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new Garnet(constants, horizon, instance);
        }
    }
}
