package mfg.core.trace;

import static mfg.core.trace.Factors.SPANS;

/**
 * The softmax of rows and its logarithm, or one of them. Each turn of the loop is a row; operands are softmax, logarithm,
 * argument. Results lie row after row.
 *
 * @param loop the rows
 * @param plain whether there is the softmax
 * @param logarithm whether there is its logarithm
 */
record Softmaxes(Loop loop, boolean plain, boolean logarithm) implements Instruction {

    private static final int PLAIN = 0;
    private static final int LOGARITHM = 1;
    private static final int ARGUMENT = 2;

    /** Below this, vectors take longer to start than they save. */
    private static final int FEW = 64;

    /** Whether rows are long, and lie side by side. */
    private boolean isOfSpans() {
        return loop.isOfSpans() && loop.step()[ARGUMENT] == 1;
    }

    @Override
    public void run(double[] v) {
        int powers = loop.at()[plain ? PLAIN : LOGARITHM][0];
        for (int turn = 0; turn < loop.turns(); turn++) {
            shift(v, loop.at()[ARGUMENT][turn], powers + turn * loop.length());
        }
        if (plain) {
            if (logarithm) {
                System.arraycopy(v, powers, v, loop.at()[LOGARITHM][0], loop.entries());
            }
            exp(v, powers);
        }
        for (int turn = 0; turn < loop.turns(); turn++) {
            normalize(v, loop.at()[PLAIN][turn], loop.at()[LOGARITHM][turn]);
        }
    }

    private void exp(double[] v, int powers) {
        if (loop.entries() >= FEW) {
            SPANS.exp(v, powers, loop.entries());
            return;
        }
        for (int i = powers; i < powers + loop.entries(); i++) {
            v[i] = Math.exp(v[i]);
        }
    }

    /** Takes off the largest. */
    private void shift(double[] v, int x, int to) {
        int n = loop.length();
        if (isOfSpans()) {
            SPANS.add(v, to, -SPANS.max(v, x, n), 1, v, x, n);
            return;
        }
        int step = loop.step()[ARGUMENT];
        double most = v[x];
        for (int i = 1; i < n; i++) {
            most = Math.max(most, v[x + i * step]);
        }
        for (int i = 0; i < n; i++) {
            v[to + i] = v[x + i * step] - most;
        }
    }

    private void normalize(double[] v, int p, int l) {
        int n = loop.length();
        double sum = sum(v, p, l);
        double log = logarithm ? Math.log(sum) : 0;
        if (plain && isOfSpans()) {
            SPANS.add(v, p, 0, 1 / sum, v, p, n);
        } else {
            for (int i = 0; plain && i < n; i++) {
                v[p + i] /= sum;
            }
        }
        for (int i = 0; logarithm && i < n; i++) {
            v[l + i] -= log;
        }
    }

    private double sum(double[] v, int p, int l) {
        if (plain && isOfSpans()) {
            return SPANS.sum(v, p, loop.length());
        }
        double sum = 0;
        for (int i = 0; i < loop.length(); i++) {
            sum += plain ? v[p + i] : Math.exp(v[l + i]);
        }
        return sum;
    }

    @Override
    public void pull(double[] v, double[] g) {
        for (int turn = 0; turn < loop.turns(); turn++) {
            int p = loop.at()[PLAIN][turn];
            int l = loop.at()[LOGARITHM][turn];
            int x = loop.at()[ARGUMENT][turn];
            if (plain && isOfSpans()) {
                pullSpan(v, g, p, l, x);
            } else {
                pullEach(v, g, p, l, x);
            }
        }
    }

    /** {@code x += p (p' - sum p p') + l' - p sum l'} of the cotangents p' and l'. */
    private void pullSpan(double[] v, double[] g, int p, int l, int x) {
        int n = loop.length();
        double mean = SPANS.dot(g, p, v, p, n);
        SPANS.multiply(g, x, g, x, 1, v, p, g, p, n);
        if (logarithm) {
            mean += SPANS.sum(g, l, n);
            SPANS.add(g, x, g, x, 1, g, l, n);
        }
        SPANS.add(g, x, g, x, -mean, v, p, n);
    }

    private void pullEach(double[] v, double[] g, int p, int l, int x) {
        int n = loop.length();
        int step = loop.step()[ARGUMENT];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += (plain ? g[p + i] * v[p + i] : 0) + (logarithm ? g[l + i] : 0);
        }
        for (int i = 0; i < n; i++) {
            double probability = plain ? v[p + i] : Math.exp(v[l + i]);
            double weighted = plain ? probability * g[p + i] : 0;
            g[x + i * step] += weighted + (logarithm ? g[l + i] : 0) - probability * mean;
        }
    }
}
