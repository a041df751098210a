package mfg.eval.design;

import java.util.Objects;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.train.Adam;
import mfg.train.Amid;
import mfg.train.GradientEstimator;
import mfg.train.Implicit;
import mfg.train.Improvement;
import mfg.train.Naive;
import mfg.train.StepMethod;
import mfg.train.TwoPoint;
import org.jspecify.annotations.Nullable;

/** How a design gets better: a gradient and how it is followed, or a baseline without one. */
public sealed interface Method {

    /**
     * What an iteration does: follows the gradient, where there is one.
     *
     * @param moments modified where the optimizer has some
     */
    default Improvement improvement(StepMethod step, long seed, Adam moments, int iterations) {
        return Objects.requireNonNull(ascent())
                .improvement(Objects.requireNonNull(estimator(step, seed)), moments, iterations);
    }

    /** The gradient that is followed; null for a method without. */
    default @Nullable GradientEstimator estimator(StepMethod step, long seed) {
        return null;
    }

    /** How the gradient is followed; null for a method without. */
    default @Nullable Ascent ascent() {
        return null;
    }

    /** The adjoint gradient (AMID Alg. 1). */
    @Named("amid")
    record ByAdjoint(
            @Parameter(
                    about =
                            "where states come from on the way back: auto, store, sqrt, revolve:C, reversible or reversible:K",
                    value = "auto")
            String adjoint,

            Ascent ascent)
            implements Method {

        /** Checks the name of the adjoint. */
        public ByAdjoint {
            Adjoints.named(adjoint);
        }

        @Override
        public GradientEstimator estimator(StepMethod step, long seed) {
            return new Amid(Adjoints.named(adjoint), step);
        }
    }

    /** Backpropagation through all steps at once. */
    @Named("naive")
    record ByGraph(Ascent ascent) implements Method {
        @Override
        public GradientEstimator estimator(StepMethod step, long seed) {
            return new Naive();
        }
    }

    /** The gradient at the equilibrium. */
    @Named("implicit")
    record AtEquilibrium(Ascent ascent) implements Method {
        @Override
        public GradientEstimator estimator(StepMethod step, long seed) {
            return new Implicit(step);
        }
    }

    /** Gradients from values alone. */
    @Named("two-point")
    record ByValues(
            @Parameter(about = "how far to both sides the gradient looks", value = "0.01", above = 0)
            double radius,

            Ascent ascent)
            implements Method {
        @Override
        public GradientEstimator estimator(StepMethod step, long seed) {
            return new TwoPoint(radius, seed, step);
        }
    }

    /** Random search (AMID App. F). */
    @Named("anneal")
    record Anneal(
            @Parameter(about = "how far it looks", value = "0.001", above = 0)
            double sigma) implements Method {
        @Override
        public Improvement improvement(StepMethod step, long seed, Adam moments, int iterations) {
            return new mfg.train.Anneal(sigma, seed, step);
        }
    }

    /** Refuses what is no method of a design. */
    static InvalidInputException nothingToDesign(String game) {
        return new InvalidInputException("there is nothing to design in " + game);
    }
}
