package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.List;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import org.jspecify.annotations.Nullable;

/**
 * The beach bar of MFGLib (not the pricing game {@link mfg.envs.beach.BeachBar}). Four spots, the bar at 2, moves and noise
 * -1, 0, +1 (noise with probabilities 1/4, 1/2, 1/4), clamped; reward {@code -d(s, bar) - 1{a != 0}/4 - log(mu(s) + 1e-20)}
 * with the circular distance d.
 */
public final class MfglibBeachBar implements MeanFieldGame<KernelRound> {

    private static final int SPOTS = 4;
    private static final int BAR = 2;
    private static final double[] NOISE = {0.25, 0.5, 0.25};

    private final GameShape shape;
    private final NDArray base;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 3 in the source
     */
    public MfglibBeachBar(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, SPOTS, 3);
        double[][] rewards = new double[SPOTS][3];
        double[][] moves = new double[SPOTS * 3][SPOTS];
        for (int s = 0; s < SPOTS; s++) {
            int distance = Math.min(Math.abs(s - BAR), SPOTS - Math.abs(s - BAR));
            for (int a = 0; a < 3; a++) {
                rewards[s][a] = -distance - (a == 1 ? 0 : 1.0 / SPOTS);
                for (int e = 0; e < 3; e++) {
                    int next = Math.max(0, Math.min(SPOTS - 1, s + (a - 1) + (e - 1)));
                    moves[s * 3 + a][next] += NOISE[e];
                }
            }
        }
        this.base = constants.matrix(rewards);
        this.kernel = constants.matrix(moves);
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return new double[] {0.25, 0.25, 0.25, 0.25};
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray crowd = flow.sum(new int[] {1}, true).add(1e-20).log();
        return new KernelRound(flow, crowd.neg().add(base), kernel);
    }

    /** As commands know it. */
    @Named("mfglib-beach-bar")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        public Entry() {
            super(3, "MFGLib's beach bar", "MFGLib; Perrin et al. 2020");
        }

        @Override
        public List<String> actionNames() {
            return List.of("left", "stay", "right");
        }

        @Override
        public String stateWord() {
            return "spot";
        }

        @Override
        double bound() {
            return 4;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new MfglibBeachBar(constants, horizon);
        }
    }
}
