package mfg.envs.symmetry;

import com.google.auto.service.AutoService;
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
 * Asymmetric rock-paper-scissors, A-RPS (SYMM App. E.2). {@code S = A = {R, P, S}}, the next state is the action, initial states
 * are uniform (our reading). In state s a player loses to the next move and wins against the one before:
 *
 * <p>{@code r(s, a) = -c(s) sigma_a(a) - u(s) sigma_s(s + 1) + v(s) sigma_s(s - 1)}, scaled as {@code (r + 7 + 2e) / (10 +
 * 3e)}, in [0, 1] but for what centring adds to the largest x,
 *
 * <p>with {@code u = (2,4,6) + e x_u}, {@code v = (1,2,3) + e x_v}, {@code c = (1,1,1) + e x_c} (base of c: our reading), each x of
 * each player uniform in [-1, 1], then centred over players. With {@code B} the largest of {@code |x_c| + max(|x_u|, |x_v|)}, {@code
 * e = 10 beta / (B - 3 beta)} makes the largest difference of a reward from the
 * average player's {@code beta}, or a little less where the signs of the largest x do not fit.
 */
public final class ARps implements AnonymousGame {

    private static final int MOVES = 3;
    private static final int[] STRONGER = {1, 2, 0};
    private static final int[] WEAKER = {2, 0, 1};
    private static final double[] LOSS = {2, 4, 6};
    private static final double[] WIN = {1, 2, 3};
    private static final double CROWD = 1;

    private final GameShape shape;
    private final int players;

    /** Of player i in state s at {@code i * 3 + s}, scaled as the reward is. */
    private final double[] loss;

    private final double[] win;
    private final double[] crowd;
    private final double base;

    /**
     * Creates the game.
     *
     * @param players N; 2000 in the source
     * @param rounds the horizon; 10 in the source
     * @param beta how different rewards are; 0.1 in the source
     * @param seed decides who is who
     * @throws InvalidInputException if beta is out of range: {@code e < 1} is required
     */
    public ARps(int players, int rounds, double beta, long seed) {
        Traits.checkPlayers(players);
        Traits.check("beta", beta, 0.25);
        SplittableRandom random = new SplittableRandom(seed);
        double[] u = new double[Sizes.product("players x moves", players, MOVES)];
        double[] v = new double[Sizes.product("players x moves", players, MOVES)];
        double[] c = new double[Sizes.product("players x moves", players, MOVES)];
        double largest = 0;
        for (int s = 0; s < MOVES; s++) {
            double[] xu = Traits.centred(players, random);
            double[] xv = Traits.centred(players, random);
            double[] xc = Traits.centred(players, random);
            for (int i = 0; i < players; i++) {
                u[i * MOVES + s] = xu[i];
                v[i * MOVES + s] = xv[i];
                c[i * MOVES + s] = xc[i];
                largest = Math.max(largest, Math.abs(xc[i]) + Math.max(Math.abs(xu[i]), Math.abs(xv[i])));
            }
        }
        double e = 10 * beta / (largest - 3 * beta);
        if (!(e >= 0 && e < 1)) {
            throw new InvalidInputException(
                    "beta = %s is too large for these players: rewards could have any sign".formatted(beta));
        }
        double scale = 1 / (10 + 3 * e);
        for (int k = 0; k < u.length; k++) {
            u[k] = (LOSS[k % MOVES] + e * u[k]) * scale;
            v[k] = (WIN[k % MOVES] + e * v[k]) * scale;
            c[k] = (CROWD + e * c[k]) * scale;
        }
        this.shape = new GameShape(rounds, MOVES, MOVES);
        this.players = players;
        this.loss = u;
        this.win = v;
        this.crowd = c;
        this.base = (7 + 2 * e) * scale;
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
        return new double[] {1.0 / MOVES, 1.0 / MOVES, 1.0 / MOVES};
    }

    @Override
    public double reward(int i, int s, int a, double[] sigma) {
        int at = i * MOVES + s;
        double same = sigma[a] + sigma[MOVES + a] + sigma[2 * MOVES + a];
        return base - crowd[at] * same - loss[at] * in(sigma, STRONGER[s]) + win[at] * in(sigma, WEAKER[s]);
    }

    private static double in(double[] sigma, int s) {
        return sigma[s * MOVES] + sigma[s * MOVES + 1] + sigma[s * MOVES + 2];
    }

    @Override
    public void transition(int i, int s, int a, double[] sigma, double[] next) {
        next[0] = 0;
        next[1] = 0;
        next[2] = 0;
        next[a] = 1;
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
    @Named("a-rps")
    @AutoService(Game.class)
    public static final class Entry extends DifferentPlayers {
        @Parameter(about = "how different rewards are", min = 0)
        double beta = 0.1;

        public Entry() {
            super(2000, 10, "rock-paper-scissors among players with tastes of their own", "5");
        }

        @Override
        public List<String> stateNames() {
            return List.of("rock", "paper", "scissors");
        }

        @Override
        public AnonymousGame crowd(long seed) {
            return new ARps(players, horizon, beta, seed);
        }
    }
}
