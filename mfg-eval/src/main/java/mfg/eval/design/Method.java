package mfg.eval.design;

import java.util.Objects;
import mfg.core.InvalidInputException;
import mfg.core.Solver;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.train.Adam;
import mfg.train.Amid;
import mfg.train.Equilibrium;
import mfg.train.GradientEstimator;
import mfg.train.Implicit;
import mfg.train.Improvement;
import mfg.train.Naive;
import mfg.train.Settling;
import mfg.train.TwoPoint;
import org.jspecify.annotations.Nullable;

/** How a design gets better: a gradient and how it is followed, or a baseline without one. */
public sealed interface Method {

    /**
     * What an iteration does: follows the gradient, where there is one.
     *
     * @param moments modified where the optimizer has some
     */
    default Improvement improvement(DesignConfig config, Adam moments, int iterations) {
        return Objects.requireNonNull(ascent())
                .improvement(Objects.requireNonNull(estimator(config)), moments, iterations);
    }

    /** The gradient that is followed; null for a method without. */
    default @Nullable GradientEstimator estimator(DesignConfig config) {
        return null;
    }

    /**
     * Sees whether a population that learns so can be differentiated so.
     *
     * @throws InvalidInputException if not
     */
    default void require(Solver solver) {}

    /** How far from rest a population may be whose equilibrium is differentiated; infinitely where it need not be at rest. */
    default double mostGap() {
        return Double.POSITIVE_INFINITY;
    }

    /** How many of the last of some steps a worth is the least of: by default of the last alone. */
    default int window(int steps) {
        return 1;
    }

    /** In words, at which state of the population training looks. */
    default String where(int innerSteps) {
        return "T = " + innerSteps;
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
        public GradientEstimator estimator(DesignConfig config) {
            return new Amid(Adjoints.named(adjoint), config.step());
        }
    }

    /** Backpropagation through all steps at once. */
    @Named("naive")
    record ByGraph(Ascent ascent) implements Method {
        @Override
        public GradientEstimator estimator(DesignConfig config) {
            return new Naive();
        }
    }

    /** The gradient at the equilibrium, followed by steps that hold. */
    @Named("implicit")
    record AtEquilibrium(
            @Parameter(
                    about = "how many times as long the steps are, at first, that bring the population to rest",
                    value = "1",
                    min = 1)
            double stretch,

            @Parameter(about = "how near to rest will do", value = "0.001", above = 0)
            double rest,

            @Parameter(about = "the most steps beyond T on the way to rest", value = "600", min = 1)
            int mostSteps,

            @Parameter(about = "how far from rest a step may leave the population", value = "0.1", above = 0)
            double gap,

            @Parameter(about = "what part of the best objective a step may fall below it", value = "0.002", min = 0)
            double fall,

            @Parameter(
                    about = "weight of the barrier before edges that the slope does not show",
                    value = "0.0001",
                    min = 0)
            double barrier,

            @Parameter(about = "residual of the linear system", value = "1e-6", above = 0, max = 0.01)
            double tolerance,

            @Parameter(about = "the most products to solve it", value = "60", min = 1)
            int products,

            Ascent ascent)
            implements Method {

        /** Populations were seen to circle with periods of two and a few steps. */
        private static final int MOST_WINDOW = 8;

        /** Of early steps each is far from the next. */
        private static final int STEPS_A_LOOK = 100;

        @Override
        public void require(Solver solver) {
            Equilibrium.require(solver);
        }

        @Override
        public double mostGap() {
            return gap;
        }

        @Override
        public int window(int steps) {
            return Math.min(MOST_WINDOW, 1 + steps / STEPS_A_LOOK);
        }

        @Override
        public String where(int innerSteps) {
            return "at rest";
        }

        @Override
        public Implicit estimator(DesignConfig config) {
            Settling settling = new Settling(config.population().innerSteps(), stretch, rest, mostSteps);
            return new Implicit(settling, tolerance, products, config.step());
        }

        @Override
        public Improvement improvement(DesignConfig config, Adam moments, int iterations) {
            return ascent.settled(estimator(config), moments, iterations, gap, fall, barrier);
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
        public GradientEstimator estimator(DesignConfig config) {
            return new TwoPoint(radius, config.seed(), config.step());
        }
    }

    /** Random search (AMID App. F). */
    @Named("anneal")
    record Anneal(
            @Parameter(about = "how far it looks", value = "0.001", above = 0)
            double sigma) implements Method {
        @Override
        public Improvement improvement(DesignConfig config, Adam moments, int iterations) {
            return new mfg.train.Anneal(sigma, config.seed(), config.step());
        }
    }

    /** Refuses what is no method of a design. */
    static InvalidInputException nothingToDesign(String game) {
        return new InvalidInputException("there is nothing to design in " + game);
    }
}
