package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a design is set beside, and what {@code design} does where nothing is said. */
final class YardsticksTest {

    private static final String SIZES = "--values 8 --inner-steps 5 --validation-steps 6 --long-steps 7";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Cli.Outcome design(Path run, String options) {
        return design(run, options, 3);
    }

    private static Cli.Outcome design(Path run, String options, int iterations) {
        return Cli.run("design A1 %s %s --iterations %d --out %s"
                .formatted(SIZES, options, iterations, run)
                .strip()
                .split(" +"));
    }

    /** A run as by default, for all tests. */
    private static Path usual() {
        Path run = shared.resolve("usual");
        if (!Files.exists(run)) {
            assertEquals(0, design(run, "--hidden 40").exit());
        }
        return run;
    }

    private static JsonNode found(Path run) throws IOException {
        return Json.parse(Files.readString(run.resolve(Yardsticks.FILE))).get("simple");
    }

    /** Whatever options it has of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--mechanism schedule",
                "--mechanism first-price --shares 0.1,0.2,0.3,0.2",
                "--mechanism posted-price --price 0.5",
                "--mechanism reserve --reserve 0.3",
                "--mechanism uniform-price --shares 0.2 --reserve 0.3",
                "--mechanism static --paper",
                "--mechanism neural --hidden 40 --method anneal --paper",
            })
    void everyMechanismIsSetBesideTheSame(String options) throws IOException {
        Cli.Outcome outcome = design(folder.resolve("run"), options);
        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(outcome.out().contains(BestSimple.EQUAL_SHARES), outcome.out());
        assertTrue(outcome.out().matches("(?s).*best (simple|blind): .*"), outcome.out());
        assertTrue(outcome.out().contains("the most from bidders who do not err"), outcome.out());
        assertEquals(found(usual()), found(folder.resolve("run")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--mechanism first-price", "--hidden 40 --paper"})
    void nobodySearchesWhoDoesNotWantIt(String options) throws IOException {
        Cli.Outcome outcome = design(folder.resolve("run"), options + " --no-yardsticks");
        assertEquals(0, outcome.exit(), outcome.err());
        assertFalse(outcome.err().contains("searching"), outcome.err());
        assertFalse(Files.exists(folder.resolve("run").resolve(Yardsticks.FILE)));
    }

    /** The search is deterministic. */
    @ParameterizedTest
    @ValueSource(strings = {"damaged", "", "{\"simple\":[],\"blind\":false}", "{\"simple\":[null],\"blind\":false}"})
    void whatWasLostIsFoundAgain(String damage) throws IOException {
        Path run = Runs.copy(usual(), folder.resolve("run"));
        Files.delete(run.resolve("result.json"));
        Files.writeString(run.resolve(Yardsticks.FILE), damage);
        Cli.Outcome outcome = Cli.run("design", "--resume", run.toString());
        assertTrue(outcome.out().contains("best simple: "), outcome.out() + outcome.err());
        Runs.assertSameNumbers(usual(), run);
    }

    /** Before anything is searched or written. */
    @ParameterizedTest
    @CsvSource({
        "--tau 0, needs a regularization tau > 0",
        "--solver fictitious-play, needs a solver whose steps are all alike",
        "--tolerance 0.02, at most 0.01",
        "--stretch 0.5, at least 1"
    })
    void anEquilibriumThatIsNoneIsRefused(String options, String sentence) {
        Path run = folder.resolve("run");
        Cli.Outcome outcome = design(run, options + " --hidden 40");
        assertEquals(2, outcome.exit());
        assertTrue(outcome.err().contains(sentence), outcome.err());
        assertFalse(outcome.err().contains("searching"), outcome.err());
        assertFalse(Files.exists(run));
    }

    /** There is nothing to differentiate. */
    @ParameterizedTest
    @ValueSource(strings = {"--tau 0", "--solver fictitious-play"})
    void aMechanismWithoutParametersNeedsNoEquilibrium(String options) {
        Cli.Outcome outcome =
                design(folder.resolve("run"), options + " --mechanism posted-price --price 0.5 --no-yardsticks");
        assertEquals(0, outcome.exit(), outcome.err());
    }

    /** One product is too few from most starts, which are others on another processor. */
    @Test
    void aLinearSystemThatIsNotSolvedIsNamed() {
        List<Cli.Outcome> failed = LongStream.rangeClosed(1, 6)
                .mapToObj(seed -> design(folder.resolve("run" + seed), "--hidden 40 --products 1 --seed " + seed))
                .filter(outcome -> outcome.exit() != 0)
                .toList();
        assertFalse(failed.isEmpty());
        failed.forEach(outcome -> {
            assertEquals(1, outcome.exit());
            assertTrue(outcome.err().contains("found no solution"), outcome.err());
        });
    }

    /** Five steps of a population are too few, and steps of nothing move nothing. */
    @Test
    void aReportTellsOfUnrestAndOfSteps() {
        String options = "--hidden 40 --most-steps 1";
        Cli.Outcome outcome = design(folder.resolve("run"), options + " --lr 1e-30", 15);
        assertTrue(outcome.out().contains("the population was not at rest"), outcome.out() + outcome.err());
        assertTrue(outcome.out().contains("none held after iteration 0"), outcome.out());
        outcome = design(folder.resolve("other"), "--hidden 40 --paper --no-yardsticks", 15);
        assertFalse(outcome.out().contains("none held"), outcome.out());
    }

    /** It starts from what was found when it began. */
    @Test
    void aRunFromTheBestGoesOnToTheSameNumbers() throws IOException {
        Path killed = Runs.copy(usual(), folder.resolve("killed"));
        for (String file : new String[] {"checkpoint.npz", "best.npz", "result.json"}) {
            Files.delete(killed.resolve(file)); // as if before the first checkpoint
        }
        assertEquals(0, Cli.run("design", "--resume", killed.toString()).exit());
        Runs.assertSameNumbers(usual(), killed);
    }
}
