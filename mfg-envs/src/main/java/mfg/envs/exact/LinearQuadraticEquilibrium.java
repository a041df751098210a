package mfg.envs.exact;

import mfg.core.InvalidInputException;

/**
 * The symmetric equilibrium in linear feedback of a {@link LinearQuadratic} game in which everybody sees his own state x and the
 * mean y of the others: {@code u_h = -own_h x - others_h y}.
 *
 * <p>Going backward, a player's cost from a round on is {@code z' P z + const}, {@code z = (x, y)}. Let all others follow gains K
 * and L. From their seats the mean of the others is {@code (N m - x_j) / (N - 1)}, so that with {@code e = 1/N} they act on average
 * by
 *
 * <pre>  v = -K y - L (c1 x + c2 y),   c1 = e / (1 - e),   c2 = (1 - 2 e) / (1 - e)</pre>
 *
 * and a player's best u solves {@code effort u + P_xx x' + P_xy y' = 0}. That the answer to K and L be K and L is a linear system of
 * two equations. {@code e = 0} is the mean field, where nobody changes y; there K is the gain of the ordinary scalar Riccati equation.
 * The noise of y has variance {@code noise^2 e / (1 - e)}; it moves no gain.
 *
 * @param own the gains K, (H)
 * @param others the gains L, (H)
 * @param value what a player earns on average: minus its cost
 */
record LinearQuadraticEquilibrium(double[] own, double[] others, double value) {

    /** A determinant this small, relative to the larger terms in it, is none. */
    private static final double SINGULAR = 1e-9;

    /**
     * Solves a game.
     *
     * @param share {@code e = 1/N}; 0 for the mean field
     * @throws InvalidInputException if there is no equilibrium, or none in numbers that a computer has
     */
    static LinearQuadraticEquilibrium of(LinearQuadratic game, double share) {
        int rounds = game.horizon();
        double[] own = new double[rounds];
        double[] others = new double[rounds];
        double fewness = share / (1 - share); // 1 / (N - 1)
        double[][] idle = game.drifting(share);
        double[][] cost = new double[2][2];
        Matrices.addSquare(cost, 1, game.missed(share));
        double constant = 0;
        for (int h = rounds - 1; h >= 0; h--) {
            constant += game.noise() * game.noise() * (cost[0][0] + cost[1][1] * fewness);
            double[] gains = gains(game, cost, idle, fewness);
            own[h] = gains[0];
            others[h] = gains[1];
            double[][] moves = {
                {idle[0][0] - own[h], idle[0][1] - others[h]},
                {idle[1][0] - others[h] * fewness, idle[1][1] - own[h] - others[h] * (1 - fewness)}
            };
            cost = Matrices.product(Matrices.product(Matrices.transposed(moves), cost), moves);
            Matrices.addSquare(cost, 1, game.missed(share));
            Matrices.addSquare(cost, game.effort(), new double[] {own[h], others[h]});
        }
        double variance = game.spread() * game.spread();
        double expected = Matrices.form(cost, game.start(), game.start())
                + variance * (cost[0][0] + cost[1][1] * fewness)
                + constant;
        if (!Double.isFinite(expected)) {
            throw new InvalidInputException("the numbers of this linear-quadratic game grow beyond all bounds");
        }
        return new LinearQuadraticEquilibrium(own, others, -expected);
    }

    /** K and L that answer themselves. */
    private static double[] gains(LinearQuadratic game, double[][] cost, double[][] idle, double fewness) {
        double curvature = game.effort() + cost[0][0];
        double cross = cost[0][1];
        double byOwn = cross * fewness; // of L, in the equation for x
        double byOthers = curvature + cross * (1 - fewness); // of L, in the equation for y
        double x = cost[0][0] * idle[0][0] + cross * idle[1][0];
        double y = cost[0][0] * idle[0][1] + cross * idle[1][1];
        double determinant = curvature * byOthers - cross * byOwn;
        if (Math.abs(determinant) <= SINGULAR * (curvature * Math.abs(byOthers) + Math.abs(cross * byOwn))) {
            throw new InvalidInputException("this linear-quadratic game has no equilibrium in linear feedback");
        }
        return new double[] {
            (x * byOthers - y * byOwn) / determinant, (curvature * y - cross * x) / determinant,
        };
    }
}
