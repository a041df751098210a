package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import mfg.core.Tensors;

/** All of {@code dF/dzeta} at a state, row by row. */
final class Jacobian {

    private Jacobian() {}

    /** Makes a cotangent of numbers. */
    interface Unit<Z> {
        Z of(NDArray numbers);
    }

    /** Row i is the product with unit vector i. */
    static <Z> double[][] of(EquilibriumStep<Z> step, Z zeta, Unit<Z> unit, NDManager manager) {
        try (NDArray numbers = step.read(zeta);
                NDManager scope = manager.newSubManager()) {
            double[][] rows = new double[(int) numbers.size()][];
            for (int i = 0; i < rows.length; i++) {
                double[] one = new double[rows.length];
                one[i] = 1;
                NDArray cotangent = Tensors.create(scope, DataType.FLOAT64, one, numbers.getShape());
                rows[i] = read(step, step.pullback(zeta, 0, unit.of(cotangent)), 1);
            }
            return rows;
        }
    }

    /** The numbers of a cotangent, in some unit; releases it. */
    static <Z> double[] read(EquilibriumStep<Z> step, Z cotangent, double unit) {
        double[] numbers = look(step, cotangent, unit);
        step.release(cotangent);
        return numbers;
    }

    /** The numbers of a cotangent, in some unit. */
    static <Z> double[] look(EquilibriumStep<Z> step, Z cotangent, double unit) {
        try (NDArray array = step.read(cotangent)) {
            double[] numbers = Tensors.toDoubles(array);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] *= unit;
            }
            return numbers;
        }
    }

    /** {@code w · J}. */
    static double[] pulled(double[] w, double[][] rows) {
        double[] product = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            for (int j = 0; j < w.length; j++) {
                product[j] += w[i] * rows[i][j];
            }
        }
        return product;
    }
}
