package mfg.core;

/**
 * How a game is played that never ends: every player has one policy for all time, and earnings are discounted. Such a game has one
 * round, which is played over and over. The population of a policy is where {@code mu0} comes to rest under it, after {@code
 * settling} rounds; values are {@code q = R + discount * P V} from {@code V = 0}, applied {@code sweeps} times; and exploitability is
 * an average over where players are at rest.
 *
 * @param discount gamma, at least 0 and below 1
 * @param settling rounds until the population counts as at rest
 * @param sweeps of the recursion of values
 */
public record Stationary(double discount, int settling, int sweeps) {

    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException if one is out of range
     */
    public Stationary {
        if (!(discount >= 0 && discount < 1) || settling < 0 || sweeps < 1) {
            throw new InvalidInputException(
                    "a stationary game needs a discount of at least 0 and below 1, 0 or more rounds to settle and 1 or more sweeps, not %s, %d and %d"
                            .formatted(discount, settling, sweeps));
        }
    }
}
