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
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import org.jspecify.annotations.Nullable;

/**
 * The linear-quadratic game of OpenSpiel ({@code mean_field_lin_quad}; Perrin et al. 2020). Positions x on a ring of 10,
 * controls u and noise n from -3 to 3: {@code x' = x + u + n mod 10}. The noise is standard normal, rounded; the ends have the
 * tails. Reward: {@link QuadraticReward} of step 1. The start is proportional to 1, 2, ..., 10.
 *
 * <p>There a player's reward may be that of another action; this is the game as it is meant.
 */
public final class LinearQuadraticRing implements MeanFieldGame<KernelRound> {

    private static final int PLACES = 10;
    private static final int STRONGEST = 3;
    private static final int ACTIONS = 2 * STRONGEST + 1;

    /** The standard normal distribution function at 1/2, 3/2 and 5/2. */
    private static final double[] NORMAL = {0.6914624612740131, 0.9331927987311419, 0.993790334674224};

    private static final double[] NOISE = {
        1 - NORMAL[2],
        NORMAL[2] - NORMAL[1],
        NORMAL[1] - NORMAL[0],
        2 * NORMAL[0] - 1,
        NORMAL[1] - NORMAL[0],
        NORMAL[2] - NORMAL[1],
        1 - NORMAL[2]
    };

    private final GameShape shape;
    private final QuadraticReward reward;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 11 in the source
     */
    public LinearQuadraticRing(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, PLACES, ACTIONS);
        double[] positions = IntStream.range(0, PLACES).asDoubleStream().toArray();
        double[] controls =
                IntStream.rangeClosed(-STRONGEST, STRONGEST).asDoubleStream().toArray();
        this.reward = new QuadraticReward(constants, positions, controls, 1);
        this.kernel = Moves.kernel(
                constants,
                PLACES,
                ACTIONS,
                NOISE,
                (x, a, noise) -> Math.floorMod(x + a - STRONGEST + noise - STRONGEST, PLACES));
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return Moves.rising(PLACES);
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        return new KernelRound(flow, reward.at(flow, h == shape.rounds() - 1), kernel);
    }

    /** As commands know it. */
    @Named("lq-ring")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        public Entry() {
            super(11, "the linear-quadratic game on a ring", "OpenSpiel; Perrin et al. 2020");
        }

        @Override
        public String stateWord() {
            return "position";
        }

        @Override
        public List<String> actionNames() {
            return IntStream.rangeClosed(-STRONGEST, STRONGEST)
                    .mapToObj("%+d"::formatted)
                    .toList();
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new LinearQuadraticRing(constants, horizon);
        }
    }
}
