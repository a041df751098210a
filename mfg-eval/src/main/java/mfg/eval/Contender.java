package mfg.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        /** The best hyperparameters, found with one seed, repeated with several others. */
        LEARNED
    }

    /**
     * The contenders of a setting (AMID App. F), and first price and reserve at their best.
     *
     * @param base a configuration of the setting: its T and long T count
     */
    static List<Contender> of(DesignConfig base, CompareBudget budget) {
        int n = budget.iterations();
        // as much time at the long T as at T
        int few = Math.max(1, (int) ((long) n * base.innerSteps() / base.longSteps()));
        List<String> longT = List.of(
                "--inner-steps=" + base.longSteps(), "--validation-steps=" + base.longSteps(), "--validate-every=4");
        List<List<String>> rates = axis("--lr=", budget.learningRates());
        List<List<String>> twoPoint =
                times(List.of(List.of("--method=two-point")), times(rates, axis("--radius=", budget.radii())));
        List<List<String>> restarts = times(
                IntStream.rangeClosed(1, budget.restarts())
                        .mapToObj(seed -> List.of("--seed=" + seed))
                        .toList(),
                List.of(
                        List.of("--mechanism=schedule"),
                        List.of("--mechanism=schedule", "--method=anneal", "--sigma=0.3")));
        List<List<String>> starts =
                times(List.of(List.of("--init=posted-price")), axis("--lr=", slower(budget.learningRates())));
        return List.of(
                searched("first price, equal shares", false, 0, List.of(List.of("--mechanism=first-price"))),
                searched("first price, best shares", false, n, restarts),
                searched("first price, best shares at long T", true, few, times(restarts, List.of(longT))),
                searched(
                        "reserve price, the best",
                        false,
                        0,
                        times(List.of(List.of("--mechanism=reserve")), axis("--reserve=", budget.reserves()))),
                learned("0-SGD", false, false, n, times(twoPoint, List.of(List.of("--optimizer=sgd")))),
                learned("0-ADAM", false, false, n, twoPoint),
                learned(
                        "ANNEAL",
                        false,
                        false,
                        n,
                        times(List.of(List.of("--method=anneal")), axis("--sigma=", budget.sigmas()))),
                learned("AMID", false, true, n, rates),
                learned("AMID at long T, from a posted price", true, true, few, times(starts, List.of(longT))));
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

    /** A good start is lost by long steps: two rates more, a tenth and a hundredth of the smallest. */
    private static List<Double> slower(List<Double> rates) {
        return Stream.concat(Stream.of(rates.get(0) / 100, rates.get(0) / 10), rates.stream())
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
