package mfg.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MirrorMapTest {

    @Property(tries = 200)
    void theEntropyMapIsTheSoftmax(@ForAll @Size(6) List<@DoubleRange(min = -30, max = 30) Double> logits) {
        double[] zeta = unboxed(logits);
        double[] expected = ReferenceValues.softmax(zeta);
        try (NDManager manager = NDManager.newBaseManager()) {
            Policy policy = MirrorMap.ENTROPY.policy(row(manager, DataType.FLOAT64, zeta));

            assertArrayEquals(expected, Tensors.toDoubles(policy.probabilities()), 1e-14);
            assertEquals(ReferenceValues.entropy(expected), Tensors.toDouble(policy.entropy()), 1e-12);
        }
    }

    /** The optimality conditions of {@code min |p - zeta|² / 2} over the simplex, which is convex: they suffice. */
    @Property(tries = 200)
    void theEuclideanMapProjectsOntoTheSimplex(@ForAll @Size(6) List<@DoubleRange(min = -3, max = 3) Double> logits) {
        double[] zeta = unboxed(logits);
        try (NDManager manager = NDManager.newBaseManager()) {
            Policy policy = MirrorMap.EUCLIDEAN.policy(row(manager, DataType.FLOAT64, zeta));
            assertProjected(zeta, Tensors.toDoubles(policy.probabilities()));

            double squares = Arrays.stream(Tensors.toDoubles(policy.probabilities()))
                    .map(p -> p * p)
                    .sum();
            assertEquals(-squares / 2, Tensors.toDouble(policy.entropy()), 1e-14);
        }
    }

    private static void assertProjected(double[] zeta, double[] p) {
        assertEquals(1, Arrays.stream(p).sum(), 1e-12);
        double multiplier = Double.NaN;
        for (int a = 0; a < p.length; a++) {
            assertTrue(p[a] >= 0);
            multiplier = p[a] > 0 ? zeta[a] - p[a] : multiplier;
        }
        for (int a = 0; a < p.length; a++) {
            if (p[a] > 0) {
                assertEquals(multiplier, zeta[a] - p[a], 1e-12);
            } else {
                assertTrue(zeta[a] <= multiplier + 1e-12);
            }
        }
    }

    @Test
    void theEuclideanMapHandlesTiesCornersAndFacesAlike() {
        double[][] rows = {{0, 0, 0}, {5, 5, -5}, {9, 0, 0}, {1, 0, 0}, {0.5, 0.5, 0}, {-7, -7, -7}};
        double third = 1.0 / 3;
        double[][] projections = {
            {third, third, third}, {0.5, 0.5, 0}, {1, 0, 0}, {1, 0, 0}, {0.5, 0.5, 0}, {third, third, third}
        };
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray zeta = Tensors.create(
                    manager, DataType.FLOAT64, Samples.flat(new double[][][] {rows}), new Shape(2, 3, 3));
            assertArrayEquals(
                    Samples.flat(new double[][][] {projections}),
                    Tensors.toDoubles(MirrorMap.EUCLIDEAN.policy(zeta).probabilities()),
                    1e-15);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void enormousLogitsStayFinite(DataType type) {
        try (NDManager manager = NDManager.newBaseManager()) {
            for (MirrorMap map : new MirrorMap[] {MirrorMap.ENTROPY, MirrorMap.EUCLIDEAN}) {
                Policy policy = map.policy(row(manager, type, 1e6, -1e6, 0));
                assertArrayEquals(new double[] {1, 0, 0}, Tensors.toDoubles(policy.probabilities()), 1e-6);
                assertTrue(Double.isFinite(Tensors.toDouble(policy.entropy())));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void projectionsOfLongRunsStillSumToOne(DataType type) {
        // without regularization dual variables grow with every step, their differences do not
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray zeta = row(manager, type, 20000, 20000.25, 20000.25, 19990);
            assertArrayEquals(
                    new double[] {1 / 6.0, 5 / 12.0, 5 / 12.0, 0},
                    Tensors.toDoubles(MirrorMap.EUCLIDEAN.policy(zeta).probabilities()),
                    1e-6);
        }
    }

    private static double[] unboxed(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static NDArray row(NDManager manager, DataType type, double... zeta) {
        return Tensors.create(manager, type, zeta, new Shape(1, zeta.length));
    }
}
