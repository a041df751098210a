package mfg.core.trace;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions entry by entry. Operands of a loop are the result, then the arguments. */
final class Entries {

    private Entries() {}

    /** A function of one number. */
    record OfOne(Loop loop, Unary function) implements Instruction {
        @Override
        public void run(double[] v) {
            DoubleUnaryOperator value = function.value();
            for (int turn = 0; turn < loop.turns(); turn++) {
                int o = loop.at()[0][turn];
                int a = loop.at()[1][turn];
                for (int i = 0; i < loop.length(); i++) {
                    v[o] = value.applyAsDouble(v[a]);
                    o += loop.step()[0];
                    a += loop.step()[1];
                }
            }
        }

        @Override
        public void pull(double[] v, double[] g) {
            @Nullable DoubleBinaryOperator slope = function.slope();
            if (slope == null) {
                return;
            }
            for (int turn = 0; turn < loop.turns(); turn++) {
                int o = loop.at()[0][turn];
                int a = loop.at()[1][turn];
                for (int i = 0; i < loop.length(); i++) {
                    g[a] += times(g[o], slope.applyAsDouble(v[a], v[o]));
                    o += loop.step()[0];
                    a += loop.step()[1];
                }
            }
        }
    }

    /** A function of two numbers. */
    record OfTwo(Loop loop, Binary function, boolean first, boolean second) implements Instruction {
        @Override
        public void run(double[] v) {
            DoubleBinaryOperator value = function.value();
            for (int turn = 0; turn < loop.turns(); turn++) {
                int o = loop.at()[0][turn];
                int a = loop.at()[1][turn];
                int b = loop.at()[2][turn];
                for (int i = 0; i < loop.length(); i++) {
                    v[o] = value.applyAsDouble(v[a], v[b]);
                    o += loop.step()[0];
                    a += loop.step()[1];
                    b += loop.step()[2];
                }
            }
        }

        @Override
        public void pull(double[] v, double[] g) {
            if (first && function.first() != null) {
                pull(v, g, function.first(), 1);
            }
            if (second && function.second() != null) {
                pull(v, g, function.second(), 2);
            }
        }

        private void pull(double[] v, double[] g, Binary.Slope slope, int to) {
            for (int turn = 0; turn < loop.turns(); turn++) {
                int o = loop.at()[0][turn];
                int a = loop.at()[1][turn];
                int b = loop.at()[2][turn];
                int x = loop.at()[to][turn];
                for (int i = 0; i < loop.length(); i++) {
                    g[x] += times(g[o], slope.at(v[a], v[b], v[o]));
                    o += loop.step()[0];
                    a += loop.step()[1];
                    b += loop.step()[2];
                    x += loop.step()[to];
                }
            }
        }
    }

    /** One number or another, as a condition says. */
    record Where(Loop loop) implements Instruction {
        @Override
        public void run(double[] v) {
            int[] step = loop.step();
            for (int turn = 0; turn < loop.turns(); turn++) {
                int o = loop.at()[0][turn];
                int c = loop.at()[1][turn];
                int a = loop.at()[2][turn];
                int b = loop.at()[3][turn];
                for (int i = 0; i < loop.length(); i++) {
                    v[o] = v[c] != 0 ? v[a] : v[b];
                    o += step[0];
                    c += step[1];
                    a += step[2];
                    b += step[3];
                }
            }
        }

        @Override
        public void pull(double[] v, double[] g) {
            int[] step = loop.step();
            for (int turn = 0; turn < loop.turns(); turn++) {
                int o = loop.at()[0][turn];
                int c = loop.at()[1][turn];
                int a = loop.at()[2][turn];
                int b = loop.at()[3][turn];
                for (int i = 0; i < loop.length(); i++) {
                    g[v[c] != 0 ? a : b] += g[o];
                    o += step[0];
                    c += step[1];
                    a += step[2];
                    b += step[3];
                }
            }
        }
    }

    /** Numbers from anywhere to anywhere. */
    record Copy(int[] to, int[] from) implements Instruction {
        @Override
        public void run(double[] v) {
            for (int i = 0; i < to.length; i++) {
                v[to[i]] = v[from[i]];
            }
        }

        @Override
        public void pull(double[] v, double[] g) {
            for (int i = 0; i < to.length; i++) {
                g[from[i]] += g[to[i]];
            }
        }
    }

    /** Where nothing flows back, an infinite slope is no slope. */
    private static double times(double cotangent, double slope) {
        return cotangent == 0 ? 0 : cotangent * slope;
    }
}
