package mfg.core;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Game sizes for properties: one to four rounds, states and actions. */
class Shapes extends DomainContextBase {

    @Provide
    Arbitrary<GameShape> shapes() {
        Arbitrary<Integer> size = Arbitraries.integers().between(1, 4);
        return Combinators.combine(size, size, size).as(GameShape::new);
    }
}
