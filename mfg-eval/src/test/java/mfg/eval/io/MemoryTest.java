package mfg.eval.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.Constants;
import mfg.core.Round;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.Experiment;
import mfg.eval.design.Setting;
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
        "beach-bar, price, amid, autodiff, store",
        "A3, neural, two-point, fast, store",
        "A1, schedule, anneal, fast, store",
    })
    void trainingHoldsAConstantNumberOfArrays(
            String setting, String mechanism, String method, String step, String adjoint) {
        DesignConfig config = config(setting, mechanism, method, step, adjoint);
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, config.type())) {
            train(config, Experiment.of(config, constants), manager);
        }
    }

    private static <R extends Round> void train(DesignConfig config, Experiment<R> experiment, NDManager manager) {
        NDList theta = Theta.uniform(experiment.parameters(), new SplittableRandom(1), manager, config.type());
        IncentiveDesign<R> design = new IncentiveDesign<>(
                experiment.scenarios(), config.improvement(new Adam(theta)), config.plan(), theta);
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

    private static DesignConfig config(String setting, String mechanism, String method, String step, String adjoint) {
        Setting base = Setting.named(setting);
        return new DesignConfig(
                setting,
                mechanism,
                "default",
                ITERATIONS,
                1e-3,
                "cosine",
                1,
                8,
                9,
                10,
                base.eta(),
                base.tau(),
                8,
                base.rounds(),
                8,
                List.of(),
                "",
                1,
                method,
                step,
                adjoint,
                "adam",
                1e-2,
                1e-3,
                "float32",
                "cpu",
                List.of(),
                List.of(0.5),
                0.5,
                100,
                2,
                2,
                4,
                10,
                1);
    }
}
