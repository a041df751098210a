package mfg.train;

/**
 * A step of mirror descent that can be taken back: the next dual variable can take the place of the last, as the step keeps
 * the few numbers that generated {@code q}.
 *
 * @param <Z> what holds a dual variable or a cotangent of it
 */
public interface ReversibleStep<Z> extends EquilibriumStep<Z> {

    /**
     * Takes a step in the memory of its start.
     *
     * @param zeta {@code zeta_t}; only the few numbers that generated {@code q} are left of it, until it is {@link #rebuild
     *     rebuilt}
     * @return {@code zeta_{t+1}}, new
     */
    Z nextInPlace(Z zeta);

    /**
     * Rebuilds {@code zeta_t = (zeta_{t+1} - eta q_t) / (1 - eta*tau)}, up to rounding, in the memory of {@code zeta_{t+1}}.
     *
     * @param zeta {@code zeta_t}, from which a step was taken in place; modified
     * @param next {@code zeta_{t+1}}; only to be released afterwards
     */
    void rebuild(Z zeta, Z next);
}
