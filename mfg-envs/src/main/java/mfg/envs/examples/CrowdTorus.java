package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.List;
import java.util.stream.IntStream;
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
 * Crowd modelling in two dimensions (OpenSpiel's {@code mfg_crowd_modelling_2d}; Perrin et al. 2020). Cells (x, y) of a torus,
 * state {@code height x + y}. Moves (0, -1), (-1, 0), (0, 0), (1, 0), (0, 1), then as noise one of the five at random. Reward
 * {@code 1 - |x - c| / (width / 2) + 1 - |y - d| / (height / 2) - 0.1 [the action moves] - log(mu + 1e-25)} with the middle (c,
 * d), halves rounded down. The start is proportional to 1, 2, ..., S.
 *
 * <p>There a player's reward may be that of another action; this is the game as it is meant.
 */
public final class CrowdTorus implements MeanFieldGame<KernelRound> {

    private static final int[] X = {0, -1, 0, 1, 0};
    private static final int[] Y = {-1, 0, 0, 0, 1};
    private static final int STAY = 2;
    private static final int ACTIONS = 5;

    private final GameShape shape;
    private final NDArray base;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 10 in the source
     * @param width the cells along x; 10 in the source
     * @param height the cells along y; 10 in the source
     */
    public CrowdTorus(Constants constants, int rounds, int width, int height) {
        int states = Sizes.product("width x height", width, height);
        this.shape = new GameShape(rounds, states, ACTIONS);
        double[][] rewards = new double[states][ACTIONS];
        for (int s = 0; s < states; s++) {
            for (int a = 0; a < ACTIONS; a++) {
                rewards[s][a] = near(s / height, width) + near(s % height, height) - (a == STAY ? 0 : 0.1);
            }
        }
        this.base = constants.matrix(rewards);
        this.kernel = Moves.kernel(constants, states, ACTIONS, Moves.even(ACTIONS), (s, a, noise) -> {
            int x = Math.floorMod(s / height + X[a] + X[noise], width);
            int y = Math.floorMod(s % height + Y[a] + Y[noise], height);
            return height * x + y;
        });
    }

    private static double near(int at, int size) {
        return 1 - Math.abs(at - size / 2) / (size / 2.0);
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
        NDArray crowd = flow.sum(new int[] {1}, true).add(1e-25).log();
        return new KernelRound(flow, crowd.neg().add(base), kernel);
    }

    /** As commands know it. */
    @Named("crowd-torus-10x10")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        @Parameter(about = "cells along the other side", min = 1, max = 1e6)
        int width = 10;

        @Parameter(about = "cells along one side of the ground", min = 1, max = 1e6)
        int height = 10;

        public Entry() {
            super(10, "OpenSpiel's crowd modelling in two dimensions", "OpenSpiel; Perrin et al. 2020");
        }

        @Override
        public String stateWord() {
            return "cell";
        }

        @Override
        public int[][] map() {
            return IntStream.range(0, width * height)
                    .mapToObj(s -> new int[] {s / height, s % height})
                    .toArray(int[][]::new);
        }

        @Override
        public List<String> actionNames() {
            return List.of("y - 1", "x - 1", "stay", "x + 1", "y + 1");
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new CrowdTorus(constants, horizon, width, height);
        }
    }
}
