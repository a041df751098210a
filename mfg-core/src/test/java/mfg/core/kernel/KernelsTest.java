package mfg.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import mfg.core.Tensors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Every method of all four implementations against the formula in its description, in plain doubles. */
class KernelsTest {

    /** Loops and vectors, on floats and doubles. */
    static List<Kernels<?>> all() {
        List<Kernels<?>> all = new ArrayList<>();
        all.addAll(Kernels.allFloats());
        all.addAll(Kernels.allDoubles());
        return all;
    }

    @Provide
    Arbitrary<Kernels<?>> kernels() {
        return Arbitraries.of(all());
    }

    @Test
    void thereAreFour() {
        assertEquals(4, all().size(), "tests run with --add-modules jdk.incubator.vector");
        for (int i = 0; i < 4; i += 2) {
            assertEquals("loops", all().get(i).name());
            assertTrue(
                    all().get(i + 1).name().matches("vector-\\d+"),
                    all().get(i + 1).name());
            assertEquals(i == 0 ? 4 : 8, all().get(i).bytes());
            assertEquals(i == 0 ? 4 : 8, all().get(i + 1).bytes());
        }
        assertTrue(Kernels.floats() == Kernels.allFloats().get(1));
        assertTrue(Kernels.doubles() == Kernels.allDoubles().get(1));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void tablesHoldEveryStateAndLengthsAreRoundedUp(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int states,
            @ForAll @IntRange(min = 1, max = 40) int actions) {
        Table table = kernels.table(states, actions);
        assertEquals(states, table.states());
        assertEquals(actions, table.actions());
        assertEquals(table.blocks() * table.lanes(), table.rows());
        assertTrue(table.rows() >= states && table.rows() - states < table.lanes());
        assertEquals(table.rows() * actions, table.size());
        int padded = kernels.padded(states);
        assertTrue(padded >= states);
        assertEquals(padded, kernels.padded(padded));
        assertTrue(kernels.padded(states + 1) >= padded);
    }

    // ---- tables ----

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void policiesAndWinners(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int states,
            @ForAll @IntRange(min = 1, max = 40) int actions,
            @ForAll long seed) {
        policiesAndWinners(new Tables<>(kernels, states, actions, seed));
    }

    private static <F> void policiesAndWinners(Tables<F> t) {
        double[][] logits = t.table(-25, 5);
        // about the largest
        double[] shifts = Arrays.stream(logits)
                .mapToDouble(row -> Tables.largest(row) + t.draw(-0.01, 0.01))
                .toArray();
        shifts = t.read(t.array(shifts), 0, shifts.length);
        double[][] powers = Tables.powers(logits, shifts);
        double[] lse = Arrays.stream(logits).mapToDouble(Tables::logSum).toArray();
        double[][] pi = Tables.powers(logits, lse);
        double[] totals = new double[t.states];
        double[] moments = new double[t.states];
        double[] inverses = new double[t.states];
        double[] entropies = new double[t.states];
        for (int s = 0; s < t.states; s++) {
            for (int a = 0; a < t.actions; a++) {
                totals[s] += powers[s][a];
                moments[s] += (logits[s][a] - shifts[s]) * powers[s][a];
                entropies[s] -= pi[s][a] * Math.log(pi[s][a]);
            }
            inverses[s] = 1 / totals[s];
        }

        double[] mu = t.weights(0, 1);
        double[] nu = new double[t.actions];
        for (int s = 0; s < t.states; s++) {
            for (int a = 0; a < t.actions; a++) {
                nu[a] += mu[s] * pi[s][a];
            }
        }

        F z = t.arrayFromAt(logits);
        F shift = t.arrayFromRow(shifts);
        F weight = t.array(mu);
        F power = t.array(t.draws(t.layout.size(), 5, 6));
        F total = t.array(t.draws(t.layout.rows(), 5, 6));
        F moment = t.array(t.draws(t.layout.rows(), 5, 6));
        F bids = t.array(t.byAction(5, 6));
        t.kernels.policy(t.layout, z, t.at, shift, t.row, weight, power, total, moment, bids, t.scratch());
        double[][] powersFound = t.readFromStart(power);
        for (int s = 0; s < t.states; s++) {
            for (int a = 0; a < t.actions; a++) {
                assertEquals(1, powersFound[s][a] / powers[s][a], t.tolerance(), "power");
            }
        }
        t.assertClose(totals, t.read(total, 0, t.states), t.actions, "totals");
        t.assertClose(moments, t.read(moment, 0, t.states), 10 * t.actions, "moments");
        t.assertClose(nu, t.read(bids, 0, t.actions), t.states, "nu");
        t.assertUnchanged(logits, z);
        t.assertUnchanged(mu, weight);

        F lseFound = t.arrayFromRow(new double[t.layout.rows()]);
        t.kernels.normalize(t.layout, shift, t.row, total, moment, lseFound);
        t.assertClose(inverses, t.read(total, 0, t.states), 1, "inverses");
        t.assertClose(entropies, t.read(moment, 0, t.states), 10, "entropies");
        t.assertClose(Arrays.copyOf(lse, t.states), t.readFromRow(lseFound), 1, "lse");
        assertArrayEquals(shifts, t.readFromRow(shift));
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void sumsOverActions(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int states,
            @ForAll @IntRange(min = 1, max = 40) int actions,
            @ForAll long seed) {
        sumActions(new Tables<>(kernels, states, actions, seed));
    }

    private static <F> void sumActions(Tables<F> t) {
        int first = t.random.nextInt(t.actions + 1);
        double[][] numbers = t.table(-1, 1);
        double[] scale = t.weights(-1, 1);
        double[] x = t.byAction(-1, 1);
        double[] y = t.byAction(-1, 1);
        double[] xSum = new double[t.states];
        double[] ySum = new double[t.states];
        for (int s = 0; s < t.states; s++) {
            for (int a = first; a < t.actions; a++) {
                xSum[s] += scale[s] * numbers[s][a] * x[a];
                ySum[s] += scale[s] * numbers[s][a] * y[a];
            }
        }
        F in = t.arrayFromStart(numbers);
        F scaleIn = t.array(scale);
        F xIn = t.array(x);
        F yIn = t.array(y);
        F xFound = t.array(t.draws(t.layout.rows(), 5, 6));
        F yFound = t.array(t.draws(t.layout.rows(), 5, 6));
        t.kernels.sumActions(t.layout, in, scaleIn, first, xIn, yIn, xFound, yFound);
        t.assertClose(xSum, t.read(xFound, 0, t.states), t.actions, "sums by x");
        t.assertClose(ySum, t.read(yFound, 0, t.states), t.actions, "sums by y");
        assertArrayEquals(numbers, t.readFromStart(in));
        t.assertUnchanged(scale, scaleIn);
        t.assertUnchanged(x, xIn);
        t.assertUnchanged(y, yIn);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void stepsForwardAndBack(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int states,
            @ForAll @IntRange(min = 1, max = 40) int actions,
            @ForAll boolean inPlace,
            @ForAll long seed) {
        stepsForwardAndBack(new Tables<>(kernels, states, actions, seed), inPlace);
    }

    private static <F> void stepsForwardAndBack(Tables<F> t, boolean inPlace) {
        double decay = 0.99;
        double[][] logits = t.table(-20, 20);
        double[] lse = t.logSums(logits);
        double[] x = t.byAction(-1, 1);
        double[] y = t.byAction(-1, 1);
        double[] c = t.weights(-5, 5);
        double[] b = t.weights(-5, 5);
        double[][] expected = new double[t.states][t.actions];
        for (int s = 0; s < t.states; s++) {
            for (int a = 0; a < t.actions; a++) {
                expected[s][a] = decay * (logits[s][a] - lse[s]) + c[s] * x[a] + b[s] * y[a];
            }
        }

        F z = t.arrayFromAt(logits);
        F lseIn = t.arrayFromRow(lse);
        F next = inPlace ? z : t.arrayFromAt();
        F peak = t.arrayFromRow(new double[t.layout.rows()]);
        F xIn = t.array(x);
        F yIn = t.array(y);
        F cIn = t.array(c);
        F bIn = t.array(b);
        t.kernels.step(t.layout, z, t.at, lseIn, t.row, decay, xIn, yIn, cIn, bIn, next, peak);

        double[][] found = t.readFromAt(next);
        t.assertClose(expected, found, 40, "next");
        double[] peaks = t.readFromRow(peak);
        for (int s = 0; s < t.states; s++) {
            assertEquals(Tables.largest(found[s]), peaks[s], "the largest of state " + s);
        }
        if (!inPlace) {
            t.assertUnchanged(logits, z);
        }

        F back = inPlace ? next : t.arrayFromAt();
        t.kernels.stepBack(t.layout, next, t.at, lseIn, t.row, decay, xIn, yIn, cIn, bIn, back);
        t.assertClose(logits, t.readFromAt(back), 40, "back");
        if (!inPlace) {
            t.assertUnchanged(found, next);
        }
        assertArrayEquals(lse, t.readFromRow(lseIn));
        t.assertUnchanged(x, xIn);
        t.assertUnchanged(y, yIn);
        t.assertUnchanged(c, cIn);
        t.assertUnchanged(b, bIn);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void cotangentsOfValuesArePulledBack(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int states,
            @ForAll @IntRange(min = 1, max = 40) int actions,
            @ForAll long seed) {
        pullValues(new Tables<>(kernels, states, actions, seed));
    }

    private static <F> void pullValues(Tables<F> t) {
        double eta = 3;
        int first = t.random.nextInt(t.actions + 1);
        double[][] chances = t.table(0, 1);
        double[][] cotangents = t.table(-1, 1);
        double[] v = t.weights(-1, 1);
        double[] b = t.weights(-1, 1);
        double[] x = t.byAction(-1, 1);
        double[] yBar = new double[t.actions];
        double[] sums = new double[t.states];
        for (int s = 0; s < t.states; s++) {
            for (int a = first; a < t.actions; a++) {
                yBar[a] += b[s] * (eta * cotangents[s][a] + v[s] * chances[s][a]);
                sums[s] += cotangents[s][a] * x[a];
            }
        }

        F pi = t.arrayFromAt(chances);
        F cotangent = t.arrayFromAt(cotangents);
        F vIn = t.array(v);
        F bIn = t.array(b);
        F xIn = t.array(x);
        F found = t.array(t.byAction(5, 6));
        F sumFound = t.array(t.draws(t.layout.rows(), 5, 6));
        t.kernels.pullValues(t.layout, pi, cotangent, t.at, eta, vIn, bIn, first, xIn, found, sumFound, t.scratch());

        t.assertClose(
                Arrays.copyOfRange(yBar, first, t.actions),
                t.read(found, first, t.actions - first),
                eta * t.states,
                "yBar");
        t.assertClose(sums, t.read(sumFound, 0, t.states), t.actions, "sums");
        t.assertUnchanged(chances, pi);
        t.assertUnchanged(cotangents, cotangent);
        t.assertUnchanged(v, vIn);
        t.assertUnchanged(b, bIn);
        t.assertUnchanged(x, xIn);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void probabilitiesAndTheirColumnsAreRead(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int states,
            @ForAll @IntRange(min = 1, max = 40) int actions,
            @ForAll long seed) {
        columns(new Tables<>(kernels, states, actions, seed));
    }

    private static <F> void columns(Tables<F> t) {
        double[][] logits = t.table(-25, 5);
        double[] lse = t.logSums(logits);
        double[][] expected = Tables.powers(logits, lse);
        int action = t.random.nextInt(t.actions);
        F z = t.arrayFromAt(logits);
        F pi = t.arrayFromAt();
        t.kernels.probabilities(t.layout, z, t.at, t.arrayFromRow(lse), t.row, pi, t.scratch());
        double[][] found = t.readFromAt(pi);
        F column = t.kernels.array(t.layout.rows());
        t.kernels.column(t.layout, pi, t.at, action, column);
        double[] chances = t.read(column, 0, t.states);
        for (int s = 0; s < t.states; s++) {
            assertEquals(found[s][action], chances[s]);
            for (int a = 0; a < t.actions; a++) {
                assertEquals(1, found[s][a] / expected[s][a], t.tolerance());
            }
        }
        t.assertUnchanged(logits, z);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void cotangentsOfPoliciesArePulledBack(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 40) int states,
            @ForAll @IntRange(min = 1, max = 40) int actions,
            @ForAll long seed) {
        pullLogits(new Tables<>(kernels, states, actions, seed));
    }

    private static <F> void pullLogits(Tables<F> t) {
        double decay = 0.99;
        double[][] logits = t.table(-25, 5);
        double[][] cotangents = t.table(-1, 1);
        double[] lse = t.logSums(logits);
        double[][] pi = Tables.powers(logits, lse);
        double[] x = t.byAction(-1, 1);
        double[] y = t.byAction(-1, 1);
        double[] nuBar = t.byAction(-1, 1);
        double[] mu = t.weights(0, 1);
        double[] c = t.weights(-1, 1);
        double[] b = t.weights(-1, 1);
        double[] k = t.weights(-1, 1);
        double[] e = t.weights(-1, 1);
        double[] n = new double[t.states];
        double[][] expected = new double[t.states][t.actions];
        for (int s = 0; s < t.states; s++) {
            for (int a = 0; a < t.actions; a++) {
                n[s] += pi[s][a] * nuBar[a];
            }
            for (int a = 0; a < t.actions; a++) {
                double win = c[s] * x[a] + b[s] * y[a];
                double slope = mu[s] * (nuBar[a] - n[s]) + win + k[s] + e[s] * (lse[s] - logits[s][a]);
                expected[s][a] = decay * cotangents[s][a] + pi[s][a] * slope;
            }
        }

        F z = t.arrayFromAt(logits);
        F piIn = t.arrayFromAt(pi);
        F cotangent = t.arrayFromAt(cotangents);
        F lseIn = t.arrayFromRow(lse);
        List<double[]> numbers = List.of(x, y, nuBar, mu, c, b, k, e);
        List<F> in = numbers.stream().map(t::array).toList();
        F nFound = t.array(t.draws(t.layout.rows(), 5, 6));
        t.kernels.pullLogits(
                t.layout, z, piIn, cotangent, t.at, lseIn, t.row, decay, in.get(0), in.get(1), in.get(2), in.get(3),
                in.get(4), in.get(5), in.get(6), in.get(7), nFound);

        t.assertClose(n, t.read(nFound, 0, t.states), 1, "n");
        t.assertClose(expected, t.readFromAt(cotangent), 10, "cotangent");
        t.assertUnchanged(logits, z);
        assertArrayEquals(lse, t.readFromRow(lseIn));
        for (int i = 0; i < in.size(); i++) {
            t.assertUnchanged(numbers.get(i), in.get(i));
        }
    }

    // ---- powers of 2 ----

    /** Exponents that both precisions hold, also when 1 is added. */
    @Test
    void powersOfTwoAreAccurateDownToTheFloor() {
        for (Kernels<float[]> kernels : Kernels.allFloats()) {
            assertPowers(kernels, 90, 2.5e-7, 100);
        }
        for (Kernels<double[]> kernels : Kernels.allDoubles()) {
            assertPowers(kernels, 900, 1e-15, 1000);
        }
    }

    private static <F> void assertPowers(Kernels<F> kernels, int range, double tolerance, int floor) {
        Tables<F> t = new Tables<>(kernels, 32, 500, 3);
        double[][] logits = new double[t.layout.rows()][t.actions];
        for (double[] row : logits) {
            Arrays.setAll(row, a -> -t.random.nextInt(range << 16) * 0x1p-16);
            row[0] = 0;
            row[1] = -floor - t.random.nextInt(floor);
        }
        F power = kernels.array(t.layout.size());
        kernels.policy(
                t.layout,
                t.arrayFromAt(logits),
                t.at,
                t.arrayFromRow(new double[t.layout.rows()]),
                t.row,
                kernels.array(t.layout.rows()),
                power,
                kernels.array(t.layout.rows()),
                kernels.array(t.layout.rows()),
                kernels.array(t.actions),
                t.scratch());
        double[][] found = t.readFromStart(power);
        for (int s = 0; s < t.states; s++) {
            for (int a = 0; a < t.actions; a++) {
                if (a == 1) {
                    // the floor itself differs by a factor of 2 from loops to vectors
                    assertTrue(
                            found[s][a] > 0 && found[s][a] < 1.001 * Math.pow(2, 1 - floor),
                            kernels.name() + found[s][a]);
                } else {
                    double expected = Math.pow(2, logits[s][a]);
                    assertEquals(1, found[s][a] / expected, tolerance, kernels.name() + " 2^" + logits[s][a]);
                }
            }
        }
    }

    // ---- networks ----

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void matricesMultiplyWhatIsListed(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 90) int outputs,
            @ForAll @IntRange(min = 1, max = 40) int inputs,
            @ForAll long seed) {
        apply(new Tables<>(kernels, 1, 1, seed), outputs, inputs);
    }

    private static <F> void apply(Tables<F> t, int outputs, int inputs) {
        double[] matrix = t.draws(outputs * inputs, -1, 1);
        int at = t.random.nextInt(5);
        double[] x = t.draws(at + inputs, -1, 1);
        int[] list = t.random.ints(inputs, 0, 2).toArray();
        int count = 0;
        for (int j = 0; j < inputs; j++) {
            boolean listed = list[j] == 1;
            list[count] = j;
            count += listed ? 1 : 0;
        }
        Arrays.fill(list, count, inputs, -1);
        double[] y = t.draws(t.kernels.padded(outputs), -1, 1);
        double[] expected = Arrays.copyOf(y, outputs);
        double[] turned = new double[matrix.length];
        for (int i = 0; i < outputs; i++) {
            for (int k = 0; k < count; k++) {
                expected[i] += matrix[i * inputs + list[k]] * x[at + list[k]];
            }
            for (int j = 0; j < inputs; j++) {
                turned[j * outputs + i] = matrix[i * inputs + j];
            }
        }
        F original = t.array(matrix);
        F xIn = t.array(x);
        F yFound = t.array(y);
        t.kernels.apply(t.kernels.pack(original, outputs, inputs), inputs, xIn, at, list, count, yFound);
        t.assertClose(expected, t.read(yFound, 0, outputs), inputs, "y");
        t.assertUnchanged(x, xIn);

        assertArrayEquals(turned, t.read(t.kernels.transpose(original, outputs, inputs), 0, turned.length));
        t.assertUnchanged(matrix, original);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void productsOfColumnsAddUp(
            @ForAll("kernels") Kernels<?> kernels,
            @ForAll @IntRange(min = 1, max = 90) int left,
            @ForAll @IntRange(min = 1, max = 90) int right,
            @ForAll @IntRange(max = 20) int count,
            @ForAll long seed) {
        outer(new Tables<>(kernels, 1, 1, seed), kernels.padded(left), kernels.padded(right), count);
    }

    /** Rows lie in any order and with gaps; a row of zeros fills up the list. */
    private static <F> void outer(Tables<F> t, int m, int n, int count) {
        int dStride = m + 1 + t.random.nextInt(4);
        int xStride = n + t.random.nextInt(4);
        double[] d = t.draws(dStride * count, -1, 1);
        double[] x = t.draws(xStride * count, -1, 1);
        double[] sum = t.draws((m + 1) * n, -1, 1);
        for (int k = 0; k < count; k++) {
            d[k * dStride + m] = 0;
        }
        List<Integer> rows = new ArrayList<>(IntStream.range(0, m)
                .filter(i -> t.random.nextBoolean())
                .boxed()
                .toList());
        Collections.shuffle(rows, new Random(t.random.nextLong()));
        double[] expected = sum.clone();
        for (int i : rows) {
            for (int k = 0; k < count; k++) {
                for (int j = 0; j < n; j++) {
                    expected[i * n + j] += d[k * dStride + i] * x[k * xStride + j];
                }
            }
        }
        while (rows.size() % 4 != 0) {
            rows.add(m);
        }
        int[] list = rows.stream().mapToInt(i -> i).toArray();
        F dIn = t.array(d);
        F xIn = t.array(x);
        F found = t.array(sum);
        t.kernels.outer(dIn, dStride, list, list.length, xIn, xStride, n, count, found);
        t.assertClose(expected, t.read(found, 0, sum.length), count + 1, "sum");
        t.assertUnchanged(d, dIn);
        t.assertUnchanged(x, xIn);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void whatCountsIsKeptAndListed(
            @ForAll("kernels") Kernels<?> kernels, @ForAll @IntRange(max = 90) int count, @ForAll long seed) {
        whatCountsIsKeptAndListed(new Tables<>(kernels, 1, 1, seed), count);
    }

    private static <F> void whatCountsIsKeptAndListed(Tables<F> t, int count) {
        int padded = t.kernels.padded(count);
        int at = t.random.nextInt(5);
        int toAt = t.random.nextInt(5);
        // zeros, small and large numbers of both signs
        double[] numbers = new double[at + padded];
        double[] cotangents = new double[at + padded];
        for (int i = at; i < at + count; i++) {
            numbers[i] = t.random.nextInt(3) == 0 ? 0 : t.draw(-1, 1);
            numbers[i] *= t.random.nextInt(3) == 0 ? 0x1p-20 : 1;
            cotangents[i] = t.draw(-1, 1);
        }
        F in = t.array(numbers);

        int[] list = new int[padded + 1];
        int listed = t.kernels.list(in, at, count, 1e-3, list);
        assertListed(numbers, at, count, x -> Math.abs(x) > 1e-3, list, listed);
        t.assertUnchanged(numbers, in);

        F fromZero = t.array(Arrays.copyOfRange(numbers, at, at + padded));
        double[] to = t.draws(toAt + padded + 3, 5, 6);
        F kept = t.array(to);
        Positives<F> positives = t.kernels.positives(count);
        t.kernels.rectify(fromZero, kept, toAt, count, positives);
        for (int i = 0; i < count; i++) {
            assertEquals(Math.max(numbers[at + i], 0), t.read(kept, toAt + i, 1)[0]);
        }
        assertListed(numbers, at, count, x -> x > 0, positives.list(), positives.count());
        assertAround(t, to, kept, toAt, padded);

        F cotangent = t.array(cotangents);
        F pulled = t.array(to);
        t.kernels.mask(kept, toAt, cotangent, at, pulled, toAt, count, positives);
        for (int i = 0; i < count; i++) {
            assertEquals(numbers[at + i] > 0 ? cotangents[at + i] : 0, t.read(pulled, toAt + i, 1)[0], 1e-300);
        }
        assertListed(numbers, at, count, x -> x > 0, positives.list(), positives.count());
        assertAround(t, to, pulled, toAt, padded);
        t.assertUnchanged(cotangents, cotangent);

        double[] others = Arrays.stream(numbers).map(x -> -x).toArray();
        t.kernels.rectify(t.array(Arrays.copyOfRange(others, at, at + padded)), t.array(to), toAt, count, positives);
        assertListed(others, at, count, x -> x > 0, positives.list(), positives.count());

        double[] sums = to.clone();
        for (int i = 0; i < count; i++) {
            sums[toAt + i] += cotangents[at + i];
        }
        F added = t.array(to);
        t.kernels.add(cotangent, at, added, toAt, count);
        t.assertClose(sums, t.read(added, 0, sums.length), 1, "sum");
        assertAround(t, to, added, toAt, padded);
    }

    private static void assertListed(
            double[] numbers, int at, int count, DoublePredicate counts, int[] list, int listed) {
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (counts.test(numbers[at + i])) {
                expected.add(i);
            }
        }
        assertEquals(expected, Arrays.stream(list, 0, listed).boxed().toList());
    }

    /** What lies before and behind the padded numbers. */
    private static <F> void assertAround(Tables<F> t, double[] before, F after, int at, int padded) {
        assertArrayEquals(Arrays.copyOf(before, at), t.read(after, 0, at));
        int end = at + padded;
        assertArrayEquals(Arrays.copyOfRange(before, end, before.length), t.read(after, end, before.length - end));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void softplusAndItsSlope(
            @ForAll("kernels") Kernels<?> kernels, @ForAll @IntRange(min = 1, max = 90) int count, @ForAll long seed) {
        softplus(new Tables<>(kernels, 1, 1, seed), count);
    }

    private static <F> void softplus(Tables<F> t, int count) {
        int padded = t.kernels.padded(count);
        double[] x = Arrays.copyOf(t.draws(count, -15, 15), padded);
        if (t.random.nextBoolean()) {
            x[0] = t.random.nextBoolean() ? 60 : -60;
        }
        int at = t.random.nextInt(5);
        F value = t.kernels.array(padded);
        F slope = t.array(t.draws(at + padded, 5, 6));
        t.kernels.softplus(t.array(x), count, value, slope, at);
        double[] values = t.read(value, 0, count);
        double[] slopes = t.read(slope, at, count);
        double tolerance = t.kernels.bytes() == Double.BYTES ? 1e-14 : 6e-6;
        for (int i = 0; i < count; i++) {
            double small = Math.exp(-Math.abs(x[i]));
            double expected = Math.max(x[i], 0) + Math.log1p(small);
            assertEquals(expected, values[i], tolerance * expected, "softplus of " + x[i]);
            double rise = (x[i] > 0 ? 1 : small) / (1 + small);
            assertEquals(rise, slopes[i], tolerance * rise, "its slope at " + x[i]);
        }
    }

    @Test
    void softplusHasLimits() {
        for (Kernels<?> kernels : all()) {
            softplusHasLimits(new Tables<>(kernels, 1, 1, 5));
        }
    }

    /** What overflowed has a limit; what is not a number is not made one. */
    private static <F> void softplusHasLimits(Tables<F> t) {
        double[] x = {0, -0.0, 0x1p100, -0x1p100, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};
        double[] values = {Math.log(2), Math.log(2), 0x1p100, 0, Double.POSITIVE_INFINITY, 0, Double.NaN};
        double[] slopes = {0.5, 0.5, 1, 0, 1, 0};
        int padded = t.kernels.padded(x.length);
        F value = t.kernels.array(padded);
        F slope = t.kernels.array(padded);
        t.kernels.softplus(t.array(Arrays.copyOf(x, padded)), x.length, value, slope, 0);
        assertArrayEquals(values, t.read(value, 0, x.length), 1e-7);
        assertArrayEquals(slopes, t.read(slope, 0, slopes.length), 1e-7);
    }

    // ---- conversions ----

    @Test
    void numbersAreCleared() {
        for (Kernels<?> kernels : all()) {
            numbersAreCleared(new Tables<>(kernels, 1, 1, 5));
        }
    }

    private static <F> void numbersAreCleared(Tables<F> t) {
        double[] numbers = t.draws(20, 1, 2);
        F array = t.array(numbers);
        t.kernels.clear(array, 17);
        Arrays.fill(numbers, 0, 17, 0);
        assertArrayEquals(numbers, t.read(array, 0, 20));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void numbersAreConverted(
            @ForAll("kernels") Kernels<?> kernels, @ForAll @IntRange(max = 40) int count, @ForAll long seed) {
        numbersAreConverted(new Tables<>(kernels, 1, 1, seed), count);
    }

    private static <F> void numbersAreConverted(Tables<F> t, int count) {
        // of all sizes, not rounded
        double[] numbers = t.random
                .doubles(count + 7, -1, 1)
                .map(x -> x * Math.pow(10, t.random.nextInt(-30, 30)))
                .toArray();
        int at = t.random.nextInt(4);
        int toAt = t.random.nextInt(4);
        F array = t.kernels.array(count + 7);
        t.kernels.ofDoubles(numbers, at, array, toAt, count);
        double[] back = new double[count + 7];
        t.kernels.toDoubles(array, toAt, back, at, count);
        double[] held = new double[count + 7];
        t.kernels.toDoubles(array, 0, held, 0, count + 7);
        for (int i = 0; i < count + 7; i++) {
            double exact = t.kernels.bytes() == Double.BYTES ? numbers[i] : (float) numbers[i];
            assertEquals(i >= at && i < at + count ? exact : 0, back[i]);
            assertTrue(held[i] == 0 || (i >= toAt && i < toAt + count));
        }
    }

    @Test
    void theEngineReadsAndWritesTheSameNumbers() {
        for (Kernels<?> kernels : all()) {
            readAndWrite(new Tables<>(kernels, 1, 1, 5));
        }
    }

    private static <F> void readAndWrite(Tables<F> t) {
        double[] numbers = t.draws(6, -1, 1);
        try (NDManager manager = NDManager.newBaseManager()) {
            F array = t.array(numbers);
            NDArray written = t.kernels.write(manager, array, new Shape(2, 3));
            assertEquals(new Shape(2, 3), written.getShape());
            assertEquals(
                    t.kernels.bytes() == Double.BYTES ? DataType.FLOAT64 : DataType.FLOAT32, written.getDataType());
            assertArrayEquals(numbers, Tensors.toDoubles(written));
            F read = t.kernels.read(written);
            written.muli(2);
            assertArrayEquals(numbers, t.read(read, 0, 6), "a copy");
            assertArrayEquals(numbers, t.read(array, 0, 6), "a copy");
        }
    }

    // ---- the same bits ----

    /** Long enough for the compiler to replace what was interpreted. */
    @Test
    void everyCallGivesTheSameBits() {
        for (Kernels<?> kernels : all()) {
            everyCallGivesTheSameBits(kernels);
        }
    }

    private static <F> void everyCallGivesTheSameBits(Kernels<F> kernels) {
        Tables<F> t = new Tables<>(kernels, 33, 24, 7);
        F z = t.arrayFromAt(t.table(-25, 5));
        F shift = t.arrayFromRow(t.weights(5, 6));
        F lse = t.arrayFromRow(t.weights(5, 6));
        F mu = t.array(t.weights(0, 1));
        F x = t.array(t.byAction(0, 1));
        F weight = t.array(t.weights(-1, 1));
        F total = kernels.array(t.layout.rows());
        F moment = kernels.array(t.layout.rows());
        F bids = kernels.array(t.actions);
        F power = kernels.array(t.layout.size());
        F pi = t.arrayFromAt();
        int padded = kernels.padded(60);
        F wide = t.array(Arrays.copyOf(t.draws(60, -3, 3), padded));
        F value = kernels.array(padded);
        F slope = kernels.array(padded);
        int before = 0;
        for (int call = 0; call < 6_000; call++) {
            int bits = 0;
            kernels.policy(t.layout, z, t.at, shift, t.row, mu, power, total, moment, bids, t.scratch());
            bits = 31 * bits + Arrays.hashCode(t.read(bids, 0, t.actions));
            kernels.normalize(t.layout, shift, t.row, total, moment, lse);
            bits = 31 * bits + Arrays.hashCode(t.read(lse, 0, 3 * t.layout.rows()));
            bits = 31 * bits + Arrays.hashCode(t.read(moment, 0, t.states));
            kernels.sumActions(t.layout, power, mu, 3, x, x, moment, total);
            bits = 31 * bits + Arrays.hashCode(t.read(moment, 0, t.states));
            kernels.probabilities(t.layout, z, t.at, lse, t.row, pi, t.scratch());
            kernels.pullValues(t.layout, pi, z, t.at, 3, mu, weight, 2, x, bids, moment, t.scratch());
            bits = 31 * bits + Arrays.hashCode(t.read(bids, 0, t.actions));
            bits = 31 * bits + Arrays.hashCode(t.read(moment, 0, t.states));
            kernels.softplus(wide, 60, value, slope, 0);
            bits = 31 * bits + Arrays.hashCode(t.read(value, 0, 60));
            bits = 31 * bits + Arrays.hashCode(t.read(slope, 0, 60));
            assertTrue(call == 0 || bits == before, kernels.name() + " changed at call " + call);
            before = bits;
        }
    }
}
