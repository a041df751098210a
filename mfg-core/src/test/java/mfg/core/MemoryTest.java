package mfg.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

/** Who owns an array, and when it is freed. */
class MemoryTest {

    @Test
    void aConstantRefusesToOwnAResult() {
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            NDArray vector = constants.vector(1, 2);
            NDArray column = constants.column(1, 2);
            NDArray matrix = constants.matrix(new double[][] {{1, 2}, {3, 4}});
            NDArray x = Tensors.copy(manager, vector);

            assertThrows(IllegalStateException.class, () -> vector.mul(x));
            assertThrows(IllegalStateException.class, () -> column.mul(x));
            assertThrows(IllegalStateException.class, () -> matrix.matMul(x));
            assertArrayEquals(new double[] {1, 4}, Tensors.toDoubles(x.mul(vector)));
        }
    }

    @Test
    void constantsCloseTogetherAndWithTheirParent() {
        try (NDManager manager = NDManager.newBaseManager()) {
            int before = manager.getManagedArrays().size();
            try (Constants constants = new Constants(manager, DataType.FLOAT32)) {
                constants.vector(1);
                constants.column(1);
                assertEquals(before + 2, manager.getManagedArrays().size());
            }
            assertEquals(before, manager.getManagedArrays().size());

            NDArray orphan;
            try (NDManager child = manager.newSubManager()) {
                orphan = new Constants(child, DataType.FLOAT32).vector(1);
            }
            assertThrows(IllegalStateException.class, orphan::toFloatArray);
        }
    }

    @Test
    void aScopeFreesWhatIsNotCarriedOut() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.ones(new Shape(3), DataType.FLOAT64);
            NDArray left;
            NDArray carried;
            NDList list;
            try (Scope scope = new Scope(manager)) {
                NDArray view = scope.in(x);
                left = view.add(1);
                carried = scope.out(left.mul(2));
                list = scope.out(new NDList(view.mul(3), scope.manager().zeros(x.getShape())));
                assertSame(scope.manager(), left.getManager());
            }
            assertEquals(4, manager.getManagedArrays().size(), "x, carried and the list of two");
            assertThrows(IllegalStateException.class, left::toDoubleArray);
            assertArrayEquals(new double[] {4, 4, 4}, Tensors.toDoubles(carried));
            assertArrayEquals(new double[] {3, 3, 3}, Tensors.toDoubles(list.get(0)));
            assertArrayEquals(new double[] {1, 1, 1}, Tensors.toDoubles(x), "bringing in leaves the original alone");
        }
    }

    @Test
    void whatIsBroughtInSharesItsNumbersButNotItsGradient() {
        try (NDManager manager = NDManager.newBaseManager();
                Scope scope = new Scope(manager)) {
            NDArray x = manager.ones(new Shape(2), DataType.FLOAT64);
            x.setRequiresGradient(true);
            NDArray view = scope.in(x);
            assertFalse(view.hasGradient());
            x.setRequiresGradient(false);
            x.addi(1);
            assertArrayEquals(new double[] {2, 2}, Tensors.toDoubles(view));
        }
    }

    @Test
    void whatAnInnerScopeCarriesOutLivesAsLongAsTheOuterOne() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray result;
            try (Scope outer = new Scope(manager)) {
                try (Scope inner = new Scope(outer.manager())) {
                    result = inner.out(inner.manager().ones(new Shape(1)));
                }
                assertEquals(1, Tensors.toDouble(result));
            }
            assertThrows(IllegalStateException.class, result::toFloatArray);
            assertTrue(manager.getManagedArrays().isEmpty());
        }
    }
}
