package mfg.eval.io;

import java.util.stream.IntStream;

/**
 * A straight line through logarithms, {@code y = factor * x^slope}.
 *
 * @param factor y at {@code x = 1}
 * @param slope the exponent
 */
public record PowerLaw(double factor, double slope) {

    /** Fits by least squares in logarithms, to the points with positive y; not a number with fewer than two. */
    public static PowerLaw fit(double[] x, double[] y) {
        int[] usable = IntStream.range(0, x.length).filter(i -> y[i] > 0).toArray();
        double meanX =
                IntStream.of(usable).mapToDouble(i -> Math.log(x[i])).average().orElse(Double.NaN);
        double meanY =
                IntStream.of(usable).mapToDouble(i -> Math.log(y[i])).average().orElse(Double.NaN);
        double products = 0;
        double squares = 0;
        for (int i : usable) {
            double dx = Math.log(x[i]) - meanX;
            products += dx * (Math.log(y[i]) - meanY);
            squares += dx * dx;
        }
        double slope = products / squares; // of a single point 0 / 0
        return new PowerLaw(Math.exp(meanY - slope * meanX), slope);
    }

    public double at(double x) {
        return factor * Math.pow(x, slope);
    }
}
