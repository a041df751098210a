package mfg.train;

import java.util.function.ObjIntConsumer;

/** {@link Reversible} where steps can be taken back, which costs little of everything; else {@link StoreAll}. */
public record CheapestAdjoint() implements Adjoint {

    @Override
    public <Z> void sweep(EquilibriumStep<Z> step, int steps, ObjIntConsumer<Z> visitor) {
        Adjoint adjoint = step instanceof ReversibleStep<Z> ? Reversible.DEFAULT : new StoreAll();
        adjoint.sweep(step, steps, visitor);
    }

    @Override
    public String toString() {
        return "auto";
    }
}
