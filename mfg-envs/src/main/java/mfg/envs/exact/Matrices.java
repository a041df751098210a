package mfg.envs.exact;

/** Products of small matrices, row by row. */
final class Matrices {

    private Matrices() {}

    /** {@code A B}. */
    static double[][] product(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < product[i].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    /** {@code A'}. */
    static double[][] transposed(double[][] a) {
        double[][] transposed = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                transposed[j][i] = a[i][j];
            }
        }
        return transposed;
    }

    /** Adds {@code factor v v'} to a square matrix, which is modified. */
    static void addSquare(double[][] to, double factor, double[] v) {
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                to[i][j] += factor * v[i] * v[j];
            }
        }
    }

    /** {@code v' A v}. */
    static double form(double[][] a, double... v) {
        double form = 0;
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                form += v[i] * a[i][j] * v[j];
            }
        }
        return form;
    }
}
