package mfg.core.trace;

import java.util.stream.IntStream;

/**
 * A recorded function: instructions on the numbers of one array, in which constants come first, then what depends on parameters,
 * then what depends on the state. It never changes, so that threads may share it; each plays it on a {@link Machine}.
 *
 * @param start the array before anything is computed
 * @param constants where constants end
 * @param parameters where what depends on parameters only ends
 * @param cleared which cotangents are 0 before something flows back through a run; the first of the others is no sum
 * @param once what is done when parameters are set
 * @param each what is done for every state
 * @param again what is done for a state whose sums are known
 * @param sums where the long sums are
 * @param settings where the numbers of each parameter are
 * @param states where the numbers of each state are
 * @param outputs where the numbers of each result are
 */
record Program(
        double[] start,
        int constants,
        int parameters,
        Range[] cleared,
        Instruction[] once,
        Instruction[] each,
        Instruction[] again,
        Range[] sums,
        Range[] settings,
        Range[] states,
        Output[] outputs) {

    /** Numbers side by side. */
    record Range(int from, int size) {}

    /** Where the numbers of a result are, and whether they are many side by side. */
    record Output(int[] places, boolean inRow) {

        private static final int FEW = 8;

        Output(int[] places) {
            this(
                    places,
                    places.length > FEW && IntStream.range(0, places.length).allMatch(i -> places[i] == places[0] + i));
        }

        void read(double[] v, double[] to) {
            if (inRow) {
                System.arraycopy(v, places[0], to, 0, places.length);
                return;
            }
            for (int i = 0; i < places.length; i++) {
                to[i] = v[places[i]];
            }
        }

        void add(double[] from, double[] g) {
            if (inRow) {
                Factors.SPANS.add(g, places[0], g, places[0], 1, from, 0, places.length);
                return;
            }
            for (int i = 0; i < places.length; i++) {
                g[places[i]] += from[i];
            }
        }
    }
}
