package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import java.util.function.ToDoubleFunction;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.core.Objective;
import mfg.core.Parallel;
import mfg.core.Round;
import org.jspecify.annotations.Nullable;

/**
 * Gradient ascent from equilibrium to equilibrium: a step is kept only if the population comes to rest after it, the objective
 * there holds, and there is a gradient to go on with. Any other is taken back, the next is half as long, and the optimizer
 * forgets; so training walks off no cliff. Steps that are kept grow again.
 */
public final class SettledAscent implements Improvement {

    private static final double SHORTER = 0.5;
    private static final double LONGER = 1.05;

    private final Implicit implicit;
    private final Optimizer optimizer;
    private final Tracker learningRate;
    private final Terms terms;

    /** What part of the planned step size is taken. */
    private double share = 1;

    /** The best objective so far, of games that stay the same; finite from the start, for it is saved. */
    private double best = -Double.MAX_VALUE;

    private @Nullable Place last;

    /**
     * What is asked of a step.
     *
     * @param clip the largest gradient norm that is followed as it is, positive
     * @param gap how far from rest the population may be, see {@link Equilibrium#gap}, positive
     * @param fall by what part of the best objective before a step may fall short of it, nonnegative
     * @param barrier the weight of the barrier before edges, see {@link Objective#guarded}, nonnegative
     */
    public record Terms(double clip, double gap, double fall, double barrier) {

        /**
         * Checks the numbers.
         *
         * @throws InvalidInputException if one is out of range
         */
        public Terms {
            if (!(clip > 0) || !(gap > 0) || !(fall >= 0) || !(barrier >= 0)) {
                throw new InvalidInputException("clip and gap must be positive, fall and barrier not negative");
            }
        }
    }

    /** The populations under a design in the games of a draw, until they are differentiated, and the mean of their gradients. */
    private static final class Place implements AutoCloseable {
        private final List<?> problems;
        private final double value;
        private final Rest rest;
        private List<Equilibrium<?>> equilibria;
        private @Nullable Gradient gradient;
        private @Nullable DivergedException none;

        Place(List<?> problems, List<Equilibrium<?>> equilibria) {
            this.problems = problems;
            this.equilibria = equilibria;
            this.value = mean(Equilibrium::value);
            this.rest = new Rest(mean(Equilibrium::gap), mean(Equilibrium::steps), Double.NaN, Double.NaN);
        }

        private double mean(ToDoubleFunction<Equilibrium<?>> figure) {
            return equilibria.stream().mapToDouble(figure).average().orElseThrow();
        }

        @Override
        public void close() {
            equilibria.forEach(Equilibrium::close);
            equilibria = List.of();
            if (gradient != null) {
                gradient.close();
            }
        }
    }

    /**
     * Prepares training.
     *
     * @param implicit how to differentiate
     * @param optimizer how to follow the gradient, with what it remembers
     * @param learningRate the step size of iteration 0, 1, .., before any is shortened
     * @param terms what is asked of a step
     */
    public SettledAscent(Implicit implicit, Optimizer optimizer, Tracker learningRate, Terms terms) {
        this.implicit = implicit;
        this.optimizer = optimizer;
        this.learningRate = learningRate;
        this.terms = terms;
    }

    @Override
    public <R extends Round> Objective<R> followed(Objective<R> objective) {
        return objective.guarded(terms.barrier);
    }

    @Override
    public <R extends Round> Outcome improve(Draw<R> draw, NDList theta) {
        Place here = place(draw, theta);
        Gradient gradient = gradient(here, draw, theta);
        if (gradient == null) {
            if (draw.fresh()) { // others follow
                return new Outcome(here.value, Double.NaN, Double.NaN, here.rest);
            }
            throw here.none != null
                    ? here.none
                    : new DivergedException("the gradient of iteration %d is not finite; a larger tau may help"
                            .formatted(draw.iteration() + 1));
        }
        double norm = gradient.norm();
        double rate = share * learningRate.getNewValue(draw.iteration());
        if (norm > 0) {
            try (NDList before = copy(theta);
                    NDList slope = copy(gradient.theta())) {
                slope.forEach(array -> array.muli(Math.min(1, terms.clip / norm)));
                optimizer.ascend(theta, slope, rate);
                Place there = settle(draw, theta);
                if (holds(there, here) && (draw.fresh() || gradient(there, draw, theta) != null)) {
                    here.close();
                    last = there;
                    share = Math.min(1, share * LONGER);
                } else {
                    there.close();
                    takeBack(theta, before);
                }
            }
        }
        return new Outcome(here.value, norm, rate, gradient.rest());
    }

    /** Where the last iteration ended, if the games are the same. */
    private <R extends Round> Place place(Draw<R> draw, NDList theta) {
        Place here = last;
        boolean same = here != null && here.problems.equals(draw.problems());
        if (here == null || !same) {
            close();
            here = settle(draw, theta);
            last = here;
        }
        if (!Double.isFinite(here.value)) {
            throw new DivergedException("the objective of iteration %d is not finite".formatted(draw.iteration() + 1));
        }
        best = draw.fresh() ? here.value : Math.max(best, here.value);
        return here;
    }

    private <R extends Round> Place settle(Draw<R> draw, NDList theta) {
        return new Place(
                draw.problems(),
                Parallel.map(draw.problems(), draw.threads(), problem -> implicit.settle(problem, theta)));
    }

    /** Null where there is none that is finite. */
    private @Nullable Gradient gradient(Place place, Draw<?> draw, NDList theta) {
        if (place.gradient == null) {
            try {
                place.gradient = Gradient.mean(Parallel.map(
                        place.equilibria, draw.threads(), equilibrium -> implicit.gradient(equilibrium, theta)));
            } catch (DivergedException e) {
                place.none = e;
                return null;
            }
            place.equilibria.forEach(Equilibrium::close);
            place.equilibria = List.of();
        }
        return Double.isFinite(place.gradient.norm()) ? place.gradient : null;
    }

    /** A start that is not at rest asks no more of the first steps. */
    private boolean holds(Place there, Place here) {
        return there.rest.gap() <= Math.max(terms.gap, here.rest.gap())
                && there.value >= best - terms.fall * Math.abs(best);
    }

    private void takeBack(NDList theta, NDList before) {
        for (int i = 0; i < theta.size(); i++) {
            before.get(i).copyTo(theta.get(i));
        }
        share *= SHORTER;
        optimizer.forget();
    }

    private static NDList copy(NDList arrays) {
        NDList copies = new NDList(arrays.size());
        for (NDArray array : arrays) {
            copies.add(array.duplicate());
        }
        return copies;
    }

    @Override
    public void close() {
        if (last != null) {
            last.close();
            last = null;
        }
    }

    @Override
    public double[] memory() {
        return new double[] {share, best};
    }

    @Override
    public void restore(double[] memory) {
        share = memory[0];
        best = memory[1];
    }

    /** A gradient, of which games that stay the same know the run forward: it is that which saw whether the last step holds. */
    @Override
    public long evaluations(int iterations, boolean fresh) {
        return fresh ? 3L * iterations : 2L * iterations + Math.min(2, 2L * iterations);
    }
}
