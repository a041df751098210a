package mfg.eval.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;
import mfg.eval.design.DesignCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who competes, and for how much. */
final class ContenderTest {

    private static List<Contender> contenders(String setting, String budget) throws IOException {
        return Contender.of(DesignCommand.config(List.of(setting)), CompareBudget.named(budget));
    }

    private static Contender named(String name, List<Contender> contenders) {
        return contenders.stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The values an option has among the candidates. */
    private static Set<Double> values(Contender contender, String option) {
        return contender.candidates().stream()
                .flatMap(List::stream)
                .filter(argument -> argument.startsWith(option + "="))
                .map(argument -> Double.parseDouble(argument.substring(option.length() + 1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick", "full"})
    void whoLearnsAtTGetsTheSameIterations(String budget) throws IOException {
        Set<Integer> iterations = contenders("A1", budget).stream()
                .filter(contender -> contender.kind() == Contender.Kind.LEARNED && !contender.atLongT())
                .map(Contender::iterations)
                .collect(Collectors.toSet());
        assertEquals(Set.of(CompareBudget.named(budget).iterations()), iterations);
    }

    @Test
    void whoIsChosenAtTheLongTTakesTheSameSteps() throws IOException {
        for (Contender contender : contenders("A1", "full")) {
            if (contender.atLongT()) {
                int steps = contender.name().startsWith("AMID") ? 1000 : 2000;
                assertEquals(1000 * 400, contender.iterations() * steps, contender.name());
                assertTrue(contender.candidates().stream()
                        .allMatch(options ->
                                options.containsAll(List.of("--inner-steps=" + steps, "--validation-steps=2000"))));
            }
        }
    }

    /** AMID App. F. */
    @Test
    void theFullGridsAreThoseOfThePaper() throws IOException {
        Set<Double> rates = Set.of(3e-5, 1e-4, 3e-4, 1e-3, 1e-2);
        Set<Double> radii = Set.of(1e-3, 1e-2, 3e-2);
        List<Contender> all = contenders("A1", "full");
        for (String name : List.of("0-SGD", "0-ADAM")) {
            Contender zeroth = named(name, all);
            assertEquals(rates, values(zeroth, "--lr"));
            assertEquals(radii, values(zeroth, "--radius"));
            assertEquals(15, zeroth.candidates().size());
            assertEquals(
                    name.equals("0-SGD"),
                    zeroth.candidates().stream().allMatch(options -> options.contains("--optimizer=sgd")));
        }
        assertEquals(Set.of(1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 3e-2), values(named("ANNEAL", all), "--sigma"));
        assertEquals(rates, values(named("AMID", all), "--lr"));
        assertEquals(10, CompareBudget.named("full").repetitions());
        assertEquals(1000, CompareBudget.named("full").iterations());
    }

    /** A static mechanism has a handful of numbers, which small steps do not move far. */
    @Test
    void aSettingsOwnRateIsTriedToo() throws IOException {
        double own = DesignCommand.config(List.of("A10")).lr();
        List<Contender> all = contenders("A10", "quick");
        assertTrue(own > 1e-2);
        for (String name : List.of("0-SGD", "0-ADAM", "AMID", "AMID from a posted price, chosen at long T")) {
            assertTrue(values(named(name, all), "--lr").contains(own), name);
        }
        assertEquals(Set.of(1e-4, 1e-3, 1e-2), values(named("AMID", contenders("A1", "quick")), "--lr"));
    }

    @Test
    void amidHasNoMoreCandidatesThanTheBaselinesItIsTunedBeside() throws IOException {
        for (String budget : List.of("quick", "full")) {
            List<Contender> all = contenders("A1", budget);
            assertTrue(named("AMID", all).candidates().size()
                    <= named("0-ADAM", all).candidates().size());
        }
    }

    @Test
    void namesAndCandidatesDiffer() throws IOException {
        List<Contender> all = contenders("A1", "full");
        assertEquals(
                all.size(), all.stream().map(Contender::fileName).distinct().count());
        all.forEach(contender -> assertEquals(
                contender.candidates().size(),
                contender.candidates().stream().distinct().count(),
                contender.name()));
    }

    @Test
    void aBudgetIsRefusedThatIsNone() {
        CompareBudget quick = CompareBudget.named("quick");
        for (int bad : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThrows(InvalidInputException.class, () -> quick.withIterations(bad));
            assertThrows(InvalidInputException.class, () -> quick.withRepetitions(bad));
        }
        assertThrows(InvalidInputException.class, () -> quick.withRepetitions(Integer.MAX_VALUE));
        assertThrows(InvalidInputException.class, () -> CompareBudget.named("fast"));
    }
}
