package mfg.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Every method of all four implementations on numbers with NaN of either sign and infinities at random places: what depends on
 * one of them is not finite, and all else is.
 */
class NotFiniteTest {

    private static final double[] SPOILED = {
        Double.NaN, // as a processor makes it, too:
        Double.longBitsToDouble(0xfff8000000000000L),
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    @Provide
    Arbitrary<Kernels<?>> kernels() {
        return Arbitraries.of(KernelsTest.all());
    }

    /** Spoils one of the first numbers, or none. */
    private static double[] spoiled(Tables<?> t, double[] numbers, int count) {
        if (t.random.nextInt(3) == 0) {
            numbers[t.random.nextInt(count)] = SPOILED[t.random.nextInt(SPOILED.length)];
        }
        return numbers;
    }

    private static double[] byState(Tables<?> t) {
        return spoiled(t, t.weights(0.5, 1), t.states);
    }

    private static double[] byAction(Tables<?> t) {
        return spoiled(t, t.byAction(0.5, 1), t.actions);
    }

    private static double[][] table(Tables<?> t) {
        double[][] table = t.table(-2, -1);
        spoiled(t, table[t.random.nextInt(t.states)], t.actions);
        return table;
    }

    private static boolean finite(double... numbers) {
        return Arrays.stream(numbers).allMatch(Double::isFinite);
    }

    private static double[] column(double[][] table, int a, int states) {
        return IntStream.range(0, states).mapToDouble(s -> table[s][a]).toArray();
    }

    private static void assertFinite(boolean expected, double found, String what) {
        assertEquals(expected, Double.isFinite(found), () -> what + " is " + found);
    }

    // ---- tables ----

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void policies(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int states,
            @ForAll @IntRange(min = 1, max = 40) int actions,
            @ForAll long seed) {
        policies(new Tables<>(kernels, states, actions, seed));
    }

    private static <F> void policies(Tables<F> t) {
        double[][] logits = table(t);
        double[] shifts = byState(t);
        double[] mu = byState(t);
        F power = t.array(t.draws(t.layout.size(), 5, 6));
        F total = t.array(t.draws(t.layout.rows(), 5, 6));
        F moment = t.array(t.draws(t.layout.rows(), 5, 6));
        F nu = t.array(t.byAction(5, 6));
        F z = t.arrayFromAt(logits);
        F still = t.arrayFromRow(new double[t.layout.rows()]);
        F none = t.kernels.array(Math.max(t.layout.rows(), t.actions));
        F next = t.arrayFromAt();
        F shift = t.array(shifts);
        Update<F> update = new Update<>(1, still, t.row, none, none, none, none);
        t.kernels.advance(t.layout, z, t.at, update, shift, next, power, total, moment, t.scratch());
        t.kernels.bid(t.layout, power, total, t.array(mu), nu, t.scratch());
        boolean all = true;
        double[][] powers = t.readFromStart(power);
        for (int s = 0; s < t.states; s++) {
            boolean row = finite(logits[s]) && finite(shifts[s]);
            all &= row && finite(mu[s]);
            for (int a = 0; a < t.actions; a++) {
                assertFinite(finite(logits[s][a], shifts[s]), powers[s][a], "power");
            }
            assertFinite(row, t.read(total, s, 1)[0], "total");
            assertFinite(row, t.read(moment, s, 1)[0], "moment");
        }
        for (double bids : t.read(nu, 0, t.actions)) {
            assertFinite(all, bids, "nu");
        }

        F lse = t.arrayFromRow(new double[t.layout.rows()]);
        t.kernels.normalize(t.layout, shift, total, moment, lse, t.row);
        F pi = t.arrayFromAt();
        t.kernels.probabilities(t.layout, z, t.at, lse, t.row, pi, t.scratch());
        double[][] chances = t.readFromAt(pi);
        for (int s = 0; s < t.states; s++) {
            boolean row = finite(logits[s]) && finite(shifts[s]);
            assertFinite(row, t.read(total, s, 1)[0], "inverse");
            assertFinite(row, t.read(moment, s, 1)[0], "entropy");
            assertFinite(row, t.readFromRow(lse)[s], "lse");
            for (double chance : chances[s]) {
                assertFinite(row, chance, "chance");
            }
        }
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void normalizedRows(
            @ForAll("kernels") Kernels<?> kernels, @ForAll @IntRange(min = 1, max = 40) int states, @ForAll long seed) {
        normalizedRows(new Tables<>(kernels, states, 1, seed));
    }

    private static <F> void normalizedRows(Tables<F> t) {
        double[] shifts = byState(t);
        double[] totals = byState(t);
        double[] moments = byState(t);
        F total = t.array(totals);
        F moment = t.array(moments);
        F lse = t.arrayFromRow(new double[t.layout.rows()]);
        t.kernels.normalize(t.layout, t.array(shifts), total, moment, lse, t.row);
        for (int s = 0; s < t.states; s++) {
            assertFinite(finite(totals[s]), t.read(total, s, 1)[0], "inverse");
            assertFinite(finite(totals[s], moments[s]), t.read(moment, s, 1)[0], "entropy");
            assertFinite(finite(totals[s], shifts[s]), t.readFromRow(lse)[s], "lse");
        }
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void probabilities(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int states,
            @ForAll @IntRange(min = 1, max = 40) int actions,
            @ForAll long seed) {
        probabilities(new Tables<>(kernels, states, actions, seed));
    }

    private static <F> void probabilities(Tables<F> t) {
        double[][] logits = table(t);
        double[] lse = byState(t);
        F pi = t.arrayFromAt();
        t.kernels.probabilities(t.layout, t.arrayFromAt(logits), t.at, t.arrayFromRow(lse), t.row, pi, t.scratch());
        double[][] found = t.readFromAt(pi);
        for (int s = 0; s < t.states; s++) {
            for (int a = 0; a < t.actions; a++) {
                assertFinite(finite(logits[s][a], lse[s]), found[s][a], "chance");
            }
        }
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void sumsAndColumns(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int states,
            @ForAll @IntRange(min = 1, max = 40) int actions,
            @ForAll long seed) {
        sumsAndColumns(new Tables<>(kernels, states, actions, seed));
    }

    private static <F> void sumsAndColumns(Tables<F> t) {
        int first = t.random.nextInt(t.actions);
        double[][] numbers = table(t);
        double[] scale = byState(t);
        double[] x = byAction(t);
        double[] y = byAction(t);
        F xSum = t.array(t.draws(t.layout.rows(), 5, 6));
        F ySum = t.array(t.draws(t.layout.rows(), 5, 6));
        F in = t.arrayFromStart(numbers);
        t.kernels.sumActions(t.layout, in, t.array(scale), first, t.array(x), t.array(y), xSum, ySum);
        F column = t.kernels.array(t.layout.rows());
        t.kernels.column(t.layout, in, 0, first, column);
        for (int s = 0; s < t.states; s++) {
            boolean row = finite(Arrays.copyOfRange(numbers[s], first, t.actions)) && finite(scale[s]);
            assertFinite(row && finite(tail(x, first)), t.read(xSum, s, 1)[0], "sum by x");
            assertFinite(row && finite(tail(y, first)), t.read(ySum, s, 1)[0], "sum by y");
            assertEquals(numbers[s][first], t.read(column, s, 1)[0]);
        }
    }

    private static double[] tail(double[] numbers, int first) {
        return Arrays.copyOfRange(numbers, first, numbers.length);
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void steps(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int states,
            @ForAll @IntRange(min = 1, max = 40) int actions,
            @ForAll long seed) {
        steps(new Tables<>(kernels, states, actions, seed));
    }

    private static <F> void steps(Tables<F> t) {
        double[][] logits = table(t);
        double[] lse = byState(t);
        double[] x = byAction(t);
        double[] y = byAction(t);
        double[] c = byState(t);
        double[] b = byState(t);
        F z = t.arrayFromAt(logits);
        F lseIn = t.arrayFromRow(lse);
        F next = t.arrayFromAt();
        F back = t.arrayFromAt();
        F pi = t.arrayFromAt();
        F xIn = t.array(x);
        F yIn = t.array(y);
        F cIn = t.array(c);
        F bIn = t.array(b);
        F shift = t.array(t.weights(5, 6));
        F power = t.kernels.array(t.layout.size());
        F total = t.kernels.array(t.layout.rows());
        F moment = t.kernels.array(t.layout.rows());
        Update<F> update = new Update<>(0.9, lseIn, t.row, xIn, yIn, cIn, bIn);
        t.kernels.advance(t.layout, z, t.at, update, shift, next, power, total, moment, t.scratch());
        t.kernels.stepBack(t.layout, z, t.at, update, back, pi, t.scratch());
        double[][] powers = t.readFromStart(power);
        double[][] chances = t.readFromAt(pi);
        double[][] found = t.readFromAt(next);
        double[][] foundBack = t.readFromAt(back);
        for (int s = 0; s < t.states; s++) {
            for (int a = 0; a < t.actions; a++) {
                boolean fine = finite(logits[s][a], lse[s], x[a], y[a], c[s], b[s]);
                assertFinite(fine, found[s][a], "next");
                assertFinite(fine, foundBack[s][a], "back");
                assertFinite(fine, powers[s][a], "power");
                assertFinite(fine, chances[s][a], "chance");
            }
        }
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void cotangents(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int states,
            @ForAll @IntRange(min = 1, max = 40) int actions,
            @ForAll long seed) {
        values(new Tables<>(kernels, states, actions, seed));
        logits(new Tables<>(kernels, states, actions, seed));
    }

    private static <F> void values(Tables<F> t) {
        int first = t.random.nextInt(t.actions);
        double[][] pi = table(t);
        double[][] cotangents = table(t);
        double[] v = byState(t);
        double[] b = byState(t);
        double[] x = byAction(t);
        F yBar = t.array(t.byAction(5, 6));
        F sum = t.array(t.draws(t.layout.rows(), 5, 6));
        t.kernels.pullValues(
                t.layout,
                t.arrayFromAt(pi),
                t.arrayFromAt(cotangents),
                t.at,
                3,
                t.array(v),
                t.array(b),
                first,
                t.array(x),
                yBar,
                sum,
                t.scratch());
        for (int a = first; a < t.actions; a++) {
            boolean fine = finite(column(pi, a, t.states)) && finite(column(cotangents, a, t.states));
            assertFinite(fine && finite(v) && finite(b), t.read(yBar, a, 1)[0], "yBar");
        }
        for (int s = 0; s < t.states; s++) {
            boolean fine = finite(tail(cotangents[s], first)) && finite(tail(x, first));
            assertFinite(fine, t.read(sum, s, 1)[0], "sum");
        }
    }

    private static <F> void logits(Tables<F> t) {
        double[][] z = table(t);
        double[][] pi = table(t);
        double[][] cotangents = table(t);
        double[] lse = byState(t);
        double[] x = byAction(t);
        double[] y = byAction(t);
        double[] nuBar = byAction(t);
        double[] mu = byState(t);
        double[] c = byState(t);
        double[] b = byState(t);
        double[] k = byState(t);
        double[] e = byState(t);
        F cotangent = t.arrayFromAt(cotangents);
        F n = t.array(t.draws(t.layout.rows(), 5, 6));
        Update<F> update =
                new Update<>(0.9, t.arrayFromRow(lse), t.row, t.array(x), t.array(y), t.array(c), t.array(b));
        t.kernels.pullLogits(
                t.layout,
                t.arrayFromAt(z),
                t.arrayFromAt(pi),
                cotangent,
                t.at,
                update,
                t.array(nuBar),
                t.array(mu),
                t.array(k),
                t.array(e),
                n);
        double[][] found = t.readFromAt(cotangent);
        for (int s = 0; s < t.states; s++) {
            boolean row = finite(pi[s]) && finite(nuBar);
            assertFinite(row, t.read(n, s, 1)[0], "n");
            for (int a = 0; a < t.actions; a++) {
                boolean fine = finite(z[s][a], cotangents[s][a], lse[s], x[a], y[a], mu[s], c[s], b[s], k[s], e[s]);
                assertFinite(row && fine, found[s][a], "cotangent");
            }
        }
    }

    // ---- networks ----

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void products(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int outputs,
            @ForAll @IntRange(min = 1, max = 40) int inputs,
            @ForAll long seed) {
        products(new Tables<>(kernels, outputs, inputs, seed), outputs, inputs);
    }

    /** Nothing is skipped that is not negligible. */
    private static <F> void products(Tables<F> t, int outputs, int inputs) {
        double[] matrix = spoiled(t, t.draws(outputs * inputs, 0.5, 1), outputs * inputs);
        double[] x = byAction(t);
        double least = spoiled(t, new double[] {0.1}, 1)[0];
        int[] list = new int[inputs];
        int listed = t.kernels.list(t.array(x), 0, inputs, least, list);
        assertEquals(inputs, listed, "all exceed " + least);
        int width = t.kernels.padded(outputs);
        F y = t.kernels.array(width);
        F packed = t.kernels.packed(outputs, inputs);
        t.kernels.pack(t.array(matrix), outputs, inputs, packed);
        t.kernels.apply(packed, inputs, t.array(x), 0, list, listed, y);
        for (int i = 0; i < outputs; i++) {
            boolean row = finite(Arrays.copyOfRange(matrix, i * inputs, (i + 1) * inputs));
            assertFinite(row && finite(x), t.read(y, i, 1)[0], "product");
        }

        double[] d = byState(t);
        int rows = t.kernels.padded(t.states);
        int columns = t.kernels.padded(t.actions);
        F sum = t.kernels.array(rows * columns);
        int[] every = IntStream.range(0, rows).toArray();
        F left = t.array(Arrays.copyOf(d, rows));
        t.kernels.outer(left, rows, every, rows, t.array(Arrays.copyOf(x, columns)), columns, columns, 1, sum);
        for (int i = 0; i < t.states; i++) {
            for (int j = 0; j < t.actions; j++) {
                assertFinite(finite(d[i], x[j]), t.read(sum, i * columns + j, 1)[0], "outer product");
            }
        }
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void layers(
            @ForAll("kernels") Kernels<?> kernels, @ForAll @IntRange(min = 1, max = 40) int count, @ForAll long seed) {
        layers(new Tables<>(kernels, 1, 1, seed), count);
    }

    private static <F> void layers(Tables<F> t, int count) {
        int padded = t.kernels.padded(count);
        double[] x = Arrays.copyOf(spoiled(t, t.draws(count, -1, 1), count), padded);
        double[] cotangents = Arrays.copyOf(spoiled(t, t.draws(count, -1, 1), count), padded);
        F kept = t.kernels.array(padded);
        F pulled = t.kernels.array(padded);
        F sum = t.array(cotangents);
        F value = t.kernels.array(padded);
        F slope = t.kernels.array(padded);
        Positives<F> positives = t.kernels.positives(count);
        t.kernels.rectify(t.array(x), kept, 0, count, positives);
        boolean[] listed = new boolean[count];
        Arrays.stream(positives.list(), 0, positives.count()).forEach(i -> listed[i] = true);
        t.kernels.mask(kept, 0, t.array(cotangents), 0, pulled, 0, count, positives);
        t.kernels.add(t.array(x), 0, sum, 0, count);
        t.kernels.softplus(t.array(x), count, value, slope, 0);
        for (int i = 0; i < count; i++) {
            assertFinite(finite(x[i]), t.read(kept, i, 1)[0], "what is positive");
            assertTrue(listed[i] || finite(x[i]), "the next layer would skip it");
            assertFinite(finite(cotangents[i]), t.read(pulled, i, 1)[0], "the cotangent");
            assertFinite(finite(x[i], cotangents[i]), t.read(sum, i, 1)[0], "the sum");
            assertFinite(!Double.isNaN(x[i]) && x[i] < Double.POSITIVE_INFINITY, t.read(value, i, 1)[0], "softplus");
            assertFinite(!Double.isNaN(x[i]), t.read(slope, i, 1)[0], "its slope");
        }
    }
}
