package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/**
 * MF-OMI (Hu and Zhang 2024), forward-backward splitting for the occupation measure inclusion: {@code d <- projection of d - eta c(d)
 * onto {x >= 0 : A_d x = b}} with {@code c = -r} and the flow constraints at the old d. From the flow of the uniform policy. A
 * quadratic program of H S A variables is solved in every step, so this is for small games. The iteration carries the policy and d,
 * (2, H, S, A).
 *
 * @param eta the step size, positive
 */
@Named("mf-omi")
@AutoService(Algorithm.class)
public record MfOmi(
        @Parameter(
                about = "step size; of boltzmann the inverse temperature, of prior-descent the temperature",
                value = "0.05",
                above = 0)
        double eta)
        implements Solver {

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
        GameShape shape = game.shape();
        double[] sums = Arrays.copyOf(game.initialStates(), shape.rounds() * shape.states());
        double[] nearest = constraints(flow, sums).project(Tensors.toDoubles(wanted));
        NDArray d = Tensors.create(state.getManager(), state.getDataType(), nearest, shape.policy());
        return NDArrays.stack(new NDList(Policy.shownBy(game, d).probabilities(), d));
    }

    /** Who is in a state of a round, less those who arrive there: {@code mu0} in round 0, else nobody. One row a round and state. */
    private static Polytope constraints(PopulationFlow<?> flow, double[] sums) {
        GameShape shape = flow.game().shape();
        int table = shape.states() * shape.actions();
        int[][] rows = new int[shape.rounds() * table][];
        double[][] entries = new double[rows.length][];
        for (int h = 0; h < shape.rounds(); h++) {
            double[][] arrivals = new double[h + 1 < shape.rounds() ? shape.states() : 0][];
            for (int s = 0; s < arrivals.length; s++) {
                arrivals[s] = arrivals(flow, h, s);
            }
            for (int i = 0; i < table; i++) {
                int here = h * table + i;
                int place = i;
                int[] next = IntStream.range(0, arrivals.length)
                        .filter(s -> arrivals[s][place] > 0)
                        .toArray();
                int after = (h + 1) * shape.states();
                rows[here] = IntStream.concat(
                                IntStream.of(h * shape.states() + i / shape.actions()),
                                Arrays.stream(next).map(s -> after + s))
                        .toArray();
                entries[here] = DoubleStream.concat(
                                DoubleStream.of(1), Arrays.stream(next).mapToDouble(s -> -arrivals[s][place]))
                        .toArray();
            }
        }
        return new Polytope(rows, entries, sums);
    }

    /** The probability to come to a state, by the state and action before: the expected value of its indicator. */
    private static double[] arrivals(PopulationFlow<?> flow, int h, int state) {
        double[] indicator = new double[flow.game().shape().states()];
        indicator[state] = 1;
        NDArray like = flow.at(h);
        NDArray value = Tensors.create(like.getManager(), like.getDataType(), indicator, new Shape(indicator.length));
        return Tensors.toDoubles(flow.rounds().get(h).continuation(value));
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
