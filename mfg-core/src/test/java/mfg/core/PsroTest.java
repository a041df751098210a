package mfg.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.DataType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A population of policies. */
class PsroTest {

    private static final Psro SOLVER = new Psro(6, 40);

    /** Where nobody minds the others, the first best response is an equilibrium, and regret matching comes to it. */
    @Property(tries = 10)
    void aGameWithoutOthersIsSolvedByItsFirstBestResponse(@ForAll long seed) {
        try (Arena arena = new Arena(new GameShape(3, 4, 3), 0, seed);
                Iteration iteration =
                        Iteration.of(arena.game, Arena.NO_THETA, SOLVER, arena.manager, DataType.FLOAT64)) {
            iteration.start();
            double before = iteration.measure().exploitability();
            for (int k = 0; k < 2; k++) {
                iteration.step();
            }
            assertTrue(before > 1e-3);
            assertEquals(0, iteration.measure().exploitability(), 0.05 * before);
        }
    }

    @Test
    void movesThatDependOnThePopulationAreRefused() {
        try (Arena arena = new Arena(new GameShape(3, 4, 3), 1, 5);
                Iteration iteration =
                        Iteration.of(arena.game, Arena.NO_THETA, SOLVER, arena.manager, DataType.FLOAT64)) {
            String message =
                    assertThrows(InvalidInputException.class, iteration::start).getMessage();
            assertEquals("psro needs a game in which moves do not depend on the population", message);
        }
    }
}
