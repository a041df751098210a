package mfg.train;

/**
 * A step that can be taken back: a dual variable can be forgotten once the next one is known, as the step kept the few numbers
 * that generated {@code q}.
 *
 * @param <Z> what holds a dual variable or a cotangent of it
 */
public interface ReversibleStep<Z> extends EquilibriumStep<Z> {

    /**
     * Frees the large part of a state from which {@link #next} was taken.
     *
     * @param zeta the state; useless until it is {@link #rebuild rebuilt}
     */
    void forget(Z zeta);

    /**
     * Rebuilds a forgotten state, {@code zeta_t = (zeta_{t+1} - eta q_t) / (1 - eta*tau)} up to rounding.
     *
     * @param zeta {@code zeta_t}, forgotten; modified
     * @param next {@code zeta_{t+1}}; not modified
     */
    void rebuild(Z zeta, Z next);
}
