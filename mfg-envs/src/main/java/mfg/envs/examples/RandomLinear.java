package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.auto.service.AutoService;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import org.jspecify.annotations.Nullable;

/**
 * A game whose rewards and logits of transitions are random affine functions of the population (MFGLib): {@code r(s, a) = sum_k
 * U[s][k] L(k, a) + V[s][a]} and {@code P(s' | s, a) = softmax over s' of sum_k F[s'][s][k] L(k, a) + G[s'][s][a]}.
 */
public final class RandomLinear implements MeanFieldGame<KernelRound> {

    private static final int SIZE = 3;

    /** U: what others with the same action add to the reward. */
    private static final double[][] REWARD_BY_OTHERS = {
        {1.8802120072262123, 0.8312794575991518, -0.16246822749019652},
        {1.6829907364878411, 0.5800964804910591, 1.1645915687212147},
        {-1.2855752991969962, -0.5955695024242864, 0.3253636792302981}
    };

    /** V. */
    private static final double[][] REWARD = {
        {-0.8470564314553992, -0.1885246044755431, -1.2928018951851437},
        {-0.5789329666427743, 0.4876209947181107, -0.07260639687316583},
        {-0.2367980038225621, -0.37087370254223373, -1.1782456261536516}
    };

    /** F: what others with the same action add to the logits. */
    private static final double[][][] LOGITS_BY_OTHERS = {
        {
            {0.6601527030005978, 1.139495601820471, -1.1585341003264618},
            {0.7069564836707163, -1.5610589590502157, 0.09500823760897381},
            {-1.0959191882464379, 0.2329723015209031, 0.3501158473457875}
        },
        {
            {0.7277827427208337, 0.9815046423103455, -1.089377453612475},
            {1.239569065727891, 0.5223612535823401, -1.2164474171631685},
            {-1.3890950484882865, -0.07397399112509895, 1.6700232499596859}
        },
        {
            {0.2881588407924376, -0.07668230726436986, 1.1842344333619526},
            {-0.5281191826820573, -0.9112651575785411, -1.8342420533207355},
            {0.9947530732733756, -0.6329765895670536, 0.15290003421789589}
        }
    };

    /** G. */
    private static final double[][][] LOGITS = {
        {
            {-0.13453832452852987, 1.4539458430331615, -1.8357624994542334},
            {1.9890415341008505, 1.5186563969559241, 1.0519886749752532},
            {-0.9764010729330956, -1.241567689992391, 1.9510586791807536}
        },
        {
            {1.118407507055048, -0.5524826139458359, 0.2633754384047169},
            {0.9647987639781723, -1.9821482187318704, 0.33441853239079666},
            {0.2788531074669218, -1.806858683104854, -1.3479818016018967}
        },
        {
            {1.9947238509091982, 0.40266790308199196, -1.403441119142784},
            {-0.42345235143348336, 1.4536144692346444, -1.555323269539583},
            {1.2381038130664805, 1.1559407771939632, 1.1906175796973644}
        }
    };

    private final GameShape shape;
    private final NDArray rewardByOthers;
    private final NDArray reward;
    private final NDArray logitsByOthers;
    private final NDArray logits;

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon
     */
    public RandomLinear(Constants constants, int rounds) {
        this.shape = new GameShape(rounds, SIZE, SIZE);
        double[][] rewards = new double[SIZE][SIZE]; // by k, then s
        double[][] moves = new double[SIZE][SIZE * SIZE]; // by k, then s and s'
        double[][] alone = new double[SIZE * SIZE][SIZE]; // by s and a, then s'
        for (int s = 0; s < SIZE; s++) {
            for (int k = 0; k < SIZE; k++) {
                rewards[k][s] = REWARD_BY_OTHERS[s][k];
                for (int next = 0; next < SIZE; next++) {
                    moves[k][s * SIZE + next] = LOGITS_BY_OTHERS[next][s][k];
                    alone[s * SIZE + k][next] = LOGITS[next][s][k];
                }
            }
        }
        this.rewardByOthers = constants.matrix(rewards);
        this.reward = constants.matrix(REWARD);
        this.logitsByOthers = constants.matrix(moves);
        this.logits = constants.matrix(alone);
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return new double[] {0.5, 0.3, 0.2};
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray byAction = flow.transpose();
        NDArray rewards = byAction.matMul(rewardByOthers).transpose().add(reward);
        NDArray moves =
                byAction.matMul(logitsByOthers).reshape(SIZE, SIZE, SIZE).transpose(1, 0, 2); // s, a, s'
        NDArray kernel = moves.reshape(SIZE * SIZE, SIZE).add(logits).softmax(1);
        return new KernelRound(flow, rewards, kernel);
    }

    /** As commands know it. */
    @Named("random-linear")
    @AutoService(Game.class)
    public static final class Entry extends Example {
        public Entry() {
            super(4, "random and linear in the population", "MFGLib");
        }

        @Override
        double bound() {
            return 4;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            return new RandomLinear(constants, horizon);
        }
    }
}
