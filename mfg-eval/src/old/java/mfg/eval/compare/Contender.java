package mfg.eval.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.eval.design.DesignConfig;

/**
 * A way to find the rules of an auction: a row of a comparison.
 *
 * @param name what the table calls it
 * @param kind how its row comes about
 * @param atLongT whether it is chosen at the long T rather than at T
 * @param isAmid whether it is this project's, and not a baseline
 * @param iterations what each run may spend
 * @param candidates options of {@code design}, of which the best are taken; at least one
 */
record Contender(
        String name, Kind kind, boolean atLongT, boolean isAmid, int iterations, List<List<String>> candidates) {

    /** How a row comes about. */
    enum Kind {
        /** The best of the candidates, each run once and to its end: a search, or a single set of rules. */
        SEARCHED,
        /** The best hyperparameters, found with some seeds, repeated with several others. */
        LEARNED
    }

    /**
     * The contenders of a setting (AMID App. F), and first price and reserve at their best.
     *
     * @param base a configuration of the setting: its T and long T count
     */
    static List<Contender> of(DesignConfig base, CompareBudget budget) {
        int n = budget.iterations();
        int longT = base.longSteps();
        // gradients through half the long T are half as dear, and stay finite more often
        int half = Math.max(1, longT / 2);
        List<Double> beyond = beyond(budget.learningRates(), base.lr());
        List<List<String>> rates = axis("--lr=", joined(budget.learningRates(), beyond));
        List<List<String>> twoPoint =
                times(List.of(List.of("--method=two-point")), times(rates, axis("--radius=", budget.radii())));
        List<List<String>> restarts = times(
                IntStream.rangeClosed(1, budget.restarts())
                        .mapToObj(seed -> List.of("--seed=" + seed))
                        .toList(),
                List.of(
                        List.of("--mechanism=schedule"),
                        List.of("--mechanism=schedule", "--method=anneal", "--sigma=0.3")));
        List<String> start = List.of("--init=posted-price");
        List<List<String>> slowly =
                times(List.of(start), axis("--lr=", joined(slower(budget.learningRates()), beyond)));
        return List.of(
                searched("first price, equal shares", false, 0, List.of(List.of("--mechanism=first-price"))),
                searched("first price, best shares", false, n, restarts),
                searched(
                        "first price, best shares at long T",
                        true,
                        asLong(n, base.innerSteps(), longT),
                        times(restarts, List.of(at(longT, longT)))),
                searched(
                        "reserve price, the best",
                        false,
                        0,
                        times(List.of(List.of("--mechanism=reserve")), axis("--reserve=", budget.reserves()))),
                searched("posted-price start, untrained", false, 0, List.of(start)),
                learned("0-SGD", false, false, n, times(twoPoint, List.of(List.of("--optimizer=sgd")))),
                learned("0-ADAM", false, false, n, twoPoint),
                learned(
                        "ANNEAL",
                        false,
                        false,
                        n,
                        times(List.of(List.of("--method=anneal")), axis("--sigma=", budget.sigmas()))),
                learned(ComparisonResult.AMID, false, true, n, rates),
                learned(
                        "AMID from a posted price, chosen at long T",
                        true,
                        true,
                        asLong(n, base.innerSteps(), half),
                        times(slowly, List.of(at(half, longT)))));
    }

    private static Contender searched(String name, boolean atLongT, int iterations, List<List<String>> candidates) {
        return new Contender(name, Kind.SEARCHED, atLongT, false, iterations, candidates);
    }

    private static Contender learned(
            String name, boolean atLongT, boolean isAmid, int iterations, List<List<String>> candidates) {
        return new Contender(name, Kind.LEARNED, atLongT, isAmid, iterations, candidates);
    }

    private static List<List<String>> axis(String option, List<Double> values) {
        return values.stream().map(value -> List.of(option + value)).toList();
    }

    /** How many iterations at another T take as much time. */
    private static int asLong(int iterations, int innerSteps, int otherSteps) {
        return Math.max(1, (int) ((long) iterations * innerSteps / otherSteps));
    }

    /** Trains at one T and chooses by another. */
    private static List<String> at(int innerSteps, int validationSteps) {
        return List.of("--inner-steps=" + innerSteps, "--validation-steps=" + validationSteps, "--validate-every=4");
    }

    /** A setting's own rate, where the grid does not reach it: that of a mechanism of few numbers. */
    private static List<Double> beyond(List<Double> rates, double own) {
        return own > Collections.max(rates) ? List.of(own) : List.of();
    }

    private static List<Double> joined(List<Double> some, List<Double> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** A good start is lost by long steps: the smallest rate and those down to a hundredth of it. */
    private static List<Double> slower(List<Double> rates) {
        return Stream.of(100.0, 30.0, 10.0, 1.0)
                .map(part -> rates.get(0) / part)
                .toList();
    }

    /** Every combination. */
    private static List<List<String>> times(List<List<String>> left, List<List<String>> right) {
        List<List<String>> product = new ArrayList<>();
        for (List<String> first : left) {
            for (List<String> second : right) {
                List<String> both = new ArrayList<>(first);
                both.addAll(second);
                product.add(both);
            }
        }
        return product;
    }

    /** The name as part of a file name. */
    String fileName() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
