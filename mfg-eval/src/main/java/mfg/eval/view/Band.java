package mfg.eval.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import mfg.eval.io.Json;
import mfg.eval.io.Spread;
import org.jspecify.annotations.Nullable;

/**
 * A mean and its standard deviation along x.
 *
 * @param singles (runs, x), where they are few: two runs have no spread to speak of, and one that collapsed is to be seen; else null
 */
public record Band(String name, double[] x, double[] mean, double[] deviation, double @Nullable [][] singles) {

    /** So many runs are shown one by one. */
    private static final int FEW = 4;

    /** Of which single runs are not known. */
    public Band(String name, double[] x, double[] mean, double[] deviation) {
        this(name, x, mean, deviation, null);
    }

    /** What a chart of bands shows, in words. */
    public static String words(int seeds) {
        return seeds == 1
                ? "one seed"
                : seeds <= FEW
                        ? "mean and each of %d seeds".formatted(seeds)
                        : "mean ± sd of %d seeds".formatted(seeds);
    }

    /** The spread of lines over the same x, as far as the shortest goes. */
    public static Band of(String name, List<Charts.Series> lines) {
        double[] x = lines.stream()
                .map(Charts.Series::x)
                .min(Comparator.comparingInt(line -> line.length))
                .orElseThrow();
        List<double[]> numbers = IntStream.range(0, x.length)
                .mapToObj(
                        row -> lines.stream().mapToDouble(line -> line.y()[row]).toArray())
                .toList();
        return of(name, x, numbers);
    }

    /** The spread of the numbers at each x, as a chart shows it: a single number has no width. */
    public static Band of(String name, double[] x, List<double[]> numbers) {
        List<Spread> spreads = numbers.stream().map(Spread::of).toList();
        return new Band(
                name,
                x,
                spreads.stream().mapToDouble(Spread::mean).toArray(),
                spreads.stream()
                        .mapToDouble(Spread::deviation)
                        .map(deviation -> Double.isNaN(deviation) ? 0 : deviation)
                        .toArray(),
                singles(numbers));
    }

    private static double @Nullable [][] singles(List<double[]> numbers) {
        int runs = numbers.stream().mapToInt(at -> at.length).max().orElse(0);
        if (runs < 2 || runs > FEW) {
            return null;
        }
        return IntStream.range(0, runs)
                .mapToObj(run -> numbers.stream()
                        .mapToDouble(at -> run < at.length ? at[run] : Double.NaN)
                        .toArray())
                .toArray(double[][]::new);
    }

    /** The same over other x, such as the seconds that the steps took. */
    public Band over(double[] others) {
        return new Band(name, others, mean, deviation, singles);
    }

    /** A row for each x, for a table on disk. */
    public List<ObjectNode> rows(String setting) {
        return IntStream.range(0, x.length)
                .mapToObj(i -> Json.object()
                        .put("setting", setting)
                        .put("method", name)
                        .put("iteration", (int) x[i])
                        .put("mean", mean[i])
                        .put("deviation", deviation[i]))
                .toList();
    }

    /** The mean, with single runs where they are few, else with its deviation; none where no x has any. */
    Plot.Curve curve(Plot.Style style) {
        boolean any = singles == null && Arrays.stream(deviation).anyMatch(width -> width > 0);
        return new Plot.Curve(name, x, mean, any ? new double[][] {end(-1), end(1)} : null, singles, style);
    }

    /** So many deviations from the mean. */
    private double[] end(int deviations) {
        return IntStream.range(0, x.length)
                .mapToDouble(i -> mean[i] + deviations * deviation[i])
                .toArray();
    }
}
