package mfg.eval.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.eval.Cli;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchGradientTest {

    @TempDir
    private Path folder;

    private static Cli.Outcome bench(String... options) {
        List<String> args = new ArrayList<>(
                List.of("bench", "gradient", "--values", "8", "--inner-steps", "6", "--repetitions", "2"));
        args.addAll(Arrays.asList(options));
        return Cli.run(args.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bench",
                "bench everything",
                "bench gradient A1",
                "bench gradient --setting A11",
                "bench gradient --setting",
                "bench gradient --setting beach-bar --step fast --inner-steps 3",
                "bench gradient --setting beach-bar --adjoint reversible --inner-steps 3",
                "bench gradient --repetitions 0",
                "bench gradient --repetitions x",
                "bench gradient --threads 0",
                "bench gradient --horizon 0",
                "bench gradient --horizon x",
                "bench gradient --values 1",
                "bench gradient --inner-steps -1",
                "bench gradient --method magic",
                "bench gradient --step slow",
                "bench gradient --adjoint reversible:0",
                "bench gradient --precision float16",
                "bench gradient --device tpu",
                "bench gradient --init nowhere.npz",
                "bench gradient --iterations 3",
                "bench gradient --gap 0.1",
                "bench gradient --no-yardsticks",
            })
    void badCommandsAreRefused(String command) {
        Cli.run(command.split(" ", -1)).assertRefused();
    }

    @Test
    void theUsualGradientIsThatOfThePaperAndNothingIsSearched() {
        Cli.Outcome outcome = bench("--json");
        assertEquals("amid", outcome.json().get("method").textValue());
        assertFalse(outcome.err().contains("searching"), outcome.err());
    }

    @ParameterizedTest
    @CsvSource({
        "A1, amid, fast, auto, float32",
        "A1, amid, autodiff, sqrt, float64",
        "A1, naive, auto,, float64",
        "A3, amid, auto, reversible:2, float32",
        "beach-bar, amid, auto, store, float32",
    })
    void everyFigureIsFinite(String setting, String method, String step, @Nullable String adjoint, String precision) {
        List<String> options = new ArrayList<>(List.of(
                "--setting",
                setting,
                "--horizon",
                "3",
                "--method",
                method,
                "--step",
                step,
                "--precision",
                precision,
                "--json"));
        if (adjoint != null) {
            options.addAll(List.of("--adjoint", adjoint));
        }
        Cli.Outcome outcome = bench(options.toArray(String[]::new));
        JsonNode result = outcome.json();
        assertEquals(1, outcome.out().lines().count());
        assertEquals(setting, result.get("setting").textValue());
        assertEquals(method, result.get("method").textValue());
        assertEquals(step, result.get("step").textValue());
        assertEquals(adjoint, result.get("adjoint").textValue());
        assertEquals(precision, result.get("precision").textValue());
        assertEquals(3, result.get("horizon").intValue());
        assertEquals(8, result.get("values").intValue());
        assertEquals(6, result.get("innerSteps").intValue());
        for (String name : List.of(
                "secondsMedian",
                "secondsMin",
                "forwardSecondsMedian",
                "stateMiB",
                "peakRssMiB",
                "value",
                "gradientNorm")) {
            assertTrue(result.get(name).isNumber(), name);
            assertTrue(Double.isFinite(result.get(name).doubleValue()), name);
        }
        for (String name : List.of("secondsMin", "forwardSecondsMedian", "peakRssMiB", "gradientNorm")) {
            assertTrue(result.get(name).doubleValue() > 0, name);
        }
        assertTrue(result.get("secondsMin").doubleValue()
                <= result.get("secondsMedian").doubleValue());
        assertTrue(method.equals("naive") || result.get("stateMiB").doubleValue() > 0);
    }

    /** What is measured is the gradient that training starts with. */
    @Test
    void valueAndNormAreThoseOfADesign() {
        JsonNode measured = bench("--setting", "A2", "--init", "sine", "--precision", "float64", "--json")
                .json();
        JsonNode designed = Cli.design(
                        "A2",
                        folder.resolve("run"),
                        "--inner-steps",
                        "6",
                        "--hidden",
                        "256",
                        "--init",
                        "sine",
                        "--precision",
                        "float64",
                        "--iterations",
                        "0")
                .json();
        assertEquals(
                designed.get("objective").doubleValue(), measured.get("value").doubleValue(), 1e-12);
        assertEquals(
                designed.get("gradientNorm").doubleValue(),
                measured.get("gradientNorm").doubleValue(),
                1e-12);
    }

    @Test
    void withoutJsonTheReportIsForPeople() {
        Cli.Outcome outcome = bench();
        assertEquals(0, outcome.exit());
        for (String word : List.of("A1", "T = 6", "gradient", "memory", "objective")) {
            assertTrue(outcome.out().contains(word), outcome.out());
        }
    }

    @Test
    void aSearchWithoutGradientsIsNotMeasured() {
        bench("--method", "anneal").assertRefused("anneal");
    }

    @Test
    void badOptionsAreToldWithoutAHintToAnotherCommand() {
        Cli.Outcome outcome = bench("--horizon", "x").assertRefused("--horizon");
        assertTrue(!outcome.err().contains("./design"), outcome.err());
    }
}
