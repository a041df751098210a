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
import mfg.core.Tensors;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import org.jspecify.annotations.Nullable;

/**
 * The linear-quadratic game of MFGLib (Perrin et al. 2020). Positions x from -5 to 5, controls u from -2 to 2, and the mean m
 * of the positions. {@code x' = round(x + 0.1 (m - x + u) + 3 n sqrt(0.1))}, half to even, clamped, with noise n in -9, -6, ...,
 * 9 of weights {@code exp(-n^2 / 2)}. Reward: {@link QuadraticReward} of step 0.1. The start is proportional to 1, 2, ..., 11.
 *
 * <p>The noise is scaled twice, and so nearly always 0; that is the source's game. Transitions jump as the mean moves.
 */
public final class LinearQuadratic implements MeanFieldGame<KernelRound> {

    private static final double STEP = 0.1;
    private static final int FARTHEST = 5;
    private static final int STRONGEST = 2;
    private static final double[] POSITIONS = around(FARTHEST, 1);
    private static final double[] CONTROLS = around(STRONGEST, 1);
    private static final double[] NOISE = around(3, 3);

    private final GameShape shape;
    private final QuadraticReward reward;
    private final NDArray aims;
    private final NDArray positions;
    private final NDArray weights;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 4 in the source
     */
    public LinearQuadratic(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, POSITIONS.length, CONTROLS.length);
        this.reward = new QuadraticReward(constants, POSITIONS, CONTROLS, STEP);
        double[][] aim = new double[POSITIONS.length * CONTROLS.length][NOISE.length];
        for (int i = 0; i < aim.length; i++) {
            double x = POSITIONS[i / CONTROLS.length];
            double u = CONTROLS[i % CONTROLS.length];
            for (int n = 0; n < NOISE.length; n++) {
                aim[i][n] = x + STEP * (u - x) + 3 * NOISE[n] * Math.sqrt(STEP);
            }
        }
        this.aims = constants.matrix(aim);
        this.positions = constants.vector(POSITIONS);
        this.weights = constants.column(Moves.normalized(IntStream.range(0, NOISE.length)
                .mapToDouble(n -> Math.exp(-NOISE[n] * NOISE[n] / 2))
                .toArray()));
    }

    private static double[] around(int most, int step) {
        return IntStream.rangeClosed(-most, most).mapToDouble(i -> step * i).toArray();
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return Moves.rising(POSITIONS.length);
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray targets =
                Tensors.times(reward.mean(flow), STEP).add(aims).round().clip(-FARTHEST, FARTHEST);
        NDArray hits = targets.expandDims(2).eq(positions).toType(flow.getDataType(), false); // (S * A, noise, S)
        NDArray kernel = hits.mul(weights).sum(new int[] {1});
        return new KernelRound(flow, reward.at(flow, h == shape.rounds() - 1), kernel);
    }

    /** As commands know it. */
    @Named("lq")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        public Entry() {
            super(4, "the linear-quadratic game on a line", "MFGLib; Perrin et al. 2020");
        }

        @Override
        public String stateWord() {
            return "position";
        }

        @Override
        public List<String> stateNames() {
            return IntStream.rangeClosed(-FARTHEST, FARTHEST)
                    .mapToObj(Integer::toString)
                    .toList();
        }

        @Override
        public List<String> actionNames() {
            return IntStream.rangeClosed(-STRONGEST, STRONGEST)
                    .mapToObj("%+d"::formatted)
                    .toList();
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new LinearQuadratic(constants, horizon);
        }
    }
}
