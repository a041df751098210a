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
 * A row of seven places with bars at 2 and 4, where people like company (Bench-MFG's {@code multiple_equilibria}): {@code r(x,a,mu) =
 * -movement |a| - distance min(|x - 2|, |x - 4|) + company mu(x)}. It has several equilibria. Moves and noise are those of {@code x' = x
 * + a + e}, e = -1, 0, 1 with probabilities 0.025, 0.95, 0.025, stopped by the ends.
 */
public final class TwoBars extends Crowding {

    private static final int PLACES = 7;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param discount gamma; 0.9 in the source
     * @param company what a crowd is worth; 5 in the source
     * @param distance what each place from the next bar costs; 20 in the source
     * @param movement what a move costs; 4 in the source
     */
    public TwoBars(Constants constants, double discount, double company, double distance, double movement) {
        super(
                constants,
                discount,
                Chain.kernel(PLACES),
                Chain.reward(PLACES, movement, x -> -distance * Math.min(Math.abs(x - 2), Math.abs(x - 4))),
                company);
    }

    /** As commands know it. */
    @Named("bench-two-bars")
    @AutoService(Game.class)
    public static final class Entry extends StationaryExample {
        @Parameter(about = "what a crowd is worth", min = 0)
        double company = 5;

        @Parameter(about = "what each place from the next bar costs", min = 0)
        double distance = 20;

        @Parameter(about = "what a move costs", min = 0)
        double movement = 4;

        public Entry() {
            super("two bars where people like company: several equilibria", 0.1, 50);
        }

        @Override
        public List<String> actionNames() {
            return Chain.ACTIONS;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new TwoBars(constants, discount, company, distance, movement);
        }
    }
}
