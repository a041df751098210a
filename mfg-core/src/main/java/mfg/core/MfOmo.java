package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/**
 * MF-OMO (Guo, Hu and Zhang 2022): equilibria are the zeros of a smooth loss of occupation measures L and dual variables y, z,
 * {@code |A_L L - b|^2 + |A_L' y + z - c_L|^2 + <z, L>} with {@code c = -r}. Block t of {@code A_L L - b} is {@code sum_{s,a}
 * P[t](.|s,a,L[t]) L[t](s,a) - sum_a L[t+1](.,a)} for t up to H - 2, and the last one {@code sum_a L[0](.,a) - mu0}. A step goes
 * down the gradient, which goes through r and P, and projects: each L[t] onto the simplex, z onto {@code z >= 0, sum z <= C}, y into
 * the ball of radius {@code D}, with {@code C = S A (T^2 + T + 2) R}, {@code D = S (T+1) (T+2) R / 2}, {@code T = H - 1}. Or, with
 * {@code parameterized}, L[t] is a softmax, z is C times a softmax less its last entry, and y is {@code D / sqrt(S (T+1))} times a
 * sine, and nothing is projected. The policy is L normalized over actions.
 *
 * <p>The iteration carries the policy, then the variables and the two moments of Adam, each padded to whole blocks: (1 + 3 B, H, S, A).
 *
 * @param optimizer how a step follows the gradient
 * @param lr its step size
 * @param start of the dual variables
 * @param parameterized whether variables are free numbers, not projected ones
 * @param bound R, above every {@code |r|}
 */
@Named("mf-omo")
@AutoService(Algorithm.class)
public record MfOmo(
        @Parameter(about = "how a step follows the gradient", value = "adam")
        Descent optimizer,

        @Parameter(about = "its step size", value = "0.1", above = 0)
        double lr,

        @Parameter(about = "where dual variables start: hat is the best response to L", value = "hat")
        Start start,

        @Parameter(about = "whether variables are softmaxes and sines of free numbers, not projected", value = "false")
        boolean parameterized,

        @Parameter(about = "a number above every |reward|, which bounds the dual variables", value = "10", above = 0)
        double bound)
        implements DescentSolver {

    /** Where dual variables start. */
    public enum Start {
        /** The optimal values against the first L, which fit its rewards. */
        HAT,
        /** Zeros. */
        ZERO
    }

    /** How a step follows the gradient. */
    public enum Descent {
        /** Adam with decays .9 and .999. */
        ADAM,
        /** The gradient itself. */
        SGD
    }

    /** Adam in steps of 0.1 from the hat start. */
    public MfOmo() {
        this(Descent.ADAM, 0.1, Start.HAT, false, 10);
    }

    /** Occupation measures (H, S, A), and the dual variables z (H, S, A) and y (H, S). */
    private record Measures(NDArray l, NDArray z, NDArray y) {}

    @Override
    public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
        if (game.stationary().isPresent()) {
            throw new InvalidInputException("mf-omo needs a game of finitely many rounds");
        }
        GameShape shape = game.shape();
        NDArray l = Tensors.times(Policy.uniform(game, manager, type).probabilities(), mass(game) / shape.states());
        Measures first = start == Start.HAT
                ? hat(game, theta, l)
                : new Measures(
                        l,
                        manager.zeros(shape.policy(), type),
                        manager.zeros(new Shape(shape.rounds(), shape.states()), type));
        NDArray x = parameterized ? free(game, first) : joined(first.l, first.z, first.y);
        NDArray zeros = manager.zeros(x.getShape(), type);
        return state(game, x, zeros, zeros);
    }

    /** By the optimal values V against the rounds at L: {@code z = max(0, V - r - P V)}, {@code y = (V[1], .., V[H-1], -V[0])}. */
    private static Measures hat(MeanFieldGame<?> game, NDList theta, NDArray l) {
        PopulationFlow<?> flow = PopulationFlow.at(game, l, theta);
        NDArray v = BestResponse.plain(flow).values().q().max(new int[] {2});
        List<NDArray> values = PopulationFlow.split(v);
        NDList slack = new NDList();
        for (int t = 0; t < values.size(); t++) {
            Round round = flow.rounds().get(t);
            NDArray above = values.get(t).expandDims(1).sub(round.reward());
            slack.add(t + 1 < values.size() ? above.sub(round.continuation(values.get(t + 1))) : above);
        }
        NDArray z = NDArrays.stack(slack);
        return new Measures(
                l,
                z.maximum(z.zerosLike()).mul(legal(game, l)),
                v.get("1:").concat(v.get("0:1").neg(), 0));
    }

    /** 1 where an action is legal, 0 elsewhere, (H, S, A). */
    private static NDArray legal(MeanFieldGame<?> game, NDArray like) {
        NDArray ones = like.getManager().ones(game.shape().policy(), like.getDataType());
        return game.legal(ones).gt(0).toType(like.getDataType(), false);
    }

    private static double mass(MeanFieldGame<?> game) {
        return Math.rint(Arrays.stream(game.initialStates()).sum());
    }

    @Override
    public NDArray loss(MeanFieldGame<?> game, NDList theta, NDArray state) {
        Measures at = measures(game, variables(game, state));
        NDArray legal = legal(game, state);
        PopulationFlow<?> flow = PopulationFlow.at(game, at.l, theta);
        List<NDArray> y = PopulationFlow.split(at.y);
        int last = y.size() - 1;
        NDArray initial = Tensors.create(
                state.getManager(),
                state.getDataType(),
                game.initialStates(),
                new Shape(game.shape().states()));
        NDArray broken = flow.states(0).sub(initial).square().sum();
        NDList slack = new NDList();
        for (int t = 0; t <= last; t++) {
            Round round = flow.rounds().get(t);
            NDArray dual = round.reward(); // A'y - c, in the order of Values, so that a hat start fits to the last bit
            if (t < last) {
                broken =
                        broken.add(round.next().sub(flow.states(t + 1)).square().sum());
                dual = round.continuation(y.get(t)).add(dual);
            }
            NDArray own = t > 0 ? y.get(t - 1).neg() : y.get(last);
            slack.add(dual.add(own.expandDims(1)));
        }
        NDArray unfit = NDArrays.stack(slack).add(at.z).mul(legal).square().sum();
        return broken.add(unfit).add(at.z.mul(at.l).mul(legal).sum());
    }

    @Override
    public NDArray step(MeanFieldGame<?> game, NDArray state, NDArray gradient, NDArray k) {
        NDArray slope = variables(game, gradient);
        NDArray x = variables(game, state);
        NDArray mean = block(game, state, 1);
        NDArray spread = block(game, state, 2);
        if (optimizer == Descent.ADAM) {
            mean = Tensors.times(mean, 0.9).add(Tensors.times(slope, 0.1));
            spread = Tensors.times(spread, 0.999).add(Tensors.times(slope.square(), 0.001));
            NDArray unbiased = mean.div(unbias(0.9, k));
            NDArray length = spread.div(unbias(0.999, k)).sqrt().add(1e-8);
            x = x.sub(Tensors.times(unbiased.div(length), lr));
        } else {
            x = x.sub(Tensors.times(slope, lr));
        }
        return state(game, parameterized ? x : projected(game, x), mean, spread);
    }

    private static NDArray unbias(double decay, NDArray k) {
        return Tensors.scalar(k.getManager(), k.getDataType(), decay)
                .pow(k)
                .neg()
                .add(1);
    }

    private NDArray projected(MeanFieldGame<?> game, NDArray x) {
        Measures at = split(game, x);
        int rounds = game.shape().rounds();
        NDArray flat = Tensors.times(game.legal(at.l), 1 / mass(game)).reshape(rounds, -1);
        NDArray l = Simplex.project(flat);
        l = Tensors.times(l.div(l.sum(new int[] {1}, true)), mass(game))
                .reshape(game.shape().policy());
        NDArray z = at.z.maximum(at.z.zerosLike());
        double most = mostZ(game.shape());
        NDArray onBound = Tensors.times(Simplex.project(Tensors.times(z.flatten(), 1 / most)), most)
                .reshape(z.getShape());
        NDArray isBeyond = z.sum().gt(most).toType(z.getDataType(), false);
        NDArray length = at.y.square().sum().sqrt();
        NDArray shrunk = Tensors.scalar(x.getManager(), x.getDataType(), mostY(game.shape()))
                .div(length.add(Float.MIN_NORMAL))
                .minimum(length.onesLike());
        return joined(l, onBound.sub(z).mul(isBeyond).add(z), at.y.mul(shrunk));
    }

    private double mostZ(GameShape shape) {
        double t = shape.rounds() - 1.0;
        return shape.states() * shape.actions() * (t * t + t + 2) * bound;
    }

    private double mostY(GameShape shape) {
        double t = shape.rounds() - 1.0;
        return shape.states() * (t + 1) * (t + 2) * bound / 2;
    }

    private double swing(GameShape shape) {
        return mostY(shape) / Math.sqrt((double) shape.states() * shape.rounds());
    }

    /** The free numbers behind a start: logarithms of L and of z, with the sum of all z as last entry, as MFGLib has it. */
    private NDArray free(MeanFieldGame<?> game, Measures first) {
        GameShape shape = game.shape();
        NDArray share = Tensors.times(first.z, 1 / mostZ(shape)).flatten();
        NDArray sum = share.sum();
        NDArray all = share.concat(sum.reshape(1));
        NDArray positive = all.add(Tensors.times(all.eq(0).toType(all.getDataType(), false), 1e-8));
        NDArray isInside = sum.lt(1).toType(all.getDataType(), false);
        NDArray illegal = legal(game, first.l).neg().add(1);
        return joined(
                game.legal(first.l.add(illegal).log()),
                positive.log().mul(isInside),
                Tensors.times(first.y, 1 / swing(shape)).asin());
    }

    /** What the variables stand for. */
    private Measures measures(MeanFieldGame<?> game, NDArray x) {
        GameShape shape = game.shape();
        if (!parameterized) {
            return split(game, x);
        }
        long table = shape.policy().size();
        NDArray l = x.get("0:{}", table).reshape(shape.rounds(), -1).softmax(1).reshape(shape.policy());
        NDArray z = x.get("{}:{}", table, 2 * table + 1).softmax(0).get("0:{}", table);
        NDArray y = x.get("{}:", 2 * table + 1).sin();
        return new Measures(
                Tensors.times(l, mass(game)),
                Tensors.times(z, mostZ(shape)).reshape(shape.policy()),
                Tensors.times(y, swing(shape)).reshape(shape.rounds(), shape.states()));
    }

    private static Measures split(MeanFieldGame<?> game, NDArray x) {
        GameShape shape = game.shape();
        long table = shape.policy().size();
        return new Measures(
                x.get("0:{}", table).reshape(shape.policy()),
                x.get("{}:{}", table, 2 * table).reshape(shape.policy()),
                x.get("{}:", 2 * table).reshape(shape.rounds(), shape.states()));
    }

    private static NDArray joined(NDArray l, NDArray z, NDArray y) {
        return NDArrays.concat(new NDList(l.flatten(), z.flatten(), y.flatten()), 0);
    }

    private long size(GameShape shape) {
        long table = shape.policy().size();
        return 2 * table + (long) shape.rounds() * shape.states() + (parameterized ? 1 : 0);
    }

    private int blocks(GameShape shape) {
        long table = shape.policy().size();
        return (int) ((size(shape) + table - 1) / table);
    }

    private NDArray variables(MeanFieldGame<?> game, NDArray state) {
        return block(game, state, 0);
    }

    /** The variables (0), or a moment of Adam (1, 2). */
    private NDArray block(MeanFieldGame<?> game, NDArray state, int which) {
        int blocks = blocks(game.shape());
        return state.get("{}:{}", 1 + which * blocks, 1 + (which + 1) * blocks)
                .flatten()
                .get("0:{}", size(game.shape()));
    }

    private NDArray state(MeanFieldGame<?> game, NDArray x, NDArray mean, NDArray spread) {
        GameShape shape = game.shape();
        long padding = blocks(shape) * shape.policy().size() - size(shape);
        NDArray policy = Policy.shownBy(game, measures(game, x).l).probabilities();
        NDList all = new NDList(policy.flatten());
        for (NDArray part : List.of(x, mean, spread)) {
            all.add(part);
            if (padding > 0) {
                all.add(x.getManager().zeros(new Shape(padding), x.getDataType()));
            }
        }
        return NDArrays.concat(all, 0).reshape(1 + 3L * blocks(shape), shape.rounds(), shape.states(), shape.actions());
    }

    @Override
    public Policy policy(NDArray state) {
        return Policy.of(state.get(0));
    }
}
