package mfg.envs.bids;

import java.util.List;
import mfg.core.InvalidInputException;

/** Least squares by the modified Gram-Schmidt method (Bjoerck 1967), as stable as Householder's. */
final class LeastSquares {

    /** A column of which others leave a smaller share counts as their combination. */
    private static final double INDEPENDENT = 1e-9;

    private LeastSquares() {}

    /**
     * Finds the weights with which columns add up to y as closely as can be.
     *
     * @param names (k) of the columns, for a sentence about them
     * @param columns (k, rows) overwritten by columns that are orthogonal to each other
     * @param y (rows) overwritten by what remains of it
     * @return (k) the weights
     * @throws InvalidInputException if a column is 0 or a combination of those before it
     */
    static double[] fit(List<String> names, double[][] columns, double[] y) {
        int k = columns.length;
        double[][] onto = new double[k][k]; // [i][j]: how much of column j is the i-th orthogonal one
        double[] weights = new double[k];
        double[] lengths = new double[k];
        for (int j = 0; j < k; j++) {
            lengths[j] = product(columns[j], columns[j]);
        }
        for (int i = 0; i < k; i++) {
            double length = product(columns[i], columns[i]);
            if (!(length > INDEPENDENT * INDEPENDENT * lengths[i])) {
                throw new InvalidInputException(
                        "%s tells nothing by itself: leave it out, as it is constant or a combination of others"
                                .formatted(names.get(i)));
            }
            for (int j = i + 1; j < k; j++) {
                onto[i][j] = product(columns[i], columns[j]) / length;
                subtract(onto[i][j], columns[i], columns[j]);
            }
            weights[i] = product(columns[i], y) / length;
            subtract(weights[i], columns[i], y);
        }
        for (int i = k - 1; i >= 0; i--) {
            for (int j = i + 1; j < k; j++) {
                weights[i] -= onto[i][j] * weights[j];
            }
        }
        return weights;
    }

    private static double product(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static void subtract(double times, double[] x, double[] from) {
        for (int i = 0; i < x.length; i++) {
            from[i] -= times * x[i];
        }
    }
}
