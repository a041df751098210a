package mfg.examples;

import ai.djl.ndarray.*;
import ai.djl.ndarray.types.*;
import mfg.core.*;
import mfg.train.*;
import org.jspecify.annotations.Nullable;

/** From home over a junction to work; on both legs there is a short road, which gets crowded, and a long one. */
public final class PigouTolls implements MeanFieldGame<KernelRound> {

    private static final OnlineMirrorDescent DESCENT = new OnlineMirrorDescent(2, 0.01); // eta, tau
    private static final Solution.Stopping STOPPING = new Solution.Stopping(2000, 0.005, 50);
    private final NDArray empty; // the time each road takes when nobody drives there, (S, A)
    private final NDArray crowded; // what it takes longer when everybody does: 1 on short roads, (S, A)
    private final NDArray kernel; // both roads lead from home to the junction, and on from there; (S * A, S)

    PigouTolls(Constants constants) {
        empty = constants.matrix(new double[][] {{0, 1}, {0.2, 0.8}});
        crowded = constants.matrix(new double[][] {{1, 0}, {1, 0}});
        kernel = constants.matrix(new double[][] {{0, 1}, {0, 1}, {0, 1}, {0, 1}});
    }

    @Override
    public GameShape shape() {
        return new GameShape(2, 2, 2); // rounds, states, actions
    }

    @Override
    public double[] initialStates() {
        return new double[] {1, 0}; // everybody starts at home
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray tolls = theta.head().expandDims(1).mul(crowded); // one for each short road
        return new KernelRound(flow, times(flow).add(tolls).neg(), kernel);
    }

    private NDArray times(NDArray flow) {
        return flow.mul(crowded).add(empty);
    }

    /** What the designer wants: little time on the road. Tolls only change hands, so they do not count. */
    private NDArray objective(PopulationFlow<KernelRound> population, NDList tolls) {
        NDArray flow = population.stacked();
        return times(flow).mul(flow).sum().neg();
    }

    private void report(NDList tolls) {
        try (Scope scope = new Scope(tolls.head().getManager())) {
            Solution found = Solution.find(
                    this, tolls, DESCENT, STOPPING, scope.manager(), DataType.FLOAT64, Solution.Listener.NONE);
            var flow = PopulationFlow.of(this, DESCENT.policy(found.state()), scope.in(tolls));
            double gain = found.last().exploitability();
            double[] toll = tolls.head().toDoubleArray();
            double time = -objective(flow, tolls).getDouble();
            System.out.printf("tolls %.3f %.3f, time %.3f, exploitability %.4f%n", toll[0], toll[1], time, gain);
        }
    }

    public static void main(String[] args) {
        System.setProperty("ai.djl.pytorch.num_threads", "1"); // more only slow down arrays this small
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            PigouTolls game = new PigouTolls(constants);
            NDList tolls = new NDList(manager.zeros(new Shape(2), DataType.FLOAT64));
            game.report(tolls);
            DesignProblem<KernelRound> problem = new DesignProblem<>(game, game::objective, DESCENT, 60);
            Adam adam = new Adam(tolls);
            for (int i = 0; i < 80; i++) {
                try (Gradient gradient = new Amid(new EverySqrt()).estimate(problem, tolls)) {
                    adam.ascend(tolls, gradient.theta(), 0.03);
                }
            }
            game.report(tolls);
        }
    }
}
