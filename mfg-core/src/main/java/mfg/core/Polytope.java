package mfg.core;

/**
 * The points {@code x >= 0} with {@code A x = b}.
 *
 * @param a m rows of n numbers
 * @param b m numbers
 */
record Polytope(double[][] a, double[] b) {

    private static final int MOST_STEPS = 200;
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
        for (int k = 0; k < MOST_STEPS; k++) {
            double[] gradient = gradient(x);
            double size = 0;
            for (double slope : gradient) {
                size = Math.max(size, Math.abs(slope));
            }
            if (size <= EXACT) {
                return x;
            }
            double[] direction = solve(curvature(x, 1e-3 * size), gradient);
            double value = value(x, y);
            double rounding = 1e-14 * Math.max(1, Math.abs(value));
            double length = 1;
            double[] next = moved(y, direction, length);
            while (length > EXACT
                    && value(at(w, next), next) > value + rounding - 1e-4 * length * dot(gradient, direction)) {
                length /= 2;
                next = moved(y, direction, length);
            }
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
        double[] x = w.clone();
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                x[j] += a[i][j] * y[i];
            }
        }
        for (int j = 0; j < x.length; j++) {
            x[j] = Math.max(0, x[j]);
        }
        return x;
    }

    private double value(double[] x, double[] y) {
        return dot(x, x) / 2 - dot(b, y);
    }

    private double[] gradient(double[] x) {
        double[] gradient = new double[b.length];
        for (int i = 0; i < b.length; i++) {
            gradient[i] = dot(a[i], x) - b[i];
        }
        return gradient;
    }

    /** {@code A D A'} with D = 1 where x is positive, and a little on the diagonal. */
    private double[][] curvature(double[] x, double ridge) {
        double[][] curvature = new double[b.length][b.length];
        for (int i = 0; i < b.length; i++) {
            for (int l = 0; l <= i; l++) {
                double sum = i == l ? ridge : 0;
                for (int j = 0; j < x.length; j++) {
                    sum += x[j] > 0 ? a[i][j] * a[l][j] : 0;
                }
                curvature[i][l] = sum;
            }
        }
        return curvature;
    }

    /** Solves a positive definite system by Cholesky; the lower triangle is overwritten. */
    private static double[] solve(double[][] matrix, double[] right) {
        int m = right.length;
        double[] x = right.clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int l = 0; l < j; l++) {
                    sum -= matrix[i][l] * matrix[j][l];
                }
                matrix[i][j] = i == j ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / matrix[j][j];
            }
        }
        for (int i = 0; i < m; i++) {
            for (int l = 0; l < i; l++) {
                x[i] -= matrix[i][l] * x[l];
            }
            x[i] /= matrix[i][i];
        }
        for (int i = m - 1; i >= 0; i--) {
            for (int l = i + 1; l < m; l++) {
                x[i] -= matrix[l][i] * x[l];
            }
            x[i] /= matrix[i][i];
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
