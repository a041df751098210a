package mfg.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mfg.core.kernel.Kernels;
import mfg.core.kernel.Table;
import mfg.core.kernel.Update;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Times the kernels in which a gradient spends its time, each on one round: a table of {@code size} states and actions, or a
 * matrix of {@code size} rows and columns.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class KernelBenchmark<F> {

    private static final double DECAY = 0.99;
    private static final double ETA = 10;

    /** The number of states and of actions, of outputs and of inputs. */
    @Param({"100", "256"})
    public int size;

    private final Kernels<F> kernels;
    private final SplittableRandom random = new SplittableRandom(1);

    private Table table;
    private F z;
    private F next;
    private F power;
    private F cotangent;
    private F shift;
    private F lse;
    private F total;
    private F moment;
    private F x;
    private F y;
    private F nu;
    private F mu;
    private F c;
    private F b;
    private F n;
    private F scratch;
    private Update<F> update;
    private F packed;
    private F outputs;
    private F rows;
    private F weights;
    private int[] all;

    /**
     * Prepares to measure.
     *
     * @param kernels what is measured
     */
    protected KernelBenchmark(Kernels<F> kernels) {
        this.kernels = kernels;
    }

    /** Fills the arrays with numbers like those of an auction. */
    @Setup
    public void fill() {
        table = kernels.table(size, size);
        z = numbers(table.size(), -8, 0);
        next = kernels.array(table.size());
        power = kernels.array(table.size());
        cotangent = numbers(table.size(), -1e-3, 1e-3);
        shift = numbers(table.rows(), 10, 11);
        lse = kernels.array(table.rows());
        total = kernels.array(table.rows());
        moment = kernels.array(table.rows());
        n = kernels.array(table.rows());
        scratch = kernels.array(table.scratchSize());
        mu = numbers(table.rows(), 0, 1.0 / size);
        c = numbers(table.rows(), -1, 1);
        b = numbers(table.rows(), -1, 1);
        x = numbers(size, 0, 1);
        y = numbers(size, 0, 1);
        nu = kernels.array(size);
        update = new Update<>(DECAY, lse, 0, x, y, c, b);
        advance();
        kernels.normalize(table, shift, total, moment, lse, 0);

        int padded = kernels.padded(size);
        packed = kernels.packed(size, size);
        kernels.pack(numbers(size * size, -0.1, 0.1), size, size, packed);
        rows = numbers(size * padded, -1, 1);
        weights = kernels.array(padded * padded);
        outputs = kernels.array(padded);
        all = IntStream.range(0, padded).toArray();
    }

    private F numbers(int length, double low, double high) {
        F numbers = kernels.array(length);
        kernels.ofDoubles(random.doubles(length, low, high).toArray(), 0, numbers, 0, length);
        return numbers;
    }

    /** Takes a step of mirror descent, exponentiates what it makes, and bids with it. */
    @Benchmark
    public void advance() {
        kernels.advance(table, z, 0, update, shift, next, power, total, moment, scratch);
        kernels.bid(table, power, total, mu, nu, scratch);
    }

    /** Exponentiates it once more, on the way back. */
    @Benchmark
    public void probabilities() {
        kernels.probabilities(table, z, 0, lse, 0, power, scratch);
    }

    /** Takes it back, and exponentiates. */
    @Benchmark
    public void stepBack() {
        kernels.stepBack(table, z, 0, update, next, power, scratch);
    }

    /** Pulls cotangents of action values back to actions. */
    @Benchmark
    public void pullValues() {
        kernels.pullValues(table, power, cotangent, 0, ETA, c, b, 0, x, nu, n, scratch);
    }

    /** Pulls them back to logits. */
    @Benchmark
    public void pullLogits() {
        kernels.pullLogits(table, z, power, cotangent, 0, update, nu, mu, c, mu, n);
    }

    /** Multiplies a matrix by a vector: one layer of the network, all of whose inputs count. */
    @Benchmark
    public void apply() {
        kernels.apply(packed, size, x, 0, all, size, outputs);
    }

    /** Adds as many products of two vectors to a matrix: one layer's weights, over {@code size} rounds. */
    @Benchmark
    public void outer() {
        int padded = kernels.padded(size);
        kernels.outer(rows, padded, all, padded, rows, padded, padded, size, weights);
    }
}
