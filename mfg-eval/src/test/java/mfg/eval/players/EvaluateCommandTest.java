package mfg.eval.players;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mfg.eval.Cli;
import mfg.eval.Runs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs among finitely many players, at sizes that take a moment. */
final class EvaluateCommandTest {

    private static final List<String> BAD_OPTIONS = List.of(
            "--players 1",
            "--players 0",
            "--players -5",
            "--players 10,1",
            "--players 10000001",
            "--players 99999999999",
            "--players ten",
            "--players",
            "--repetitions 0",
            "--repetitions -1",
            "--repetitions x",
            "--repetitions 1000001",
            "--steps 0",
            "--steps -2",
            "--threads 0",
            "--seed x",
            "--out elsewhere",
            "another");

    @TempDir
    private Path folder;

    private static Cli.Outcome evaluate(Path run, String... options) {
        List<String> args = new ArrayList<>(List.of("evaluate", run.toString()));
        args.addAll(List.of(options));
        return Cli.run(args.toArray(String[]::new));
    }

    private static Cli.Outcome design(String setting, Path run, @Nullable String mechanism) {
        List<String> options = new ArrayList<>(List.of("--horizon", "3"));
        if (setting.equals("A3")) {
            options.addAll(List.of("--validation-draws", "3", "--draws", "1"));
        }
        if (mechanism != null) {
            options.addAll(List.of("--mechanism", mechanism));
        }
        return Cli.design(setting, run, options.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "A1, neural",
        "A1, first-price",
        "A2, reserve",
        "A3, neural",
        "A9, first-price",
        "A10, static",
        "beach-bar,",
    })
    void everyKindOfRunIsEvaluated(String setting, @Nullable String mechanism) throws IOException {
        Path run = folder.resolve("run");
        JsonNode design = design(setting, run, mechanism).json();
        JsonNode result = evaluate(run, "--players", "50,5,2000", "--repetitions", "20", "--json")
                .json();

        // in double precision what the run saw in single
        assertEquals(
                design.get("longObjective").doubleValue(),
                result.get("meanFieldObjective").doubleValue(),
                1e-4);
        assertEquals(
                design.get("longExploitability").doubleValue(),
                result.get("meanFieldExploitability").doubleValue(),
                1e-3);
        assertEquals(mechanism, result.get("mechanism").textValue());
        assertEquals(7, result.get("steps").intValue());
        assertEquals(3, result.get("rows").size());
        for (JsonNode row : result.get("rows")) {
            double bias = row.get("bias").doubleValue();
            double objective = row.get("objective").doubleValue();
            assertEquals(row.get("meanFieldObjective").doubleValue(), objective - bias, 1e-12);
            assertTrue(row.get("deviation").doubleValue() >= Math.abs(bias) - 1e-12, row.toString());
            assertTrue(row.get("standardError").doubleValue() >= 0, row.toString());
            assertTrue(row.get("exploitability").isNumber()
                    && row.get("exploitabilityError").isNumber());
            assertEquals(20, row.get("repetitions").intValue());
        }
        assertEquals(5, result.get("rows").get(0).get("players").intValue());
        assertTrue(result.get("rows").get(2).get("deviation").doubleValue() < 0.02, result.toString());
        assertTrue(result.get("slope").doubleValue() < -0.2, result.toString());
        assertEquals(run.toString(), result.get("runDirectory").textValue());
        assertEquals(4, Files.readAllLines(run.resolve("players.csv")).size());
        byte[] chart = Files.readAllBytes(run.resolve("players.png"));
        assertEquals("PNG", new String(chart, 1, 3, StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A3", "beach-bar"})
    void threadsChangeNoNumberAndEarlierResultsAreReplaced(String setting) throws IOException {
        Path run = folder.resolve("run");
        design(setting, run, null).json();
        String[] sizes = {"--players", "7,30", "--repetitions", "70", "--json", "--threads"};
        JsonNode one = evaluate(run, with(sizes, "1")).json();
        Map<String, byte[]> files = Runs.contents(run);
        JsonNode three = evaluate(run, with(sizes, "3")).json();
        assertEquals(one, three);
        Runs.contents(run).forEach((name, content) -> assertArrayEquals(files.get(name), content, name));
        assertTrue(!one.equals(evaluate(run, with(sizes, "1", "--seed", "2")).json()));
        assertTrue(!Files.readString(run.resolve("players.csv"))
                .equals(new String(files.get("players.csv"), StandardCharsets.UTF_8)));
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void withoutJsonThereIsATableAndStepsCanBeChosen() throws IOException {
        Path run = folder.resolve("run");
        Cli.design("A1", run, "--mechanism", "first-price").json();
        Cli.Outcome outcome = evaluate(run, "--players", "10", "--repetitions", "1", "--steps", "3");
        assertEquals(0, outcome.exit(), outcome.err());
        assertEquals("", outcome.err());
        assertTrue(outcome.out().contains("3 steps"), outcome.out());
        assertTrue(outcome.out().matches("(?s).*\\R +10 +0\\.\\d+ .*"), outcome.out());
        JsonNode result = evaluate(run, "--players", "10", "--repetitions", "1", "--steps", "3", "--json")
                .json();
        assertTrue(result.get("slope").isNull());
        assertTrue(result.get("rows").get(0).get("standardError").isNull());
    }

    @Test
    void badOptionsAreRefusedAndLeaveTheRunAsItWas() throws IOException {
        Path run = folder.resolve("run");
        Cli.design("A1", run, "--mechanism", "first-price").json();
        List<String> before = Runs.names(run);
        for (String options : BAD_OPTIONS) {
            evaluate(run, options.split(" ", -1)).assertRefused();
            assertEquals(before, Runs.names(run), options);
        }
    }

    @Test
    void onlyARunWithADesignIsEvaluated() throws IOException {
        Cli.run("evaluate").assertRefused();
        evaluate(folder).assertRefused(folder.toString(), "not a run");
        evaluate(folder.resolve("nowhere")).assertRefused("nowhere", "not a run");
        Path solved = folder.resolve("solved");
        Cli.run("solve", "rps", "--iterations", "2", "--out", solved.toString(), "--json")
                .json();
        evaluate(solved).assertRefused("is a run of solve; evaluate takes runs of design");
        assertEquals(List.of("solved"), Runs.names(folder));
        Path run = folder.resolve("run");
        Cli.design("A10", run).json();
        Files.delete(run.resolve("best.npz"));
        evaluate(run).assertRefused("best.npz");
        Files.writeString(run.resolve("best.npz"), "damaged");
        evaluate(run).assertRefused("best.npz");
        assertTrue(!Runs.names(run).contains("players.csv"));
    }

    @Test
    void oneNumberOfPlayersHasNoLaw() throws IOException {
        Path run = folder.resolve("run");
        Cli.design("A1", run).json();
        String report = evaluate(run, "--players", "10", "--repetitions", "10").out();
        assertTrue(report.contains("10 plays each"), report);
        assertTrue(report.contains("± one standard error; all of it"), report);
        report = evaluate(run, "--players", "10", "--repetitions", "1").out();
        assertTrue(report.contains("1 play each"), report);
    }

    @Test
    void aRunOfAnotherCommandIsToldApart() throws IOException {
        Path run = folder.resolve("run");
        Cli.run("solve", "rps", "--iterations", "1", "--out", run.toString(), "--json")
                .json();
        evaluate(run).assertRefused("run of solve", "design");
    }
}
