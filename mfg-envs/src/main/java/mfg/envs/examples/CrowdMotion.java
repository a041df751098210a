package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.List;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Sizes;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Crowd motion (Perolat et al. 2021; MFGLib). Cells (i, j), state {@code width i + j}. Moves i + 1, i - 1, j + 1, j - 1 and
 * none; noise adds another of them, none with 1/2 and the others with 1/8 each, before the borders clamp the sum. Reward {@code
 * 10 (1 - d / (height + width)) - log(mu(s) + 1e-10)} with the distance {@code d = |i - b| + |j - c|} from the bar (b, c). The
 * bar is in the middle, {@code (height / 2, width / 2)}, for two rounds, then for two rounds at {@code (b - 1, c + 1)}, and so
 * on by turns; it stays in the middle where there is no such cell. The start is proportional to 1, 2, ..., S.
 */
public final class CrowdMotion implements MeanFieldGame<KernelRound> {

    private static final int[] DOWN = {1, -1, 0, 0, 0};
    private static final int[] ACROSS = {0, 0, 1, -1, 0};
    private static final double[] NOISE = {0.125, 0.125, 0.125, 0.125, 0.5};

    private final GameShape shape;
    private final NDArray[] bars;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon
     * @param height the cells along i
     * @param width the cells along j
     */
    public CrowdMotion(Constants constants, int rounds, int height, int width) {
        int states = Sizes.product("height x width", height, width);
        this.shape = new GameShape(rounds, states, NOISE.length);
        int away = height > 1 && width > 2 ? 1 : 0;
        this.bars = new NDArray[] {near(constants, height, width, 0), near(constants, height, width, away)};
        this.kernel = Moves.kernel(constants, states, NOISE.length, NOISE, (s, a, noise) -> {
            int row = Moves.clamped(s / width + DOWN[a] + DOWN[noise], height);
            int column = Moves.clamped(s % width + ACROSS[a] + ACROSS[noise], width);
            return width * row + column;
        });
    }

    /** What it is worth to be near the bar, which is some steps of both coordinates away from the middle. */
    private static NDArray near(Constants constants, int height, int width, int away) {
        double[] reward = new double[height * width];
        for (int s = 0; s < reward.length; s++) {
            int distance = Math.abs(s / width - (height / 2 - away)) + Math.abs(s % width - (width / 2 + away));
            reward[s] = 10 * (1 - distance / (double) (height + width));
        }
        return constants.vector(reward);
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return Moves.rising(shape.states());
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray crowd = flow.sum(new int[] {1}).add(1e-10).log();
        NDArray reward = crowd.neg().add(bars[h / 2 % 2]).expandDims(1).broadcast(flow.getShape());
        return new KernelRound(flow, reward, kernel);
    }

    /** As commands know it. */
    @Named("crowd-motion")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        @Parameter(about = "cells along one side of the ground", min = 1, max = 1e6)
        int height = 5;

        @Parameter(about = "cells along the other side", min = 1, max = 1e6)
        int width = 4;

        public Entry() {
            super(6, "a crowd follows a bar that moves", "Perolat et al. 2021; MFGLib");
        }

        @Override
        public String stateWord() {
            return "cell";
        }

        @Override
        public int[][] map() {
            return Moves.map(1, height, width);
        }

        @Override
        public List<String> actionNames() {
            return List.of("row + 1", "row - 1", "column + 1", "column - 1", "stay");
        }

        @Override
        double bound() {
            return 10 - Math.log(1e-10);
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new CrowdMotion(constants, horizon, height, width);
        }
    }
}
