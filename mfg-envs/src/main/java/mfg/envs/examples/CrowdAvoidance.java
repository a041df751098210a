package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.List;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Tensors;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import org.jspecify.annotations.Nullable;

/**
 * Two populations that cross a hall with pillars and avoid each other (OpenSpiel's {@code crowd_avoidance}, congestion 2). A state
 * is a population and a cell. After the move, noise of 0.5 moves once more, to each side alike; walls stop. A player earns {@code
 * 1{x is the target} - 2 mu(x)} with the other population's mu. An example of several populations.
 */
public final class CrowdAvoidance implements MeanFieldGame<KernelRound> {

    private static final Grid GRID =
            new Grid(PredatorPrey.MOVES, "#######", "#  #  #", "#     #", "#  #  #", "#     #", "#  #  #", "#######");
    private static final int POPULATIONS = 2;
    private static final double NOISE = 0.5;
    private static final double CONGESTION = 2;

    private final GameShape shape;
    private final NDArray targets;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 10 in the source
     */
    public CrowdAvoidance(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, POPULATIONS * GRID.cells(), PredatorPrey.MOVES.length);
        double[] there = new double[shape.states()];
        there[state(0, 5, 3)] = 1;
        there[state(1, 1, 3)] = 1;
        this.targets = constants.column(there);
        this.kernel = constants.matrix(GRID.kernel(POPULATIONS, PredatorPrey.drift(GRID, NOISE)));
    }

    private static int state(int population, int x, int y) {
        return population * GRID.cells() + GRID.at(x, y);
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        double[] start = new double[shape.states()];
        start[state(0, 1, 2)] = 0.4;
        start[state(0, 2, 2)] = 0.4;
        start[state(0, 1, 4)] = 0.2;
        start[state(1, 5, 2)] = 0.2;
        start[state(1, 4, 4)] = 0.4;
        start[state(1, 5, 4)] = 0.4;
        return start;
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray crowds = flow.sum(new int[] {1}, true);
        NDList halves = crowds.split(POPULATIONS);
        NDArray others = NDArrays.concat(new NDList(halves.get(1), halves.get(0)));
        NDArray reward = Tensors.times(others, -CONGESTION).add(targets);
        return new KernelRound(flow, reward.broadcast(flow.getShape()), kernel);
    }

    /** As commands know it. */
    @Named("crowd-avoidance")
    @AutoService(Game.class)
    public static final class Entry extends PredatorPrey.Populations {
        public Entry() {
            super(GRID, List.of("left", "right"), "two populations that avoid each other", "OpenSpiel");
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new CrowdAvoidance(constants, horizon);
        }
    }
}
