package mfg.core.trace;

/** Functions of whole rows. Each turn of a loop is a row; operands are the result, then the argument. */
final class Rows {

    private Rows() {}

    /** Running sums. */
    record CumSum(Loop loop) implements Instruction {
        @Override
        public void run(double[] v) {
            for (int turn = 0; turn < loop.turns(); turn++) {
                double sum = 0;
                for (int i = 0; i < loop.length(); i++) {
                    sum += v[loop.at()[1][turn] + i * loop.step()[1]];
                    v[loop.at()[0][turn] + i * loop.step()[0]] = sum;
                }
            }
        }

        @Override
        public void pull(double[] v, double[] g) {
            for (int turn = 0; turn < loop.turns(); turn++) {
                double sum = 0;
                for (int i = loop.length() - 1; i >= 0; i--) {
                    sum += g[loop.at()[0][turn] + i * loop.step()[0]];
                    g[loop.at()[1][turn] + i * loop.step()[1]] += sum;
                }
            }
        }
    }

    /**
     * The largest number, or the smallest. A NaN is both.
     *
     * @param shared whether all that are alike share what flows back, as the engine has it for the extreme of a whole array, or
     *     the first gets it, as it has it along an axis
     */
    record Extreme(Loop loop, boolean largest, boolean shared) implements Instruction {
        @Override
        public void run(double[] v) {
            for (int turn = 0; turn < loop.turns(); turn++) {
                v[loop.at()[0][turn]] = v[at(turn, first(v, loop, turn, largest))];
            }
        }

        @Override
        public void pull(double[] v, double[] g) {
            for (int turn = 0; turn < loop.turns(); turn++) {
                double cotangent = g[loop.at()[0][turn]];
                if (shared) {
                    share(v, g, turn, cotangent);
                } else {
                    g[at(turn, first(v, loop, turn, largest))] += cotangent;
                }
            }
        }

        private void share(double[] v, double[] g, int turn, double cotangent) {
            double extreme = v[loop.at()[0][turn]];
            int alike = 0;
            for (int i = 0; i < loop.length(); i++) {
                alike += v[at(turn, i)] == extreme ? 1 : 0;
            }
            for (int i = 0; i < loop.length(); i++) {
                if (v[at(turn, i)] == extreme) {
                    g[at(turn, i)] += cotangent / alike;
                }
            }
        }

        private int at(int turn, int i) {
            return loop.at()[1][turn] + i * loop.step()[1];
        }
    }

    /** Where it is. */
    record ArgExtreme(Loop loop, boolean largest) implements Instruction {
        @Override
        public void run(double[] v) {
            for (int turn = 0; turn < loop.turns(); turn++) {
                v[loop.at()[0][turn]] = first(v, loop, turn, largest);
            }
        }

        @Override
        public void pull(double[] v, double[] g) {
            // nothing flows back
        }
    }

    private static int first(double[] v, Loop loop, int turn, boolean largest) {
        int found = 0;
        double best = v[loop.at()[1][turn]];
        for (int i = 1; i < loop.length() && !Double.isNaN(best); i++) {
            double x = v[loop.at()[1][turn] + i * loop.step()[1]];
            if (largest ? !(x <= best) : !(x >= best)) {
                best = x;
                found = i;
            }
        }
        return found;
    }

    /**
     * Ascending order, by insertion: operands sorted, argument, and where each number came from.
     *
     * @param flat whether nothing flows back
     */
    record Sort(Loop loop, boolean flat) implements Instruction {
        @Override
        public void run(double[] v) {
            for (int turn = 0; turn < loop.turns(); turn++) {
                for (int i = 0; i < loop.length(); i++) {
                    double x = v[at(1, turn, i)];
                    int j = i;
                    while (j > 0 && Double.compare(v[at(0, turn, j - 1)], x) > 0) {
                        v[at(0, turn, j)] = v[at(0, turn, j - 1)];
                        v[at(2, turn, j)] = v[at(2, turn, j - 1)];
                        j--;
                    }
                    v[at(0, turn, j)] = x;
                    v[at(2, turn, j)] = i;
                }
            }
        }

        @Override
        public void pull(double[] v, double[] g) {
            for (int turn = 0; turn < loop.turns() && !flat; turn++) {
                for (int i = 0; i < loop.length(); i++) {
                    g[at(1, turn, (int) v[at(2, turn, i)])] += g[at(0, turn, i)];
                }
            }
        }

        private int at(int operand, int turn, int i) {
            return loop.at()[operand][turn] + i * loop.step()[operand];
        }
    }
}
