package mfg.core.trace;

import static mfg.core.trace.Factors.A;
import static mfg.core.trace.Factors.B;
import static mfg.core.trace.Factors.BIAS;
import static mfg.core.trace.Factors.OUT;
import static mfg.core.trace.Factors.SPANS;

/**
 * A product whose inner loop runs along the result, and whose turns are summed.
 *
 * @param start a loop over results and biases
 * @param factors what is summed
 */
record ByColumn(Loop start, Factors factors) implements Instruction {

    @Override
    public void run(double[] v) {
        for (int turn = 0; turn < start.turns(); turn++) {
            int o = start.at()[OUT][turn];
            int c = start.at()[BIAS][turn];
            for (int i = 0; i < start.length(); i++) {
                v[o + i * start.step()[OUT]] = v[c + i * start.step()[BIAS]];
            }
        }
        Loop loop = factors.loop();
        boolean spans = loop.isOfSpans() && loop.step()[OUT] == 1 && loop.step()[A] == 1;
        for (int turn = 0; turn < loop.turns(); turn++) {
            int o = loop.at()[OUT][turn];
            int a = loop.at()[A][turn];
            int b = loop.at()[B][turn];
            if (!spans) {
                each(v, o, a, b);
            } else if (loop.step()[B] == 0) {
                SPANS.add(v, o, v, o, factors.scale() * v[b], v, a, loop.length());
            } else {
                SPANS.multiply(v, o, v, o, factors.scale(), v, a, v, b, loop.length());
            }
        }
    }

    private void each(double[] v, int o, int a, int b) {
        int[] step = factors.loop().step();
        for (int i = 0; i < factors.loop().length(); i++) {
            v[o + i * step[OUT]] += factors.scale() * v[a + i * step[A]] * v[b + i * step[B]];
        }
    }

    @Override
    public void pull(double[] v, double[] g) {
        factors.pull(v, g);
        factors.pullBias(start, g);
    }
}
