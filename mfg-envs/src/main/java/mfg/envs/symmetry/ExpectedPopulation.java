package mfg.envs.symmetry;

import mfg.core.Sizes;
import mfg.core.symmetry.AnonymousGame;

/**
 * Where everybody is on average, exactly: if nobody moves anybody else, players are independent, and if rewards are affine in the
 * population, what a player expects is what it gets at the expected population.
 */
final class ExpectedPopulation {

    private final AnonymousGame game;
    private final Policies policies;

    /** The sum of all players' distributions of pairs, (H, S * A). Those of each are computed again: a million would not fit. */
    private final double[] total;

    ExpectedPopulation(AnonymousGame game, Policies policies) {
        this.game = game;
        this.policies = policies;
        this.total = new double[Sizes.product("rounds x pairs", game.shape().rounds(), game.pairs())];
        for (int i = 0; i < game.players(); i++) {
            double[] own = follow(i);
            for (int k = 0; k < total.length; k++) {
                total[k] += own[k];
            }
        }
    }

    /** Whether a game is one of those. */
    static boolean isExactFor(AnonymousGame game) {
        return game.isAffine() && game.movesAlone();
    }

    /** A player's distribution of pairs, (H, S * A). */
    private double[] follow(int i) {
        int pairs = game.pairs();
        int actions = game.shape().actions();
        double[] marginals = new double[total.length];
        double[] states = game.initialStates();
        double[] next = new double[states.length];
        double[] nobody = new double[pairs];
        for (int h = 0; h < game.shape().rounds(); h++) {
            double[] after = new double[states.length];
            for (int pair = 0; pair < pairs; pair++) {
                double mass = states[pair / actions] * policies.probabilities()[policies.at(i) + h * pairs + pair];
                marginals[h * pairs + pair] = mass;
                game.transition(i, pair / actions, pair % actions, nobody, next);
                for (int s = 0; s < after.length; s++) {
                    after[s] += mass * next[s];
                }
            }
            states = after;
        }
        return marginals;
    }

    /** What a player faces. */
    PlayerProblem problem(int i) {
        PlayerProblem problem = PlayerProblem.empty(game.shape(), game.initialStates());
        int n = game.players();
        int pairs = game.pairs();
        int states = game.shape().states();
        int actions = game.shape().actions();
        double[] own = follow(i);
        double[] sigma = new double[pairs];
        double[] next = new double[states];
        for (int h = 0; h < game.shape().rounds(); h++) {
            for (int pair = 0; pair < pairs; pair++) {
                sigma[pair] = (total[h * pairs + pair] - own[h * pairs + pair]) / n;
            }
            for (int pair = 0; pair < pairs; pair++) {
                sigma[pair] += 1.0 / n;
                int at = h * pairs + pair;
                problem.reward()[at] = game.reward(i, pair / actions, pair % actions, sigma);
                game.transition(i, pair / actions, pair % actions, sigma, next);
                System.arraycopy(next, 0, problem.kernel(), at * states, states);
                sigma[pair] -= 1.0 / n;
            }
        }
        return problem;
    }
}
