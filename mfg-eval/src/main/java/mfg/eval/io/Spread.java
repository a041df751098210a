package mfg.eval.io;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How numbers lie.
 *
 * @param mean their mean; not a number for none
 * @param deviation their standard deviation, that of a sample; not a number for fewer than two
 */
public record Spread(double mean, double deviation) {

    public static Spread of(double[] numbers) {
        double mean = Arrays.stream(numbers).average().orElse(Double.NaN);
        double squares =
                Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
        return new Spread(mean, numbers.length < 2 ? Double.NaN : Math.sqrt(squares / (numbers.length - 1)));
    }

    /** Lines over the same x. */
    public static Charts.Band band(String name, List<Charts.Series> lines) {
        double[] x = lines.get(0).x();
        List<double[]> numbers = IntStream.range(0, x.length)
                .mapToObj(
                        row -> lines.stream().mapToDouble(line -> line.y()[row]).toArray())
                .toList();
        return band(name, x, numbers);
    }

    /** The spread of the numbers at each x, as a chart shows it: a single number has no width. */
    public static Charts.Band band(String name, double[] x, List<double[]> numbers) {
        List<Spread> spreads = numbers.stream().map(Spread::of).toList();
        return new Charts.Band(
                name,
                x,
                spreads.stream().mapToDouble(Spread::mean).toArray(),
                spreads.stream()
                        .mapToDouble(Spread::deviation)
                        .map(deviation -> Double.isNaN(deviation) ? 0 : deviation)
                        .toArray());
    }
}
