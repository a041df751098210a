package mfg.core.trace;

import static mfg.core.trace.Factors.A;
import static mfg.core.trace.Factors.B;
import static mfg.core.trace.Factors.BIAS;
import static mfg.core.trace.Factors.OUT;
import static mfg.core.trace.Factors.SPANS;

/**
 * A product of which each turn of the loop sums a row.
 *
 * @param results a loop over results and biases
 * @param factors what is summed
 */
record ByRow(Loop results, Factors factors) implements Instruction {

    @Override
    public void run(double[] v) {
        Loop loop = factors.loop();
        for (int turn = 0; turn < loop.turns(); turn++) {
            double sum = sum(v, loop.at()[A][turn], loop.at()[B][turn]);
            v[loop.at()[OUT][turn]] = v[loop.at()[BIAS][turn]] + factors.scale() * sum;
        }
    }

    private double sum(double[] v, int a, int b) {
        Loop loop = factors.loop();
        int sa = loop.step()[A];
        int sb = loop.step()[B];
        if (!loop.isOfSpans() || sa == 0) {
            double sum = 0;
            for (int i = 0; i < loop.length(); i++) {
                sum += v[a + i * sa] * v[b + i * sb];
            }
            return sum;
        }
        return sb == 0 ? v[b] * SPANS.sum(v, a, loop.length()) : SPANS.dot(v, a, v, b, loop.length());
    }

    @Override
    public void pull(double[] v, double[] g) {
        factors.pull(v, g);
        factors.pullBias(results, g);
    }
}
