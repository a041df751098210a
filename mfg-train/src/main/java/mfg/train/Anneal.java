package mfg.train;

import ai.djl.ndarray.NDList;
import java.util.List;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.core.Round;
import mfg.core.Scope;
import org.jspecify.annotations.Nullable;

/**
 * ANNEAL (AMID App. F): draws one Gaussian n of theta's shape and keeps the best of {@code theta}, {@code theta + sigma n} and
 * {@code theta - sigma n}, all three on the same games. On a single game {@code G_T} never falls.
 */
public final class Anneal implements Improvement {

    private final double sigma;
    private final long seed;
    private final StepMethod method;
    private @Nullable Known known;

    /** What the design is worth that the last iteration left. */
    private record Known(List<?> problems, double value) {}

    /**
     * Prepares the search.
     *
     * @param sigma how far to look, positive
     * @param seed what n depends on, besides the iteration
     * @param method how a step is computed
     * @throws InvalidInputException if sigma is out of range
     */
    public Anneal(double sigma, long seed, StepMethod method) {
        if (!(sigma > 0) || Double.isInfinite(sigma)) {
            throw new InvalidInputException("annealing needs a positive sigma, not " + sigma);
        }
        this.sigma = sigma;
        this.seed = seed;
        this.method = method;
    }

    @Override
    public <R extends Round> Outcome improve(Draw<R> draw, NDList theta) {
        double before = value(draw, theta);
        if (!Double.isFinite(before)) {
            throw new DivergedException("the objective of iteration %d is not finite".formatted(draw.iteration() + 1));
        }
        Direction n = Direction.gaussian(theta, seed, draw.iteration());
        double best = before;
        double distance = 0;
        for (double candidate : new double[] {sigma, -sigma}) {
            double value = value(draw, theta, n, candidate);
            if (value > best) {
                best = value;
                distance = candidate;
            }
        }
        if (distance != 0) {
            move(theta, n, distance);
        }
        known = new Known(draw.problems(), best);
        return new Outcome(before, Double.NaN, Double.NaN);
    }

    /** Not computed again where the games are those of the iteration before. */
    private double value(Draw<?> draw, NDList theta) {
        return known != null && known.problems.equals(draw.problems()) ? known.value : draw.value(theta, method);
    }

    private double value(Draw<?> draw, NDList theta, Direction n, double distance) {
        try (Scope scope = new Scope(theta.head().getManager())) {
            return draw.value(n.from(scope.in(theta), distance), method);
        }
    }

    /** To the same numbers at which the candidate was evaluated. */
    private static void move(NDList theta, Direction n, double distance) {
        try (Scope scope = new Scope(theta.head().getManager())) {
            NDList steps = n.times(distance, scope.in(theta));
            for (int i = 0; i < theta.size(); i++) {
                theta.get(i).addi(steps.get(i));
            }
        }
    }

    /** Theta itself is evaluated once where the games stay the same, and anew where they do not. */
    @Override
    public long evaluations(int iterations, boolean fresh) {
        return fresh ? 3L * iterations : Math.min(3L * iterations, 2L * iterations + 1);
    }
}
