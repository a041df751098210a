package mfg.envs.symmetry;

import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.Sizes;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.core.symmetry.AnonymousGame;

/**
 * An asymmetric congestion game (SYMM Ex. 1, App. D.1). The more others have the same pair, the less it is worth, and nobody moves
 * anybody else:
 *
 * <p>{@code R_i(s, a, k) = h_i(s, a, k) + r_i(s, a)} among k others at {@code (s, a)}, {@code h_i = (w(s,a) + x_i(s,a)/2) f(k/(N-1))},
 * {@code r_i = v(s,a) + x_i(s,a)/2}, both in [0, 1],
 *
 * <p>with {@code f(y) = 1 - y - c y (1 - y)}, which falls from 1 to 0: along a line for {@code c = 0}, as {@code (1 - y)^2} for
 * {@code c = 1}; linear between counts. {@code w} and {@code v} are uniform in [1/4, 3/4], the same for all. So the induced game is
 * monotone, {@code sum_(s,a) (R(s,a,L) - R(s,a,L'))(L - L')(s,a) <= 0}, and 1-sparse.
 *
 * <p>Any transitions will do that leave others alone. Here places are on a ring, initial states uniform, actions left, stay and right,
 * and a move fails with probability {@code p_i}. {@code p_i} lies around 0.2 and {@code x_i} around 0, centred over players, so that
 * the induced game is the same for all alpha and beta, and for {@code c = 0} for all N; the largest deviations are {@code alpha/2} and
 * {@code beta}.
 */
public final class AsymmetricCongestion implements AnonymousGame {

    private static final int MOVES = 3;
    private static final double FAILURE = 0.2;

    private final GameShape shape;
    private final int players;
    private final double convexity;
    private final double[] failure;

    /** {@code w} and {@code v}, by pair. */
    private final double[] weight;

    private final double[] worth;

    /** {@code x_i}, of player i for a pair at {@code i * pairs + pair}. */
    private final double[] taste;

    /**
     * Creates the game.
     *
     * @param players N
     * @param rounds the horizon
     * @param places the number of places, at least 3
     * @param alpha how different transitions are, at most 0.4
     * @param beta how different rewards are, at most 0.5
     * @param convexity c, in [0, 1]
     * @param seed decides places and players
     * @throws InvalidInputException if a number is out of range
     */
    public AsymmetricCongestion(
            int players, int rounds, int places, double alpha, double beta, double convexity, long seed) {
        Traits.checkPlayers(players);
        Traits.check("alpha", alpha, 2 * FAILURE);
        Traits.check("beta", beta, 0.5);
        Traits.check("convexity", convexity, 1);
        if (places < MOVES) {
            throw new InvalidInputException("a ring needs at least 3 places, not " + places);
        }
        SplittableRandom random = new SplittableRandom(seed);
        int pairs = places * MOVES;
        this.shape = new GameShape(rounds, places, MOVES);
        this.players = players;
        this.convexity = convexity;
        this.weight = new double[pairs];
        this.worth = new double[pairs];
        Arrays.setAll(weight, pair -> random.nextDouble(0.25, 0.75));
        Arrays.setAll(worth, pair -> random.nextDouble(0.25, 0.75));
        this.failure = Traits.scaled(players, alpha / 2, random);
        Arrays.setAll(failure, i -> failure[i] + FAILURE);
        this.taste = new double[Sizes.product("players x pairs", players, pairs)];
        for (int pair = 0; pair < pairs; pair++) {
            double[] tastes = Traits.scaled(players, beta, random);
            for (int i = 0; i < players; i++) {
                taste[i * pairs + pair] = tastes[i];
            }
        }
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
        double[] even = new double[shape.states()];
        Arrays.fill(even, 1.0 / even.length);
        return even;
    }

    @Override
    public double reward(int i, int s, int a, double[] sigma) {
        int pair = s * MOVES + a;
        double half = taste[i * weight.length + pair] / 2;
        return (weight[pair] + half) * left(players * sigma[pair] - 1) + worth[pair] + half;
    }

    /** {@code f}; what is linear between counts is a parabola less {@code u (1 - u)}, u being the part of a count. */
    private double left(double others) {
        int most = players - 1;
        double part = others - Math.floor(others);
        double bent = others * (most - others) - part * (1 - part);
        return 1 - others / most - convexity * bent / most / most;
    }

    @Override
    public void transition(int i, int s, int a, double[] sigma, double[] next) {
        Arrays.fill(next, 0);
        next[Math.floorMod(s + a - 1, next.length)] = 1 - failure[i];
        next[s] += failure[i];
    }

    @Override
    public boolean isAffine() {
        return convexity == 0;
    }

    @Override
    public boolean movesAlone() {
        return true;
    }

    /** As commands know it. */
    @Named("asymmetric-congestion")
    @AutoService(Game.class)
    public static final class Entry extends DifferentPlayers {
        @Parameter(about = "how different players move", min = 0, max = 1)
        double alpha = 0.1;

        @Parameter(about = "how different rewards are", min = 0)
        double beta = 0.1;

        @Parameter(about = "how the worth of a place falls: 0 along a line, 1 as (1 - crowd)^2", min = 0, max = 1)
        double convexity = 0;

        public Entry() {
            super(1000, 10, "crowds, on a ring of five places, of people with tastes of their own", "20");
        }

        @Override
        public List<String> stateNames() {
            return List.of("1", "2", "3", "4", "5");
        }

        @Override
        public AnonymousGame crowd(long seed) {
            return new AsymmetricCongestion(players, horizon, 5, alpha, beta, convexity, seed);
        }
    }
}
