package mfg.train;

import java.util.function.ObjIntConsumer;

/** Stores every state: T of them, and no step is taken twice. */
public record StoreAll() implements Adjoint {

    @Override
    public <Z> void sweep(EquilibriumStep<Z> step, int steps, ObjIntConsumer<Z> visitor) {
        Adjoint.storeAndVisit(step, step.start(), 0, steps + 1, visitor);
    }

    @Override
    public String toString() {
        return "store";
    }
}
