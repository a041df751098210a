package mfg.envs.bids;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** Kernel sums from cumulated powers. */
final class TriweightSumTest {

    /** Against the definition; bandwidths from a thousandth of the range to several times the range. */
    @Property(tries = 300)
    void isTheSumOfKernels(
            @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = -5, max = 5) Double> points,
            @ForAll @DoubleRange(min = 0.01, max = 30) double bandwidth,
            @ForAll @DoubleRange(min = -6, max = 6) double x) {
        double[] ascending =
                points.stream().mapToDouble(point -> point).sorted().toArray();
        double expected = Arrays.stream(ascending)
                .map(point -> (x - point) / bandwidth)
                .filter(u -> Math.abs(u) < 1)
                .map(u -> 35.0 / 32 * Math.pow(1 - u * u, 3))
                .sum();
        assertEquals(expected, new TriweightSum(ascending, bandwidth).at(x), 1e-10);
    }
}
