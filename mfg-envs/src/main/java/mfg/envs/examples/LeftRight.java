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
 * The left-right game (Cui and Koeppl 2021). Everybody starts in the centre C and goes left or right; crowds cost, twice as
 * much on the right: {@code r(L) = -mu(L)}, {@code r(R) = -2 mu(R)}, {@code r(C) = 0}. In equilibrium 2/3 go left.
 */
public final class LeftRight implements MeanFieldGame<KernelRound> {

    private final GameShape shape;
    private final NDArray dislike;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 2 in the source
     */
    public LeftRight(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, 3, 2);
        this.dislike = constants.vector(0, -1, -2); // C, L, R
        double[] left = {0, 1, 0};
        double[] right = {0, 0, 1};
        this.kernel = constants.matrix(new double[][] {left, right, left, right, left, right});
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return new double[] {1, 0, 0};
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray states = flow.sum(new int[] {1});
        NDArray reward = states.mul(dislike).expandDims(1).broadcast(flow.getShape());
        return new KernelRound(flow, reward, kernel);
    }

    /** As commands know it. */
    @Named("left-right")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        public Entry() {
            super(2, "crowds cost, more on the right", "Cui and Koeppl 2021");
        }

        @Override
        public List<String> stateNames() {
            return List.of("centre", "left", "right");
        }

        @Override
        public List<String> actionNames() {
            return List.of("left", "right");
        }

        @Override
        double bound() {
            return 2;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new LeftRight(constants, horizon);
        }
    }
}
