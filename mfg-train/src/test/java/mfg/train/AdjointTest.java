package mfg.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schedules alone, on states that only count. */
final class AdjointTest {

    private static final int LONGEST = 60;
    private static final int MOST_SLOTS = 6;

    static Stream<Adjoint> schedules() {
        return Stream.concat(
                Stream.of(new StoreAll(), new EverySqrt()),
                IntStream.rangeClosed(1, MOST_SLOTS).mapToObj(Revolve::new));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void everyStateIsVisitedInReverseAndFreedOnce(Adjoint schedule) {
        for (int steps = 1; steps <= LONGEST; steps++) {
            // the step itself refuses the use of a freed state, a second release and states left behind
            CountingStep step = CountingStep.swept(schedule, steps);
            int last = steps;
            List<Integer> backward =
                    IntStream.rangeClosed(0, last).mapToObj(t -> last - t).toList();
            assertEquals(backward, step.visited);
        }
    }

    @Test
    void storingEverythingTakesNoStepTwice() {
        for (int steps = 1; steps <= LONGEST; steps++) {
            CountingStep step = CountingStep.swept(new StoreAll(), steps);
            assertEquals(steps, step.steps);
            assertEquals(steps + 1, step.peak);
        }
    }

    @Test
    void everySqrtHoldsTwoRootsOfStatesAndStepsAtMostTwice() {
        for (int steps = 1; steps <= LONGEST; steps++) {
            CountingStep step = CountingStep.swept(new EverySqrt(), steps);
            int root = (int) Math.ceil(Math.sqrt(steps));
            assertTrue(step.peak <= 2 * root + 2, step.peak + " states alive for " + steps + " steps");
            assertTrue(step.steps <= 2 * steps, step.steps + " steps taken for " + steps);
        }
    }

    @Test
    void revolveHoldsItsSlotsTheStartAndTheStateAtHand() {
        for (int slots = 1; slots <= MOST_SLOTS; slots++) {
            for (int steps = 1; steps <= LONGEST; steps++) {
                CountingStep step = CountingStep.swept(new Revolve(slots), steps);
                assertTrue(step.peakAtVisits <= slots + 2);
                // while a step is taken, its input and its output both live
                assertTrue(step.peak <= slots + 3);
            }
        }
    }

    /** Griewank and Walther 2000: no schedule takes fewer steps. */
    @Test
    void revolveTakesTheFewestStepsPossible() {
        long[][] fewest = fewestSteps(LONGEST + 1, MOST_SLOTS);
        for (int slots = 1; slots <= MOST_SLOTS; slots++) {
            for (int steps = 1; steps <= LONGEST; steps++) {
                CountingStep step = CountingStep.swept(new Revolve(slots), steps);
                assertEquals(fewest[steps + 1][slots], step.steps, steps + " steps with " + slots + " slots");
            }
        }
    }

    /**
     * Entry (l, c): the fewest steps that visit l states in reverse, the first of them stored, with c free slots. Without
     * slots every state is reached from the first; otherwise the state m ahead is stored, best m by trial.
     */
    private static long[][] fewestSteps(int longest, int slots) {
        long[][] fewest = new long[longest + 1][slots + 1];
        for (int l = 2; l <= longest; l++) {
            fewest[l][0] = l * (l - 1L) / 2;
            for (int c = 1; c <= slots; c++) {
                long best = Long.MAX_VALUE;
                for (int m = 1; m < l; m++) {
                    best = Math.min(best, m + fewest[l - m][c - 1] + fewest[m][c]);
                }
                fewest[l][c] = best;
            }
        }
        return fewest;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20, 59, 60, 61, 1000})
    void reversibleTakesEveryStepOnceAndBackOnceWhereItKeptNoState(int every) {
        for (int steps = 1; steps <= LONGEST; steps++) {
            // the step itself refuses states whose memory was used up, and states rebuilt from any but the next
            ReversibleCountingStep step = ReversibleCountingStep.swept(new Reversible(every), steps);
            int last = steps;
            assertEquals(IntStream.rangeClosed(0, last).mapToObj(t -> last - t).toList(), step.visited);
            assertEquals(steps, step.steps);
            List<Integer> inPlace = IntStream.range(0, steps)
                    .filter(t -> t % every != 0)
                    .boxed()
                    .toList();
            assertEquals(inPlace, step.left);
            assertEquals(inPlace.stream().sorted(Comparator.reverseOrder()).toList(), step.rebuilt);
            // every k-th is kept, and the one at hand
            int kept = (steps - 1) / every + 1;
            assertEquals(kept + 1, step.peakWhole, step.peakWhole + " whole states for " + steps + " steps");
        }
    }

    @Test
    void reversibleIsRefusedWhereStepsCannotBeTakenBack() {
        CountingStep step = new CountingStep();
        InvalidInputException refusal =
                assertThrows(InvalidInputException.class, () -> new Reversible(5).sweep(step, 3, step::visit));
        assertEquals(
                "the reversible adjoint needs a step that can be taken back: the fast step of auctions",
                refusal.getMessage());
        assertEquals(0, step.alive());
        refusal = assertThrows(InvalidInputException.class, () -> new Reversible(0));
        assertEquals("reversible needs a state every 1 steps or more, not 0", refusal.getMessage());
    }

    @Test
    void theCheapestScheduleTakesStepsBackWhereItCan() {
        ReversibleCountingStep reversible = ReversibleCountingStep.swept(new CheapestAdjoint(), LONGEST);
        ReversibleCountingStep expected = ReversibleCountingStep.swept(Reversible.DEFAULT, LONGEST);
        assertTrue(expected.rebuilt.size() > LONGEST / 2);
        assertEquals(expected.rebuilt, reversible.rebuilt);
        CountingStep other = CountingStep.swept(new CheapestAdjoint(), LONGEST);
        assertEquals(LONGEST, other.steps);
        assertEquals(LONGEST + 1, other.peak);
    }

    @Test
    void revolveNeedsASlot() {
        InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> new Revolve(0));
        assertEquals("revolve needs at least 1 slot, not 0", refusal.getMessage());
    }

    @Test
    void schedulesAreNamedAsOnTheCommandLine() {
        List<Adjoint> schedules = Arrays.asList(
                new StoreAll(), new EverySqrt(), new Revolve(7), new Reversible(3), new CheapestAdjoint());
        assertEquals(
                List.of("store", "sqrt", "revolve:7", "reversible:3", "auto"),
                schedules.stream().map(Object::toString).toList());
    }
}
