package mfg.eval.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import mfg.eval.io.Json;
import mfg.eval.io.Spread;

/** A mean and its standard deviation along x. */
public record Band(String name, double[] x, double[] mean, double[] deviation) {

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
                        .toArray());
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

    /** The mean and its deviation; none where no x has any. */
    Plot.Curve curve(Plot.Style style) {
        boolean any = Arrays.stream(deviation).anyMatch(width -> width > 0);
        return new Plot.Curve(name, x, mean, any ? deviation : null, style);
    }
}
