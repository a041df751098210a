package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.eval.Cli;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.run.Display;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simple mechanisms at their best, with 20 values. */
final class BestSimpleTest {

    private static final Map<String, String> EQUAL = Map.of("mechanism", "first-price");

    @TempDir
    private Path folder;

    private static BestSimple of(int threads, String... options) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        return BestSimple.searched(
                own -> Binder.bind(
                        Catalogue.builtIn(),
                        DesignConfig.KIND,
                        Given.options(given).with(own)),
                threads,
                Display.ALONE);
    }

    private static SimpleMechanism named(BestSimple all, String name) {
        return all.found().stream()
                .filter(mechanism -> mechanism.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What {@code design} says of the options is what the search says. */
    @Test
    void aDesignIsWorthAsMuch() throws Exception {
        BestSimple all = of(2, "game", "A2", "values", "20");
        for (SimpleMechanism mechanism : all.found()) {
            List<String> line = new ArrayList<>(List.of("design", "A2", "--values=20", "--no-yardsticks", "--json"));
            mechanism.options().forEach((option, text) -> line.add("--%s=%s".formatted(option, text)));
            line.add("--out=" + folder.resolve(mechanism.name().replace(' ', '-')));
            var design = Cli.run(line.toArray(String[]::new)).json();
            assertEquals(design.get("longObjective").doubleValue(), mechanism.objective(), mechanism.name());
            assertEquals(design.get("longExploitability").doubleValue(), mechanism.exploitability(), mechanism.name());
            double sold = 0;
            for (var goods : design.get("goodsSold")) {
                sold += goods.doubleValue();
            }
            assertTrue(sold <= 0.8 + 1e-6, mechanism.name());
        }
        assertTrue(all.best().orElseThrow().objective() > all.equalShares().objective() + 0.2);
        assertFalse(all.bestBlind().orElseThrow().seesBids());
        assertTrue(all.best().orElseThrow().objective()
                >= all.bestBlind().orElseThrow().objective());
    }

    /** Myerson's bound is 0.25; bidders err a little. */
    @Test
    void theBestPostedPriceEarnsAboutTheBound() {
        BestSimple all = of(2, "game", "A1", "values", "20", "long-steps", "400");
        double posted = named(all, "posted price").objective();
        assertTrue(posted > 0.2495 && posted < 0.265, "posted price " + posted);
        double byRound = named(all, "posted price by round").objective();
        assertTrue(byRound > 0.2495 && byRound < 0.265, "posted price by round " + byRound);
        assertEquals(EQUAL, all.equalShares().options());
    }

    @Test
    void threadsDoNotMatter() {
        String[] drawn = {"game", "A3", "values", "8", "long-steps", "200", "validation-draws", "9"};
        assertEquals(of(1, drawn), of(3, drawn));
    }

    @Test
    void nobodySearchesTwice() {
        Map<String, String> given = Map.of("game", "A1", "values", "8", "long-steps", "9");
        BestSimple first = found(given);
        assertSame(first, found(Map.of("game", "A1", "values", "8", "long-steps", "9", "seed", "5", "lr", "0.1")));
        assertNotSame(first, found(Map.of("game", "A1", "values", "8", "long-steps", "8")));
        assertNotSame(first, found(Map.of("game", "A1", "values", "8", "long-steps", "9", "eta", "9")));
        assertNotSame(first, found(Map.of("game", "A2", "values", "8", "long-steps", "9")));
    }

    private static BestSimple found(Map<String, String> given) {
        return BestSimple.of(
                own -> Binder.bind(
                        Catalogue.builtIn(),
                        DesignConfig.KIND,
                        Given.options(given).with(own)),
                1,
                Display.ALONE);
    }

    @Test
    void otherGamesAreRefused() {
        assertThrows(InvalidInputException.class, () -> of(1, "game", "beach-bar"));
    }
}
