package mfg.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class TensorsTest {

    @Test
    void doublesComeBackExactlyAndFloatsRounded() {
        double[] values = {0.1, -1e-300, 1e300, Math.PI, 0, 7};
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray doubles = Tensors.create(manager, DataType.FLOAT64, values, new Shape(2, 3));
            NDArray floats = Tensors.create(manager, DataType.FLOAT32, values, new Shape(2, 3));

            assertArrayEquals(values, Tensors.toDoubles(doubles));
            assertArrayEquals(
                    new double[] {0.1f, 0, Double.POSITIVE_INFINITY, (float) Math.PI, 0, 7},
                    Tensors.toDoubles(floats),
                    0);
            assertEquals(Math.PI, Tensors.toDouble(doubles.get(1, 0)));
            assertEquals((float) Math.PI, Tensors.toDouble(floats.get(1, 0)));
        }
    }

    @Test
    void otherTypesAreRefused() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThrows(
                    InvalidInputException.class,
                    () -> Tensors.create(manager, DataType.INT32, new double[] {1}, new Shape(1)));
        }
    }

    @Test
    void aCopyIsIndependent() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray original = Tensors.create(manager, DataType.FLOAT64, new double[] {1, 2}, new Shape(2));
            NDArray copy = Tensors.copy(manager, original);
            copy.muli(5);
            assertArrayEquals(new double[] {1, 2}, Tensors.toDoubles(original));
            assertArrayEquals(new double[] {5, 10}, Tensors.toDoubles(copy));
        }
    }

    @Test
    void gamesWithoutRoundsStatesOrActionsAreRefused() {
        assertThrows(InvalidInputException.class, () -> new GameShape(0, 1, 1));
        assertThrows(InvalidInputException.class, () -> new GameShape(1, 0, 1));
        assertThrows(InvalidInputException.class, () -> new GameShape(1, 1, 0));
    }
}
