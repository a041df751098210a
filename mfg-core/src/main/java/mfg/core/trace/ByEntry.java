package mfg.core.trace;

import static mfg.core.trace.Factors.A;
import static mfg.core.trace.Factors.B;
import static mfg.core.trace.Factors.BIAS;
import static mfg.core.trace.Factors.OUT;
import static mfg.core.trace.Factors.SPANS;

/** A product of which nothing is summed. */
record ByEntry(Factors factors) implements Instruction {

    @Override
    public void run(double[] v) {
        Loop loop = factors.loop();
        boolean spans = loop.isOfSpans() && loop.step()[OUT] == 1 && loop.step()[A] == 1;
        for (int turn = 0; turn < loop.turns(); turn++) {
            int o = loop.at()[OUT][turn];
            int a = loop.at()[A][turn];
            int b = loop.at()[B][turn];
            int c = loop.at()[BIAS][turn];
            if (spans) {
                span(v, o, a, b, c);
            } else {
                each(v, o, a, b, c);
            }
        }
    }

    private void span(double[] v, int o, int a, int b, int c) {
        int n = factors.loop().length();
        int[] step = factors.loop().step();
        double scale = factors.scale();
        if (step[B] == 0 && step[BIAS] == 0) {
            SPANS.add(v, o, v[c], scale * v[b], v, a, n);
        } else if (step[B] == 0) {
            SPANS.add(v, o, v, c, scale * v[b], v, a, n);
        } else if (step[BIAS] == 0) {
            SPANS.multiply(v, o, v[c], scale, v, a, v, b, n);
        } else {
            SPANS.multiply(v, o, v, c, scale, v, a, v, b, n);
        }
    }

    private void each(double[] v, int o, int a, int b, int c) {
        int[] step = factors.loop().step();
        for (int i = 0; i < factors.loop().length(); i++) {
            v[o + i * step[OUT]] = v[c + i * step[BIAS]] + factors.scale() * v[a + i * step[A]] * v[b + i * step[B]];
        }
    }

    @Override
    public void pull(double[] v, double[] g) {
        factors.pull(v, g);
        factors.pullBias(factors.loop(), g);
    }
}
