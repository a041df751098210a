package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import org.jspecify.annotations.Nullable;

/**
 * Crowd modelling of OpenSpiel ({@code mfg_crowd_modelling}). Ten places on a circle, moves and noise -1, 0, +1 (noise each
 * with probability 1/3), uniform start; reward {@code 1 - |x - 5|/5 - cost[h](x) - log(mu(x) + 1e-25)}.
 *
 * <p>The cost of moving is the reference's artefact and belongs to the game: it is tied to place and round, not to the
 * action: 0.1 everywhere from round 1 on, except 0 at {@code x = (3 - 2h) mod 10}, and 0 in round 0.
 */
public final class CrowdModelling implements MeanFieldGame<KernelRound> {

    private static final int PLACES = 10;

    private final GameShape shape;
    private final NDArray[] base;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 10 in the source
     */
    public CrowdModelling(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, PLACES, 3);
        this.base = new NDArray[rounds];
        for (int h = 0; h < rounds; h++) {
            double[] reward = new double[PLACES];
            for (int x = 0; x < PLACES; x++) {
                boolean free = h == 0 || x == Math.floorMod(3 - 2 * h, PLACES);
                reward[x] = 1 - Math.abs(x - PLACES / 2) / (PLACES / 2.0) - (free ? 0 : 0.1);
            }
            base[h] = constants.vector(reward);
        }
        double[][] moves = new double[PLACES * 3][PLACES];
        for (int x = 0; x < PLACES; x++) {
            for (int a = 0; a < 3; a++) {
                for (int noise = -1; noise <= 1; noise++) {
                    moves[x * 3 + a][Math.floorMod(x + a - 1 + noise, PLACES)] += 1.0 / 3;
                }
            }
        }
        this.kernel = constants.matrix(moves);
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        double[] even = new double[PLACES];
        Arrays.fill(even, 1.0 / PLACES);
        return even;
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray crowd = flow.sum(new int[] {1}).add(1e-25).log();
        NDArray reward = crowd.neg().add(base[h]).expandDims(1).broadcast(flow.getShape());
        return new KernelRound(flow, reward, kernel);
    }

    /** As commands know it. */
    @Named("crowd-modelling")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        public Entry() {
            super(10, "OpenSpiel's crowd modelling", "OpenSpiel; Perrin et al. 2020");
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
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new CrowdModelling(constants, horizon);
        }
    }
}
