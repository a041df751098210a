package mfg.eval.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import mfg.eval.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures are those of page 5 of the specification: MFGLib's, OpenSpiel's, Cui and Koeppl's (2021). */
final class SolveCommandTest {

    @ParameterizedTest
    @CsvSource({
        "left-right, omd", "left-right, fictitious-play", "left-right, fixed-point",
        "rps, omd", "rps, fictitious-play", "rps, fixed-point",
        "sis, omd", "sis, fictitious-play", "sis, fixed-point",
        "mfglib-beach-bar, omd", "mfglib-beach-bar, fictitious-play", "mfglib-beach-bar, fixed-point",
        "crowd-modelling, omd", "crowd-modelling, fictitious-play", "crowd-modelling, fixed-point",
        "beach-bar, omd", "beach-bar, fictitious-play", "beach-bar, fixed-point",
    })
    void everyGameIsSolvedByEveryAlgorithm(String game, String algorithm) {
        Cli.Outcome outcome = Cli.run("solve", game, "--algorithm", algorithm, "--iterations", "3", "--json");
        assertEquals(1, outcome.out().lines().count());
        JsonNode result = outcome.json();
        assertEquals(game, result.get("game").textValue());
        assertEquals(algorithm, result.get("algorithm").textValue());
        assertEquals(3, result.get("iterations").intValue());
        assertTrue(result.get("iterations").isIntegralNumber());
        assertTrue(result.get("value").isDouble(), result.toString());
        double[] exploitability = Cli.numbers(result.get("exploitability"));
        assertEquals(4, exploitability.length);
        for (double gain : exploitability) {
            assertTrue(gain >= -1e-12, result.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "left-right, 0, 0.25, 1e-12",
        "rps, 0, 0.3333333333333333, 1e-12",
        "rps, 1, 0.5421513, 6e-8",
        "rps, 10, 1.9231944, 6e-8",
        "sis, 0, 5.4668739, 6e-8",
        "mfglib-beach-bar, 0, 1.2212623, 6e-8",
        "mfglib-beach-bar, 1, 0.5316852, 6e-8",
        "crowd-modelling, 0, 2.8135365543870385, 1e-9",
    })
    void theDefaultsOfAGameAreThoseOfItsSource(String game, int iteration, double expected, double tolerance) {
        JsonNode result = Cli.run("solve", game, "--json").json();
        assertEquals(expected, Cli.numbers(result.get("exploitability"))[iteration], tolerance);
    }

    @Test
    void mfglibsBeachBarIsNearlySolvedAfterTenIterations() {
        JsonNode result = Cli.run("solve", "mfglib-beach-bar", "--json").json();
        // page 5 has 0.0760838; a computation in plain Python, in float64 and in float32, gives 0.0760938
        assertEquals(0.0760838, Cli.numbers(result.get("exploitability"))[10], 1.1e-5);
    }

    @ParameterizedTest
    @CsvSource({"fictitious-play, 0.9908, 6e-5", "fixed-point, 55.745, 6e-4"})
    void theOtherAlgorithmsReachWhatOpenSpielReached(String algorithm, double expected, double tolerance) {
        JsonNode result = Cli.run("solve", "crowd-modelling", "--algorithm", algorithm, "--iterations", "10", "--json")
                .json();
        assertEquals(expected, Cli.numbers(result.get("exploitability"))[10], tolerance);
    }

    @Test
    void zeroIterationsMeasureTheUniformPolicy() {
        JsonNode result = Cli.run("solve", "crowd-modelling", "--iterations", "0", "--json")
                .json();
        assertEquals(1, result.get("exploitability").size());
        assertEquals(27.215850929940448, result.get("value").doubleValue(), 1e-9);
    }

    @Test
    void theHorizonIsTheNumberOfRounds() {
        // SIS with rounds t = 0..10
        JsonNode result = Cli.run("solve", "SIS", "--horizon", "11", "--iterations", "0", "--json")
                .json();
        assertEquals("sis", result.get("game").textValue());
        assertEquals(1.6062428, Cli.numbers(result.get("exploitability"))[0], 6e-8);
    }

    @Test
    void thePricingBeachConvergesAsMeasured() {
        // page 2 of the specification: price 0.25 everywhere, T = 400
        JsonNode result =
                Cli.run("solve", "beach-bar", "--iterations", "400", "--json").json();
        assertEquals(0.161, Cli.numbers(result.get("exploitability"))[400], 6e-4);
    }

    @Test
    void withoutJsonThereIsATable() {
        Cli.Outcome outcome = Cli.run("solve", "rps", "--iterations", "1");
        assertEquals(0, outcome.exit());
        List<String> lines = outcome.out().lines().toList();
        assertTrue(lines.get(2).matches(" *0 +0\\.333333\\d*"), outcome.out());
        assertTrue(lines.get(3).matches(" *1 +0\\.542151\\d*"), outcome.out());
    }

    @Test
    void numbersThatBreakDownAreOneSentenceAndExitCodeOne() {
        Cli.Outcome outcome = Cli.run("solve", "rps", "--algorithm", "fictitious-play", "--tau", "1e-320", "--json");
        assertEquals(1, outcome.exit());
        assertEquals("", outcome.out());
        assertTrue(
                outcome.err().endsWith("the exploitability is not a number" + System.lineSeparator()), outcome.err());
    }
}
