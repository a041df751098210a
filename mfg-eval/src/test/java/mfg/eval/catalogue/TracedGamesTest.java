package mfg.eval.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.BestResponse;
import mfg.core.Constants;
import mfg.core.Exploitability;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.MirrorMap;
import mfg.core.OnlineMirrorDescent;
import mfg.core.ParameterSpec;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Solution;
import mfg.core.Solver;
import mfg.core.Tensors;
import mfg.core.Values;
import mfg.core.catalogue.DesignableGame;
import mfg.core.catalogue.MechanismFamily;
import mfg.core.catalogue.SolvableGame;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.config.Tree;
import mfg.eval.solve.SolveConfig;
import mfg.nn.Theta;
import mfg.train.Amid;
import mfg.train.DesignProblem;
import mfg.train.Gradient;
import mfg.train.StepMethod;
import mfg.train.StoreAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every game of the catalogue by every solver, in both precisions, and every mechanism: the traced step is the engine's. */
final class TracedGamesTest {

    private static final Catalogue CATALOGUE = Catalogue.builtIn();
    private static final int STEPS = 4;

    /** What makes a game small, where it has such a parameter. */
    private static final Map<String, String> SMALL = Map.of("values", "7", "horizon", "3");

    /** Games that rounding does not grow in, whatever the solver; elsewhere few steps of a jumping solver enlarge it. */
    private static final Set<String> CALM =
            Set.of("beach-bar", "crowd-modelling", "left-right", "mfglib-beach-bar", "rps", "sis");

    @TestFactory
    Stream<DynamicTest> statesMeasurementsAndGradientsAreTheEngines() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map<String, String> game : games()) {
            String name = Objects.requireNonNull(game.get("game"));
            for (String algorithm : solvers(name)) {
                Map<String, String> options = new HashMap<>(game);
                options.put("algorithm", algorithm);
                for (String tau : List.of("0", "0.05")) {
                    options.put("tau", tau);
                    add(tests, game, (Solver) bound(options).algorithm());
                }
            }
            if (!solvers(name).equals(List.of("omd"))) {
                add(tests, game, new OnlineMirrorDescent(0.5, 0.05, MirrorMap.EUCLIDEAN));
            }
        }
        return tests.stream();
    }

    /** Figures of others hold the rest of the solvers, recorded ({@code ZooTest}). */
    private static List<String> solvers(String game) {
        return CALM.contains(game) || game.startsWith("A")
                ? List.of("omd", "fictitious-play", "fixed-point")
                : List.of("omd");
    }

    /** All games with the mechanism that suits them; one of them also with each other mechanism. */
    private static List<Map<String, String>> games() {
        List<Map<String, String>> games = new ArrayList<>();
        Set<String> mechanisms =
                new TreeSet<>(CATALOGUE.choices(MechanismFamily.class).keySet());
        for (String name : CATALOGUE.choices(SolvableGame.class).keySet()) {
            Map<String, String> game = new HashMap<>(SMALL);
            Map<String, String> usual = Tree.flat(bound(Map.of("game", name)));
            game.keySet().retainAll(usual.keySet());
            game.put("game", name);
            games.add(game);
            if (usual.containsKey("mechanism")) {
                mechanisms.remove(usual.get("mechanism"));
                for (String mechanism : mechanisms) {
                    Map<String, String> other = new HashMap<>(game);
                    other.put("mechanism", mechanism);
                    games.add(other);
                }
                mechanisms.clear();
            }
        }
        return games;
    }

    private static SolveConfig bound(Map<String, String> options) {
        return Binder.bind(CATALOGUE, SolveConfig.KIND, Given.options(options));
    }

    private static void add(List<DynamicTest> tests, Map<String, String> options, Solver solver) {
        for (DataType type : List.of(DataType.FLOAT64, DataType.FLOAT32)) {
            String name = "%s %s by %s in %s"
                    .formatted(options.get("game"), options.getOrDefault("mechanism", ""), solver, type);
            tests.add(DynamicTest.dynamicTest(name, () -> check(bound(options).game(), solver, type)));
        }
    }

    private static <R extends Round> void check(SolvableGame<R> entry, Solver solver, DataType type) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Check check = new Check(manager, type);
            MeanFieldGame<R> game = entry.build(new Constants(manager, type));
            NDList theta = check.theta(game);
            check.iteration(game, theta, solver);
            if (entry instanceof DesignableGame<R> designable && !theta.isEmpty() && solver.isDifferentiable()) {
                check.gradient(new DesignProblem<>(game, designable.objective(), solver, STEPS), theta);
            }
        }
    }

    private record Check(NDManager manager, DataType type) {

        NDList theta(MeanFieldGame<?> game) {
            List<ParameterSpec> specs = game.parameters().stream()
                    .map(spec -> spec.spread() > 0 ? spec : new ParameterSpec(spec.name(), spec.shape(), 0.5))
                    .toList();
            return Theta.uniform(specs, new SplittableRandom(5), manager, type);
        }

        void iteration(MeanFieldGame<?> game, NDList theta, Solver solver) {
            try (Iteration traced = Iteration.of(game, theta, solver, manager, type)) {
                assertEquals("TracedIteration", traced.getClass().getSimpleName());
                traced.start();
                NDArray state = solver.init(game, theta, manager, type);
                assertMeasured(PopulationFlow.of(game, solver.policy(state), theta), traced);
                for (int k = 1; k <= STEPS; k++) {
                    PopulationFlow<?> before = PopulationFlow.of(game, solver.policy(state), theta);
                    traced.step();
                    state = solver.step(game, theta, state, k);
                    int apart = apart(state, traced.state(manager));
                    if (apart >= 0 && !solver.isDifferentiable() && isTie(before, apart)) {
                        return;
                    }
                    assertClose("state " + k, state, traced.state(manager));
                    assertMeasured(PopulationFlow.of(game, solver.policy(state), theta), traced);
                }
            }
        }

        private int apart(NDArray engine, NDArray traced) {
            return apart(Tensors.toDoubles(engine), Tensors.toDoubles(traced));
        }

        /** Players who jump from one best action to another may choose either of two that are equally good. */
        private boolean isTie(PopulationFlow<?> flow, int entry) {
            double[] q = Tensors.toDoubles(BestResponse.plain(flow).values().q());
            int actions = flow.game().shape().actions();
            double[] row = Arrays.copyOfRange(q, entry / actions * actions, (entry / actions + 1) * actions);
            Arrays.sort(row);
            return row[actions - 1] - row[actions - 2] <= tolerance() * largest(q);
        }

        private void assertMeasured(PopulationFlow<?> flow, Iteration traced) {
            double value = Values.of(flow, 0).total(flow);
            Solution.Measurement measured = traced.measure();
            assertClose(
                    "value, and that of a best response",
                    new double[] {value, value + Exploitability.plain(flow)},
                    new double[] {measured.value(), measured.value() + measured.exploitability()});
        }

        void gradient(DesignProblem<?> problem, NDList theta) {
            Gradient engine = new Amid(new StoreAll(), StepMethod.AUTODIFF).estimate(problem, theta);
            Gradient traced = new Amid(new StoreAll(), StepMethod.TRACED).estimate(problem, theta);
            assertClose("objective", new double[] {engine.objective()}, new double[] {traced.objective()});
            assertClose("gradient", flat(engine.theta()), flat(traced.theta()));
        }

        private static double[] flat(NDList arrays) {
            return arrays.stream()
                    .flatMapToDouble(array -> Arrays.stream(Tensors.toDoubles(array)))
                    .toArray();
        }

        private void assertClose(String what, NDArray engine, NDArray traced) {
            assertClose(what, Tensors.toDoubles(engine), Tensors.toDoubles(traced));
        }

        private void assertClose(String what, double[] engine, double[] traced) {
            int i = apart(engine, traced);
            if (i >= 0) {
                fail("%s [%d]: %s, not %s; the largest is %s"
                        .formatted(what, i, traced[i], engine[i], largest(engine)));
            }
        }

        /** The first entry where two arrays differ by more than rounding, as a fraction of the largest; -1 for none. */
        private int apart(double[] engine, double[] traced) {
            assertEquals(engine.length, traced.length);
            double largest = largest(engine);
            return IntStream.range(0, engine.length)
                    .filter(i ->
                            !(Math.abs(engine[i] - traced[i]) <= tolerance() * Math.max(largest, Math.abs(engine[i]))))
                    .findFirst()
                    .orElse(-1);
        }

        /** Of the numbers within reach: illegal actions are beyond all others. */
        private static double largest(double[] numbers) {
            return Arrays.stream(numbers)
                    .map(Math::abs)
                    .filter(number -> number < -MeanFieldGame.NEVER / 10)
                    .max()
                    .orElse(0);
        }

        /** Each jump to a best response at tau = 0.05 may enlarge rounding twentyfold, which shows in float32. */
        private double tolerance() {
            return type == DataType.FLOAT64 ? 1e-12 : 1e-3;
        }
    }
}
