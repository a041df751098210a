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
 * A crowd that spreads on a square: {@code r(x,a,mu) = -movement 1{a != stay} - crowding mu(x)}. Noise moves players up, right, down and
 * left with probability 0.025 each, at once with their action; what leads out of the square leaves them where they are.
 *
 * <p>Of Bench-MFG's {@code potential_game2d} only the configuration is published, and no class: sizes, noise and the two coefficients are
 * from there, the rest as its other games on squares have it.
 */
public final class Potential extends Crowding {

    private Potential(Constants constants, double discount, Floor floor, double crowding, double movement) {
        super(constants, discount, floor.kernel(0.025, 0.025, 0.025, 0.025, 0.9), floor.cost(movement), -crowding);
    }

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param discount gamma; 0.9 in the source
     * @param side cells a row and a column; 4 in the source
     * @param crowding what a crowd costs; 2 in the source
     * @param movement what a move costs; 0.1 in the source
     */
    public Potential(Constants constants, double discount, int side, double crowding, double movement) {
        this(constants, discount, new Floor(side), crowding, movement);
    }

    /** As commands know it. */
    @Named("bench-potential")
    @AutoService(Game.class)
    public static final class Entry extends StationaryExample {
        @Parameter(about = "cells a row and a column", min = 1, max = 30)
        int side = 4;

        @Parameter(about = "what a crowd costs", min = 0)
        double crowding = 2;

        @Parameter(about = "what a move costs", min = 0)
        double movement = 0.1;

        public Entry() {
            super("a crowd that spreads on a square", 3, 100);
        }

        @Override
        public List<String> stateNames() {
            return new Floor(side).names();
        }

        @Override
        public String stateWord() {
            return "cell";
        }

        @Override
        public List<String> actionNames() {
            return Floor.ACTIONS;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new Potential(constants, discount, side, crowding, movement);
        }
    }
}
