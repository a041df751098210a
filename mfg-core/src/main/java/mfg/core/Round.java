package mfg.core;

import ai.djl.ndarray.NDArray;

/**
 * One round of a mean-field game at a given population: what a player earns, and where everybody goes. A game whose next
 * round depends on more than the population (the goods an auctioneer has left) remembers it in its own kind of round.
 */
public interface Round {

    /**
     * Returns the reward {@code R[h](s, a, L[h])}.
     *
     * @return (S, A)
     */
    NDArray reward();

    /**
     * Returns the next state distribution {@code mu[h+1](s') = sum_{s,a} L[h](s,a) P[h](s' | s,a,L[h])}.
     *
     * @return (S), nonnegative, with the mass of {@code L[h]}
     */
    NDArray next();

    /**
     * Returns the expected value of the next state, {@code sum_{s'} P[h](s' | s,a,L[h]) V(s')}.
     *
     * @param value the value V of each state in the next round, (S); not modified
     * @return (S, A)
     */
    NDArray continuation(NDArray value);
}
