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
 * A crowd that would be in the middle of a row, and not in a crowd (Bench-MFG's {@code lasry_lions_chain}): {@code r(x,a,mu) = -movement
 * |a| - attraction (x - middle)^2 - crowding mu(x)}. It is monotone in the sense of Lasry and Lions, so it has one equilibrium. Moves and
 * noise are those of {@code x' = x + a + e}, e = -1, 0, 1 with probabilities 0.025, 0.95, 0.025, stopped by the ends.
 */
public final class LasryLions extends Crowding {

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param discount gamma; 0.9 in the source
     * @param places how many; 7 in the source
     * @param crowding what a crowd costs; 40 in the source
     * @param movement what a move costs; 2 in the source
     * @param attraction of the middle; 3 in the source
     */
    public LasryLions(
            Constants constants, double discount, int places, double crowding, double movement, double attraction) {
        super(
                constants,
                discount,
                Chain.kernel(places),
                Chain.reward(places, movement, x -> -attraction * Math.pow(x - (places - 1) / 2.0, 2)),
                -crowding);
    }

    /** As commands know it. */
    @Named("bench-lasry-lions")
    @AutoService(Game.class)
    public static final class Entry extends StationaryExample {
        @Parameter(about = "places", min = 1, max = 1000)
        int places = 7;

        @Parameter(about = "what a crowd costs", min = 0)
        double crowding = 40;

        @Parameter(about = "what a move costs", min = 0)
        double movement = 2;

        @Parameter(about = "what the middle attracts", min = 0)
        double attraction = 3;

        public Entry() {
            super("a crowd that would be in the middle and not crowded", 0.05, 100);
        }

        @Override
        public List<String> actionNames() {
            return Chain.ACTIONS;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new LasryLions(constants, discount, places, crowding, movement, attraction);
        }
    }
}
