package mfg.eval.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

    /** The mean as a line. */
    Charts.Series line() {
        return new Charts.Series(name, x, mean);
    }

    /** The outline of what is within a deviation: to the end above the mean, and back below. */
    Charts.Series outline() {
        int n = x.length;
        double[] around = new double[2 * n];
        double[] edge = new double[2 * n];
        for (int k = 0; k < n; k++) {
            around[k] = x[k];
            edge[k] = mean[k] + deviation[k];
            around[2 * n - 1 - k] = x[k];
            edge[2 * n - 1 - k] = mean[k] - deviation[k];
        }
        return new Charts.Series(name + " ± sd", around, edge);
    }
}
