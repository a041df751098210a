package mfg.envs.stationary;

import com.google.auto.service.AutoService;
import java.util.List;
import mfg.core.Constants;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/**
 * Two places (Bench-MFG's {@code contraction_game}). Players stay or switch, for sure; {@code r(x,a,mu) = -cost 1{a = switch} -
 * congestion mu(x)}. If {@code cost > congestion / (1 - gamma)}, nobody ever switches, whatever the population.
 */
public final class Contraction extends Crowding {

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param discount gamma; 0.9 in the source
     * @param cost of a switch; 2 in the source
     * @param congestion what a crowd costs; 2 in the source
     */
    public Contraction(Constants constants, double discount, double cost, double congestion) {
        super(
                constants,
                discount,
                new double[][] {{1, 0}, {0, 1}, {0, 1}, {1, 0}},
                new double[][] {{0, -cost}, {0, -cost}},
                -congestion);
    }

    /** As commands know it. */
    @Named("bench-contraction")
    @AutoService(Game.class)
    public static final class Entry extends StationaryExample {
        @Parameter(about = "what a switch costs", min = 0)
        double cost = 2;

        @Parameter(about = "what a crowd costs", min = 0)
        double congestion = 2;

        public Entry() {
            super("two places, and a cost of switching", 0.3, 100);
        }

        @Override
        public List<String> actionNames() {
            return List.of("stay", "switch");
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new Contraction(constants, discount, cost, congestion);
        }
    }
}
