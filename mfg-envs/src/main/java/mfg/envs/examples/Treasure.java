package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Tensors;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import org.jspecify.annotations.Nullable;

/**
 * Conservative treasure hunting (Guo, Hu and Zhang 2022; MFGLib). Three sites; an action is the site to go to. With {@code
 * d(s) = sum of squares of L - E(s)}, where E(s) is 1 at (s, s) and 0 elsewhere: who stays at s earns {@code r(s) (1 - d(s) /
 * 2)}, others nothing; and {@code P(s' | s, a) = (e + [s' = a]) / (1 + 3 e)} with {@code e = c[h] d(s)}. In round 0 nobody
 * earns anything and everybody arrives. r is 1, 0.8, 0.5; c is 1, 0.5, 2 in rounds 1 to 3, then 1.
 */
public final class Treasure implements MeanFieldGame<KernelRound> {

    private static final int SITES = 3;
    private static final double[] TREASURES = {1, 0.8, 0.5};
    private static final double[] DANGERS = {0, 1, 0.5, 2};

    private final GameShape shape;
    private final NDArray unit;
    private final NDArray reward;
    private final NDArray nothing;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 6 in the source
     */
    public Treasure(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, SITES, SITES);
        double[][] same = new double[SITES][SITES];
        double[][] stay = new double[SITES][SITES];
        for (int s = 0; s < SITES; s++) {
            same[s][s] = 1;
            stay[s][s] = TREASURES[s];
        }
        this.unit = constants.matrix(same);
        this.reward = constants.matrix(stay);
        this.nothing = constants.matrix(new double[SITES][SITES]);
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return new double[] {0.5, 0.3, 0.2};
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray staying = flow.mul(unit).sum(new int[] {1}, true);
        NDArray distance = Tensors.times(staying, -2).add(flow.square().sum()).add(1); // (S, 1)
        double danger = h < DANGERS.length ? DANGERS[h] : 1;
        NDArray lost = Tensors.times(distance, danger).reshape(SITES, 1, 1); // e
        NDArray kernel = lost.add(unit).div(Tensors.times(lost, SITES).add(1)).reshape(SITES * SITES, SITES);
        NDArray kept = Tensors.times(distance, -0.5).add(1);
        return new KernelRound(flow, kept.mul(h == 0 ? nothing : reward), kernel);
    }

    /** As commands know it. */
    @Named("treasure")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        public Entry() {
            super(6, "conservative treasure hunting", "Guo, Hu and Zhang 2022; MFGLib");
        }

        @Override
        public String stateWord() {
            return "site";
        }

        @Override
        double bound() {
            return 1;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new Treasure(constants, horizon);
        }
    }
}
