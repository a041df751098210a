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
 * Producers and the price that their supply makes (Guo, Hu and Zhang 2022; MFGLib). The state s, 0 to 3, is a stock of
 * material; an action {@code 3 q + h} produces q and orders h, both 0 to 2: {@code s' = min(s - min(q, s) + h, 3)}. The price
 * is {@code p = (2 / (sum L q + 0.5))^(1 / 1.2)}, the reward {@code (p - 0.2) q - 0.1 q^2 - 0.3 h - 0.4 max(q - s, 0) - 0.05 s}.
 */
public final class EquilibriumPrice implements MeanFieldGame<KernelRound> {

    private static final int STATES = 4;
    private static final int CHOICES = 3;
    private static final int ACTIONS = CHOICES * CHOICES;

    private final GameShape shape;
    private final NDArray produced;
    private final NDArray costs;
    private final NDArray demand;
    private final NDArray elasticity;
    private final NDArray kernel;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 5 in the source
     */
    public EquilibriumPrice(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, STATES, ACTIONS);
        double[][] cost = new double[STATES][ACTIONS];
        for (int s = 0; s < STATES; s++) {
            for (int a = 0; a < ACTIONS; a++) {
                int q = a / CHOICES;
                int order = a % CHOICES;
                cost[s][a] = -0.2 * q - 0.1 * q * q - 0.3 * order - 0.4 * Math.max(q - s, 0) - 0.05 * s;
            }
        }
        this.costs = constants.matrix(cost);
        this.produced = constants.vector(IntStream.range(0, ACTIONS)
                .map(a -> a / CHOICES)
                .asDoubleStream()
                .toArray());
        this.demand = constants.vector(0.5);
        this.elasticity = constants.vector(-1 / 1.2);
        this.kernel = Moves.kernel(constants, STATES, ACTIONS, (s, a, noise) -> {
            int left = s - Math.min(a / CHOICES, s);
            return Math.min(left + a % CHOICES, STATES - 1);
        });
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return new double[] {0.1, 0.2, 0.3, 0.4};
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray supply = flow.mul(produced).sum();
        NDArray price = supply.add(0.5).mul(demand).pow(elasticity);
        return new KernelRound(flow, price.mul(produced).add(costs), kernel);
    }

    /** As commands know it. */
    @Named("price")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        public Entry() {
            super(5, "producers and their price", "Guo, Hu and Zhang 2022; MFGLib");
        }

        @Override
        public String stateWord() {
            return "stock";
        }

        @Override
        public List<String> actionNames() {
            return IntStream.range(0, ACTIONS)
                    .mapToObj(a -> "produce %d, order %d".formatted(a / CHOICES, a % CHOICES))
                    .toList();
        }

        @Override
        double bound() {
            return 2 * Math.pow(4, 1 / 1.2) + 2 * 0.2 + 4 * 0.1 + 2 * 0.3 + 2 * 0.4 + 3 * 0.05;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new EquilibriumPrice(constants, horizon);
        }
    }
}
