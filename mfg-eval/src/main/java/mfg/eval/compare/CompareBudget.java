package mfg.eval.compare;

import java.util.List;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Parameter;
import mfg.eval.io.Range;

/**
 * How much a comparison may spend.
 *
 * @param iterations of every method that learns at T; each takes about two evaluations of the objective
 * @param repetitions of every method that learns, with seeds 1, 2, ..
 * @param learningRates of gradient methods, to be tuned
 * @param radii of the two-point gradient, to be tuned
 * @param sigmas of ANNEAL, to be tuned
 * @param restarts of the search for the best shares
 */
public record CompareBudget(
        @Parameter(about = "training iterations") int iterations,
        @Parameter(about = "seeds") int repetitions,

        @Parameter(about = "of gradient methods, to be tuned", above = 0)
        List<Double> learningRates,

        @Parameter(about = "of the two-point gradient, to be tuned", above = 0)
        List<Double> radii,

        @Parameter(about = "of annealing, to be tuned", above = 0)
        List<Double> sigmas,

        @Parameter(about = "of the search for the best shares", min = 1)
        int restarts) {

    static final int MOST_REPETITIONS = 1000;

    public CompareBudget {
        Range.atLeast("--iterations", iterations, 1);
        if (repetitions < 1 || repetitions > MOST_REPETITIONS) {
            throw new InvalidInputException(
                    "--repetitions must be between 1 and %d, not %d".formatted(MOST_REPETITIONS, repetitions));
        }
    }

    /**
     * Finds a budget.
     *
     * @param name quick, or full: the paper's grids (AMID App. F)
     */
    public static CompareBudget named(String name) {
        return switch (name) {
            case "quick" ->
                new CompareBudget(50, 2, List.of(1e-4, 3e-4, 1e-3, 1e-2), List.of(1e-2), List.of(1e-3, 1e-2), 2);
            case "full" ->
                new CompareBudget(
                        1000,
                        10,
                        List.of(3e-5, 1e-4, 3e-4, 1e-3, 1e-2),
                        List.of(1e-3, 1e-2, 3e-2),
                        List.of(1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 3e-2),
                        10);
            default -> throw new InvalidInputException("--budget must be quick or full, not " + name);
        };
    }

    public CompareBudget withIterations(int number) {
        return new CompareBudget(number, repetitions, learningRates, radii, sigmas, restarts);
    }

    public CompareBudget withRepetitions(int number) {
        return new CompareBudget(iterations, number, learningRates, radii, sigmas, restarts);
    }

    /** The options of {@code compare} that give this budget, with a space before each. */
    String arguments() {
        String name = isLike(named("full")) ? "full" : "quick";
        return " --budget %s --iterations %d --repetitions %d".formatted(name, iterations, repetitions);
    }

    private boolean isLike(CompareBudget other) {
        return equals(other.withIterations(iterations).withRepetitions(repetitions));
    }
}
