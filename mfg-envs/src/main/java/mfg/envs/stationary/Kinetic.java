package mfg.envs.stationary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import com.google.auto.service.AutoService;
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
 * A square that people cross to its last cell, where crowds let nobody in (Bench-MFG's {@code kinetic_congestion}): a move to another
 * cell y succeeds with probability {@code 1 - min(1, mu(y) / capacity)}, or else leaves the player where it is; {@code r(x,a) = -1{x !=
 * target} - movement 1{a != stay}}. An example of transitions that depend on the population. Bench-MFG rounds the probability to
 * hundredths.
 */
public final class Kinetic extends StationaryGame {

    private final NDArray reward;
    private final NDArray fill;
    private final NDArray remain;
    private final NDArray move;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param discount gamma; 0.9 in the source
     * @param side cells a row and a column; 5 in the source
     * @param capacity the share of all players that fills a cell; 0.18 in the source
     * @param movement what a move costs; 0.1 in the source
     */
    public Kinetic(Constants constants, double discount, int side, double capacity, double movement) {
        this(constants, discount, new Floor(side), capacity, movement);
    }

    private Kinetic(Constants constants, double discount, Floor floor, double capacity, double movement) {
        super(floor.cells(), floor.actions(), discount);
        double[][] arrive = floor.kernel(0, 0, 0, 0, 1);
        double[][] still = new double[arrive.length][floor.cells()];
        double[][] change = new double[arrive.length][floor.cells()];
        double[][] filled = new double[floor.cells()][arrive.length];
        double[][] earned = floor.cost(movement);
        for (int row = 0; row < arrive.length; row++) {
            int here = row / floor.actions();
            still[row][here] = 1;
            for (int there = 0; there < floor.cells(); there++) {
                change[row][there] = arrive[row][there] - still[row][there];
                filled[there][row] = arrive[row][there] / capacity;
            }
            earned[here][row % floor.actions()] -= here == floor.cells() - 1 ? 0 : 1;
        }
        this.reward = constants.matrix(earned);
        this.fill = constants.matrix(filled);
        this.remain = constants.matrix(still);
        this.move = constants.matrix(change);
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray filled = flow.sum(new int[] {1}).matMul(fill);
        NDArray success = Activation.relu(filled.neg().add(1)).expandDims(1);
        NDArray kernel = success.mul(move).add(remain);
        return new KernelRound(flow, Tensors.copy(flow.getManager(), reward), kernel);
    }

    /** As commands know it. */
    @Named("bench-kinetic")
    @AutoService(Game.class)
    public static final class Entry extends StationaryExample {
        @Parameter(about = "cells a row and a column", min = 1, max = 30)
        int side = 5;

        @Parameter(about = "the share of all players that fills a cell", above = 0, max = 1)
        double capacity = 0.18;

        @Parameter(about = "what a move costs", min = 0)
        double movement = 0.1;

        public Entry() {
            super("a square to be crossed, where crowds let nobody in", 0.5, 500);
        }

        @Override
        public List<String> stateNames() {
            return new Floor(side).names();
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
            return new Kinetic(constants, discount, side, capacity, movement);
        }
    }
}
