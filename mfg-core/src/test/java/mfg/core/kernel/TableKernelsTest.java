package mfg.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Every loop over tables of all four implementations against the formula in its description, in plain doubles. */
class TableKernelsTest {

    @Provide
    Arbitrary<Kernels<?>> kernels() {
        return Arbitraries.of(KernelsTest.all());
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
        double[][] expected = new double[t.layout.rows()][t.actions];
        for (int s = 0; s < t.layout.rows(); s++) {
            for (int a = 0; a < t.actions; a++) {
                expected[s][a] = decay * (logits[s][a] - lse[s]) + c[s] * x[a] + b[s] * y[a];
            }
        }
        double[] shifts = Arrays.stream(expected)
                .mapToDouble(row -> Tables.largest(row) + t.draw(-0.01, 15))
                .toArray();
        double[] mu = t.weights(0, 1);

        F z = t.arrayFromAt(logits);
        F lseIn = t.arrayFromRow(lse);
        F next = inPlace ? z : t.arrayFromAt();
        F xIn = t.array(x);
        F yIn = t.array(y);
        F cIn = t.array(c);
        F bIn = t.array(b);
        F shift = t.array(shifts);
        F weight = t.array(mu);
        F power = t.array(t.draws(t.layout.size(), 5, 6));
        F total = t.array(t.draws(t.layout.rows(), 5, 6));
        F moment = t.array(t.draws(t.layout.rows(), 5, 6));
        F bids = t.array(t.byAction(5, 6));
        Update<F> update = new Update<>(decay, lseIn, t.row, xIn, yIn, cIn, bIn);
        t.kernels.advance(t.layout, z, t.at, update, shift, next, power, total, moment, t.scratch());
        t.kernels.bid(t.layout, power, total, weight, bids, t.scratch());

        double[][] found = t.readFromAt(next);
        t.assertClose(expected, found, 40, "next");
        assertPolicy(t, found, t.read(shift, 0, shifts.length), mu, power, total, moment, bids);
        if (!inPlace) {
            t.assertUnchanged(logits, z);
        }

        F back = inPlace ? next : t.arrayFromAt();
        F pi = t.arrayFromAt();
        t.kernels.stepBack(t.layout, next, t.at, update, back, pi, t.scratch());
        t.assertClose(logits, t.readFromAt(back), 40, "back");
        F again = t.arrayFromAt();
        t.kernels.probabilities(t.layout, back, t.at, lseIn, t.row, again, t.scratch());
        double[][] chances = t.readFromAt(again);
        assertArrayEquals(Arrays.copyOf(chances, t.states), Arrays.copyOf(t.readFromAt(pi), t.states));
        if (!inPlace) {
            t.assertUnchanged(found, next);
        }
        assertArrayEquals(lse, t.readFromRow(lseIn));
        t.assertUnchanged(x, xIn);
        t.assertUnchanged(y, yIn);
        t.assertUnchanged(c, cIn);
        t.assertUnchanged(b, bIn);
        t.assertUnchanged(mu, weight);
    }

    /** The policy of logits, as {@link Kernels#advance} and {@link Kernels#bid} leave it and {@link Kernels#normalize} completes it. */
    private static <F> void assertPolicy(
            Tables<F> t, double[][] logits, double[] shifts, double[] mu, F power, F total, F moment, F bids) {
        double[][] powers = Tables.powers(logits, shifts);
        double[] lse = Arrays.stream(logits).mapToDouble(Tables::logSum).toArray();
        double[][] pi = Tables.powers(logits, lse);
        double[] totals = new double[t.states];
        double[] entropies = new double[t.states];
        double[] nu = new double[t.actions];
        double[][] powersFound = t.readFromStart(power);
        double[] totalsFound = t.read(total, 0, t.states);
        double[] momentsFound = t.read(moment, 0, t.states);
        for (int s = 0; s < t.states; s++) {
            double moments = 0;
            for (int a = 0; a < t.actions; a++) {
                totals[s] += powers[s][a];
                moments += (logits[s][a] - shifts[s]) * powers[s][a];
                entropies[s] -= pi[s][a] * Math.log(pi[s][a]);
                nu[a] += mu[s] * pi[s][a];
                assertEquals(1, powersFound[s][a] / powers[s][a], 4 * t.tolerance(), "power");
            }
            assertEquals(1, totalsFound[s] / totals[s], 4 * t.tolerance(), "total");
            assertEquals(1, momentsFound[s] / moments, 40 * t.tolerance(), "moment");
        }
        t.assertClose(nu, t.read(bids, 0, t.actions), t.states, "nu");

        F shift = t.array(shifts);
        F lseFound = t.arrayFromRow(new double[t.layout.rows()]);
        t.kernels.normalize(t.layout, shift, total, moment, lseFound, t.row);
        double[] inverses = t.read(total, 0, t.states);
        for (int s = 0; s < t.states; s++) {
            assertEquals(1, inverses[s] * totals[s], 4 * t.tolerance(), "inverse");
        }
        t.assertClose(entropies, t.read(moment, 0, t.states), 40, "entropies");
        t.assertClose(Arrays.copyOf(lse, t.states), t.readFromRow(lseFound), 40, "lse");
        t.assertUnchanged(shifts, shift);
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
        Update<F> update = new Update<>(decay, lseIn, t.row, in.get(0), in.get(1), in.get(4), in.get(5));
        t.kernels.pullLogits(
                t.layout, z, piIn, cotangent, t.at, update, in.get(2), in.get(3), in.get(6), in.get(7), nFound);

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
        F power = t.arrayFromAt();
        F zeros = t.arrayFromRow(new double[t.layout.rows()]);
        kernels.probabilities(t.layout, t.arrayFromAt(logits), t.at, zeros, t.row, power, t.scratch());
        double[][] found = t.readFromAt(power);
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
}
