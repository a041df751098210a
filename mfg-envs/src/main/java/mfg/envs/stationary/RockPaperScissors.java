package mfg.envs.stationary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.List;
import mfg.core.Constants;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import org.jspecify.annotations.Nullable;

/**
 * Rock-paper-scissors (Bench-MFG's {@code rock_paper_scissors}). The action is the next state, and what one is earns by what it beats:
 * {@code r(x,mu) = mu(what x beats) - mu(what beats x)}. Even shares are the equilibrium, around which those who follow it may circle.
 */
public final class RockPaperScissors extends StationaryGame {

    private final NDArray payoffs;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param discount gamma; 0.9 in the source
     */
    public RockPaperScissors(Constants constants, double discount) {
        super(3, 3, discount);
        // column s: what a player in s earns from each opponent's state rock, paper, scissors
        this.payoffs = constants.matrix(new double[][] {{0, 1, -1}, {-1, 0, 1}, {1, -1, 0}});
        double[][] moves = new double[9][3];
        for (int row = 0; row < moves.length; row++) {
            moves[row][row % 3] = 1;
        }
        this.kernel = constants.matrix(moves);
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray reward = flow.sum(new int[] {1}).matMul(payoffs).expandDims(1);
        return new KernelRound(flow, reward.broadcast(flow.getShape()), kernel);
    }

    /** As commands know it. */
    @Named("bench-rps")
    @AutoService(Game.class)
    public static final class Entry extends StationaryExample {
        public Entry() {
            super("rock-paper-scissors, for ever", 0.01, 100);
        }

        @Override
        public List<String> stateNames() {
            return List.of("rock", "paper", "scissors");
        }

        @Override
        public List<String> actionNames() {
            return stateNames();
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new RockPaperScissors(constants, discount);
        }
    }
}
