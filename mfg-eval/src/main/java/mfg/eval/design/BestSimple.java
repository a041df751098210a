package mfg.eval.design;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import mfg.core.InvalidInputException;
import mfg.core.Parallel;
import mfg.eval.io.Steps;
import mfg.eval.run.Display;

/**
 * The best simple mechanisms of an auction at the long T: yardsticks that a learned mechanism must beat.
 *
 * <p>{@link SimpleSearch} finds them; the same, whatever the number of threads.
 *
 * @param found the best of each kind, in a fixed order
 */
public record BestSimple(List<SimpleMechanism> found) {

    /** First price with equal shares, which needs no search. */
    public static final String EQUAL_SHARES = "first price, equal shares";

    /**
     * Checks that there is something to compare with.
     *
     * @throws InvalidInputException if first price with equal shares is missing, as in a file that is damaged
     */
    public BestSimple {
        if (found == null
                || found.stream().anyMatch(Objects::isNull)
                || found.stream().noneMatch(mechanism -> EQUAL_SHARES.equals(mechanism.name()))) {
            throw new InvalidInputException("the simple mechanisms that were found are incomplete");
        }
        found = List.copyOf(found);
    }

    /** Runs side by side, and one after the other, search once where they would find the same. */
    private static final Map<Object, BestSimple> FOUND = new ConcurrentHashMap<>();

    /**
     * Searches, unless this process has done so before.
     *
     * @param configuration makes one of an auction of options for its mechanism, step size, steps and draws
     * @param threads that compute
     * @param display tells how far the search is
     * @throws InvalidInputException if the game is no auction
     */
    public static BestSimple of(
            Function<Map<String, String>, DesignConfig> configuration, int threads, Display display) {
        Object what = new SimpleSearch(configuration).what();
        return FOUND.computeIfAbsent(what, anew -> searched(configuration, threads, display));
    }

    /** The same, searched anew. */
    static BestSimple searched(
            Function<Map<String, String>, DesignConfig> configuration, int threads, Display display) {
        SimpleSearch search = new SimpleSearch(configuration);
        List<List<SimpleSearch.Kind>> chains = search.chains();
        AtomicInteger done = new AtomicInteger();
        int kinds = chains.stream().mapToInt(List::size).sum();
        try (Steps progress = display.part("searching the best simple mechanisms", kinds)) {
            List<List<SimpleMechanism>> found = Parallel.map(
                    chains,
                    threads,
                    chain -> search.best(chain, mechanism -> {
                        synchronized (progress) {
                            progress.step(done.incrementAndGet(), mechanism.name());
                        }
                    }));
            return new BestSimple(found.stream().flatMap(List::stream).toList());
        }
    }

    /** The one that is worth most of those in equilibrium, if any is. */
    public Optional<SimpleMechanism> best() {
        return best(mechanism -> true);
    }

    /** The same of those whose offers do not depend on the bids. */
    public Optional<SimpleMechanism> bestBlind() {
        return best(mechanism -> !mechanism.seesBids());
    }

    private Optional<SimpleMechanism> best(Predicate<SimpleMechanism> which) {
        return found.stream()
                .filter(which.and(SimpleMechanism::equilibrium))
                .max(Comparator.comparingDouble(SimpleMechanism::objective));
    }

    /** First price with equal shares. */
    public SimpleMechanism equalShares() {
        return found.stream()
                .filter(mechanism -> mechanism.name().equals(EQUAL_SHARES))
                .findFirst()
                .orElseThrow();
    }
}
