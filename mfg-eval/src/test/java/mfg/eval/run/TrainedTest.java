package mfg.eval.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.train.Adam;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainedTest {

    /** What was read lies in memory that is freed afterwards. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void whatIsLoadedIsACopy(DataType type) {
        List<ParameterSpec> parameters = List.of(new ParameterSpec("toll", new Shape(2), 0));
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList theta = new NDList(Tensors.create(manager, type, new double[] {1, 2}, new Shape(2)));
            theta.head().setName("toll");
            NDList saved = new Trained(theta, new Adam(theta)).save(manager.newSubManager());
            Trained loaded = Trained.load(saved, parameters, manager, type);
            saved.get(0).muli(0);
            assertArrayEquals(
                    new double[] {1, 2}, Tensors.toDoubles(loaded.theta().head()));
            assertEquals("toll", loaded.theta().head().getName());
        }
    }
}
