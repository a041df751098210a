package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import mfg.core.Constants;
import mfg.core.ParameterSpec;
import mfg.core.Round;
import mfg.core.Scenarios;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.nn.Theta;
import mfg.train.Adam;
import mfg.train.IncentiveDesign;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training holds what it holds after the first iterations, however long it goes on. */
final class MemoryTest {

    private static final int ITERATIONS = 40;

    @ParameterizedTest
    @CsvSource({
        "A1, neural, amid, autodiff, store",
        "A1, neural, amid, fast, reversible:3",
        "A1, neural, naive, autodiff, store",
        "A3, neural, amid, autodiff, sqrt",
        "A3, neural, amid, fast, sqrt",
        "A7, neural, amid, autodiff, revolve:2",
        "A10, static, amid, autodiff, store",
        "beach-bar, '', amid, autodiff, store",
        "A3, neural, two-point, fast, store",
        "A1, schedule, anneal, fast, store",
    })
    void trainingHoldsAConstantNumberOfArrays(
            String setting, String mechanism, String method, String step, String adjoint) {
        DesignConfig config = config(setting, mechanism, method, step, adjoint);
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, config.type())) {
            train(config, config.game().scenarios(constants, config.seed()), manager);
        }
    }

    private static <R extends Round> void train(DesignConfig config, Scenarios<R> scenarios, NDManager manager) {
        List<ParameterSpec> specs = scenarios.validation().get(0).parameters();
        NDList theta = Theta.uniform(specs, new SplittableRandom(1), manager, config.type());
        IncentiveDesign<R> design = new IncentiveDesign<>(
                scenarios, config.improvement(new Adam(theta), ITERATIONS), config.plan(ITERATIONS, 1), theta);
        List<Integer> arrays = new ArrayList<>();
        List<Long> heap = new ArrayList<>();
        design.train(List.of(), iteration -> {
            arrays.add(manager.getManagedArrays().size());
            if (iteration.number() % 10 == 0) {
                heap.add(usedHeap());
            }
        });
        assertEquals(ITERATIONS, arrays.size());
        assertTrue(arrays.get(0) > theta.size(), "the arrays are counted elsewhere");
        assertEquals(1, arrays.stream().distinct().count(), arrays.toString());
        // 30 iterations; 20 KB kept in each would show
        assertTrue(heap.get(3) - heap.get(0) < 600_000, heap.toString());
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static DesignConfig config(String game, String mechanism, String method, String step, String adjoint) {
        Map<String, String> options = new HashMap<>(
                Map.of("game", game, "method", method, "step", step, "iterations", String.valueOf(ITERATIONS)));
        options.putAll(Map.of("values", "8", "inner-steps", "8", "validation-steps", "9", "long-steps", "10"));
        if (!mechanism.isEmpty()) {
            options.put("mechanism", mechanism);
        }
        if (mechanism.equals("neural")) {
            options.put("hidden", "8");
        }
        if (method.equals("amid")) {
            options.put("adjoint", adjoint);
        }
        if (method.equals("anneal")) {
            options.put("sigma", "0.001");
        } else {
            options.put("lr", "0.001");
        }
        if (game.equals("A3")) {
            options.putAll(Map.of("draws", "2", "validation-draws", "2"));
        }
        return Binder.bind(Catalogue.builtIn(), DesignConfig.KIND, Given.options(options));
    }
}
