package mfg.eval.design;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Searches for the numbers, one a round, that maximize something: coordinate search with shrinking steps, in which the rounds of a
 * segment move together. Nothing is random.
 */
final class RoundSearch {

    /** Differences below this are noise. */
    private static final double LEAST_GAIN = 1e-5;

    private final ToDoubleFunction<double[]> value;
    private final UnaryOperator<double[]> allowed;
    private final boolean divided;
    private final Set<List<Double>> known = new HashSet<>();
    private double[] best;
    private double bestValue = Double.NEGATIVE_INFINITY;

    /**
     * Starts.
     *
     * @param value what is maximized; not asked twice for the same numbers
     * @param allowed brings numbers into their bounds
     * @param divided whether the numbers are parts of a whole: a step is divided among the rounds of a segment, and also moves from
     *     one segment to the next
     * @param starts of which the best is taken, at least one
     */
    RoundSearch(
            ToDoubleFunction<double[]> value, UnaryOperator<double[]> allowed, boolean divided, List<double[]> starts) {
        this.value = value;
        this.allowed = allowed;
        this.divided = divided;
        this.best = allowed.apply(starts.get(0));
        starts.forEach(this::improves);
    }

    double[] best() {
        return best;
    }

    /** Tries steps along all directions, each half as long as the one before: {@code unit 2^most} to {@code unit 2^least}. */
    void refine(int segments, double unit, int most, int least) {
        List<double[]> directions = directions(segments);
        for (int power = most; power >= least; power--) {
            double[] before = best;
            while (sweep(directions, Math.scalb(unit, power))) {
                improves(moved(best, moved(best, before, -1), 1)); // as far again
                before = best;
            }
        }
    }

    /** Tries a step both ways along each direction. */
    private boolean sweep(List<double[]> directions, double step) {
        boolean better = false;
        for (double[] direction : directions) {
            better |= improves(moved(best, direction, step)) || improves(moved(best, direction, -step));
        }
        return better;
    }

    /** Segments by themselves, all together, and where it is a whole that is divided from each segment to the next. */
    private List<double[]> directions(int segments) {
        List<double[]> directions = new ArrayList<>();
        for (int k = 0; k < segments; k++) {
            directions.add(direction(k, segments));
        }
        for (int k = 1; divided && k < segments; k++) {
            directions.add(moved(direction(k, segments), direction(k - 1, segments), -1));
        }
        if (segments > 1) {
            directions.add(direction(0, 1));
        }
        return directions;
    }

    private double[] direction(int k, int segments) {
        int from = k * best.length / segments;
        int to = (k + 1) * best.length / segments;
        double[] direction = new double[best.length];
        Arrays.fill(direction, from, to, divided ? 1.0 / (to - from) : 1);
        return direction;
    }

    private static double[] moved(double[] from, double[] direction, double step) {
        double[] numbers = from.clone();
        Arrays.setAll(numbers, h -> numbers[h] + step * direction[h]);
        return numbers;
    }

    /** Goes to some numbers if they are better by enough. */
    private boolean improves(double[] numbers) {
        double[] candidate = allowed.apply(numbers);
        if (!known.add(Arrays.stream(candidate).boxed().toList())) {
            return false;
        }
        double reached = value.applyAsDouble(candidate);
        if (!(reached > bestValue + LEAST_GAIN)) {
            return false;
        }
        best = candidate;
        bestValue = reached;
        return true;
    }
}
