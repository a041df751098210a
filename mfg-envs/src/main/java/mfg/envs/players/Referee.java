package mfg.envs.players;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.Round;
import mfg.core.Tensors;
import mfg.core.trace.UntraceableException;

/** Tells players by the rules of a mean-field game, at one theta, what they earn and where they go. For one thread at a time. */
interface Referee {

    /** Begins a play. */
    void begin();

    /**
     * Plays the next round.
     *
     * @param flow {@code Lhat}, (S, A); not modified
     * @param reward out: {@code R[h](s, a, Lhat)}, (S, A)
     * @param kernel out: {@code P[h](s' | s, a, Lhat)}, (S, A, S)
     */
    void round(double[] flow, double[] reward, double[] kernel);

    /** The objective of what was done in all rounds. */
    double objective();

    /** Records the rules and plays them on primitive arrays; where that cannot be, or they are too large, asks the engine. */
    static <R extends Round> Supplier<Referee> of(
            MeanFieldGame<R> game, NDList theta, Objective<R> objective, NDManager manager) {
        if (!manager.getDevice().isGpu() && TracedRules.suit(game.shape())) {
            try {
                TracedRules rules = TracedRules.of(game, theta, objective);
                double[][] design = theta.stream().map(Tensors::toDoubles).toArray(double[][]::new);
                return () -> new TracedReferee(game.shape(), rules, design);
            } catch (UntraceableException e) {
                e.warn();
            }
        }
        return () -> new EngineReferee<>(game, theta, objective, manager);
    }

    /** {@code P[h](s' | s, a, Lhat)}, (S, A, S): each column is what a state in the next round is worth if it alone is worth 1. */
    static NDArray kernel(Round round, NDArray flow) {
        if (round instanceof KernelRound written) {
            return written.kernel();
        }
        double[] unit = new double[(int) flow.getShape().get(0)];
        NDList columns = new NDList();
        for (int to = 0; to < unit.length; to++) {
            unit[to] = 1;
            columns.add(round.continuation(
                    Tensors.create(flow.getManager(), DataType.FLOAT64, unit, new Shape(unit.length))));
            unit[to] = 0;
        }
        NDArray kernel = NDArrays.stack(columns, 2);
        return kernel.maximum(kernel.zerosLike()); // 1 - 1 may be a little less than 0
    }
}
