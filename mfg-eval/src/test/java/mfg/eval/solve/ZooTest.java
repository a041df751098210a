package mfg.eval.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mfg.core.Algorithm;
import mfg.core.Constants;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Solver;
import mfg.core.catalogue.SolvableGame;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/**
 * Every figure of page 6 of the specification, which MFGLib 0.3.0, OpenSpiel 2.0.2 and programs of their own computed: {@code zoo.csv}
 * names the source and the tolerance of each.
 */
final class ZooTest {

    /** How the page calls solvers, and what that is on the command line; the first group is X. */
    private static final Map<String, String> SOLVERS = new LinkedHashMap<>();

    static {
        SOLVERS.put("omd-(.*)", "algorithm=omd eta=X tau=0");
        SOLVERS.put("munchausen-(.*)", "algorithm=munchausen eta=X");
        SOLVERS.put("boltzmann-(.*)", "algorithm=boltzmann eta=X");
        SOLVERS.put("fp", "algorithm=fictitious-play");
        SOLVERS.put("fp-damped-(.*)|fp-lr(.*)", "algorithm=fictitious-play weight=X");
        SOLVERS.put("fp-temp(.*)", "algorithm=fictitious-play temperature=X");
        SOLVERS.put("fixed-point", "algorithm=fixed-point");
        SOLVERS.put("fixed-point-temp(.*)|gmf-v-eta(.*)", "algorithm=fixed-point temperature=X");
        SOLVERS.put("pd-eta(.*)-n5", "algorithm=prior-descent eta=X every=5");
        SOLVERS.put("pd-eta(.*)-n10", "algorithm=prior-descent eta=X every=10");
        SOLVERS.put("pd-eta(.*)-n1", "algorithm=prior-descent eta=X every=1");
        SOLVERS.put("mfomo", "algorithm=mf-omo optimizer=adam lr=0.1 start=hat");
        SOLVERS.put("mfomo-nohat", "algorithm=mf-omo start=zero");
        SOLVERS.put("mfomo-sgd(.*)", "algorithm=mf-omo optimizer=sgd lr=X");
        SOLVERS.put("mfomo-param", "algorithm=mf-omo parameterized=true");
        SOLVERS.put("omi-(.*)", "algorithm=mf-omi eta=X");
    }

    private static Map<String, String> options(String game, String solver) {
        for (Map.Entry<String, String> known : SOLVERS.entrySet()) {
            Matcher matcher = Pattern.compile(known.getKey()).matcher(solver);
            if (matcher.matches()) {
                Map<String, String> options = new HashMap<>(Map.of("game", game));
                for (String option : known.getValue().split(" ", -1)) {
                    String[] parts = option.split("=", -1);
                    options.put(parts[0], parts[1].equals("X") ? group(matcher) : parts[1]);
                }
                return options;
            }
        }
        throw new IllegalStateException("no solver " + solver);
    }

    private static String group(Matcher matcher) {
        for (int i = 1; i <= matcher.groupCount(); i++) {
            if (matcher.group(i) != null) {
                return matcher.group(i);
            }
        }
        throw new IllegalStateException(matcher.toString());
    }

    private record Figure(double exploitability, double tolerance) {}

    @TestFactory
    Stream<DynamicTest> exploitabilityIsWhatOthersComputed() throws IOException {
        return figures().entrySet().stream()
                .filter(entry -> String.join(" by ", entry.getKey()).matches(System.getProperty("zoo", ".*")))
                .map(entry -> DynamicTest.dynamicTest(
                        String.join(" by ", entry.getKey()),
                        () -> check(entry.getKey().get(0), entry.getKey().get(1), entry.getValue())));
    }

    /** By game, solver and source, then by iteration. */
    private static Map<List<String>, SortedMap<Integer, Figure>> figures() throws IOException {
        Map<List<String>, SortedMap<Integer, Figure>> figures = new LinkedHashMap<>();
        try (InputStream csv = Objects.requireNonNull(ZooTest.class.getResourceAsStream("zoo.csv"))) {
            for (Row row : Table.read().csv(csv)) {
                figures.computeIfAbsent(
                                List.of(row.getString("game"), row.getString("solver"), row.getString("source")),
                                key -> new TreeMap<>())
                        .put(
                                row.getInt("iteration"),
                                new Figure(row.getDouble("exploitability"), row.getDouble("tolerance")));
            }
        }
        return figures;
    }

    private static void check(String game, String solver, SortedMap<Integer, Figure> figures) {
        SolveConfig config = Binder.bind(
                Catalogue.builtIn(), SolveConfig.KIND, Given.options(options(game, solver.split(" ", -1)[0])));
        Algorithm algorithm = solver.endsWith("(update places the players can reach)")
                ? new Reachable((OnlineMirrorDescent) config.algorithm())
                : config.algorithm();
        List<Double> measured = measured(config.game(), algorithm, figures.lastKey());
        figures.forEach((k, figure) -> assertEquals(
                figure.exploitability(),
                measured.get(k),
                figure.tolerance() * Math.max(1, Math.abs(figure.exploitability())),
                "k=" + k));
    }

    private static List<Double> measured(SolvableGame<?> entry, Algorithm algorithm, int iterations) {
        List<Double> measured = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager();
                Iteration iteration = algorithm.iteration(
                        entry.build(new Constants(manager, DataType.FLOAT64)),
                        new NDList(),
                        manager,
                        DataType.FLOAT64,
                        1)) {
            iteration.start();
            measured.add(iteration.measure().exploitability());
            for (int k = 0; k < iterations; k++) {
                iteration.step();
                measured.add(iteration.measure().exploitability());
            }
        }
        return measured;
    }

    /** Mirror descent as OpenSpiel has it: what nobody can reach in an iteration stays as it is. */
    private record Reachable(OnlineMirrorDescent descent) implements Solver {

        @Override
        public NDArray init(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type) {
            return descent.init(game, theta, manager, type);
        }

        @Override
        public NDArray step(MeanFieldGame<?> game, NDList theta, NDArray zeta, NDArray k) {
            NDArray population = PopulationFlow.of(game, policy(zeta), theta).stacked();
            NDArray isReached = population.sum(new int[] {2}, true).gt(0).toType(zeta.getDataType(), false);
            return descent.step(game, theta, zeta, k).sub(zeta).mul(isReached).add(zeta);
        }

        @Override
        public Policy policy(NDArray zeta) {
            return descent.policy(zeta);
        }
    }
}
