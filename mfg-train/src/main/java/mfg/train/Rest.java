package mfg.train;

/**
 * How a population came to rest, and how the gradient was found there; means where several games were averaged. What nobody asked for
 * is not a number.
 *
 * @param gap how far from rest the population still was, see {@link Equilibrium#gap}
 * @param settlingSteps how many steps it took
 * @param products how many products with the step's Jacobian the linear system took
 * @param residual what was left of the linear system, as a fraction of its right side
 */
public record Rest(double gap, double settlingSteps, double products, double residual) {

    /** Of a method that brings no population to rest. */
    public static final Rest NONE = new Rest(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    Rest plus(Rest other) {
        return new Rest(
                gap + other.gap,
                settlingSteps + other.settlingSteps,
                products + other.products,
                residual + other.residual);
    }

    Rest over(int count) {
        return new Rest(gap / count, settlingSteps / count, products / count, residual / count);
    }
}
