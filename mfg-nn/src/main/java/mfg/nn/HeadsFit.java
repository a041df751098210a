package mfg.nn;

import java.util.Arrays;
import java.util.List;
import mfg.core.Mechanism.Example;
import mfg.core.ParameterSpec;

/**
 * Fits the heads of the {@link MechanismNetwork} to offers that were seen, by least squares on the last hidden layer, whose units
 * stay as they are: with {@code X = (x3, 1)}, one row an example of weight w, and what the heads should say as Y, the change D of
 * the heads solves {@code (X' w X + ridge) D = X' w (Y - X heads)}. The least change of those that fit.
 */
final class HeadsFit {

    /** Of the mean diagonal entry. */
    private static final double RIDGE = 1e-9;

    /** Logits beyond are as good as 0 and 1. */
    private static final double LARGEST_LOGIT = 14;

    private final NamedArrays theta;
    private final int hidden;
    private final int rounds;
    private final int bids;
    private final int inputs;

    /**
     * Prepares.
     *
     * @param theta the arrays of {@code specs}; the heads are modified by {@link #fit}
     */
    HeadsFit(List<ParameterSpec> specs, List<double[]> theta, int hidden, int rounds, int bids) {
        this.theta = new NamedArrays(specs, theta);
        this.hidden = hidden;
        this.rounds = rounds;
        this.bids = bids;
        this.inputs = rounds + bids + 1;
    }

    /** Changes the heads. */
    void fit(List<Example> examples) {
        int n = hidden + 1;
        double[][] square = new double[n][n];
        double[][] moments = new double[n][bids];
        for (Example example : examples) {
            double[] x = features(example);
            double[] missing = missing(example, x);
            for (int i = 0; i < n; i++) {
                double weighted = example.weight() * x[i];
                if (weighted != 0) {
                    add(weighted, x, square[i], i + 1);
                    add(weighted, missing, moments[i], bids);
                }
            }
        }
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += square[i][i];
        }
        for (int i = 0; i < n; i++) {
            square[i][i] += RIDGE * trace / n;
        }
        solve(square, moments);
        change(moments);
    }

    private static void add(double factor, double[] x, double[] to, int length) {
        for (int j = 0; j < length; j++) {
            to[j] += factor * x[j];
        }
    }

    /** x3 of an example, and 1. */
    private double[] features(Example example) {
        double[] x = new double[inputs];
        x[example.h()] = 1;
        System.arraycopy(example.bids(), 0, x, rounds, bids);
        x[rounds + bids] = example.remaining();
        double[] x2 = rectified(layer("W2", "b2", rectified(layer("W1", "b1", x))));
        add(1, layer("V2", "c2", x), x2, hidden);
        double[] features = Arrays.copyOf(rectified(layer("W3", "b3", x2)), hidden + 1);
        features[hidden] = 1;
        return features;
    }

    private double[] layer(String weights, String bias, double[] x) {
        double[] w = theta.get(weights);
        double[] y = theta.get(bias).clone();
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += w[i * x.length + j] * x[j];
            }
        }
        return y;
    }

    private static double[] rectified(double[] x) {
        return Arrays.stream(x).map(y -> Math.max(y, 0)).toArray();
    }

    /** What the heads should say less what they say: payments' increments, then the logit of the share of goods. */
    private double[] missing(Example example, double[] features) {
        double[] x3 = Arrays.copyOf(features, hidden);
        double[] missing = Arrays.copyOf(TermsWriter.increments(example.payments()), bids);
        missing[bids - 1] = logit(example.goods(), example.remaining());
        add(-1, layer("W4", "b4", x3), missing, bids - 1);
        missing[bids - 1] -= layer("wg", "bg", x3)[0];
        return missing;
    }

    private static double logit(double goods, double remaining) {
        double rest = remaining - goods;
        double logit = rest <= 0 ? LARGEST_LOGIT : Math.log(goods / rest);
        return Math.min(Math.max(logit, -LARGEST_LOGIT), LARGEST_LOGIT);
    }

    private void change(double[][] by) {
        for (int k = 0; k < bids; k++) {
            double[] weights = theta.get(k < bids - 1 ? "W4" : "wg");
            double[] bias = theta.get(k < bids - 1 ? "b4" : "bg");
            int row = k < bids - 1 ? k : 0;
            for (int i = 0; i < hidden; i++) {
                weights[row * hidden + i] += by[i][k];
            }
            bias[row] += by[hidden][k];
        }
    }

    /** Cholesky: the lower half of a positive matrix, which is used up, and right sides, which become the solutions. */
    private static void solve(double[][] a, double[][] b) {
        int n = a.length;
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < j; k++) {
                for (int i = j; i < n; i++) {
                    a[i][j] -= a[i][k] * a[j][k];
                }
            }
            double root = Math.sqrt(a[j][j]);
            for (int i = j; i < n; i++) {
                a[i][j] /= root;
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                add(-a[i][k], b[k], b[i], b[i].length);
            }
            divide(b[i], a[i][i]);
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                add(-a[k][i], b[k], b[i], b[i].length);
            }
            divide(b[i], a[i][i]);
        }
    }

    private static void divide(double[] row, double by) {
        for (int j = 0; j < row.length; j++) {
            row[j] /= by;
        }
    }
}
