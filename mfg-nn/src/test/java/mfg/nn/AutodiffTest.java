package mfg.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mfg.core.Tensors;
import mfg.nn.Autodiff.Differentiated;
import org.junit.jupiter.api.Test;

final class AutodiffTest {

    @Test
    void gradientsOfAProductAreTheOtherFactors() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = vector(manager, 1, -2, 3);
            NDArray y = vector(manager, 5, 7, -0.5);
            // f = sum x² y: df/dx = 2 x y, df/dy = x²
            Differentiated result = Autodiff.differentiate(
                    manager,
                    new NDList(x, y),
                    at -> at.get(0).square().mul(at.get(1)).sum());
            assertEquals(5 + 28 - 4.5, Tensors.toDouble(result.value()), 1e-15);
            assertArrayEquals(
                    new double[] {10, -28, -3},
                    Tensors.toDoubles(result.gradients().get(0)),
                    1e-15);
            assertArrayEquals(
                    new double[] {1, 4, 9}, Tensors.toDoubles(result.gradients().get(1)), 1e-15);
        }
    }

    @Test
    void theValueMayHaveShapeOne() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Differentiated result = Autodiff.differentiate(
                    manager,
                    new NDList(vector(manager, 2)),
                    at -> at.head().exp().reshape(1));
            assertEquals(Math.exp(2), Tensors.toDouble(result.value()), 1e-14);
            assertEquals(Math.exp(2), Tensors.toDouble(result.gradients().head()), 1e-14);
        }
    }

    @Test
    void aVectorJacobianProductIsTheGradientOfTheWeightedOutput() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray matrix =
                    Tensors.create(manager, DataType.FLOAT64, new double[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
            NDArray cotangent = vector(manager, 10, -1);
            Differentiated result = Autodiff.differentiate(
                    manager,
                    new NDList(vector(manager, 0.3, 0.1, 0.2)),
                    at -> at.head().matMul(matrix.transpose()).mul(cotangent).sum());
            assertArrayEquals(
                    new double[] {6, 15, 24},
                    Tensors.toDoubles(result.gradients().head()),
                    1e-14);
        }
    }

    @Test
    void anIgnoredArgumentHasAZeroGradientOfItsOwnTypeAndShape() {
        try (NDManager manager = NDManager.newBaseManager()) {
            for (DataType type : List.of(DataType.FLOAT64, DataType.FLOAT32)) {
                NDArray used = Tensors.create(manager, type, new double[] {1, 2}, new Shape(2));
                NDArray ignored = Tensors.create(manager, type, new double[6], new Shape(2, 3));
                NDArray gradient = Autodiff.differentiate(
                                manager,
                                new NDList(used, ignored),
                                at -> at.get(0).sum())
                        .gradients()
                        .get(1);
                assertEquals(type, gradient.getDataType());
                assertEquals(new Shape(2, 3), gradient.getShape());
                assertArrayEquals(new double[6], Tensors.toDoubles(gradient));
            }
        }
    }

    @Test
    void nothingButTheResultIsLeftBehind() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList arguments = new NDList(vector(manager, 1, 2), vector(manager, 3, 4));
            int before = manager.getManagedArrays().size();
            for (int call = 1; call <= 5; call++) {
                Differentiated result = Autodiff.differentiate(
                        manager,
                        arguments,
                        at -> at.get(0).mul(at.get(1)).exp().sum().log());
                assertEquals(before + 3, manager.getManagedArrays().size());
                result.value().close();
                result.gradients().close();
                assertEquals(before, manager.getManagedArrays().size());
            }
        }
    }

    @Test
    void argumentsAreNotTouched() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = vector(manager, 1, 2);
            Autodiff.differentiate(
                    manager, new NDList(x), at -> at.head().square().sum());
            assertFalse(x.hasGradient());
            assertEquals(manager, x.getManager());
            assertArrayEquals(new double[] {1, 2}, Tensors.toDoubles(x));
        }
    }

    @Test
    void gradientsDoNotAddUpFromCallToCall() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList x = new NDList(vector(manager, 3));
            for (int call = 0; call < 3; call++) {
                Differentiated result = Autodiff.differentiate(
                        manager, x, at -> at.head().square().sum());
                assertEquals(6, Tensors.toDouble(result.gradients().head()), 1e-15);
            }
        }
    }

    @Test
    void aFunctionThatThrowsLeavesNothingAndTheNextCallWorks() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList x = new NDList(vector(manager, 3));
            int before = manager.getManagedArrays().size();
            assertThrows(
                    ArithmeticException.class,
                    () -> Autodiff.differentiate(manager, x, at -> {
                        at.head().square();
                        throw new ArithmeticException("on purpose");
                    }));
            assertEquals(before, manager.getManagedArrays().size());
            Differentiated result =
                    Autodiff.differentiate(manager, x, at -> at.head().square().sum());
            assertEquals(6, Tensors.toDouble(result.gradients().head()), 1e-15);
        }
    }

    @Test
    void threadsThatCallAtOnceAllGetRightAnswers() throws InterruptedException, ExecutionException {
        int threads = 2;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier together = new CyclicBarrier(threads);
            List<Future<?>> runs = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                double factor = thread + 2;
                runs.add(pool.submit(() -> {
                    together.await();
                    try (NDManager manager = NDManager.newBaseManager()) {
                        for (int call = 0; call < 200; call++) {
                            double at = call / 100.0;
                            // f = exp(factor x)
                            Differentiated result = Autodiff.differentiate(
                                    manager,
                                    new NDList(vector(manager, at)),
                                    leaves -> Tensors.times(leaves.head(), factor)
                                            .exp()
                                            .sum());
                            double value = Math.exp(factor * at);
                            assertEquals(value, Tensors.toDouble(result.value()), 1e-12 * value);
                            assertEquals(
                                    factor * value,
                                    Tensors.toDouble(result.gradients().head()),
                                    1e-12 * factor * value);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static NDArray vector(NDManager manager, double... values) {
        return Tensors.create(manager, DataType.FLOAT64, values, new Shape(values.length));
    }
}
