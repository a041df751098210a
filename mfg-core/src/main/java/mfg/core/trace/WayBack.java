package mfg.core.trace;

import static mfg.core.trace.Factors.A;
import static mfg.core.trace.Factors.B;
import static mfg.core.trace.Factors.OUT;
import static mfg.core.trace.Factors.SPANS;

import java.util.Arrays;
import mfg.core.trace.Factors.Back;

/**
 * How cotangents flow back from results to one of the factors, {@code to}, by the other: {@code g[to] += scale * g[out] * v[by]}
 * along a turn of a loop. Each form is a class, so that each is compiled by itself: many loops on vectors in one method are more
 * than the compiler takes at once, and then vectors go to the heap.
 */
interface WayBack {

    /** Of one turn. */
    void pull(double[] v, double[] g, int turn);

    /** To operand A or B. */
    static WayBack of(Loop loop, double scale, int operand, Back back) {
        if (back == Back.NOTHING) {
            return (v, g, turn) -> {};
        }
        boolean first = back == Back.FIRST;
        int[] out = loop.at()[OUT];
        int[] to = loop.at()[operand];
        int[] by = loop.at()[A + B - operand];
        int so = loop.step()[OUT];
        int st = loop.step()[operand];
        int sb = loop.step()[A + B - operand];
        int n = loop.length();
        if (!loop.isOfSpans()) {
            return new Each(out, to, by, so, st, sb, n, scale, first);
        } else if (so == 0) {
            return st == 0
                    ? new OneToOne(out, to, by, sb, n, scale)
                    : sb == 0 ? new OneToAll(out, to, by, n, scale, first) : new One(out, to, by, n, scale, first);
        }
        return st == 0
                ? sb == 0 ? new AllToOne(out, to, by, n, scale) : new Dot(out, to, by, n, scale)
                : sb == 0 ? new Scaled(out, to, by, n, scale, first) : new Multiplied(out, to, by, n, scale, first);
    }

    /** Any steps. */
    record Each(int[] out, int[] to, int[] by, int so, int st, int sb, int n, double scale, boolean first)
            implements WayBack {
        @Override
        public void pull(double[] v, double[] g, int turn) {
            int o = out[turn];
            int t = to[turn];
            int b = by[turn];
            for (int i = 0; i < n; i++) {
                double before = first ? 0 : g[t + i * st];
                g[t + i * st] = before + scale * g[o + i * so] * v[b + i * sb];
            }
        }
    }

    /** From one result to a span by a span. Where nothing flows back, an infinite factor counts for nothing. */
    record One(int[] out, int[] to, int[] by, int n, double scale, boolean first) implements WayBack {
        @Override
        public void pull(double[] v, double[] g, int turn) {
            double cotangent = scale * g[out[turn]];
            int t = to[turn];
            if (cotangent != 0) {
                if (first) {
                    SPANS.add(g, t, 0, cotangent, v, by[turn], n);
                } else {
                    SPANS.add(g, t, g, t, cotangent, v, by[turn], n);
                }
            } else if (first) {
                Arrays.fill(g, t, t + n, 0);
            }
        }
    }

    /** From one result to a span, all alike. */
    record OneToAll(int[] out, int[] to, int[] by, int n, double scale, boolean first) implements WayBack {
        @Override
        public void pull(double[] v, double[] g, int turn) {
            double cotangent = scale * g[out[turn]];
            double all = cotangent == 0 ? 0 : cotangent * v[by[turn]];
            int t = to[turn];
            if (first) {
                Arrays.fill(g, t, t + n, all);
            } else {
                SPANS.add(g, t, all, 1, g, t, n);
            }
        }
    }

    /** From one result to one number. */
    record OneToOne(int[] out, int[] to, int[] by, int sb, int n, double scale) implements WayBack {
        @Override
        public void pull(double[] v, double[] g, int turn) {
            double cotangent = scale * g[out[turn]];
            if (cotangent != 0) {
                g[to[turn]] += cotangent * (sb == 0 ? n * v[by[turn]] : SPANS.sum(v, by[turn], n));
            }
        }
    }

    /** From a span of results to one number by one. */
    record AllToOne(int[] out, int[] to, int[] by, int n, double scale) implements WayBack {
        @Override
        public void pull(double[] v, double[] g, int turn) {
            g[to[turn]] += scale * v[by[turn]] * SPANS.sum(g, out[turn], n);
        }
    }

    /** From a span of results to one number by a span. */
    record Dot(int[] out, int[] to, int[] by, int n, double scale) implements WayBack {
        @Override
        public void pull(double[] v, double[] g, int turn) {
            g[to[turn]] += scale * SPANS.dot(g, out[turn], v, by[turn], n);
        }
    }

    /** From a span of results to a span by one number. */
    record Scaled(int[] out, int[] to, int[] by, int n, double scale, boolean first) implements WayBack {
        @Override
        public void pull(double[] v, double[] g, int turn) {
            int t = to[turn];
            if (first) {
                SPANS.add(g, t, 0, scale * v[by[turn]], g, out[turn], n);
            } else {
                SPANS.add(g, t, g, t, scale * v[by[turn]], g, out[turn], n);
            }
        }
    }

    /** From a span of results to a span by a span. */
    record Multiplied(int[] out, int[] to, int[] by, int n, double scale, boolean first) implements WayBack {
        @Override
        public void pull(double[] v, double[] g, int turn) {
            int t = to[turn];
            if (first) {
                SPANS.multiply(g, t, 0, scale, g, out[turn], v, by[turn], n);
            } else {
                SPANS.multiply(g, t, g, t, scale, g, out[turn], v, by[turn], n);
            }
        }
    }
}
