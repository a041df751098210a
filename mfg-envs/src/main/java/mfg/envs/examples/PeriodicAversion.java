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
 * Aversion to crowds in a periodic landscape (Almulla, Ferreira and Gomes 2017; OpenSpiel). Places i on a ring of 21, moves u
 * and noise n from -10 to 10, noise with weights {@code exp(-50 (n / 20)^2)}: {@code i' = i + u + n mod 21}. Reward {@code
 * 0.01 (-v^2 / 2 - log(20 mu(i) + 1e-15) + 2 pi^2 sin x - 2 pi^2 cos^2 x + 2 sin x)} with {@code x = 2 pi i / 20} and the speed
 * {@code v = 5 u}. Uniform start.
 *
 * <p>There a player's reward may be that of another action; this is the game as it is meant.
 */
public final class PeriodicAversion implements MeanFieldGame<KernelRound> {

    private static final int PLACES = 21;
    private static final int FASTEST = 10;
    private static final double STEP = 0.01;

    private final GameShape shape;
    private final NDArray base;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 20 in the source
     */
    public PeriodicAversion(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, PLACES, PLACES);
        double[][] rewards = new double[PLACES][PLACES];
        double[] noise = new double[PLACES];
        for (int i = 0; i < PLACES; i++) {
            noise[i] = Math.exp(-50 * Math.pow((i - FASTEST) / 20.0, 2));
            for (int a = 0; a < PLACES; a++) {
                double speed = 5 * (a - FASTEST);
                rewards[i][a] = STEP * (landscape(2 * Math.PI * i / 20) - speed * speed / 2);
            }
        }
        this.base = constants.matrix(rewards);
        this.kernel = Moves.kernel(
                constants,
                PLACES,
                PLACES,
                Moves.normalized(noise),
                (i, a, n) -> Math.floorMod(i + a - FASTEST + n - FASTEST, PLACES));
    }

    private static double landscape(double x) {
        double square = 2 * Math.PI * Math.PI;
        return square * Math.sin(x) - square * Math.cos(x) * Math.cos(x) + 2 * Math.sin(x);
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return Moves.even(PLACES);
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray density = Tensors.times(flow.sum(new int[] {1}, true), 20);
        NDArray crowd = Tensors.times(density.add(1e-15).log(), -STEP);
        return new KernelRound(flow, crowd.add(base), kernel);
    }

    /** As commands know it. */
    @Named("periodic-aversion")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        public Entry() {
            super(20, "aversion to crowds in a periodic landscape", "Almulla, Ferreira and Gomes 2017; OpenSpiel");
        }

        @Override
        public String stateWord() {
            return "place";
        }

        @Override
        public List<String> actionNames() {
            return IntStream.rangeClosed(-FASTEST, FASTEST)
                    .mapToObj("%+d"::formatted)
                    .toList();
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new PeriodicAversion(constants, horizon);
        }
    }
}
