package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.auto.service.AutoService;
import java.util.Arrays;
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
        double[] nearest = new Polytope(constraints(flow), sums).project(Tensors.toDoubles(wanted));
        NDArray d = Tensors.create(state.getManager(), state.getDataType(), nearest, shape.policy());
        return NDArrays.stack(new NDList(Policy.shownBy(game, d).probabilities(), d));
    }

    /** Who is in a state of a round, less those who arrive there: {@code mu0} in round 0, else nobody. One row a round and state. */
    private static double[][] constraints(PopulationFlow<?> flow) {
        GameShape shape = flow.game().shape();
        int table = shape.states() * shape.actions();
        double[][] rows = new double[shape.rounds() * shape.states()][shape.rounds() * table];
        for (int h = 0; h < shape.rounds(); h++) {
            for (int s = 0; s < shape.states(); s++) {
                double[] row = rows[h * shape.states() + s];
                Arrays.fill(row, h * table + s * shape.actions(), h * table + (s + 1) * shape.actions(), 1);
                if (h > 0) {
                    double[] arrivals = arrivals(flow, h - 1, s);
                    for (int i = 0; i < table; i++) {
                        row[(h - 1) * table + i] = -arrivals[i];
                    }
                }
            }
        }
        return rows;
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
