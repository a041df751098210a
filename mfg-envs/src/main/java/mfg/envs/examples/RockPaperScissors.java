package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.List;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import org.jspecify.annotations.Nullable;

/**
 * Generalized rock-paper-scissors (Cui and Koeppl 2021). States 0, R, P, S; the action is the next state; {@code r(R) = 2
 * mu(S) - mu(P)}, {@code r(P) = 4 mu(R) - 2 mu(S)}, {@code r(S) = 6 mu(P) - 3 mu(R)}, {@code r(0) = 0}. From 0.
 */
public final class RockPaperScissors implements MeanFieldGame<KernelRound> {

    private final GameShape shape;
    private final NDArray payoffs;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 2 in the source
     */
    public RockPaperScissors(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, 4, 3);
        // column s: what a player in s earns from each opponent's state 0, R, P, S
        this.payoffs = constants.matrix(new double[][] {{0, 0, 0, 0}, {0, 0, 4, -3}, {0, -1, 0, 6}, {0, 2, -2, 0}});
        double[][] moves = new double[4 * 3][4];
        for (int s = 0; s < 4; s++) {
            for (int a = 0; a < 3; a++) {
                moves[s * 3 + a][a + 1] = 1;
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
        return new double[] {1, 0, 0, 0};
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray states = flow.sum(new int[] {1});
        NDArray reward = states.matMul(payoffs).expandDims(1).broadcast(flow.getShape());
        return new KernelRound(flow, reward, kernel);
    }

    /** As commands know it. */
    @Named("rps")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        public Entry() {
            super(2, "generalized rock-paper-scissors", "Cui and Koeppl 2021");
        }

        @Override
        public List<String> stateNames() {
            return List.of("start", "rock", "paper", "scissors");
        }

        @Override
        public List<String> actionNames() {
            return List.of("rock", "paper", "scissors");
        }

        @Override
        double bound() {
            return 6;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new RockPaperScissors(constants, horizon);
        }
    }
}
