package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/**
 * Mean-field PSRO (Muller et al. 2022): a growing set of policies, of which players are told one by a mediator. In a step, regret
 * matching over the policies finds a coarse correlated equilibrium among them, a sequence of mixtures {@code nu}; then the best
 * response to it joins them, {@code argmax_pi sum_t J(pi, mu(nu_t))}. What is measured is the policy of a population that plays the
 * average mixture. For small games in which moves do not depend on the population: there {@code mu(nu) = sum_i nu(i) mu(pi_i)}, and
 * rewards may be averaged. From the uniform policy. The iteration carries that policy and the flows of all policies, (2 + N, H, S, A).
 *
 * @param policies N, how many join at most; then the oldest makes room
 * @param regretSteps of regret matching in a step
 */
@Named("psro")
@AutoService(Algorithm.class)
public record Psro(
        @Parameter(
                about = "how many policies there are at most beside the uniform one",
                value = "30",
                min = 1,
                max = 1000)
        int policies,

        @Parameter(
                about = "steps of regret matching among the policies, in an iteration",
                value = "100",
                min = 1,
                max = 1e6)
        int regretSteps)
        implements Solver {

    /** Moves that differ by more than this depend on the population. */
    private static final double SAME = 1e-9;

    /** With at most 30 policies and 100 steps of regret matching. */
    public Psro() {
        this(30, 100);
    }

    @Override
    public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
        Policy uniform = Policy.uniform(game, manager, type);
        PopulationFlow<?> flow = PopulationFlow.of(game, uniform, theta);
        requireFixedMoves(game, theta, flow);
        NDList all = new NDList(uniform.probabilities(), flow.stacked());
        IntStream.range(0, policies).forEach(i -> all.add(flow.stacked().zerosLike()));
        return NDArrays.stack(all);
    }

    private static void requireFixedMoves(MeanFieldGame<?> game, NDList theta, PopulationFlow<?> flow) {
        if (game.stationary().isPresent()) {
            throw new InvalidInputException("psro needs a game of finitely many rounds");
        }
        PopulationFlow<?> other =
                PopulationFlow.of(game, BestResponse.plain(flow).policy(), theta);
        NDArray value = flow.at(0)
                .getManager()
                .arange(flow.game().shape().states())
                .toType(flow.at(0).getDataType(), false);
        for (int h = 0; h < flow.rounds().size() - 1; h++) {
            NDArray change = flow.rounds()
                    .get(h)
                    .continuation(value)
                    .sub(other.rounds().get(h).continuation(value));
            if (Tensors.toDouble(change.abs().max()) > SAME * value.size()) {
                throw new InvalidInputException("psro needs a game in which moves do not depend on the population");
            }
        }
    }

    @Override
    public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray state, NDArray k) {
        int steps = (int) Tensors.toDouble(k);
        int known = Math.min(steps, policies + 1);
        NDArray flows = state.get(new NDIndex("1:{}", 1 + known));
        NDArray rows = flows.reshape(known, -1);
        double[] regrets = new double[known];
        double[] played = new double[known];
        NDArray rewards = state.get(0).zerosLike();
        for (int t = 0; t < regretSteps; t++) {
            double[] mixture = matched(regrets);
            NDArray seen = rewards(
                    game, theta, mixed(rows, mixture).reshape(game.shape().policy()));
            rewards = rewards.add(Tensors.times(seen, 1.0 / regretSteps));
            double[] worth = Tensors.toDoubles(rows.mul(seen.reshape(1, -1)).sum(new int[] {1}));
            double mean = IntStream.range(0, known)
                    .mapToDouble(i -> mixture[i] * worth[i])
                    .sum();
            for (int i = 0; i < known; i++) {
                regrets[i] += worth[i] - mean;
                played[i] += mixture[i] / regretSteps;
            }
        }
        NDArray average = mixed(rows, played).reshape(game.shape().policy());
        Policy response = response(PopulationFlow.at(game, average, theta), rewards);
        NDArray joined = PopulationFlow.of(game, response, theta).stacked();
        return with(state, Policy.shownBy(game, average).probabilities(), joined, 2 + (steps - 1) % policies);
    }

    /** Positive regrets, normalized; all alike where there are none (Hart and Mas-Colell 2000). */
    private static double[] matched(double[] regrets) {
        double sum = Arrays.stream(regrets).map(regret -> Math.max(0, regret)).sum();
        return Arrays.stream(regrets)
                .map(regret -> sum > 0 ? Math.max(0, regret) / sum : 1.0 / regrets.length)
                .toArray();
    }

    private static NDArray mixed(NDArray rows, double[] mixture) {
        NDArray weights = Tensors.create(rows.getManager(), rows.getDataType(), mixture, new Shape(1, mixture.length));
        return weights.matMul(rows);
    }

    private static NDArray rewards(MeanFieldGame<?> game, NDList theta, NDArray flow) {
        NDList rewards = new NDList();
        PopulationFlow.at(game, flow, theta).rounds().forEach(round -> rewards.add(round.reward()));
        return NDArrays.stack(rewards);
    }

    /** The best policy for these rewards, (H, S, A), among the moves of a flow. */
    private static Policy response(PopulationFlow<?> flow, NDArray rewards) {
        List<NDArray> reward = PopulationFlow.split(rewards);
        NDArray[] q = new NDArray[reward.size()];
        for (int h = q.length - 1; h >= 0; h--) {
            NDArray now = reward.get(h);
            if (h + 1 < q.length) {
                now = flow.rounds()
                        .get(h)
                        .continuation(q[h + 1].max(new int[] {1}))
                        .add(now);
            }
            q[h] = flow.game().legal(now);
        }
        return Ties.FIRST.greedy(NDArrays.stack(new NDList(q)));
    }

    private static NDArray with(NDArray state, NDArray policy, NDArray joined, int place) {
        NDList all = new NDList(PopulationFlow.split(state).toArray(NDArray[]::new));
        all.set(0, policy);
        all.set(place, joined);
        return NDArrays.stack(all);
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
