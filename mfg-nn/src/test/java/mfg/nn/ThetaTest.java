package mfg.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import org.junit.jupiter.api.Test;

final class ThetaTest {

    private static final List<ParameterSpec> SPECS = List.of(
            new ParameterSpec("wide", new Shape(40, 25), 2),
            new ParameterSpec("narrow", new Shape(500), 0.1),
            new ParameterSpec("zero", new Shape(3), 0));

    @Test
    void theUniformStartFillsTheSpreadOfEachArray() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList theta = Theta.uniform(SPECS, new SplittableRandom(1), manager, DataType.FLOAT64);
            for (int i = 0; i < SPECS.size(); i++) {
                ParameterSpec spec = SPECS.get(i);
                assertEquals(spec.shape(), theta.get(i).getShape());
                assertEquals(spec.name(), theta.get(i).getName());
                double[] values = Tensors.toDoubles(theta.get(i));
                double least = Arrays.stream(values).min().orElseThrow();
                double largest = Arrays.stream(values).max().orElseThrow();
                assertTrue(least >= -spec.spread() && least <= -0.98 * spec.spread(), spec.name());
                assertTrue(largest <= spec.spread() && largest >= 0.98 * spec.spread(), spec.name());
                // 5 standard deviations of the mean of n uniform numbers
                double mean = Arrays.stream(values).average().orElseThrow();
                assertEquals(0, mean, 5 * spec.spread() / Math.sqrt(3.0 * values.length), spec.name());
            }
        }
    }

    @Test
    void theUniformStartDependsOnTheSeedAlone() {
        try (NDManager manager = NDManager.newBaseManager()) {
            double[] one = flat(Theta.uniform(SPECS, new SplittableRandom(7), manager, DataType.FLOAT64));
            double[] same = flat(Theta.uniform(SPECS, new SplittableRandom(7), manager, DataType.FLOAT64));
            double[] other = flat(Theta.uniform(SPECS, new SplittableRandom(8), manager, DataType.FLOAT64));
            assertArrayEquals(one, same);
            assertTrue(Math.abs(one[0] - other[0]) > 0);
        }
    }

    @Test
    void theSineStartRunsThroughAllNumbersInOrder() {
        try (NDManager manager = NDManager.newBaseManager()) {
            double[] values = flat(Theta.sine(SPECS, manager, DataType.FLOAT64));
            assertEquals(1503, values.length);
            for (int k = 0; k < values.length; k++) {
                assertEquals(0.05 * Math.sin(k), values[k]);
            }
        }
    }

    @Test
    void float32HoldsTheRoundedNumbersOfFloat64() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertRounded(
                    Theta.uniform(SPECS, new SplittableRandom(3), manager, DataType.FLOAT64),
                    Theta.uniform(SPECS, new SplittableRandom(3), manager, DataType.FLOAT32));
            assertRounded(Theta.sine(SPECS, manager, DataType.FLOAT64), Theta.sine(SPECS, manager, DataType.FLOAT32));
        }
    }

    private static void assertRounded(NDList precise, NDList rounded) {
        for (int i = 0; i < precise.size(); i++) {
            NDArray array = rounded.get(i);
            assertEquals(DataType.FLOAT32, array.getDataType());
            double[] values = precise.get(i).toDoubleArray();
            float[] floats = array.toFloatArray();
            assertEquals(values.length, floats.length);
            for (int k = 0; k < values.length; k++) {
                assertEquals((float) values[k], floats[k]);
            }
        }
    }

    private static double[] flat(NDList theta) {
        return theta.stream()
                .flatMapToDouble(array -> Arrays.stream(Tensors.toDoubles(array)))
                .toArray();
    }
}
