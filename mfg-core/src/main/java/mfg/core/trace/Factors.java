package mfg.core.trace;

import mfg.core.kernel.Spans;

/**
 * What a product {@code out = bias + scale * sum a * b} is made of, and how cotangents flow back to it. Operands of the loop are
 * out, a, b, bias, in this order; a missing b is a place that holds 1, a missing bias one that holds 0.
 *
 * @param loop passes all pairs of factors; a moves along the inner loop if one of them does
 * @param scale the factor of all
 * @param flow which operands have a cotangent
 * @param toA how cotangents flow back to a
 * @param toB how they flow back to b
 */
record Factors(Loop loop, double scale, Flow flow, WayBack toA, WayBack toB) {

    static final int OUT = 0;
    static final int A = 1;
    static final int B = 2;
    static final int BIAS = 3;

    static final Spans SPANS = Spans.fastest();

    /** What flows back to an operand. */
    enum Back {
        NOTHING,
        /** Added to what others bring back. */
        MORE,
        /** This is the first to bring something back, to each number once: what is there before counts for nothing. */
        FIRST
    }

    /** What flows back to the operands. */
    record Flow(Back a, Back b, Back bias) {}

    static Factors of(Loop loop, double scale, Flow flow) {
        return loop.step()[A] != 0
                ? new Factors(loop, scale, flow)
                : new Factors(loop.exchanged(A, B), scale, new Flow(flow.b, flow.a, flow.bias));
    }

    Factors(Loop loop, double scale, Flow flow) {
        this(loop, scale, flow, WayBack.of(loop, scale, A, flow.a), WayBack.of(loop, scale, B, flow.b));
    }

    /** Lets cotangents flow back to the factors. */
    void pull(double[] v, double[] g) {
        for (int turn = 0; turn < loop.turns(); turn++) {
            toA.pull(v, g, turn);
        }
        for (int turn = 0; turn < loop.turns(); turn++) {
            toB.pull(v, g, turn);
        }
    }

    /** Lets cotangents flow back to the bias, along a loop over results. */
    void pullBias(Loop results, double[] g) {
        if (flow.bias != Back.NOTHING) {
            pullBias(results, g, flow.bias == Back.FIRST);
        }
    }

    private static void pullBias(Loop loop, double[] g, boolean first) {
        int n = loop.length();
        int so = loop.step()[OUT];
        int sc = loop.step()[BIAS];
        for (int turn = 0; turn < loop.turns(); turn++) {
            int o = loop.at()[OUT][turn];
            int c = loop.at()[BIAS][turn];
            if (!loop.isOfSpans() || so == 0) {
                for (int i = 0; i < n; i++) {
                    g[c + i * sc] = (first ? 0 : g[c + i * sc]) + g[o + i * so];
                }
            } else if (sc == 0) {
                g[c] += SPANS.sum(g, o, n);
            } else if (first) {
                System.arraycopy(g, o, g, c, n);
            } else {
                SPANS.add(g, c, g, c, 1, g, o, n);
            }
        }
    }
}
