package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.eval.io.Json;
import mfg.eval.io.PowerLaw;
import mfg.eval.io.Spread;
import mfg.eval.io.Text;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;

/**
 * How a measured number goes by a power of another, seed by seed.
 *
 * @param over of what, as the data on disk has it
 * @param name of the line
 * @param bound the exponent of the bound in theory
 * @param x where it is measured, rising
 * @param numbers of each seed, as many
 */
record ScalingLaw(String over, String name, double bound, double[] x, List<double[]> numbers) {

    /** Exponents that are closer are the same. */
    private static final double CLOSE = 0.05;

    /** The exponent of each seed, fitted by least squares in logarithms. */
    Spread slope() {
        return Spread.of(
                numbers.stream().mapToDouble(y -> PowerLaw.fit(x, y).slope()).toArray());
    }

    /** Whether there are two points at least. */
    boolean hasSlope() {
        return !Double.isNaN(slope().mean());
    }

    /** Whether an upper bound that goes by {@code x^bound} allows it as x grows. */
    boolean growsNoFaster() {
        return slope().mean() <= bound + CLOSE;
    }

    /** Whether it allows it as x goes to zero. */
    boolean vanishesNoSlower() {
        return slope().mean() >= bound - CLOSE;
    }

    /** Mean and deviation over seeds. */
    Band band() {
        List<double[]> byX = new ArrayList<>();
        for (int k = 0; k < x.length; k++) {
            int at = k;
            byX.add(numbers.stream().mapToDouble(y -> y[at]).toArray());
        }
        return Band.of(text(), x, byX);
    }

    /** The power law of the means. */
    Charts.Series fit() {
        PowerLaw law = PowerLaw.fit(x, band().mean());
        return new Charts.Series(
                name + ", fit", x, Arrays.stream(x).map(law::at).toArray());
    }

    /** The name and the slope. */
    String text() {
        return hasSlope() ? "%s: slope %s".formatted(name, slope().text(2)) : name;
    }

    List<String> line() {
        return List.of(over, name, hasSlope() ? slope().text(3) : "", Text.of("%.3f", bound));
    }

    List<ObjectNode> rows() {
        Band band = band();
        List<ObjectNode> rows = new ArrayList<>();
        for (int k = 0; k < x.length; k++) {
            rows.add(Json.object()
                    .put("over", over)
                    .put("line", name)
                    .put("x", x[k])
                    .put("mean", band.mean()[k])
                    .put("deviation", band.deviation()[k]));
        }
        return rows;
    }
}
