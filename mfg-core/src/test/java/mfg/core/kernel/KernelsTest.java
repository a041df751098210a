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
import java.util.List;
import mfg.core.Tensors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Arrays of all four implementations and their numbers, and that the same call gives the same bits. */
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
        F next = t.arrayFromAt();
        F shift = t.array(t.weights(15, 16));
        F still = t.arrayFromRow(new double[t.layout.rows()]);
        F none = kernels.array(t.layout.rows());
        F lse = t.arrayFromRow(t.weights(5, 6));
        F mu = t.array(t.weights(0, 1));
        F x = t.array(t.byAction(0, 1));
        F weight = t.array(t.weights(-1, 1));
        Update<F> update = new Update<>(1, still, t.row, x, x, weight, none);
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
            kernels.advance(t.layout, z, t.at, update, shift, next, power, total, moment, t.scratch());
            kernels.bid(t.layout, power, total, mu, bids, t.scratch());
            bits = 31 * bits + Arrays.hashCode(t.read(bids, 0, t.actions));
            kernels.normalize(t.layout, shift, total, moment, lse, t.row);
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
