package mfg.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Shapes.class)
@Domain(DomainContext.Global.class)
class ValuesTest {

    @Property(tries = 60)
    void actionValuesFollowTheDefinition(
            @ForAll GameShape shape, @ForAll @DoubleRange(min = 0, max = 2) double tau, @ForAll long seed) {
        double[][][] crowd = Samples.policy(shape, seed);
        double[][][] player = Samples.policy(shape, ~seed);
        try (Arena arena = new Arena(shape, 1, seed)) {
            PopulationFlow<KernelRound> flow = arena.flow(crowd);
            double[][][] population = ReferenceValues.flow(arena.game, crowd);

            double[][][] own = ReferenceValues.q(arena.game, population, ReferenceValues.playing(crowd, tau));
            double[][][] other = ReferenceValues.q(arena.game, population, ReferenceValues.playing(player, tau));

            assertArrayEquals(
                    Samples.flat(own), Tensors.toDoubles(Values.of(flow, tau).q()), 1e-10);
            assertArrayEquals(
                    Samples.flat(other),
                    Tensors.toDoubles(Values.of(flow, arena.policy(player), tau).q()),
                    1e-10);
        }
    }

    @Property(tries = 60)
    void theValueOfTheGameIsWhatAPlayerEarnsOnTheWay(
            @ForAll GameShape shape, @ForAll @DoubleRange(min = 0, max = 2) double tau, @ForAll long seed) {
        double[][][] crowd = Samples.policy(shape, seed);
        double[][][] player = Samples.policy(shape, ~seed);
        try (Arena arena = new Arena(shape, 1, seed)) {
            double[][][] population = ReferenceValues.flow(arena.game, crowd);

            assertEquals(
                    ReferenceValues.earned(arena.game, population, player, tau),
                    Values.of(arena.flow(crowd), arena.policy(player), tau).total(arena.flow(crowd)),
                    1e-10);
        }
    }
}
