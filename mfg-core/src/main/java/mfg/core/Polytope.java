package mfg.core;

import java.util.stream.IntStream;

/**
 * The points {@code x >= 0} with {@code A x = b}. Each number of x is in few of the equations, and those are near each other.
 *
 * @param rows for each of n numbers, the rows of A in which it is, in ascending order
 * @param entries of A there
 * @param b m numbers
 */
record Polytope(int[][] rows, double[][] entries, double[] b) {

    private static final int MOST_STEPS = 1000;
    private static final double EXACT = 1e-12;

    /**
     * Finds the nearest point, {@code max(0, w + A' y)} for the y that minimizes {@code |max(0, w + A' y)|^2 / 2 - b'y}, by Newton's
     * method on its piecewise linear gradient {@code A x - b} (Li, Sun and Toh 2020).
     *
     * @param w n numbers; not modified
     * @return the point
     * @throws DivergedException if there is none, or it was not found
     */
    double[] project(double[] w) {
        double[] y = new double[b.length];
        double[] x = at(w, y);
        double ridge = 1e-3;
        for (int k = 0; k < MOST_STEPS; k++) {
            double[] gradient = gradient(x);
            double size = 0;
            for (double slope : gradient) {
                size = Math.max(size, Math.abs(slope));
            }
            if (size <= EXACT) {
                return x;
            }
            double[] direction = solve(curvature(x, ridge), gradient);
            double value = value(x, y);
            double rounding = 1e-14 * Math.max(1, Math.abs(value));
            double length = 1;
            double[] next = moved(y, direction, length);
            while (length > EXACT
                    && value(at(w, next), next) > value + rounding - 1e-4 * length * dot(gradient, direction)) {
                length /= 2;
                next = moved(y, direction, length);
            }
            ridge = length == 1 ? ridge / 10 : ridge * 4;
            y = next;
            x = at(w, y);
        }
        throw new DivergedException("no flow was found near a step of mf-omi; a smaller eta may help");
    }

    private static double[] moved(double[] y, double[] direction, double length) {
        double[] moved = y.clone();
        for (int i = 0; i < y.length; i++) {
            moved[i] -= length * direction[i];
        }
        return moved;
    }

    private double[] at(double[] w, double[] y) {
        double[] x = new double[w.length];
        for (int j = 0; j < x.length; j++) {
            double moved = w[j];
            for (int k = 0; k < rows[j].length; k++) {
                moved += entries[j][k] * y[rows[j][k]];
            }
            x[j] = Math.max(0, moved);
        }
        return x;
    }

    private double value(double[] x, double[] y) {
        return dot(x, x) / 2 - dot(b, y);
    }

    private double[] gradient(double[] x) {
        double[] gradient = new double[b.length];
        for (int j = 0; j < x.length; j++) {
            for (int k = 0; k < rows[j].length; k++) {
                gradient[rows[j][k]] += entries[j][k] * x[j];
            }
        }
        for (int i = 0; i < b.length; i++) {
            gradient[i] -= b[i];
        }
        return gradient;
    }

    /** {@code A D A'} with D = 1 where x is positive, and a little on the diagonal: of each row what is up to the diagonal and not 0. */
    private double[][] curvature(double[] x, double ridge) {
        int[] first = IntStream.range(0, b.length).toArray();
        for (int[] column : rows) {
            for (int row : column) {
                first[row] = Math.min(first[row], column[0]);
            }
        }
        double[][] curvature = new double[b.length][];
        for (int i = 0; i < b.length; i++) {
            curvature[i] = new double[i - first[i] + 1];
            curvature[i][i - first[i]] = ridge;
        }
        for (int j = 0; j < x.length; j++) {
            for (int k = 0; k < rows[j].length && x[j] > 0; k++) {
                int i = rows[j][k];
                for (int l = 0; l <= k; l++) {
                    curvature[i][rows[j][l] - first[i]] += entries[j][k] * entries[j][l];
                }
            }
        }
        return curvature;
    }

    /** Solves a positive definite system by Cholesky; the matrix, as {@link #curvature} has it, is overwritten. */
    private static double[] solve(double[][] matrix, double[] right) {
        int m = right.length;
        double[] x = right.clone();
        for (int i = 0; i < m; i++) {
            int first = i + 1 - matrix[i].length;
            for (int j = first; j <= i; j++) {
                int before = j + 1 - matrix[j].length;
                double sum = matrix[i][j - first];
                for (int l = Math.max(first, before); l < j; l++) {
                    sum -= matrix[i][l - first] * matrix[j][l - before];
                }
                matrix[i][j - first] =
                        i == j ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / matrix[j][j - before];
            }
        }
        for (int i = 0; i < m; i++) {
            int first = i + 1 - matrix[i].length;
            for (int l = first; l < i; l++) {
                x[i] -= matrix[i][l - first] * x[l];
            }
            x[i] /= matrix[i][i - first];
        }
        for (int i = m - 1; i >= 0; i--) {
            int first = i + 1 - matrix[i].length;
            x[i] /= matrix[i][i - first];
            for (int l = first; l < i; l++) {
                x[l] -= matrix[i][l - first] * x[i];
            }
        }
        return x;
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * v[i];
        }
        return sum;
    }
}
