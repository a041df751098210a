package mfg.train.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.Exploitability;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.MirrorMap;
import mfg.core.ParameterSpec;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Scope;
import mfg.core.Solution;
import mfg.core.Streams;
import mfg.core.Tensors;
import mfg.core.Values;
import mfg.envs.players.SimulatedFlow;
import mfg.nn.ActionNetwork;
import mfg.nn.Devices;
import mfg.nn.Perceptrons;
import mfg.train.Adam;
import org.jspecify.annotations.Nullable;

/**
 * An iteration whose policy is a network. In a step a {@link Lesson.Teacher} says what the policy should become, then Adam lessens the
 * mean of {@code weight * KL(lesson | network)} over minibatches of rounds and states. Whatever way populations move, what is measured
 * is the network's policy in its exact flow. The state is a vector: the parameters, then Adam's two moments.
 */
final class DeepIteration implements Iteration {

    private final MeanFieldGame<?> game;
    private final NDList design;
    private final Lesson.Teacher teacher;
    private final DeepOptions options;
    private final NDManager manager;
    private final DataType type;
    private final long seed;
    private final ActionNetwork network;
    private final NDManager device;
    private @Nullable Learned learned;

    /** A network, how it follows gradients, and how many steps of the iteration made it. */
    private record Learned(NDList theta, Adam adam, int steps) {}

    DeepIteration(
            MeanFieldGame<?> game,
            NDList design,
            Lesson.Teacher teacher,
            DeepOptions options,
            NDManager manager,
            DataType type,
            long seed) {
        if (options.players() > 0) {
            SimulatedFlow.check(game, options.players());
        }
        this.game = game;
        this.design = design;
        this.teacher = teacher;
        this.options = options;
        this.manager = manager;
        this.type = type;
        this.seed = seed;
        this.network = new ActionNetwork(game.shape(), options.hidden());
        this.device = NDManager.newBaseManager(Devices.named(options.device()));
    }

    @Override
    public void start() {
        NDList theta = network.start(new SplittableRandom(Streams.seed(seed, "network")), device);
        learned = new Learned(theta, new Adam(theta), 0);
    }

    /** The network is fit to the policy in as many steps as an iteration has. */
    @Override
    public void start(Policy policy) {
        start();
        NDArray ones = policy.probabilities().sum(new int[] {-1});
        learn(new Lesson(policy.probabilities(), ones), new SplittableRandom(Streams.seed(seed, "step", 0)));
        learned = new Learned(learned().theta(), new Adam(learned().theta()), 0);
    }

    private Learned learned() {
        return Objects.requireNonNull(learned, "neither started nor resumed");
    }

    // ---- a step ----

    @Override
    public void step() {
        int k = learned().steps() + 1;
        SplittableRandom random = new SplittableRandom(Streams.seed(seed, "step", k));
        try (Scope scope = new Scope(manager)) {
            NDList theta = scope.in(design);
            NDArray logits = logits(learned().theta(), scope.manager());
            Lesson lesson = teacher.of(logits, policy -> population(policy, theta, random.nextLong()), k);
            learn(lesson, random);
        }
        learned = new Learned(learned().theta(), learned().adam(), k);
    }

    private PopulationFlow<?> population(Policy policy, NDList theta, long draw) {
        return options.players() == 0
                ? PopulationFlow.of(game, policy, theta)
                : SimulatedFlow.of(game, policy.probabilities(), theta, options.players(), draw);
    }

    /** Of all rounds and states, out of reach where an action is not legal. */
    private NDArray logits(NDList theta, NDManager owner) {
        double[] everywhere = network.everywhere(theta);
        return game.legal(Tensors.create(owner, type, everywhere, game.shape().policy()));
    }

    private void learn(Lesson lesson, SplittableRandom random) {
        double[] wanted = Tensors.toDoubles(lesson.policy());
        double[] weights = Tensors.toDoubles(lesson.weight());
        double[] walls = Tensors.toDoubles(game.legal(lesson.policy().zerosLike()));
        int all = weights.length;
        for (int j = 0; j < options.steps(); j++) {
            int[] places = options.minibatch() >= all
                    ? IntStream.range(0, all).toArray()
                    : random.ints(options.minibatch(), 0, all).toArray();
            try (Scope scope = new Scope(device)) {
                NDList theta = scope.in(learned().theta());
                Perceptrons.Pass pass = network.pass(theta, places);
                NDArray played = pass.output().add(at(places, walls, scope)).softmax(-1);
                NDArray missing = at(places, wanted, scope).sub(played);
                NDArray mean = Tensors.times(missing.mul(at(places, weights, scope)), 1.0 / places.length);
                double rate = options.learningRate() * (1 - (double) j / options.steps());
                learned().adam().ascend(learned().theta(), network.pullback(theta, pass, mean), rate);
            }
        }
    }

    /** What there is at some places, (1, places, numbers a place). */
    private NDArray at(int[] places, double[] everywhere, Scope scope) {
        int width = everywhere.length / (game.shape().rounds() * game.shape().states());
        double[] some = new double[places.length * width];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(everywhere, places[i] * width, some, i * width, width);
        }
        return Tensors.create(scope.manager(), DataType.FLOAT32, some, new Shape(1, places.length, width));
    }

    // ---- where it is ----

    @Override
    public Solution.Measurement measure() {
        try (Scope scope = new Scope(manager)) {
            Policy policy = MirrorMap.ENTROPY.policy(logits(learned().theta(), scope.manager()));
            PopulationFlow<?> flow = PopulationFlow.of(game, policy, scope.in(design));
            return new Solution.Measurement(
                    Exploitability.plain(flow), Values.of(flow, 0).total(flow));
        }
    }

    @Override
    public double[] numbers() {
        Adam adam = learned().adam();
        return Stream.of(learned().theta(), adam.means(), adam.squares())
                .flatMap(NDList::stream)
                .flatMapToDouble(array -> Arrays.stream(Tensors.toDoubles(array)))
                .toArray();
    }

    @Override
    public NDArray state(NDManager owner) {
        double[] numbers = numbers();
        return Tensors.create(owner, type, numbers, new Shape(numbers.length));
    }

    @Override
    public void resume(NDArray reached, int steps) {
        double[] numbers = Tensors.toDoubles(reached);
        Adam adam = new Adam(arrays(numbers, 1, device), arrays(numbers, 2, device), steps * options.steps());
        learned = new Learned(arrays(numbers, 0, device), adam, steps);
    }

    @Override
    public Policy policy(NDArray state) {
        try (Scope scope = new Scope(device)) {
            NDList theta = arrays(Tensors.toDoubles(state), 0, scope.manager());
            return MirrorMap.ENTROPY.policy(logits(theta, state.getManager()));
        }
    }

    /** One of the three lists that a state consists of. */
    private NDList arrays(double[] state, int list, NDManager owner) {
        NDList arrays = new NDList();
        int at = state.length / 3 * list;
        for (ParameterSpec spec : network.parameters()) {
            int end = at + (int) spec.shape().size();
            arrays.add(Tensors.create(owner, DataType.FLOAT32, Arrays.copyOfRange(state, at, end), spec.shape()));
            at = end;
        }
        return arrays;
    }

    @Override
    public void close() {
        device.close();
    }
}
