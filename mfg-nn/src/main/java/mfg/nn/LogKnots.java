package mfg.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The logarithm, exact at knots and linear between them: {@code constant + slope x - sum_i weight_i relu(at_i - x)}. Every term is
 * small where the logarithm is, so that nothing cancels in float32.
 *
 * @param constant where the last piece meets 0
 * @param slope of the last piece
 * @param hinges where it bends
 */
record LogKnots(double constant, double slope, List<Hinge> hinges) {

    /** Below it one good in a million bidders is as good as none. */
    private static final double FLOOR = 1e-6;

    private static final double LEAST = 1e-4;

    /** How finely to interpolate: by which factor knots follow each other elsewhere, and where it must be exact. */
    private static final double[][] FINENESS = {
        {1.25, 1.001}, {1.5, 1.003}, {2, 1.01}, {2, 1.02}, {2, 1.05}, {2, 1.2}, {3, 1.3}, {5, 1.5}
    };

    /** A bend. */
    record Hinge(double at, double weight) {}

    /**
     * Finds knots for two logarithms, as many as there are units for.
     *
     * @param first where the first must be exact
     * @param second where the second must be
     * @param most the largest argument
     * @param units how many bends there may be
     * @return both; null if there are too few units for any
     */
    static LogKnots @Nullable [] fitting(List<Double> first, List<Double> second, double most, int units) {
        for (double[] fineness : FINENESS) {
            LogKnots[] both = {through(first, most, fineness), through(second, most, fineness)};
            if (both[0].hinges.size() + both[1].hinges.size() <= units) {
                return both;
            }
        }
        return null;
    }

    private static LogKnots through(List<Double> exact, double most, double[] fineness) {
        TreeSet<Double> knots = new TreeSet<>();
        exact.stream()
                .filter(x -> x > LEAST && isFarFrom(knots, x, fineness[1]))
                .forEach(knots::add);
        for (double x = most; x > LEAST; x /= fineness[0]) {
            if (isFarFrom(knots, x, Math.sqrt(fineness[0]))) {
                knots.add(x);
            }
        }
        knots.add(LEAST);
        knots.add(FLOOR);
        return through(new ArrayList<>(knots));
    }

    private static boolean isFarFrom(TreeSet<Double> knots, double x, double factor) {
        Double below = knots.floor(x);
        Double above = knots.ceiling(x);
        return (below == null || x > factor * below) && (above == null || above > factor * x);
    }

    private static LogKnots through(List<Double> knots) {
        List<Hinge> hinges = new ArrayList<>();
        int last = knots.size() - 1;
        for (int i = 1; i < last; i++) {
            hinges.add(new Hinge(knots.get(i), slope(knots, i - 1) - slope(knots, i)));
        }
        double slope = slope(knots, last - 1);
        return new LogKnots(Math.log(knots.get(last)) - slope * knots.get(last), slope, hinges);
    }

    private static double slope(List<Double> knots, int i) {
        return Math.log(knots.get(i + 1) / knots.get(i)) / (knots.get(i + 1) - knots.get(i));
    }
}
