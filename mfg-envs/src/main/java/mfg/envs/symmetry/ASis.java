package mfg.envs.symmetry;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.GameShape;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.core.symmetry.AnonymousGame;

/**
 * An epidemic among different people, A-SIS (SYMM App. E.2). States infected and healthy, actions keep distance and go out, initial
 * states uniform. {@code P_i(I | H, D) = 0}, {@code P_i(I | H, U) = a_i sigma(I, U)}, {@code P_i(I | I, .) = 1 - b_i}; reward {@code
 * r = -1{s = I} - d_i 1{a = D}}, scaled as {@code 1 + r/2}.
 *
 * <p>Susceptibility {@code a_i}, recovery {@code b_i} and aversion to distance {@code d_i} lie uniformly around 0.8, 0.3 and 0.5 (our
 * reading), centred over players; the largest deviation is {@code alpha/2}, {@code alpha/2} and {@code 2 beta}.
 */
public final class ASis implements AnonymousGame {

    private static final int INFECTED = 0;
    private static final int DISTANCE = 0;
    private static final int INFECTED_AND_OUT = 1;

    private final GameShape shape;
    private final int players;
    private final double[] susceptibility;
    private final double[] recovery;
    private final double[] aversion;

    /**
     * Creates the game.
     *
     * @param players N; 1000 in the source
     * @param rounds the horizon; 20 in the source
     * @param alpha how different transitions are, at most 0.4; 0.1 in the source
     * @param beta how different rewards are, at most 0.25; 0.1 in the source
     * @param seed decides who is who
     * @throws mfg.core.InvalidInputException if a number is out of range
     */
    public ASis(int players, int rounds, double alpha, double beta, long seed) {
        Traits.checkPlayers(players);
        Traits.check("alpha", alpha, 0.4);
        Traits.check("beta", beta, 0.25);
        SplittableRandom random = new SplittableRandom(seed);
        this.shape = new GameShape(rounds, 2, 2);
        this.players = players;
        this.susceptibility = around(0.8, Traits.scaled(players, alpha / 2, random));
        this.recovery = around(0.3, Traits.scaled(players, alpha / 2, random));
        this.aversion = around(0.5, Traits.scaled(players, 2 * beta, random));
    }

    private static double[] around(double mean, double[] traits) {
        for (int i = 0; i < traits.length; i++) {
            traits[i] += mean;
        }
        return traits;
    }

    @Override
    public int players() {
        return players;
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return new double[] {0.5, 0.5};
    }

    @Override
    public double reward(int i, int s, int a, double[] sigma) {
        return 1 - (s == INFECTED ? 0.5 : 0) - (a == DISTANCE ? aversion[i] / 2 : 0);
    }

    @Override
    public void transition(int i, int s, int a, double[] sigma, double[] next) {
        if (s == INFECTED) {
            next[INFECTED] = 1 - recovery[i];
        } else {
            next[INFECTED] = a == DISTANCE ? 0 : susceptibility[i] * sigma[INFECTED_AND_OUT];
        }
        next[1] = 1 - next[INFECTED];
    }

    @Override
    public boolean isAffine() {
        return true;
    }

    @Override
    public boolean movesAlone() {
        return false;
    }

    /** As commands know it. */
    @Named("a-sis")
    @AutoService(Game.class)
    public static final class Entry extends DifferentPlayers {
        @Parameter(about = "how different players move", min = 0, max = 1)
        double alpha = 0.1;

        @Parameter(about = "how different rewards are", min = 0)
        double beta = 0.1;

        public Entry() {
            super(1000, 20, "an epidemic among different people", "20");
        }

        @Override
        public List<String> stateNames() {
            return List.of("infected", "healthy");
        }

        @Override
        public AnonymousGame crowd(long seed) {
            return new ASis(players, horizon, alpha, beta, seed);
        }
    }
}
