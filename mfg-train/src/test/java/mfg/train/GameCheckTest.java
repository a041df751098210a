package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.OnlineMirrorDescent;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.core.catalogue.DesignableGame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Games with one mistake each. */
final class GameCheckTest {

    private static final String SELF = "in GameCheckTest.java:";

    private interface Reward {
        @Nullable
        NDArray of(NDArray flow, NDList theta);
    }

    private interface Rules {
        @Nullable
        KernelRound of(int h, NDArray flow, NDArray reward, NDArray kernel);
    }

    /** People at home or at work, who stay or go and mind crowds; right but for what is changed. */
    private static final class Commute implements DesignableGame<KernelRound> {
        GameShape shape = new GameShape(2, 2, 2);
        double @Nullable [] initial = {0.5, 0.5};
        double[][] matrix = {{1, 0}, {0, 1}, {0, 1}, {1, 0}};

        @Nullable
        List<ParameterSpec> parameters = List.of(spec("fare", 2));

        List<String> states = List.of("home", "work");
        List<String> actions = List.of("stay", "go");
        List<String> names = List.of();
        Reward reward = (flow, theta) -> theta.head().sub(flow);
        BinaryOperator<NDArray> kernel = (kernel, flow) -> kernel;
        Rules rules = (h, flow, reward, kernel) -> new KernelRound(flow, reward, kernel);

        @Nullable
        Objective<KernelRound> objective =
                (flow, theta) -> flow.stacked().square().sum();

        int calls;

        @Override
        public String name() {
            return "commute";
        }

        @Override
        public String about() {
            return "people who stay or go";
        }

        @Override
        public List<String> stateNames() {
            return states;
        }

        @Override
        public List<String> actionNames() {
            return actions;
        }

        @Override
        public List<String> roundNames() {
            return names;
        }

        @Override
        public @Nullable Objective<KernelRound> objective() {
            return objective;
        }

        @Override
        public MeanFieldGame<KernelRound> build(Constants constants) {
            NDArray constant = constants.matrix(matrix);
            return new MeanFieldGame<>() {
                @Override
                public GameShape shape() {
                    return shape;
                }

                @Override
                public double @Nullable [] initialStates() {
                    return initial;
                }

                @Override
                public @Nullable List<ParameterSpec> parameters() {
                    return parameters;
                }

                @Override
                public @Nullable KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
                    calls++;
                    return rules.of(h, flow, reward.of(flow, theta), kernel.apply(constant, flow));
                }
            };
        }
    }

    private static ParameterSpec spec(String name, long... shape) {
        return new ParameterSpec(name, new Shape(shape), 0.1);
    }

    /** Shifts what the engine alone computes: there is no trace of it. */
    private static NDArray untraced(NDArray x, NDArray flow) {
        return x.add(flow.add(1).gammaln().sum());
    }

    private record Mistake(String told, StepMethod method, Consumer<Commute> change) {

        Commute game() {
            Commute game = new Commute();
            change.accept(game);
            return game;
        }

        void isRefused() {
            String sentence = assertThrows(
                            InvalidInputException.class, () -> GameCheck.check(game(), method, DataType.FLOAT32))
                    .getMessage();
            assertTrue(
                    sentence.startsWith("commute: ")
                            && sentence.contains(told)
                            && sentence.lines().count() == 1,
                    sentence);
        }
    }

    private static Mistake mistake(String told, Consumer<Commute> change) {
        return new Mistake(told, StepMethod.AUTO, change);
    }

    private static Mistake byEngine(String told, Consumer<Commute> change) {
        return new Mistake(told, StepMethod.AUTODIFF, change);
    }

    @Test
    void aRightGamePasses() {
        for (StepMethod method : List.of(StepMethod.AUTO, StepMethod.AUTODIFF)) {
            assertEquals(List.of(), GameCheck.check(new Commute(), method, DataType.FLOAT32));
        }
        Commute untraced = new Commute();
        untraced.reward =
                (flow, theta) -> Tensors.times(untraced(theta.head(), flow).sub(flow), 2);
        assertEquals(List.of(), GameCheck.check(untraced, StepMethod.AUTO, DataType.FLOAT32));
        Commute large = new Commute(); // more states than are looked at
        large.shape = new GameShape(1, 300, 1);
        large.states = List.of();
        large.actions = List.of();
        large.initial = DoubleStream.generate(() -> 1.0 / 300).limit(300).toArray();
        large.matrix = IntStream.range(0, 300)
                .mapToObj(i ->
                        IntStream.range(0, 300).mapToDouble(j -> i == j ? 1 : 0).toArray())
                .toArray(double[][]::new);
        large.reward = (flow, theta) -> flow.neg();
        large.objective = (flow, theta) -> theta.head().square().sum();
        assertEquals(List.of(), GameCheck.check(large, StepMethod.AUTO, DataType.FLOAT32));
    }

    @Test
    void aKinkCloseByIsNoMistake() {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            Commute commute = new Commute();
            DesignProblem<KernelRound> problem = new DesignProblem<>(
                    commute.build(constants),
                    (flow, theta) ->
                            theta.head().sub(theta.head().onesLike()).abs().sum(),
                    new OnlineMirrorDescent(0.1, 0.1),
                    1);
            NDList theta = new NDList(manager.create(new double[] {1 + 1e-7, 1 - 1e-7}));
            NDArray zeta = manager.zeros(new Shape(2, 2, 2), DataType.FLOAT64);
            assertEquals(
                    List.of(), new SlopeCheck<>(new Finding(commute), problem, theta, zeta).gradient(StepMethod.AUTO));
        }
    }

    @TestFactory
    Stream<DynamicTest> mistakesAreTold() {
        return Stream.of(
                        mistake(
                                "initialStates should give probabilities that sum to 1, and gives 1.1",
                                g -> g.initial = new double[] {0.5, 0.6}),
                        mistake(
                                "initialStates should give no probability below 0, and gives -0.5",
                                g -> g.initial = new double[] {1.5, -0.5}),
                        mistake(
                                "initialStates should give 2 numbers, one for each state, and gives 3",
                                g -> g.initial = new double[] {0.5, 0.25, 0.25}),
                        mistake(
                                "round 0 should give 2 populations that share no state, because initialStates sum to 2; of one population"
                                        + " they sum to 1, and gives work by go goes to home",
                                g -> g.initial = new double[] {1, 1}),
                        mistake("initialStates should give something, and gives null", g -> g.initial = null),
                        mistake("initialStates should give 3 numbers, one for each state, and gives 2", g -> {
                            g.shape = new GameShape(2, 3, 2);
                            g.states = List.of();
                        }),
                        mistake(
                                "stateNames should give 2 names, one for each state, or none, and gives 1",
                                g -> g.states = List.of("home")),
                        mistake(
                                "actionNames should give 2 names, one for each action, or none, and gives 3",
                                g -> g.actions = List.of("stay", "go", "run")),
                        mistake(
                                "roundNames should give 2 names, one for each round, or none, and gives 1",
                                g -> g.names = List.of("morning")),
                        mistake("parameters should give something, and gives null", g -> g.parameters = null),
                        mistake(
                                "parameters should give each array a name of its own, and gives fare twice",
                                g -> g.parameters = List.of(spec("fare", 2), spec("fare", 2))),
                        mistake(
                                "parameters should give arrays of at least one number, and gives fare of shape (0)",
                                g -> g.parameters = List.of(spec("fare", 0))),
                        mistake(
                                "round 0 should give transition probabilities that sum to 1, and gives 0.75 from home by stay",
                                g -> g.matrix = new double[][] {{0.75, 0}, {0, 1}, {0, 1}, {1, 0}}),
                        mistake(
                                "round 0 should give no transition probability below 0, and gives -1.0 from work by stay to home",
                                g -> {
                                    g.matrix = new double[][] {{1, 0}, {0, 1}, {-1, 2}, {1, 0}};
                                    g.initial = new double[] {1, 0}; // nobody shows it
                                }),
                        mistake(
                                "round 1 should give no transition probability below 0, and gives -0.25 from state 0 by action 1 to state 1",
                                g -> {
                                    g.states = List.of();
                                    g.actions = List.of();
                                    double[] wrong = {1, 0, 1.25, -0.25, 0, 1, 1, 0};
                                    g.rules = (h, flow, reward, kernel) -> new KernelRound(
                                            flow,
                                            reward,
                                            h == 0
                                                    ? kernel
                                                    : Tensors.create(
                                                            flow.getManager(),
                                                            flow.getDataType(),
                                                            wrong,
                                                            new Shape(4, 2)));
                                }),
                        mistake(
                                "round 0 should give a kernel of shape (4, 2), and gives (3, 2)",
                                g -> g.matrix = new double[][] {{1, 0}, {0, 1}, {0, 1}}),
                        mistake(
                                "round 0 should give next states that are those of its continuation",
                                g -> g.rules = (h, flow, reward, kernel) -> new KernelRound(
                                        NDArrays.stack(new NDList(flow.get(1), flow.get(0))), reward, kernel)),
                        mistake(
                                "round 0 should give a reward of shape (2, 2), and gives (2)",
                                g -> g.reward = (flow, theta) -> flow.sum(new int[] {1})),
                        mistake("round 0 fails " + SELF, g -> {
                            g.shape = new GameShape(2, 2, 3);
                            g.actions = List.of();
                        }),
                        mistake(
                                "round 0 should give a reward that is finite, and gives NaN",
                                g -> g.reward = (flow, theta) -> flow.sub(0.5).log()),
                        mistake(
                                "round 0 should give a reward of type float32, and gives float64",
                                g -> g.reward = (flow, theta) ->
                                        flow.add(flow.getManager().create(new double[] {1, 2}))),
                        mistake(
                                "round 0, reward should give something, and gives null",
                                g -> g.reward = (f, t) -> null),
                        mistake("round 0 should give something, and gives null", g -> g.rules = (h, f, r, k) -> null),
                        mistake(
                                "an operation begins with a constant; write x.mul(constant)",
                                g -> g.kernel = (kernel, flow) -> kernel.mul(flow.sum())),
                        mistake(
                                "round 0 should give the same numbers at every call with the same arguments, and gives others",
                                g -> g.reward = (flow, theta) -> Tensors.times(flow, g.calls)),
                        mistake(
                                "round 0 fails " + SELF,
                                g -> g.reward = (flow, theta) -> {
                                    throw new IllegalStateException("no way");
                                }),
                        mistake("round 0 fails " + SELF, g -> g.reward = (flow, theta) -> theta.get(1)),
                        mistake(
                                "round 0 fails " + SELF,
                                g -> g.reward = (flow, theta) ->
                                        flow.add(theta.head().get("0:1").repeat(0, 3))),
                        mistake("objective should give something, and gives null", g -> g.objective = null),
                        mistake(
                                "the objective should give something, and gives null",
                                g -> g.objective = (f, t) -> null),
                        mistake(
                                "the objective should give a value of shape (), and gives (2, 2)",
                                g -> g.objective =
                                        (flow, theta) -> flow.stacked().sum(new int[] {0})),
                        mistake(
                                "the objective should give a value that is finite, and gives -Inf",
                                g -> g.objective = (flow, theta) ->
                                        flow.stacked().sum().sub(2).abs().log()),
                        mistake(
                                "the objective should give a gradient that is its slope",
                                g -> g.objective = (flow, theta) -> flow.stacked()
                                        .sum()
                                        .mul(theta.head().stopGradient().sum())),
                        byEngine(
                                "the objective should give the same gradient while garbage is collected",
                                g -> g.objective = (flow, theta) ->
                                        flow.stacked().mul(2).square().sum()),
                        byEngine(
                                "a round should give the same gradient while garbage is collected",
                                g -> g.reward =
                                        (flow, theta) -> theta.head().sub(flow).div(2)),
                        mistake(
                                "write Tensors.times(x, 2) for x.mul(2)",
                                g -> g.reward = (flow, theta) ->
                                        untraced(theta.head(), flow).sub(flow).pow(2)))
                .map(mistake -> DynamicTest.dynamicTest(mistake.told, mistake::isRefused));
    }

    /** What may be meant so is told, too, but runs. */
    @TestFactory
    Stream<DynamicTest> doubtsAreTold() {
        return Stream.of(
                        mistake(
                                "the parameter fare has no effect on the objective here",
                                g -> g.reward = (flow, theta) -> flow.neg()),
                        mistake("parameters are none, so there is nothing to design", g -> {
                            g.parameters = List.of();
                            g.reward = (flow, theta) -> flow.neg();
                        }),
                        mistake(
                                "a step should give back all memory, and gives not that of",
                                g -> g.reward = (flow, theta) -> {
                                    NDManager forgotten = NDManager.newBaseManager();
                                    return theta.head().sub(flow).add(forgotten.ones(new Shape(2), flow.getDataType()));
                                }))
                .map(mistake -> DynamicTest.dynamicTest(mistake.told, () -> {
                    List<String> doubts = GameCheck.check(mistake.game(), mistake.method, DataType.FLOAT32);
                    assertTrue(doubts.get(0).startsWith("commute: " + mistake.told), doubts.toString());
                }));
    }
}
