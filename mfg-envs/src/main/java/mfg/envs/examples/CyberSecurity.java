package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import java.util.List;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Tensors;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import org.jspecify.annotations.Nullable;

/**
 * Botnet defence (Kolokoltsov and Bensoussan 2016), in steps of {@code dt = 0.1}. Computers are defended (D) or unprotected (U),
 * infected (I) or susceptible (S): states DI, DS, UI, US. Who acts comes to the other side, D or U, at rate 0.3. Infected ones
 * recover at rate 0.4 (D) or 0.3 (U); susceptible ones are infected at rate {@code 0.05 + 0.1 mu(DI) + 0.2 mu(UI)} (D) or {@code 0.1 +
 * 0.7 mu(DI) + 0.8 mu(UI)} (U). Reward {@code -dt (0.7 [D] + 2 [I])}. From all states alike.
 */
public final class CyberSecurity implements MeanFieldGame<KernelRound> {

    private static final int STATES = 4;
    private static final double STEP = 0.1;
    private static final double SWITCHING = 0.3;
    private static final double DEFENCE = 0.7;
    private static final double DAMAGE = 2;

    // of defended computers, and of unprotected ones
    private static final double[] RECOVERY = {0.4, 0.3};
    private static final double[] ATTACK = {0.05, 0.1};
    private static final double[] BY_DEFENDED = {0.1, 0.7};
    private static final double[] BY_UNPROTECTED = {0.2, 0.8};

    private final GameShape shape;
    private final NDArray reward;
    private final NDArray still;
    private final NDArray byDefended;
    private final NDArray byUnprotected;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon
     */
    public CyberSecurity(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, STATES, 2);
        double[][] costs = new double[STATES][2];
        double[][] moves = new double[2 * STATES][STATES];
        double[][] defended = new double[2 * STATES][STATES];
        double[][] unprotected = new double[2 * STATES][STATES];
        for (int state = 0; state < STATES; state++) {
            int side = state / 2;
            boolean isInfected = state % 2 == 0;
            int cured = state ^ 1; // or infected
            for (int action = 0; action < 2; action++) {
                int row = 2 * state + action;
                costs[state][action] = -STEP * ((side == 0 ? DEFENCE : 0) + (isInfected ? DAMAGE : 0));
                moves[row][state] = 1;
                move(moves[row], state, state ^ 2, action * SWITCHING);
                move(moves[row], state, cured, isInfected ? RECOVERY[side] : ATTACK[side]);
                if (!isInfected) {
                    move(defended[row], state, cured, BY_DEFENDED[side]);
                    move(unprotected[row], state, cured, BY_UNPROTECTED[side]);
                }
            }
        }
        this.reward = constants.matrix(costs);
        this.still = constants.matrix(moves);
        this.byDefended = constants.matrix(defended);
        this.byUnprotected = constants.matrix(unprotected);
    }

    private static void move(double[] row, int from, int to, double rate) {
        row[from] -= STEP * rate;
        row[to] += STEP * rate;
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return new double[] {0.25, 0.25, 0.25, 0.25};
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray kernel = flow.get(0)
                .sum()
                .mul(byDefended)
                .add(flow.get(2).sum().mul(byUnprotected))
                .add(still);
        return new KernelRound(flow, Tensors.copy(flow.getManager(), reward), kernel);
    }

    /** As commands know it. */
    @Named("cyber-security")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        public Entry() {
            super(100, "computers against a botnet", "Kolokoltsov and Bensoussan 2016");
        }

        @Override
        public List<String> stateNames() {
            return List.of(
                    "defended, infected", "defended, susceptible", "unprotected, infected", "unprotected, susceptible");
        }

        @Override
        public List<String> actionNames() {
            return List.of("stay", "switch");
        }

        @Override
        double bound() {
            return 0.3;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new CyberSecurity(constants, horizon);
        }
    }
}
