import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import mfg.core.Constants;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.OnlineMirrorDescent;

/** mfg as a library: a game, an algorithm, and how far from equilibrium it gets. */
public final class SolveFromCode {

    private SolveFromCode() {}

    /**
     * Solves the game of {@link RoadTolls} without tolls.
     *
     * @param args none
     */
    public static void main(String[] args) {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            MeanFieldGame<?> game = new RoadTolls().build(constants);
            NDList tolls = new NDList(manager.zeros(game.parameters().get(0).shape(), DataType.FLOAT64));
            try (Iteration descent =
                    new OnlineMirrorDescent(1, 0).iteration(game, tolls, manager, DataType.FLOAT64, 1)) {
                descent.start();
                for (int k = 0; k <= 100; k++) {
                    if (k % 20 == 0) {
                        System.out.printf(
                                "%3d  exploitability %.6f%n",
                                k, descent.measure().exploitability());
                    }
                    descent.step();
                }
            }
        }
    }
}
