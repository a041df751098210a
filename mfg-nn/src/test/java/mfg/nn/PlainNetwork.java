package mfg.nn;

import java.util.function.IntToDoubleFunction;

/**
 * The network of AMID App. F in plain Java loops, with any numbers for its parameters: they are taken one after the other in
 * the order W1, b1, W2, b2, V2, c2, W3, b3, wg, bg, W4, b4, matrices row by row as (outputs, inputs).
 */
final class PlainNetwork {

    private final int bids;
    private final int count;
    private final Layer first;
    private final Layer second;
    private final Layer skip;
    private final Layer third;
    private final Layer goods;
    private final Layer payments;

    PlainNetwork(int inputs, int hidden, int bids, IntToDoubleFunction number) {
        this.bids = bids;
        int[] k = {0};
        first = new Layer(hidden, inputs, k, number);
        second = new Layer(hidden, hidden, k, number);
        skip = new Layer(hidden, inputs, k, number);
        third = new Layer(hidden, hidden, k, number);
        goods = new Layer(1, hidden, k, number);
        payments = new Layer(bids - 1, hidden, k, number);
        count = k[0];
    }

    /** The number of all parameters. */
    int count() {
        return count;
    }

    double[] trunk(double[] x) {
        double[] x2 = relu(second.of(relu(first.of(x))));
        double[] around = skip.of(x);
        for (int i = 0; i < x2.length; i++) {
            x2[i] += around[i];
        }
        return relu(third.of(x2));
    }

    double goodsLogit(double[] x) {
        return goods.of(trunk(x))[0];
    }

    double[] paymentLogits(double[] x) {
        return payments.of(trunk(x));
    }

    /** {@code remaining * sigmoid(wg·x3 + bg)}. */
    double offered(double[] x, double remaining) {
        return remaining / (1 + Math.exp(-goodsLogit(x)));
    }

    /** {@code p(a_0) = 0, p(a_k) = sum_{j<=k} softplus(W4 x3 + b4)_j / A}. */
    double[] payments(double[] x) {
        double[] logits = paymentLogits(x);
        double[] payments = new double[bids];
        for (int k = 1; k < bids; k++) {
            payments[k] = payments[k - 1] + Math.log1p(Math.exp(logits[k - 1])) / bids;
        }
        return payments;
    }

    private static double[] relu(double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = Math.max(0, x[i]);
        }
        return y;
    }

    private static final class Layer {

        private final double[][] weight;
        private final double[] bias;

        Layer(int outputs, int inputs, int[] k, IntToDoubleFunction number) {
            weight = new double[outputs][inputs];
            bias = new double[outputs];
            for (double[] row : weight) {
                for (int i = 0; i < inputs; i++) {
                    row[i] = number.applyAsDouble(k[0]++);
                }
            }
            for (int o = 0; o < outputs; o++) {
                bias[o] = number.applyAsDouble(k[0]++);
            }
        }

        double[] of(double[] x) {
            double[] y = new double[bias.length];
            for (int o = 0; o < y.length; o++) {
                y[o] = bias[o];
                for (int i = 0; i < x.length; i++) {
                    y[o] += weight[o][i] * x[i];
                }
            }
            return y;
        }
    }
}
