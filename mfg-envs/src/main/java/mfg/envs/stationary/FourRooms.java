package mfg.envs.stationary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import mfg.core.Constants;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Tensors;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A crowd that spreads in four rooms of 11 x 11 cells (Bench-MFG's {@code four_rooms_obstacles}): {@code r(x,a,mu) = -aversion
 * log(max(mu(x), 1e-12))}. Walls in row 5 and in column 5 have doors at 2 and 8. A player moves by its action and by noise at once, which
 * is each of the five moves alike, or not at all where this leads out or onto a wall. Cells of walls are states too: players start there
 * as everywhere, and leave as they leave other cells.
 */
public final class FourRooms extends StationaryGame {

    private static final int SIDE = 11;
    private static final Floor FLOOR = new Floor(SIDE, walls());

    private final NDArray kernel;
    private final NDArray least;
    private final double aversion;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param discount gamma; 0.9 in the source
     * @param aversion to crowds; 1 in the source
     */
    public FourRooms(Constants constants, double discount, double aversion) {
        super(FLOOR.cells(), FLOOR.actions(), discount);
        this.kernel = constants.matrix(FLOOR.kernel(0.2, 0.2, 0.2, 0.2, 0.2));
        double[] tiny = new double[FLOOR.cells()];
        Arrays.fill(tiny, 1e-12);
        this.least = constants.column(tiny);
        this.aversion = aversion;
    }

    private static boolean[] walls() {
        boolean[] walls = new boolean[SIDE * SIDE];
        for (int i = 0; i < SIDE; i++) {
            boolean isDoor = i == 2 || i == 8;
            walls[i * SIDE + SIDE / 2] = !isDoor;
            walls[SIDE / 2 * SIDE + i] = !isDoor;
        }
        return walls;
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray crowd = NDArrays.maximum(flow.sum(new int[] {1}, true), least).log();
        return new KernelRound(flow, Tensors.times(crowd, -aversion).broadcast(flow.getShape()), kernel);
    }

    /** As commands know it. */
    @Named("bench-four-rooms")
    @AutoService(Game.class)
    public static final class Entry extends StationaryExample {
        @Parameter(about = "what a crowd costs", min = 0)
        double aversion = 1;

        public Entry() {
            super("a crowd that spreads in four rooms, for ever", 0.1, 200);
        }

        @Override
        public List<String> stateNames() {
            return FLOOR.names();
        }

        @Override
        public String stateWord() {
            return "cell";
        }

        @Override
        public List<String> actionNames() {
            return Floor.ACTIONS;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new FourRooms(constants, discount, aversion);
        }
    }
}
