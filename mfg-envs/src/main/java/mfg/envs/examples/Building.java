package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
 * Evacuation of a building (Perolat et al. 2021; MFGLib). Cells (i, j) on floors f, state {@code (height f + i) width + j}.
 * Moves i + 1, i - 1, j - 1, j + 1, clamped; down one floor, from (0, 0) only; up one, from the opposite corner only. No
 * noise. Reward {@code 10 [f = 0] - log max(mu(s), 1e-20)}; the start is proportional to 1, 2, ..., S.
 */
public final class Building implements MeanFieldGame<KernelRound> {

    private static final int ACTIONS = 6;

    private final GameShape shape;
    private final NDArray safety;
    private final NDArray least;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon
     * @param floors how many there are
     * @param height the cells of a floor along i
     * @param width the cells of a floor along j
     */
    public Building(Constants constants, int rounds, int floors, int height, int width) {
        int floor = Sizes.product("height x width", height, width);
        int states = Sizes.product("floors x height x width", floors, height, width);
        this.shape = new GameShape(rounds, states, ACTIONS);
        double[] safe = new double[states];
        Arrays.fill(safe, 0, floor, 10);
        this.safety = constants.vector(safe);
        this.least = constants.vector(1e-20);
        this.kernel = Moves.kernel(constants, states, ACTIONS, (s, a, noise) -> {
            int row = s % floor / width;
            int column = s % width;
            return switch (a) {
                case 0 -> row < height - 1 ? s + width : s;
                case 1 -> row > 0 ? s - width : s;
                case 2 -> column > 0 ? s - 1 : s;
                case 3 -> column < width - 1 ? s + 1 : s;
                case 4 -> s % floor == 0 && s > 0 ? s - floor : s;
                default -> s % floor == floor - 1 && s < states - 1 ? s + floor : s;
            };
        });
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
        NDArray crowd = flow.sum(new int[] {1}).maximum(least).log();
        NDArray reward = crowd.neg().add(safety).expandDims(1).broadcast(flow.getShape());
        return new KernelRound(flow, reward, kernel);
    }

    /** As commands know it. */
    @Named("building")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        @Parameter(about = "floors of the building", min = 1, max = 1e6)
        int floors = 3;

        @Parameter(about = "cells along one side of the ground", min = 1, max = 1e6)
        int height = 4;

        @Parameter(about = "cells along the other side", min = 1, max = 1e6)
        int width = 4;

        public Entry() {
            super(8, "evacuation of a building", "Perolat et al. 2021; MFGLib");
        }

        @Override
        public String stateWord() {
            return "cell";
        }

        @Override
        public int[][] map() {
            return Moves.map(floors, height, width);
        }

        @Override
        public List<String> actionNames() {
            return List.of("row + 1", "row - 1", "column - 1", "column + 1", "downstairs", "upstairs");
        }

        @Override
        double bound() {
            return 10 - Math.log(1e-20);
        }

        @Override
        Map<String, String> suiting() {
            return Map.of("eta", "0.1", "solve.iterations", "50");
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new Building(constants, horizon, floors, height, width);
        }
    }
}
