package mfg.eval.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.DesignableGame;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.core.catalogue.SolvableGame;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.design.DesignConfig;
import mfg.eval.solve.SolveConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations from texts: what is not given, what is refused, and whose it is. */
final class BinderTest {

    private static Map<String, String> options(String text) {
        return Arrays.stream(text.split(" ", -1))
                .collect(Collectors.toMap(pair -> pair.split("=", 2)[0], pair -> pair.split("=", 2)[1]));
    }

    private static Map<String, String> bound(Binder.Kind<?> kind, String options) {
        return Tree.flat(Binder.bind(Catalogue.builtIn(), kind, Given.options(options(options))));
    }

    /** What is given, else the mechanism's, else the game's for this command, else the game's, else the command's, else the slot's. */
    @ParameterizedTest
    @CsvSource({
        "design, game=A1, eta, 10.0",
        "design, game=beach-bar, eta, 0.1",
        "design, game=A1 eta=3, eta, 3.0",
        "design, game=beach-bar, tau, 0.001", // the command's: the slot has 0
        "solve, game=rps, tau, 0.0",
        "solve, game=A1, tau, 0.001", // the game's
        "design, game=A1, lr, 1.0E-4",
        "paper, game=A1, lr, 3.0E-4",
        "paper, game=A1 mechanism=schedule, lr, 0.1",
        "paper, game=A1 lr=0.2, lr, 0.2",
        "paper, game=A10, lr, 0.03",
        "design, game=A1, init, best",
        "design, game=A1 mechanism=schedule, init, default",
        "paper, game=A1, init, default",
        "design, game=A1, method, implicit",
        "paper, game=A1, method, amid",
        "paper, game=A1 method=anneal, sigma, 0.001",
        "design, game=beach-bar, lr, 0.25",
        "design, game=A1 mechanism=schedule, lr, 0.1",
        "design, game=A10, lr, 0.03",
        "design, game=A10, mechanism, static",
        "design, game=A10 mechanism=schedule, lr, 0.1",
        "design, game=A10 mechanism=schedule lr=0.2, lr, 0.2",
        "solve, game=A1, iterations, 500", // solve.iterations is none of design's
        "design, game=A1, iterations, 200",
        "paper, game=A1, iterations, 1000",
        "design, game=beach-bar, iterations, 100",
        "paper, game=beach-bar, iterations, 100",
        "solve, game=rps, iterations, 10",
        "solve, game=a1 iterations=7, iterations, 7",
        "solve, game=A8, horizon, 100", // initial value of a field
        "solve, game=A8 horizon=010, horizon, 10",
        "design, game=A1 solver=fictitious-play tau=0.2, tau, 0.2",
    })
    void whatIsNotGivenIsWhatSuits(String command, String given, String option, String value) {
        Map<String, Binder.Kind<?>> kinds =
                Map.of("solve", SolveConfig.KIND, "design", DesignConfig.KIND, "paper", DesignConfig.PAPER);
        assertEquals(value, bound(kinds.get(command), given).get(option));
    }

    @ParameterizedTest
    @CsvSource({
        "game=A1 sigma=0.1, '--sigma is for --method anneal, which was not chosen'",
        "game=A1 radius=0.1, '--radius is for --method two-point'",
        "game=A1 method=naive adjoint=sqrt, '--adjoint is for --method amid'",
        "game=A1 method=anneal lr=0.1, '--lr is for '",
        "game=A1 solver=fixed-point eta=1, '--eta is for --solver boltzmann'",
        "game=A1 draws=2, '--draws is for A3'",
        "game=A1 max-price=1, '--max-price is for beach-bar'",
        "game=beach-bar mechanism=neural, '--mechanism is for A1, A2, A3, A4 and others'",
        "game=A1 mechanism=static hidden=4, '--hidden is for --mechanism neural'",
        "game=A1 nothing=4, '--nothing is not known; there are game, values'",
        "game=A1 innerSteps=4, '--innerSteps is not known'",
        "game=A1 inner-steps=0, '--inner-steps must be at least 1, not 0'",
        "game=A1 iterations=3.9, '--iterations must be a whole number, not 3.9'",
        "game=A1 method=magic, '--method must be amid, naive, implicit, two-point, anneal, not magic'",
        "game=A1 mechanism=lottery, '--mechanism must be'",
        "game=A99, there is no game 'A99'",
        "game=rps, 'rps cannot be designed; these can: A1'",
    })
    void whatACommandDoesNotUseIsRefused(String given, String words) {
        String told = assertThrows(InvalidInputException.class, () -> bound(DesignConfig.KIND, given))
                .getMessage();
        assertTrue(told.contains(words), told);
    }

    /** A game whose defaults are wrong is told so, and no user's option. */
    @Test
    void aDefaultThatIsNoneIsToldToBeOne() {
        Binder.Kind<SolveConfig> kind = new Binder.Kind<>("solve", SolveConfig.class, Map.of("seed", "x"));
        String told = assertThrows(InvalidInputException.class, () -> bound(kind, "game=rps"))
                .getMessage();
        assertEquals("the default of --seed must be a whole number, not x", told);
    }

    sealed interface Shape {}

    @Named("round")
    record Circle(
            @Parameter(about = "how far", value = "2", min = 1)
            double radius) implements Shape {}

    record FlatBox(
            @Parameter(about = "how wide", value = "3") int width,

            @Parameter(about = "how high", value = "4") int height)
            implements Shape {
        FlatBox {
            if (width == height) {
                throw new InvalidInputException("a box is no square");
            }
        }
    }

    record Inner(
            @Parameter(about = "a shape", value = "round") Shape theShape) {}

    record Outer(
            Inner inner,
            @Parameter(about = "numbers", value = "1,2") List<Double> numbers) {}

    private static final Binder.Kind<Outer> OUTER = new Binder.Kind<>("draw", Outer.class, Map.of("height", "9"));

    @Test
    void aChoiceIsAPermittedRecordByItsName() {
        assertEquals("{the-shape=round, radius=2.0, numbers=1.0,2.0}", String.valueOf(bound(OUTER, "numbers=1,2")));
        assertEquals(
                "{the-shape=flat-box, width=3, height=9, numbers=}",
                String.valueOf(bound(OUTER, "the-shape=flat-box numbers=")));
        assertThrows(InvalidInputException.class, () -> bound(OUTER, "the-shape=circle"));
        assertThrows(InvalidInputException.class, () -> bound(OUTER, "the-shape=round width=3"));
        // what a record refuses
        assertEquals(
                "a box is no square",
                assertThrows(InvalidInputException.class, () -> bound(OUTER, "the-shape=flat-box width=9"))
                        .getMessage());
    }

    /** All that configurations have is told with its default and whose it is; what is told is taken. */
    @Test
    void whatIsDescribedIsWhatIsBound() {
        Map<String, Described> all = new HashMap<>();
        Described.all(Catalogue.builtIn(), OUTER).forEach(described -> all.put(described.option(), described));
        assertEquals(
                List.of("the-shape", "radius", "width", "height", "numbers").size(), all.size());
        assertEquals("how far (2; of --the-shape round)", all.get("radius").help());
        assertEquals("at least 1", all.get("radius").bounds());
        assertEquals("how high (9; of --the-shape flat-box)", all.get("height").help());
        assertEquals("numbers (1,2)", all.get("numbers").help());
        assertDescribed(DesignConfig.KIND, DesignableGame.class);
        assertDescribed(SolveConfig.KIND, SolvableGame.class);
    }

    private static void assertDescribed(Binder.Kind<?> kind, Class<?> games) {
        List<String> described = Described.all(Catalogue.builtIn(), kind).stream()
                .map(Described::option)
                .toList();
        assertEquals(described.stream().distinct().count(), described.size());
        for (String game : Catalogue.builtIn().choices(games).keySet()) {
            bound(kind, "game=" + game).keySet().forEach(option -> assertTrue(described.contains(option), option));
        }
    }

    @Test
    void optionsHaveHyphensWhereNamesHaveCapitals() {
        assertEquals("inner-steps", Slot.option("innerSteps"));
        assertEquals("lr", Slot.option("lr"));
        assertFalse(Slot.of(Outer.class).get(1).isNested());
        assertTrue(Slot.of(Outer.class).get(0).isNested());
    }
}
