package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.nn.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of {@code design} do what they say. */
final class DesignOptionsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"neural", "static", "first-price", "schedule", "reserve"})
    void everyMechanismCanRunAnAuction(String mechanism) {
        JsonNode result = Cli.design("A1", folder.resolve("run"), "--mechanism", mechanism)
                .json();
        double sold = Arrays.stream(Cli.numbers(result.get("goodsSold"))).sum();
        assertTrue(sold > 0 && sold <= 0.8 + 1e-6, result.toString());
        // these have something to learn
        assertEquals(
                List.of("neural", "static", "schedule").contains(mechanism),
                result.get("gradientNorm").doubleValue() > 0);
    }

    @Test
    void aReserveOfOneSellsNothing() {
        JsonNode result = Cli.design("A1", folder.resolve("run"), "--mechanism", "reserve", "--reserve", "1")
                .json();
        assertArrayEquals(new double[4], Cli.numbers(result.get("goodsSold")));
        assertEquals(0, result.get("objective").doubleValue());
    }

    @Test
    void sharesAreOfferedRoundByRound() {
        JsonNode result = Cli.design(
                        "A1",
                        folder.resolve("run"),
                        "--mechanism",
                        "first-price",
                        "--shares",
                        "0.125,0,0.25,0.0625",
                        "--precision",
                        "float64")
                .json();
        assertArrayEquals(new double[] {0.125, 0, 0.25, 0.0625}, Cli.numbers(result.get("goodsSold")), 1e-12);
    }

    @Test
    void zeroIterationsLeaveTheStartAsItIs() {
        JsonNode sine = Cli.design("A1", folder.resolve("a"), "--iterations", "0", "--init", "sine")
                .json();
        JsonNode again = Cli.design(
                        "A1",
                        folder.resolve("b"),
                        "--iterations",
                        "0",
                        "--init",
                        folder.resolve("a").resolve("last.npz").toString())
                .json();
        assertEquals(sine.get("gradientNorm"), again.get("gradientNorm"));
        assertEquals(sine.get("longObjective"), again.get("longObjective"));
    }

    @Test
    void theSameSeedGivesTheSameNumbersAndAnotherSeedOthers() {
        String[] options = {"--draws", "2", "--validation-draws", "2", "--seed", "5"};
        JsonNode one = Cli.design("A3", folder.resolve("a"), options).json();
        JsonNode same = Cli.design("A3", folder.resolve("b"), options).json();
        options[5] = "6";
        JsonNode other = Cli.design("A3", folder.resolve("c"), options).json();
        for (String name : List.of("objective", "longExploitability", "gradientNorm", "goodsSold")) {
            assertEquals(one.get(name), same.get(name), name);
            assertFalse(one.get(name).equals(other.get(name)), name);
        }
    }

    /** Runs of several seeds can be compared, and held against draws that none of them saw. */
    @Test
    void designsAreComparedOnTheSameDrawsWhateverTheSeed() {
        List<String> options = List.of("--mechanism", "first-price", "--validation-draws", "2");
        JsonNode one = firstPrice("a", options, "--seed", "5");
        assertEquals(one, firstPrice("b", options, "--seed", "6"));
        assertFalse(one.equals(firstPrice("c", options, "--validation-seed", "2")));
    }

    /** The worth of a population that circles changes with the last step. */
    @Test
    void atTheEquilibriumADesignIsWorthTheLeastOfTheLastSteps() {
        String[] atRest = {"--method", "implicit", "--iterations", "0", "--validation-steps", "250"};
        JsonNode least = Cli.design("A1", folder.resolve("a"), atRest).json();
        String best = folder.resolve("a").resolve("best.npz").toString();
        double expected = Double.POSITIVE_INFINITY;
        for (String steps : List.of("248", "249", "250")) {
            String[] options = {"--method", "amid", "--iterations", "0", "--init", best, "--validation-steps", steps};
            JsonNode one = Cli.design("A1", folder.resolve(steps), options).json();
            expected = Math.min(expected, one.get("validationObjective").doubleValue());
        }
        assertEquals(expected, least.get("validationObjective").doubleValue());
    }

    private JsonNode firstPrice(String name, List<String> options, String... more) {
        return Cli.design("A3", folder.resolve(name), Cli.concat(options.toArray(String[]::new), more))
                .json()
                .get("longObjective");
    }

    @ParameterizedTest
    @CsvSource({"amid, fast", "amid, autodiff", "two-point, fast", "anneal, fast"})
    void threadsDoNotChangeTheNumbers(String method, String step) throws IOException {
        String[] options = {
            "--draws",
            "5",
            "--validation-draws",
            "3",
            "--iterations",
            "3",
            "--validate-every",
            "2",
            "--method",
            method,
            "--step",
            step,
            "--threads",
            "1"
        };
        Cli.design("A3", folder.resolve("one"), options).json();
        options[options.length - 1] = "3";
        Cli.design("A3", folder.resolve("three"), options).json();
        Runs.assertSameNumbers(folder.resolve("one"), folder.resolve("three"));
    }

    @ParameterizedTest
    @CsvSource({
        "A1, amid, 8",
        "A1, naive, 8",
        "A1, two-point, 8",
        "A1, anneal, 9",
        "A3, amid, 16",
        "A3, two-point, 16",
        "A3, anneal, 24",
        "beach-bar, two-point, 8",
        "beach-bar, anneal, 9"
    })
    void everyMethodTrainsAndTellsWhatItCost(String setting, String method, int evaluations) throws IOException {
        String[] options = Cli.concat(Cli.draws(setting, "2", "2"), "--method", method, "--iterations", "4");
        JsonNode result = Cli.design(
                        setting,
                        folder.resolve("run"),
                        method.equals("anneal") ? Cli.concat(options, "--sigma", "0.1") : options)
                .json();
        assertEquals(method, result.get("method").textValue());
        assertEquals(evaluations, result.get("evaluations").intValue());
        assertTrue(result.get("secondsPerGradient").doubleValue() > 0);
        boolean gradient = !method.equals("anneal");
        assertEquals(gradient, result.get("gradientNorm").isNumber());
        for (int i = 1; i <= 4; i++) {
            String[] fields = Files.readAllLines(folder.resolve("run").resolve("metrics.csv"))
                    .get(1 + i)
                    .split(",", -1);
            assertFalse(fields[1].isEmpty(), "no objective");
            assertEquals(gradient, !fields[2].isEmpty(), "gradient norm");
            assertEquals(gradient, !fields[3].isEmpty(), "learning rate");
        }
    }

    @Test
    void annealingIsReportedWithoutAGradient() {
        List<String> args = new ArrayList<>(Cli.arguments("A1", folder.resolve("run"), "--method", "anneal"));
        args.remove("--json");
        Cli.Outcome outcome = Cli.run(args.toArray(String[]::new));
        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(outcome.out().contains("objective"), outcome.out());
        assertFalse(outcome.out().contains("NaN"), outcome.out());
    }

    /** Gradient ascent moves by the gradient, Adam by the learning rate. */
    @Test
    void optimizersTakeDifferentSteps() throws IOException {
        String[] options = {
            "--mechanism", "schedule", "--lr", "0.25", "--schedule", "constant", "--precision", "float64"
        };
        double norm = Cli.design("A1", folder.resolve("sgd"), with(options, "--optimizer", "sgd"))
                .json()
                .get("gradientNorm")
                .doubleValue();
        Cli.design("A1", folder.resolve("adam"), options).json();
        Cli.design("A1", folder.resolve("start"), with(options, "--iterations", "0"))
                .json();
        double[] start = logits("start");
        double[] sgd = logits("sgd");
        double[] adam = logits("adam");
        double moved = 0;
        for (int i = 0; i < start.length; i++) {
            moved += (sgd[i] - start[i]) * (sgd[i] - start[i]);
            assertEquals(0.25, Math.abs(adam[i] - start[i]), 1e-3);
        }
        assertEquals(0.25 * norm, Math.sqrt(moved), 1e-9);
    }

    private static String[] with(String[] options, String... others) {
        return Stream.concat(Arrays.stream(options), Arrays.stream(others)).toArray(String[]::new);
    }

    private double[] logits(String run) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            List<ParameterSpec> specs = List.of(new ParameterSpec("schedule", new Shape(5), 1));
            return Tensors.toDoubles(
                    Snapshot.load(folder.resolve(run).resolve("last.npz"), specs, manager, DataType.FLOAT64)
                            .head());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "linear", "cosine"})
    void learningRatesFollowTheSchedule(String schedule) throws Exception {
        Cli.design("A10", folder.resolve("run"), "--iterations", "4", "--schedule", schedule, "--lr", "0.5")
                .json();
        double[] rates = Files.readAllLines(folder.resolve("run").resolve("metrics.csv")).stream()
                .skip(2)
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[3]))
                .toArray();
        double[] expected = new double[4];
        for (int i = 0; i < 4; i++) {
            expected[i] = switch (schedule) {
                case "linear" -> 0.5 * (1 - i / 4.0);
                case "cosine" -> 0.25 * (1 + Math.cos(Math.PI * i / 4));
                default -> 0.5;
            };
        }
        assertArrayEquals(expected, rates, 1e-6);
    }

    @Test
    void figuresHaveADecimalPointInEveryLanguage() {
        Locale locale = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            Cli.Outcome outcome = Cli.design("A1", folder.resolve("run"));
            outcome.json();
            assertTrue(outcome.err().matches("(?s).*A1 1/1 .*\\d\\.\\d.*"), outcome.err());
            assertFalse(outcome.err().matches("(?s).*\\d,\\d.*"), outcome.err());
        } finally {
            Locale.setDefault(locale);
        }
    }

    @Test
    void withoutJsonTheReportIsForPeople() {
        List<String> args = new ArrayList<>(Cli.arguments("A1", folder.resolve("run")));
        args.remove("--json");
        Cli.Outcome outcome = Cli.run(args.toArray(String[]::new));
        assertEquals(0, outcome.exit());
        for (String word :
                List.of("A1", "objective", "exploitability", "T = 7", "goods sold by round", folder.toString())) {
            assertTrue(outcome.out().contains(word), outcome.out());
        }
        assertFalse(outcome.out().contains("{"), outcome.out());
    }
}
