package mfg.eval.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.envs.auction.AuctionGame;
import mfg.eval.design.Ascent;
import mfg.eval.design.BestSimple;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.Method;
import mfg.eval.design.SimpleMechanism;

/**
 * A way to find the rules of a game: a row of a comparison.
 *
 * @param name what the table calls it
 * @param kind how its row comes about
 * @param atLongT whether it is chosen at the long T rather than at T
 * @param role on which side it is
 * @param iterations what each run may spend
 * @param candidates options of {@code design} by name, of which the best are taken; at least one
 */
record Contender(
        String name, Kind kind, boolean atLongT, Role role, int iterations, List<Map<String, String>> candidates) {

    /** How a row comes about. */
    enum Kind {
        /** The best of the candidates, each run once and to its end: a search, or a single set of rules. */
        SEARCHED,
        /** The best hyperparameters, found with some seeds, repeated with several others. */
        LEARNED
    }

    /** On which side a contender is. */
    enum Role {
        /** This project's. */
        OURS,
        /** To be ahead of. */
        BASELINE,
        /** Shown, but no rival: its rules see the bids, and those that are designed do not. */
        BEYOND
    }

    /** The options that auctions have and other games do not. */
    private static final Set<String> OF_AUCTIONS = Set.of("mechanism", "init");

    /**
     * The contenders of a game (AMID App. F) at T, and {@code design} as it is by default.
     *
     * @param base a configuration of the game: its T and long T count
     */
    static List<Contender> of(DesignConfig base, CompareBudget budget) {
        int n = budget.iterations();
        boolean isAuction = base.game() instanceof AuctionGame;
        List<Double> beyond = beyond(budget.learningRates(), base.training().method());
        List<Map<String, String>> rates = axis("lr", joined(budget.learningRates(), beyond));
        List<Map<String, String>> twoPoint =
                times(times(only("method", "two-point"), rates), axis("radius", budget.radii()));
        List<Integer> starts =
                IntStream.rangeClosed(1, budget.restarts()).boxed().toList();
        List<Map<String, String>> restarts = times(
                times(axis("seed", starts), only("mechanism", "schedule")),
                List.of(options("method", "amid"), options("method", "anneal", "sigma", "0.3")));
        return Stream.of(
                        searched("first price, equal shares", 0, only("mechanism", "first-price")),
                        searched("first price, best shares", n, restarts),
                        searched("posted-price start, untrained", 0, only("init", "posted-price")),
                        learned("0-SGD", n, times(twoPoint, only("optimizer", "sgd"))),
                        learned("0-ADAM", n, twoPoint),
                        learned("ANNEAL", n, times(only("method", "anneal"), axis("sigma", budget.sigmas()))),
                        learned(ComparisonResult.AMID, n, times(only("method", "amid"), rates))
                                .as(Role.OURS),
                        learned(ComparisonResult.BY_DEFAULT, n, only())
                                .as(Role.OURS)
                                .chosenAtLongT())
                .filter(contender -> isAuction || !contender.isOfAuctions())
                .toList();
    }

    /**
     * Simple mechanisms at their best, less those that are out of equilibrium and the one that needs no search.
     *
     * @param blind whether the rules that are designed see no bids
     */
    static List<Contender> of(BestSimple simple, boolean blind) {
        return simple.found().stream()
                .filter(SimpleMechanism::equilibrium)
                .filter(mechanism -> !mechanism.equals(simple.equalShares()))
                .map(mechanism -> searched(mechanism.name() + ", searched", 0, List.of(mechanism.options()))
                        .chosenAtLongT()
                        .as(blind && mechanism.seesBids() ? Role.BEYOND : Role.BASELINE))
                .toList();
    }

    /** Whether it is {@code design} with its own defaults; all others are in the paper's experiment. */
    boolean isDefault() {
        return role == Role.OURS && atLongT;
    }

    private boolean isOfAuctions() {
        return candidates.stream().anyMatch(options -> !Collections.disjoint(options.keySet(), OF_AUCTIONS));
    }

    private static Contender searched(String name, int iterations, List<Map<String, String>> candidates) {
        return new Contender(name, Kind.SEARCHED, false, Role.BASELINE, iterations, candidates);
    }

    private static Contender learned(String name, int iterations, List<Map<String, String>> candidates) {
        return new Contender(name, Kind.LEARNED, false, Role.BASELINE, iterations, candidates);
    }

    private Contender chosenAtLongT() {
        return new Contender(name, kind, true, role, iterations, candidates);
    }

    private Contender as(Role other) {
        return new Contender(name, kind, atLongT, other, iterations, candidates);
    }

    private static List<Map<String, String>> axis(String option, List<? extends Number> values) {
        return values.stream().map(value -> Map.of(option, value.toString())).toList();
    }

    private static List<Map<String, String>> only(String... namesAndValues) {
        return List.of(options(namesAndValues));
    }

    /** In their order, which names of folders show. */
    private static Map<String, String> options(String... namesAndValues) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return options;
    }

    /** A game's own rate, where the grid does not reach it: that of a mechanism of few numbers. */
    private static List<Double> beyond(List<Double> rates, Method usual) {
        Ascent ascent = usual.ascent();
        return ascent != null && ascent.lr() > Collections.max(rates) ? List.of(ascent.lr()) : List.of();
    }

    private static List<Double> joined(List<Double> some, List<Double> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** Every combination. */
    private static List<Map<String, String>> times(List<Map<String, String>> left, List<Map<String, String>> right) {
        List<Map<String, String>> product = new ArrayList<>();
        for (Map<String, String> first : left) {
            for (Map<String, String> second : right) {
                Map<String, String> both = new LinkedHashMap<>(first);
                both.putAll(second);
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
