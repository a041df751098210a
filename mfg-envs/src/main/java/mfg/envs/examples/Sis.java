package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
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
 * An epidemic (Cui and Koeppl 2021). States susceptible and infected; actions go out and keep distance. {@code P(I -> S) =
 * 0.3}, {@code P(S -> I | out) = 0.81 mu(I)}, {@code P(S -> I | distance) = 0}; reward {@code -1} when infected and {@code
 * -0.5} when keeping distance. An example of transitions that depend on the population.
 */
public final class Sis implements MeanFieldGame<KernelRound> {

    private final GameShape shape;
    private final NDArray reward;
    private final NDArray still;
    private final NDArray contagion;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon, one more than the last round's number; 51 in the source
     */
    public Sis(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, 2, 2);
        this.reward = constants.matrix(new double[][] {{0, -0.5}, {-1, -1.5}});
        // rows (S, out), (S, distance), (I, out), (I, distance); the kernel is still + mu(I) * contagion
        this.still = constants.matrix(new double[][] {{1, 0}, {1, 0}, {0.3, 0.7}, {0.3, 0.7}});
        this.contagion = constants.matrix(new double[][] {{-0.81, 0.81}, {0, 0}, {0, 0}, {0, 0}});
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return new double[] {0.4, 0.6};
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray infected = flow.get(1).sum();
        NDArray kernel = infected.mul(contagion).add(still);
        return new KernelRound(flow, Tensors.copy(flow.getManager(), reward), kernel);
    }

    /** As commands know it. */
    @Named("sis")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        public Entry() {
            super(51, "an epidemic", "Cui and Koeppl 2021");
        }

        @Override
        public List<String> stateNames() {
            return List.of("susceptible", "infected");
        }

        @Override
        public List<String> actionNames() {
            return List.of("go out", "keep distance");
        }

        @Override
        double bound() {
            return 1.5;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new Sis(constants, horizon);
        }
    }
}
