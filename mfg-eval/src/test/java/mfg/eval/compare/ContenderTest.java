package mfg.eval.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.design.DesignConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who competes, and for how much. */
final class ContenderTest {

    private static DesignConfig config(String setting) {
        return Binder.bind(Catalogue.builtIn(), DesignConfig.KIND, Given.options(Map.of("game", setting)));
    }

    private static List<Contender> contenders(String setting, String budget) {
        return Contender.of(config(setting), CompareBudget.named(budget));
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
                .filter(options -> options.containsKey(option))
                .map(options -> Double.parseDouble(options.get(option)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick", "full"})
    void whoLearnsAtTGetsTheSameIterations(String budget) {
        Set<Integer> iterations = contenders("A1", budget).stream()
                .filter(contender -> contender.kind() == Contender.Kind.LEARNED && !contender.atLongT())
                .map(Contender::iterations)
                .collect(Collectors.toSet());
        assertEquals(Set.of(CompareBudget.named(budget).iterations()), iterations);
    }

    /** Everybody else is in the paper's experiment, and no one searches for what all are set beside. */
    @Test
    void onlyDesignByDefaultStartsFromTheBest() {
        ComparisonPlan plan = new ComparisonPlan("A1", CompareBudget.named("full"), Map.of(), true);
        for (Contender contender : contenders("A1", "full")) {
            boolean ours = contender.name().equals("design by default");
            assertEquals(ours, contender.atLongT(), contender.name());
            for (Map<String, String> own : contender.candidates()) {
                DesignConfig run = plan.bound(
                        Catalogue.builtIn(),
                        ours
                                ? plan.defaultOptions(Catalogue.builtIn(), own)
                                : plan.paperOptions(Catalogue.builtIn(), own));
                assertEquals(
                        own.getOrDefault("init", ours ? "best" : "default"),
                        run.training().init());
                assertEquals(ours ? 2000 : 500, run.population().validationSteps());
                assertFalse(run.yardsticks());
            }
        }
    }

    /** Logits of a few shares have a longer way to go than the paper's networks. */
    @Test
    void aMechanismLearnsAtItsOwnRateInThePapersExperimentToo() {
        ComparisonPlan plan = new ComparisonPlan("A1", CompareBudget.named("full"), Map.of("tau", "0.002"), true);
        Contender shares = named("first price, best shares", contenders("A1", "full"));
        for (Map<String, String> own : shares.candidates()) {
            DesignConfig run = plan.bound(Catalogue.builtIn(), plan.paperOptions(Catalogue.builtIn(), own));
            if (run.training().method().ascent() != null) {
                assertEquals(0.1, run.training().method().ascent().lr());
            }
            assertEquals("0.002", plan.paperOptions(Catalogue.builtIn(), own).get("tau"));
        }
    }

    /** AMID App. F. */
    @Test
    void theFullGridsAreThoseOfThePaper() {
        Set<Double> rates = Set.of(3e-5, 1e-4, 3e-4, 1e-3, 1e-2);
        Set<Double> radii = Set.of(1e-3, 1e-2, 3e-2);
        List<Contender> all = contenders("A1", "full");
        for (String name : List.of("0-SGD", "0-ADAM")) {
            Contender zeroth = named(name, all);
            assertEquals(rates, values(zeroth, "lr"));
            assertEquals(radii, values(zeroth, "radius"));
            assertEquals(15, zeroth.candidates().size());
            assertEquals(
                    name.equals("0-SGD"),
                    zeroth.candidates().stream().allMatch(options -> "sgd".equals(options.get("optimizer"))));
        }
        assertEquals(Set.of(1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 3e-2), values(named("ANNEAL", all), "sigma"));
        assertEquals(rates, values(named("AMID", all), "lr"));
        assertEquals(10, CompareBudget.named("full").repetitions());
        assertEquals(1000, CompareBudget.named("full").iterations());
    }

    /** A static mechanism has a handful of numbers, which small steps do not move far. */
    @Test
    void aSettingsOwnRateIsTriedToo() {
        double own = Objects.requireNonNull(config("A10").training().method().ascent())
                .lr();
        List<Contender> all = contenders("A10", "quick");
        assertTrue(own > 1e-2);
        for (String name : List.of("0-SGD", "0-ADAM", "AMID")) {
            assertTrue(values(named(name, all), "lr").contains(own), name);
        }
        assertEquals(Set.of(1e-4, 3e-4, 1e-3, 1e-2), values(named("AMID", contenders("A1", "quick")), "lr"));
    }

    @Test
    void gamesThatAreNoAuctionHaveNoContendersThatAre() {
        assertEquals(
                List.of("0-SGD", "0-ADAM", "ANNEAL", "AMID", "design by default"),
                contenders("beach-bar", "quick").stream().map(Contender::name).toList());
    }

    @Test
    void amidHasNoMoreCandidatesThanTheBaselinesItIsTunedBeside() {
        for (String budget : List.of("quick", "full")) {
            List<Contender> all = contenders("A1", budget);
            assertTrue(named("AMID", all).candidates().size()
                    <= named("0-ADAM", all).candidates().size());
        }
    }

    @Test
    void namesAndCandidatesDiffer() {
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
