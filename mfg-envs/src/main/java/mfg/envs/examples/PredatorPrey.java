package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import org.jspecify.annotations.Nullable;

/**
 * Three populations that hunt and flee in a circle (Perolat et al. 2021, as OpenSpiel's {@code predator_prey} on 5 x 5 cells). A
 * state is a population and a cell. After the move, noise of 0.8 moves once more, to each side alike; walls stop. Population p
 * earns {@code -log(mu_p(x) + 1e-25) + sum_q M[p][q] mu_q(x)}. They start in three corners. An example of several populations.
 */
public final class PredatorPrey implements MeanFieldGame<KernelRound> {

    /** Stay, right, down, up, left. */
    static final int[][] MOVES = {{0, 0}, {1, 0}, {0, 1}, {0, -1}, {-1, 0}};

    private static final Grid GRID = new Grid(MOVES, "     ", "     ", "     ", "     ", "     ");
    private static final double[][] ATTRACTION = {{0, -1, 1}, {1, 0, -1}, {-1, 1, 0}};
    private static final int[][] CORNERS = {{0, 0}, {4, 0}, {0, 4}};
    private static final int POPULATIONS = ATTRACTION.length;
    private static final double NOISE = 0.8;

    private final GameShape shape;
    private final NDArray attraction;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 10 in the source
     */
    public PredatorPrey(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, POPULATIONS * GRID.cells(), MOVES.length);
        this.attraction = constants.matrix(transposed(ATTRACTION));
        this.kernel = constants.matrix(GRID.kernel(POPULATIONS, drift(GRID, NOISE)));
    }

    /** Noise that is the same everywhere: none, or to each of four sides. */
    static double[][] drift(Grid grid, double noise) {
        double[] drift = {1 - noise, noise / 4, noise / 4, noise / 4, noise / 4};
        double[][] everywhere = new double[grid.cells()][];
        Arrays.fill(everywhere, drift);
        return everywhere;
    }

    private static double[][] transposed(double[][] matrix) {
        return IntStream.range(0, matrix[0].length)
                .mapToObj(j -> Arrays.stream(matrix).mapToDouble(row -> row[j]).toArray())
                .toArray(double[][]::new);
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        double[] start = new double[shape.states()];
        for (int p = 0; p < POPULATIONS; p++) {
            start[p * GRID.cells() + GRID.at(CORNERS[p][0], CORNERS[p][1])] = 1;
        }
        return start;
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray crowds = flow.sum(new int[] {1}).reshape(POPULATIONS, GRID.cells());
        NDArray others = crowds.transpose().matMul(attraction).transpose();
        NDArray reward = crowds.add(1e-25).log().neg().add(others).reshape(new Shape(shape.states(), 1));
        return new KernelRound(flow, reward.broadcast(flow.getShape()), kernel);
    }

    /** As commands know it. */
    @Named("predator-prey")
    @AutoService(Game.class)
    public static final class Entry extends Populations {
        public Entry() {
            super(
                    GRID,
                    List.of("first", "second", "third"),
                    "three populations that hunt and flee",
                    "OpenSpiel; Perolat et al. 2021");
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new PredatorPrey(constants, horizon);
        }
    }

    /** Populations on a grid as commands know them. */
    abstract static class Populations extends Example {

        private final List<String> states;
        private final int[][] map;

        Populations(Grid grid, List<String> populations, String about, String source) {
            super(10, about, source);
            this.map = grid.map(populations.size());
            this.states = populations.stream()
                    .flatMap(population -> grid.names().stream().map(cell -> population + " " + cell))
                    .toList();
        }

        @Override
        public List<String> stateNames() {
            return states;
        }

        @Override
        public int[][] map() {
            return map.clone();
        }

        @Override
        public List<String> actionNames() {
            return List.of("stay", "right", "down", "up", "left");
        }
    }
}
