package mfg.envs.exact;

import mfg.core.InvalidInputException;

/**
 * A linear-quadratic game of N players in discrete time. Player i has a state {@code x_i} on the line, {@code m = (1/N) sum_j x_j}
 * is the mean of all, itself included, and in rounds {@code h = 0..H-1}
 *
 * <pre>
 * x_i' = keep x_i + drift m + u_i + noise w_i,      w_i standard normal, all independent
 * cost   sum_h [ (x_i - target m)^2 + effort u_i^2 ] + (x_i - target m)^2 after the last move
 * </pre>
 *
 * with {@code x_i} at first normal, mean {@code start}, standard deviation {@code spread}, independent. Rewards are minus costs. (A
 * factor of {@code u} and one of the cost would change units only.) Where {@code drift = 0} players meet in their costs alone.
 *
 * @param horizon H, from 1 to {@link #MOST_ROUNDS}
 * @param keep how much of its state a player keeps
 * @param drift how much the mean moves everybody
 * @param target what multiple of the mean players want to be at
 * @param effort the price of moving, positive
 * @param noise positive
 * @param start the mean at first
 * @param spread the standard deviation at first, not negative
 */
public record LinearQuadratic(
        int horizon,
        double keep,
        double drift,
        double target,
        double effort,
        double noise,
        double start,
        double spread) {

    /** More rounds are taken for a slip. */
    public static final int MOST_ROUNDS = 10_000;

    /** A game in which all parts matter. */
    public static final LinearQuadratic USUAL = new LinearQuadratic(10, 0.9, 0.1, 0.5, 1, 0.5, 1, 1);

    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException if they describe no game
     */
    public LinearQuadratic {
        if (horizon < 1 || horizon > MOST_ROUNDS) {
            throw new InvalidInputException(
                    "the horizon must be between 1 and %d, not %d".formatted(MOST_ROUNDS, horizon));
        }
        for (double number : new double[] {keep, drift, target, effort, noise, start, spread}) {
            if (!Double.isFinite(number)) {
                throw new InvalidInputException("a linear-quadratic game is made of finite numbers, not " + number);
            }
        }
        if (effort <= 0 || noise <= 0 || spread < 0) {
            throw new InvalidInputException(
                    "effort and noise must be positive and spread not negative, not %s, %s and %s"
                            .formatted(effort, noise, spread));
        }
    }

    /**
     * How the state {@code z = (x, y)} of a player and of the mean y of all others moves if nobody acts: {@code m = share x + (1 -
     * share) y}.
     *
     * @param share {@code 1/N}; 0 in the mean field
     * @return (2, 2), a row for each of x' and y'
     */
    double[][] drifting(double share) {
        double own = drift * share;
        double others = drift * (1 - share);
        return new double[][] {{keep + own, others}, {own, keep + others}};
    }

    /** What is squared for the cost of a state, as weights of x and y. */
    double[] missed(double share) {
        return new double[] {1 - target * share, -target * (1 - share)};
    }
}
