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
 * An asymmetric congestion game (SYMM Example 1; the ring is our reading): places on a ring, actions left, stay and right, initial
 * states uniform. A move fails with probability {@code p_i}; nobody moves anybody else. The more do the same in the same place, the
 * less it is worth:
 *
 * <p>{@code R_i(s, a, sigma) = 3/4 - t(s,a)/4 + x_i(s,a) - w(s,a) sigma(s,a) / 2},
 *
 * <p>with {@code t} and {@code w} uniform in [0, 1], the same for all. So the induced game is monotone, {@code sum_(s,a) (R(s,a,L) -
 * R(s,a,L'))(L - L')(s,a) <= 0}, 1-sparse in each pair, and rewards are in [-beta, 1]. {@code p_i} lies around 0.2 and {@code x_i} around
 * 0, centred over players; the largest deviations are {@code alpha/2} and {@code beta}.
 */
public final class AsymmetricCongestion implements AnonymousGame {

    private static final int MOVES = 3;
    private static final double FAILURE = 0.2;

    private final GameShape shape;
    private final int players;
    private final double[] failure;

    /** By pair. */
    private final double[] worth;

    private final double[] weight;

    /** Of player i for a pair at {@code i * pairs + pair}. */
    private final double[] taste;

    /**
     * Creates the game.
     *
     * @param players N
     * @param rounds the horizon
     * @param places the number of places, at least 3
     * @param alpha how different transitions are, at most 0.4
     * @param beta how different rewards are, at most 0.25
     * @param seed decides places and players
     * @throws InvalidInputException if a number is out of range
     */
    public AsymmetricCongestion(int players, int rounds, int places, double alpha, double beta, long seed) {
        Traits.checkPlayers(players);
        Traits.check("alpha", alpha, 2 * FAILURE);
        Traits.check("beta", beta, 0.25);
        if (places < MOVES) {
            throw new InvalidInputException("a ring needs at least 3 places, not " + places);
        }
        SplittableRandom random = new SplittableRandom(seed);
        int pairs = places * MOVES;
        this.shape = new GameShape(rounds, places, MOVES);
        this.players = players;
        this.worth = new double[pairs];
        this.weight = new double[pairs];
        Arrays.setAll(worth, pair -> 0.75 - random.nextDouble() / 4);
        Arrays.setAll(weight, pair -> random.nextDouble() / 2);
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
        return worth[pair] + taste[i * worth.length + pair] - weight[pair] * sigma[pair];
    }

    @Override
    public void transition(int i, int s, int a, double[] sigma, double[] next) {
        Arrays.fill(next, 0);
        next[Math.floorMod(s + a - 1, next.length)] = 1 - failure[i];
        next[s] += failure[i];
    }

    @Override
    public boolean isAffine() {
        return true;
    }

    @Override
    public boolean movesAlone() {
        return true;
    }

    /** As commands know it. */
    @Named("congestion")
    @AutoService(Game.class)
    public static final class Entry extends DifferentPlayers {
        @Parameter(about = "how different players move", min = 0, max = 1)
        double alpha = 0.1;

        @Parameter(about = "how different rewards are", min = 0)
        double beta = 0.1;

        public Entry() {
            super(1000, 10, "crowds on a ring of five places", "20");
        }

        @Override
        public List<String> stateNames() {
            return List.of("1", "2", "3", "4", "5");
        }

        @Override
        public AnonymousGame crowd(long seed) {
            return new AsymmetricCongestion(players, horizon, 5, alpha, beta, seed);
        }
    }
}
