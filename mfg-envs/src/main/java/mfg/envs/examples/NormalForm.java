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
 * Games of one move (OpenSpiel's normal-form mean-field games; Muller et al. 2022). Everybody starts in state 0, and the action
 * is the next state less 1. Reward {@code sum_x M[s, x] mu(x) + q(s) (mu(1) - mu(3)) mu(3) + k(s)}, which is 0 in state 0.
 */
public final class NormalForm implements MeanFieldGame<KernelRound> {

    private static final int STATES = 4;
    private static final int ACTIONS = 3;
    private static final double[] NONE = new double[STATES];

    private final GameShape shape;
    private final NDArray linear;
    private final NDArray crossed;
    private final NDArray alone;
    private final NDArray kernel;

    private NormalForm(Constants constants, int rounds, double[][] columns, double[] crossed, double[] alone) {
        this.shape = new GameShape(rounds, STATES, ACTIONS);
        this.linear = constants.matrix(columns);
        this.crossed = constants.vector(crossed);
        this.alone = constants.vector(alone);
        this.kernel = Moves.kernel(constants, STATES, ACTIONS, (s, a, noise) -> a + 1);
    }

    /**
     * With the shares a, b, c of the actions: {@code 10 a - 200/9 (a - c) c - 20 b}, {@code 20 (a - b) - 2380 c} and {@code 2000/9
     * (a - c) c}.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 2 in the source
     * @return the game
     */
    public static NormalForm coordination(Constants constants, int rounds) {
        double[][] columns = {{0, 0, 0, 0}, {0, 10, 20, 0}, {0, -20, -20, 0}, {0, 0, -2380, 0}};
        return new NormalForm(constants, rounds, columns, new double[] {0, -200 / 9.0, 0, 2000 / 9.0}, NONE);
    }

    /**
     * With the shares a, b, c of the actions: {@code a + c}, {@code b} and {@code a + c - 0.25}, which the first dominates.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 2 in the source
     * @return the game
     */
    public static NormalForm dominated(Constants constants, int rounds) {
        double[][] columns = {{0, 0, 0, 0}, {0, 1, 0, 1}, {0, 0, 1, 0}, {0, 1, 0, 1}};
        return new NormalForm(constants, rounds, columns, NONE, new double[] {0, 0, 0, -0.25});
    }

    /**
     * With the shares a, b, c of rock, paper and scissors: {@code 0.5 b - 0.3 c}, {@code 0.3 c - 0.7 a} and {@code 0.7 a - 0.5 b}.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 2 in the source
     * @return the game
     */
    public static NormalForm biased(Constants constants, int rounds) {
        double[][] columns = {{0, 0, 0, 0}, {0, 0, -0.7, 0.7}, {0, 0.5, 0, -0.5}, {0, -0.3, 0.3, 0}};
        return new NormalForm(constants, rounds, columns, NONE, NONE);
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return new double[] {1, 0, 0, 0};
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray states = flow.sum(new int[] {1});
        NDArray last = states.get(3);
        NDArray pays = states.get(1)
                .sub(last)
                .mul(last)
                .mul(crossed)
                .add(states.matMul(linear))
                .add(alone);
        return new KernelRound(flow, pays.expandDims(1).broadcast(flow.getShape()), kernel);
    }

    /** What the three have in common for commands. */
    private abstract static class Static extends Example {
        Static(String about) {
            super(2, about, "OpenSpiel; Muller et al. 2022");
        }

        @Override
        public List<String> stateNames() {
            return List.of("start", "first", "second", "third");
        }

        @Override
        public List<String> actionNames() {
            return List.of("first", "second", "third");
        }
    }

    /** {@link #coordination} as commands know it. */
    @Named("nfg-coop")
    @AutoService(Game.class)
    public static final class CoordinationEntry extends Static {
        public CoordinationEntry() {
            super("a static coordination game");
        }

        @Override
        double bound() {
            return 2400;
        }

        @Override
        Map<String, String> suiting() {
            return Map.of("eta", "0.01", "solve.iterations", "50");
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return coordination(constants, horizon);
        }
    }

    /** {@link #dominated} as commands know it. */
    @Named("nfg-dom")
    @AutoService(Game.class)
    public static final class DominatedEntry extends Static {
        public DominatedEntry() {
            super("a static game with a dominated action");
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return dominated(constants, horizon);
        }
    }

    /** {@link #biased} as commands know it. */
    @Named("nfg-rps")
    @AutoService(Game.class)
    public static final class BiasedEntry extends Static {
        public BiasedEntry() {
            super("static, biased rock-paper-scissors");
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return biased(constants, horizon);
        }
    }
}
