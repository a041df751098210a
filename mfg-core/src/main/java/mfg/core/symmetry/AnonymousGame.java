package mfg.core.symmetry;

/**
 * Named players who do not care for each other's names: each feels the others only through {@code sigma}, the distribution of
 * everybody's (state, action) pairs, the player's own included. So {@code Sym(P_i) = P_i}, and the formulas below, which hold
 * for every distribution, are extensions already.
 */
public interface AnonymousGame extends NamedGame {

    /**
     * Returns the reward {@code R_i(s, a, sigma)}.
     *
     * @param i the player
     * @param s its state
     * @param a its action
     * @param sigma (S * A), a distribution over pairs {@code s * A + a}; not modified
     * @return the reward
     */
    double reward(int i, int s, int a, double[] sigma);

    /**
     * Computes the transition {@code P_i(. | s, a, sigma)}.
     *
     * @param i the player
     * @param s its state
     * @param a its action
     * @param sigma (S * A); not modified
     * @param next out: S probabilities
     */
    void transition(int i, int s, int a, double[] sigma, double[] next);

    /**
     * Says whether rewards and transitions are affine in {@code sigma}. Then players differ most where all others have one and
     * the same pair.
     *
     * @return true if all are
     */
    boolean isAffine();

    /**
     * Says whether nobody moves anybody else: transitions do not depend on {@code sigma}.
     *
     * @return true if none does
     */
    boolean movesAlone();

    @Override
    default double reward(int i, int s, int a, int[] others) {
        return reward(i, s, a, sigma(s, a, others));
    }

    @Override
    default void transition(int i, int s, int a, int[] others, double[] next) {
        transition(i, s, a, sigma(s, a, others), next);
    }

    /**
     * Adds a player to the others.
     *
     * @param others the distribution of the others' pairs, (S * A); not modified
     * @param s the player's state
     * @param a its action
     * @return {@code sigma = ((N-1) others + e(s,a)) / N}, a new array
     */
    default double[] sigma(double[] others, int s, int a) {
        double[] sigma = new double[others.length];
        for (int pair = 0; pair < sigma.length; pair++) {
            sigma[pair] = others[pair] * (players() - 1) / players();
        }
        sigma[s * shape().actions() + a] += 1.0 / players();
        return sigma;
    }

    private double[] sigma(int s, int a, int[] others) {
        double[] sigma = new double[pairs()];
        sigma[s * shape().actions() + a] = 1.0 / players();
        for (int pair : others) {
            sigma[pair] += 1.0 / players();
        }
        return sigma;
    }
}
