package mfg.envs.stationary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.Constants;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Tensors;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * An epidemic that does not end (Bench-MFG's {@code sis_epidemic}). Actions are how much of one's social life to live, from 0 to 1 in even
 * steps; {@code P(S -> I | a) = contagion a mu(I)}, {@code P(I -> S) = recovery}; {@code r(x,a) = a - cost 1{x = I}}. An example of
 * transitions that depend on the population. Bench-MFG rounds the probabilities to hundredths.
 */
public final class Endemic extends StationaryGame {

    private final NDArray reward;
    private final NDArray still;
    private final NDArray infection;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param discount gamma; 0.9 in the source
     * @param levels of social life, at least 2; 5 in the source
     * @param contagion how likely one is infected among infected only; 0.8 in the source
     * @param recovery how likely an infected recovers; 0.1 in the source
     * @param cost of being infected; 10 in the source
     */
    public Endemic(Constants constants, double discount, int levels, double contagion, double recovery, double cost) {
        super(2, levels, discount);
        double[][] earned = new double[2][levels];
        double[][] well = new double[2 * levels][];
        double[][] ill = new double[2 * levels][2];
        for (int a = 0; a < levels; a++) {
            double level = a / (levels - 1.0);
            earned[0][a] = level;
            earned[1][a] = level - cost;
            well[a] = new double[] {1, 0};
            well[levels + a] = new double[] {recovery, 1 - recovery};
            ill[a] = new double[] {-contagion * level, contagion * level};
        }
        this.reward = constants.matrix(earned);
        this.still = constants.matrix(well);
        this.infection = constants.matrix(ill);
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray kernel = flow.get(1).sum().mul(infection).add(still);
        return new KernelRound(flow, Tensors.copy(flow.getManager(), reward), kernel);
    }

    /** As commands know it. */
    @Named("bench-sis")
    @AutoService(Game.class)
    public static final class Entry extends StationaryExample {
        @Parameter(about = "levels of social life", min = 2, max = 1000)
        int levels = 5;

        @Parameter(about = "how likely one is infected among infected only", min = 0, max = 1)
        double contagion = 0.8;

        @Parameter(about = "how likely an infected recovers", min = 0, max = 1)
        double recovery = 0.1;

        @Parameter(about = "what being infected costs", min = 0)
        double cost = 10;

        public Entry() {
            super("an epidemic that does not end", 0.5, 100);
        }

        @Override
        public List<String> stateNames() {
            return List.of("susceptible", "infected");
        }

        @Override
        public List<String> actionNames() {
            return IntStream.range(0, levels)
                    .mapToObj(a -> "%.3g".formatted(a / (levels - 1.0)))
                    .toList();
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new Endemic(constants, discount, levels, contagion, recovery, cost);
        }
    }
}
