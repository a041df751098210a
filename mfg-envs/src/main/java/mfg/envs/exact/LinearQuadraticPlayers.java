package mfg.envs.exact;

import mfg.envs.players.NPlayerGame;

/**
 * How far N players of a {@link LinearQuadratic} game are from its mean field, by recursions, without simulation. Rewards are minus
 * costs.
 *
 * <p>The mean-field policy is {@code u_h = -K_h x - L_h mbar_h}: gains of the mean field's equilibrium ({@link
 * LinearQuadraticEquilibrium} with {@code e = 0}), and its mean {@code mbar}, which is known beforehand. So a player needs to see the
 * round and its own state only, as in AMID Thm. 1. What one player can gain by leaving it while all others follow it depends on what
 * that one sees:
 *
 * <ul>
 *   <li>all its own states so far: {@code exploitability}. This is no less than the gain of policies that look at the present own
 *       state, those of the theorem; with {@code drift = 0} it is the same, for then own states tell nothing of the others;
 *   <li>the mean of the others, too: {@code exploitabilitySeeingMean}, the most there is to gain.
 * </ul>
 *
 * <p>With {@code z = (x, y, mbar)}, y the mean of the others, a best response that sees all is {@code -F_h z} with F from the Riccati
 * recursion, and any policy is worse by {@code sum_h (effort + P_xx[h+1]) E[(u_h + F_h z)^2]}, which for the mean-field policy
 * needs but the mean and variance of z, and subtracts no large numbers. One that sees own states puts the estimate of y in the place of
 * y (certainty equivalence), so that of the expectation what is due to the error of the estimate remains, {@code F_y^2 Var(y |
 * own states)}. That variance, S, is the Kalman filter's, from {@code x' - its mean = drift (1 - e) (y - its mean) + noise w}.
 *
 * @param players N
 * @param equilibriumError the largest difference over rounds of K and L between the equilibrium of N players, who see the mean, and the
 *     mean field's
 * @param equilibriumValue what a player earns on average in the equilibrium of N
 * @param value what a player earns on average if all follow the mean-field policy
 * @param valueError {@code |value - what the mean field predicts|}
 * @param exploitability what one gains by leaving it who sees its own states
 * @param exploitabilitySeeingMean the same of one who sees the mean of the others, too
 */
public record LinearQuadraticPlayers(
        int players,
        double equilibriumError,
        double equilibriumValue,
        double value,
        double valueError,
        double exploitability,
        double exploitabilitySeeingMean) {

    /**
     * Computes all of it, in time proportional to H whatever N is.
     *
     * @param game the game
     * @param players N, from 2 to {@link NPlayerGame#MOST_PLAYERS}
     * @return how far N players are from the mean field
     * @throws mfg.core.InvalidInputException if there are too few or too many, or the game has no equilibrium
     */
    public static LinearQuadraticPlayers of(LinearQuadratic game, int players) {
        NPlayerGame.checkPlayers(players);
        LinearQuadraticEquilibrium limit = LinearQuadraticEquilibrium.of(game, 0);
        LinearQuadraticEquilibrium finite = LinearQuadraticEquilibrium.of(game, 1.0 / players);
        Crowd crowd = new Crowd(game, limit, 1.0 / players);
        double[][] responses = new double[game.horizon()][];
        double[] weights = new double[game.horizon()];
        crowd.respond(responses, weights);
        Outcome outcome = crowd.played(responses, weights);
        return new LinearQuadraticPlayers(
                players,
                Math.max(distance(finite.own(), limit.own()), distance(finite.others(), limit.others())),
                finite.value(),
                -outcome.cost(),
                Math.abs(-outcome.cost() - limit.value()),
                outcome.hiddenGain(),
                outcome.gain());
    }

    /** What the mean field predicts that a player earns. */
    public static double meanFieldValue(LinearQuadratic game) {
        return LinearQuadraticEquilibrium.of(game, 0).value();
    }

    private static double distance(double[] x, double[] y) {
        double largest = 0;
        for (int h = 0; h < x.length; h++) {
            largest = Math.max(largest, Math.abs(x[h] - y[h]));
        }
        return largest;
    }

    /** What a player pays, and could gain by another policy, seeing own states or all. */
    private record Outcome(double cost, double hiddenGain, double gain) {}

    /** N players who all follow the mean-field policy, but perhaps for one. */
    private record Crowd(LinearQuadratic game, LinearQuadraticEquilibrium policy, double share) {

        /** How z moves if the one does nothing and all others follow the policy, (3, 3). */
        private double[][] moves(int h) {
            double own = policy.own()[h];
            double others = policy.others()[h];
            double[][] idle = game.drifting(share);
            return new double[][] {
                {idle[0][0], idle[0][1], 0},
                {idle[1][0], idle[1][1] - own, -others},
                {0, 0, game.keep() + game.drift() - own - others}
            };
        }

        private double[] missed() {
            double[] missed = game.missed(share);
            return new double[] {missed[0], missed[1], 0};
        }

        /** Fills in the best responses F, (H, 3), and what it costs not to follow them, {@code effort + P_xx}, (H). */
        void respond(double[][] responses, double[] weights) {
            double[][] cost = new double[3][3];
            Matrices.addSquare(cost, 1, missed());
            for (int h = responses.length - 1; h >= 0; h--) {
                double[][] moves = moves(h);
                double[][] next = Matrices.product(cost, moves);
                weights[h] = game.effort() + cost[0][0];
                responses[h] = new double[] {
                    next[0][0] / weights[h], next[0][1] / weights[h], next[0][2] / weights[h],
                };
                cost = Matrices.product(Matrices.transposed(moves), next);
                Matrices.addSquare(cost, -weights[h], responses[h]);
                Matrices.addSquare(cost, 1, missed());
            }
        }

        /** Follows mean and variance of z forward, all players at the policy. */
        Outcome played(double[][] responses, double[] weights) {
            double[] missed = game.missed(share);
            double fewness = share / (1 - share);
            double square = game.noise() * game.noise();
            double mean = game.start();
            double[][] variance = diagonal(game.spread() * game.spread(), fewness);
            double estimate = variance[1][1];
            double cost = 0;
            double gain = 0;
            double hiddenGain = 0;
            for (int h = 0; h < responses.length; h++) {
                double own = policy.own()[h];
                double others = policy.others()[h];
                cost += second(missed, mean, variance)
                        + game.effort() * (Math.pow((own + others) * mean, 2) + own * own * variance[0][0]);
                double[] response = responses[h];
                double onAverage = (response[0] + response[1] + response[2] - own - others) * mean;
                double apart = onAverage * onAverage + Matrices.form(variance, response[0] - own, response[1]);
                gain += weights[h] * apart;
                hiddenGain += weights[h] * (apart - response[1] * response[1] * estimate);
                double[][] moves = game.drifting(share);
                estimate = filtered(estimate, moves[0][1], moves[1][1] - own, square) + square * fewness;
                moves[0][0] -= own;
                moves[1][1] -= own;
                variance = Matrices.product(Matrices.product(moves, variance), Matrices.transposed(moves));
                variance[0][0] += square;
                variance[1][1] += square * fewness;
                mean *= game.keep() + game.drift() - own - others;
            }
            return new Outcome(cost + second(missed, mean, variance), Math.max(0, hiddenGain), gain);
        }

        /** What is left of a variance after x' was seen, moved on. */
        private static double filtered(double variance, double seen, double moved, double square) {
            return moved * moved * variance * square / (square + seen * seen * variance);
        }

        private static double[][] diagonal(double own, double fewness) {
            return new double[][] {{own, 0}, {0, own * fewness}};
        }

        /** The expectation of the square of what is missed. */
        private static double second(double[] missed, double mean, double[][] variance) {
            double onAverage = (missed[0] + missed[1]) * mean;
            return onAverage * onAverage + Matrices.form(variance, missed);
        }
    }
}
