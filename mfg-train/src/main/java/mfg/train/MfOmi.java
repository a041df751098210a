package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.core.DivergedException;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Solver;
import mfg.core.Tensors;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.convex.ConvexSolver;

/**
 * MF-OMI (Hu and Zhang 2024), forward-backward splitting for the occupation measure inclusion: {@code d <- projection of d - eta c(d)
 * onto {x >= 0 : A_d x = b}} with {@code c = -r} and the flow constraints at the old d. From the flow of the uniform policy. A
 * quadratic program of H S A variables is solved in every step, so this is for small games. The iteration carries the policy and d,
 * (2, H, S, A).
 *
 * @param eta the step size, positive
 */
@Named("mf-omi")
@AutoService(Solver.class)
public record MfOmi(
        @Parameter(about = "step size", value = "0.05", above = 0)
        double eta) implements Solver {

    /** In steps of 0.05. */
    public MfOmi() {
        this(0.05);
    }

    @Override
    public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
        if (game.stationary().isPresent()) {
            throw new InvalidInputException("mf-omi needs a game of finitely many rounds");
        }
        NDArray zeros = manager.zeros(game.shape().policy(), type);
        if (Arrays.stream(Tensors.toDoubles(game.legal(zeros))).anyMatch(value -> value < 0)) {
            throw new InvalidInputException("mf-omi needs a game whose actions are legal in every state");
        }
        Policy uniform = Policy.uniform(game, manager, type);
        return NDArrays.stack(new NDList(
                uniform.probabilities(), PopulationFlow.of(game, uniform, theta).stacked()));
    }

    @Override
    public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray state, NDArray k) {
        PopulationFlow<?> flow = PopulationFlow.at(game, state.get(1), theta);
        NDList rewards = new NDList();
        flow.rounds().forEach(round -> rewards.add(round.reward()));
        NDArray wanted = state.get(1).add(Tensors.times(NDArrays.stack(rewards), eta));
        double[] nearest = nearest(new Flow(game, flow), Tensors.toDoubles(wanted));
        NDArray d = Tensors.create(
                state.getManager(), state.getDataType(), nearest, game.shape().policy());
        return NDArrays.stack(new NDList(Policy.shownBy(game, d).probabilities(), d));
    }

    /** The flow constraints: who leaves a round arrives in the next one, and {@code mu0} is given. */
    private static final class Flow {
        private final GameShape shape;
        private final double[] initial;
        private final List<double[][]> arrivals = new ArrayList<>();

        Flow(MeanFieldGame<?> game, PopulationFlow<?> flow) {
            this.shape = game.shape();
            this.initial = game.initialStates();
            for (int h = 0; h + 1 < shape.rounds(); h++) {
                arrivals.add(arrivals(flow.rounds().get(h), flow.at(h)));
            }
        }

        /** The probability to come to each state, by state and action: the expected value of its indicator. */
        private double[][] arrivals(Round round, NDArray like) {
            double[][] to = new double[shape.states()][];
            for (int s = 0; s < to.length; s++) {
                double[] indicator = new double[to.length];
                indicator[s] = 1;
                NDArray value = Tensors.create(
                        like.getManager(), like.getDataType(), indicator, new Shape(shape.states()));
                to[s] = Tensors.toDoubles(round.continuation(value));
            }
            return to;
        }

        R064Store matrix() {
            int table = shape.states() * shape.actions();
            R064Store a = R064Store.FACTORY.make(shape.rounds() * shape.states(), shape.rounds() * table);
            for (int h = 0; h < shape.rounds(); h++) {
                for (int s = 0; s < shape.states(); s++) {
                    int row = h * shape.states() + s;
                    for (int action = 0; action < shape.actions(); action++) {
                        a.set(row, (long) h * table + s * shape.actions() + action, 1);
                    }
                    for (int i = 0; h > 0 && i < table; i++) {
                        a.set(row, (long) (h - 1) * table + i, -arrivals.get(h - 1)[s][i]);
                    }
                }
            }
            return a;
        }

        R064Store sums() {
            R064Store b = R064Store.FACTORY.make(shape.rounds() * shape.states(), 1);
            for (int s = 0; s < initial.length; s++) {
                b.set(s, 0, initial[s]);
            }
            return b;
        }
    }

    /** Minimizes {@code |x - wanted|^2 / 2} over flows; the library's form is {@code x'Qx / 2 - C'x}. */
    private static double[] nearest(Flow flow, double[] wanted) {
        int n = wanted.length;
        Optimisation.Result result = ConvexSolver.newBuilder()
                .objective(diagonal(n, 1), R064Store.FACTORY.column(wanted))
                .equalities(flow.matrix(), flow.sums())
                .inequalities(diagonal(n, -1), R064Store.FACTORY.make(n, 1))
                .build()
                .solve();
        if (!result.getState().isFeasible()) {
            throw new DivergedException("mf-omi found no flow near its step: " + result.getState());
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(0, result.doubleValue(i));
        }
        return x;
    }

    private static R064Store diagonal(int n, double entry) {
        R064Store matrix = R064Store.FACTORY.make(n, n);
        for (int i = 0; i < n; i++) {
            matrix.set(i, i, entry);
        }
        return matrix;
    }

    @Override
    public Policy policy(NDArray state) {
        return Policy.of(state.get(0));
    }

    @Override
    public boolean isRecordable() {
        return false;
    }
}
