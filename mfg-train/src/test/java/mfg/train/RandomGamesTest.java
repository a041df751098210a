package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.OnlineMirrorDescent;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Games of random size, rewards and moves: designs of them have the engine's gradients by trace. */
final class RandomGamesTest {

    private static final Objective<KernelRound> OBJECTIVE = (population, theta) ->
            population.stacked().add(0.1).log().sum().sub(theta.head().square().sum());

    private record Random(Constants constants, SplittableRandom random, int rounds, int states, int actions) {

        static Random of(Constants constants, SplittableRandom random) {
            return new Random(constants, random, random.nextInt(1, 5), random.nextInt(2, 12), random.nextInt(2, 10));
        }

        private NDArray numbers(int rows, int columns) {
            double[][] numbers = new double[rows][];
            Arrays.setAll(numbers, row -> random.doubles(columns, -1, 1).toArray());
            return constants.matrix(numbers);
        }

        /** Crowds are disliked in one of several ways; where people go depends on them in another. */
        MeanFieldGame<KernelRound> game() {
            NDArray joy = numbers(states, actions);
            NDArray weights = numbers(states, actions);
            NDArray moves = numbers(states * actions, states);
            NDArray pushes = numbers(states * actions, states);
            int dislike = random.nextInt(4);
            boolean pushed = random.nextBoolean();
            return new MeanFieldGame<>() {
                @Override
                public GameShape shape() {
                    return new GameShape(rounds, states, actions);
                }

                @Override
                public double[] initialStates() {
                    double[] even = new double[states];
                    Arrays.fill(even, 1.0 / states);
                    return even;
                }

                @Override
                public List<ParameterSpec> parameters() {
                    return List.of(new ParameterSpec("fees", new Shape(rounds, actions), 0.3));
                }

                @Override
                public KernelRound round(int h, NDArray flow, KernelRound previous, NDList theta) {
                    NDArray crowd = flow.sum(new int[] {1}, true);
                    NDArray dull =
                            switch (dislike) {
                                case 0 -> flow.add(0.01).log();
                                case 1 -> flow.mul(weights).sum().add(flow.square());
                                case 2 -> Activation.relu(crowd.sub(0.1)).add(flow);
                                default ->
                                    NDArrays.stack(new NDList(flow, flow.mul(weights)))
                                            .max(new int[] {0});
                            };
                    NDArray reward = dull.neg().add(joy).sub(theta.head().get(h));
                    NDArray force =
                            pushed ? flow.mul(weights).sum() : crowd.get(0).sum();
                    NDArray kernel = force.mul(pushes).add(moves).softmax(1);
                    return new KernelRound(flow, reward, kernel);
                }
            };
        }
    }

    @Property(tries = 250)
    void gradientsAreTheEngines(@ForAll long seed) {
        compare(seed, DataType.FLOAT64, 1e-12);
    }

    @Property(tries = 50)
    void andNearlySoInSinglePrecision(@ForAll long seed) {
        compare(seed, DataType.FLOAT32, 1e-4);
    }

    private static void compare(long seed, DataType type, double tolerance) {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, type)) {
            SplittableRandom random = new SplittableRandom(seed);
            Random sizes = Random.of(constants, random);
            DesignProblem<KernelRound> problem =
                    new DesignProblem<>(sizes.game(), OBJECTIVE, new OnlineMirrorDescent(0.5, 0.1), 3);
            Shape shape = new Shape(sizes.rounds(), sizes.actions());
            NDList theta = new NDList(Tensors.create(
                    manager, type, random.doubles(shape.size(), -1, 1).toArray(), shape));
            Gradient engine = new Amid(new StoreAll(), StepMethod.AUTODIFF).estimate(problem, theta);
            Gradient traced = new Amid(new StoreAll(), StepMethod.TRACED).estimate(problem, theta);
            assertEquals(engine.objective(), traced.objective(), tolerance * Math.max(1, Math.abs(engine.objective())));
            double[] expected = Tensors.toDoubles(engine.theta().head());
            double[] actual = Tensors.toDoubles(traced.theta().head());
            double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            for (int i = 0; i < expected.length; i++) {
                double difference = Math.abs(expected[i] - actual[i]);
                assertTrue(difference <= tolerance * Math.max(1e-3, largest), i + ": " + difference);
            }
        }
    }
}
