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
 * A row of places, the further to the right the better, whoever else is there (Bench-MFG's {@code no_interaction_game}): {@code r(x,a) =
 * x - movement |a|}. So an equilibrium is what is best for one alone. Moves and noise are those of {@code x' = x + a + e}, e = -1, 0, 1
 * with probabilities 0.025, 0.95, 0.025, stopped by the ends.
 */
public final class NoInteraction extends Crowding {

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param discount gamma; 0.9 in the source
     * @param places how many; 7 in the source
     * @param movement what a move costs; 0.1 in the source
     */
    public NoInteraction(Constants constants, double discount, int places, double movement) {
        super(constants, discount, Chain.kernel(places), Chain.reward(places, movement, x -> x), 0);
    }

    /** As commands know it. */
    @Named("bench-no-interaction")
    @AutoService(Game.class)
    public static final class Entry extends StationaryExample {
        @Parameter(about = "places", min = 1, max = 1000)
        int places = 7;

        @Parameter(about = "what a move costs", min = 0)
        double movement = 0.1;

        public Entry() {
            super("everybody for themselves in a row of places", 3, 100);
        }

        @Override
        public List<String> actionNames() {
            return Chain.ACTIONS;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new NoInteraction(constants, discount, places, movement);
        }
    }
}
