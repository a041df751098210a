package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Map;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import org.jspecify.annotations.Nullable;

/**
 * Crowds that spread in rooms, as OpenSpiel's {@code mfg_crowd_modelling_2d} with reward {@code -log(mu(x) + 1e-25)} only. A state
 * is a cell. Actions are up, left, stay, right and down; moves into walls are not legal. After the move, noise of intensity e takes
 * each of the n open moves of the cell with probability e/n, and none with 1 - e more.
 */
public final class Rooms implements MeanFieldGame<KernelRound> {

    private static final int STAY = 2;
    private static final int[][] MOVES = {{0, -1}, {-1, 0}, {0, 0}, {1, 0}, {0, 1}};

    private static final Grid RING = new Grid(MOVES, "#####", "#   #", "# # #", "#   #", "#####");

    private static final Grid FOUR_ROOMS = new Grid(
            MOVES,
            "#############",
            "#     #     #",
            "#     #     #",
            "#           #",
            "#     #     #",
            "#     #     #",
            "### ##### ###",
            "#     #     #",
            "#     #     #",
            "#           #",
            "#     #     #",
            "#     #     #",
            "#############");

    private static final Grid MAZE = new Grid(
            MOVES,
            "######################",
            "#      #     #     # #",
            "#      #     #     # #",
            "######    #  # ##  # #",
            "#         #  # #   # #",
            "#         #  # ### # #",
            "#  ########  #   #   #",
            "#    # # #  ##   #   #",
            "#    # # #     # # ###",
            "#    # # #     # # # #",
            "###### # ####### # # #",
            "#  #         #   # # #",
            "#  # ## ###  #   # # #",
            "## # #    #  ##### # #",
            "## # # #  #      # # #",
            "#    # ####        # #",
            "# ####  # ########   #",
            "#       #  #   # ### #",
            "#  #  # #  # # #   # #",
            "# ##### #    # #     #",
            "#            #       #",
            "######################");

    private final GameShape shape;
    private final double[] start;
    private final NDArray kernel;
    private final NDArray walls;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param grid the rooms
     * @param rounds the horizon
     * @param noise its intensity, from 0 to 1
     * @param start the distribution of the first round
     */
    private Rooms(Constants constants, Grid grid, int rounds, double noise, double[] start) {
        this.shape = new GameShape(rounds, grid.cells(), MOVES.length);
        this.start = start;
        double[][] noises = new double[grid.cells()][MOVES.length];
        double[][] blocked = new double[grid.cells()][MOVES.length];
        for (int cell = 0; cell < grid.cells(); cell++) {
            for (int a = 0; a < MOVES.length; a++) {
                noises[cell][a] = grid.isOpen(cell, a) ? noise / grid.ways(cell) : 0;
                blocked[cell][a] = grid.isOpen(cell, a) ? 0 : NEVER;
            }
            noises[cell][STAY] += 1 - noise;
        }
        this.kernel = constants.matrix(grid.kernel(1, noises));
        this.walls = constants.matrix(blocked);
    }

    /**
     * Creates a ring of eight cells, with noise of intensity 0.4. Of the players, 3/4 start in one corner and 1/4 in the opposite
     * one.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 8 in the source
     * @return the game
     */
    public static Rooms ring(Constants constants, int rounds) {
        double[] start = new double[RING.cells()];
        start[RING.at(1, 1)] = 0.75;
        start[RING.at(3, 3)] = 0.25;
        return new Rooms(constants, RING, rounds, 0.4, start);
    }

    /**
     * Creates four rooms of 104 cells, with noise of intensity 1. All start in the corner of one.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 40 in the source
     * @return the game
     */
    public static Rooms fourRooms(Constants constants, int rounds) {
        return new Rooms(constants, FOUR_ROOMS, rounds, 1, corner(FOUR_ROOMS));
    }

    /**
     * Creates a maze on 22 x 22 cells, with noise of intensity 1. All start in its corner.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 100 in the source
     * @return the game
     */
    public static Rooms maze(Constants constants, int rounds) {
        return new Rooms(constants, MAZE, rounds, 1, corner(MAZE));
    }

    private static double[] corner(Grid grid) {
        double[] start = new double[grid.cells()];
        start[grid.at(1, 1)] = 1;
        return start;
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return start.clone();
    }

    @Override
    public NDArray legal(NDArray values) {
        return values.add(walls);
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray crowd = flow.sum(new int[] {1}, true).add(1e-25).log();
        return new KernelRound(flow, crowd.neg().broadcast(flow.getShape()), kernel);
    }

    /** Rooms as commands know them. */
    abstract static class Entry extends Example {

        private final Grid grid;

        Entry(Grid grid, int horizon, String about) {
            super(horizon, about, "OpenSpiel; Geist et al. 2022");
            this.grid = grid;
        }

        @Override
        public List<String> stateNames() {
            return grid.names();
        }

        @Override
        public String stateWord() {
            return "cell";
        }

        @Override
        public int[][] map() {
            return grid.map(1);
        }

        @Override
        public List<String> actionNames() {
            return List.of("up", "left", "stay", "right", "down");
        }

        @Override
        Map<String, String> suiting() {
            return Map.of("eta", "0.1", "solve.iterations", "100");
        }
    }

    /** The ring as commands know it. */
    @Named("ring-room")
    @AutoService(Game.class)
    public static final class Ring extends Entry {
        public Ring() {
            super(RING, 8, "a crowd that spreads on a ring");
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return ring(constants, horizon);
        }
    }

    /** The four rooms as commands know them. */
    @Named("four-rooms")
    @AutoService(Game.class)
    public static final class FourRooms extends Entry {
        public FourRooms() {
            super(FOUR_ROOMS, 40, "a crowd that spreads in four rooms");
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return fourRooms(constants, horizon);
        }
    }

    /** The maze as commands know it. */
    @Named("maze")
    @AutoService(Game.class)
    public static final class Maze extends Entry {
        public Maze() {
            super(MAZE, 100, "a crowd that spreads in a maze");
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return maze(constants, horizon);
        }
    }
}
