package mfg.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Solves {@code A x = b} by products with A alone: GMRES (Saad and Schultz 1986), which needs one product for each eigenvalue
 * that stands apart from the others, however large it is. Without restarts, with modified Gram-Schmidt and Givens rotations.
 *
 * @param x the solution
 * @param residual {@code |b - A x| / |b|} by the recursion
 * @param products how many were computed
 */
record Gmres(double[] x, double residual, int products) {

    /** What is left of a product beside what was spanned before, as a part of it, is rounding below this. */
    private static final double ROUNDING = 1e-13;

    /**
     * Solves.
     *
     * @param a computes products with A; must not modify its argument
     * @param b the right side; not modified
     * @param tolerance the residual that will do
     * @param most the most products, at least 1
     * @return the solution, as good as it got
     */
    static Gmres solve(UnaryOperator<double[]> a, double[] b, double tolerance, int most) {
        double size = norm(b);
        if (size == 0) {
            return new Gmres(new double[b.length], 0, 0);
        }
        List<double[]> basis = new ArrayList<>();
        List<double[]> columns = new ArrayList<>(); // of the Hessenberg matrix, rotated into a triangle
        double[] cosine = new double[most];
        double[] sine = new double[most];
        double[] right = new double[most + 1];
        basis.add(scaled(b, 1 / size));
        right[0] = size;
        double residual = 1;
        int products = 0;
        int k = 0;
        while (k < most && residual > tolerance) {
            double[] next = a.apply(basis.get(k));
            products++;
            double rounding = ROUNDING * norm(next);
            double[] column = new double[k + 2];
            for (int i = 0; i <= k; i++) {
                column[i] = dot(basis.get(i), next);
                add(next, basis.get(i), -column[i]);
            }
            double rest = norm(next);
            column[k + 1] = rest;
            for (int i = 0; i < k; i++) {
                rotate(column, i, cosine[i], sine[i]);
            }
            double length = Math.hypot(column[k], column[k + 1]);
            if (length <= rounding) {
                break; // A is singular on what was spanned
            }
            cosine[k] = column[k] / length;
            sine[k] = column[k + 1] / length;
            rotate(column, k, cosine[k], sine[k]);
            rotate(right, k, cosine[k], sine[k]);
            columns.add(column);
            k++;
            residual = Math.abs(right[k]) / size;
            if (rest <= rounding) {
                break; // the solution lies in what is spanned
            }
            basis.add(scaled(next, 1 / rest));
        }
        return new Gmres(combined(basis, columns, right, b.length), residual, products);
    }

    /** Back substitution, then the sum of basis vectors. */
    private static double[] combined(List<double[]> basis, List<double[]> columns, double[] right, int length) {
        double[] x = new double[length];
        double[] y = right.clone();
        for (int k = columns.size() - 1; k >= 0; k--) {
            double[] column = columns.get(k);
            y[k] /= column[k];
            for (int i = 0; i < k; i++) {
                y[i] -= column[i] * y[k];
            }
            add(x, basis.get(k), y[k]);
        }
        return x;
    }

    private static void rotate(double[] v, int i, double cosine, double sine) {
        double first = cosine * v[i] + sine * v[i + 1];
        v[i + 1] = cosine * v[i + 1] - sine * v[i];
        v[i] = first;
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * v[i];
        }
        return sum;
    }

    static double norm(double[] v) {
        return Math.sqrt(dot(v, v));
    }

    private static void add(double[] to, double[] from, double factor) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * from[i];
        }
    }

    private static double[] scaled(double[] v, double factor) {
        double[] scaled = new double[v.length];
        add(scaled, v, factor);
        return scaled;
    }
}
