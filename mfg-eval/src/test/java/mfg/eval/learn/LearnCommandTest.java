package mfg.eval.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.io.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real command line on tiny games. */
final class LearnCommandTest {

    private static final List<String> TINY = List.of(
            "--players",
            "40",
            "--horizon",
            "4",
            "--beta",
            "0.05",
            "--epochs",
            "6",
            "--td-epochs",
            "3",
            "--repetitions",
            "3");

    @TempDir
    private Path folder;

    private static Cli.Outcome learn(String game, Path out, String... options) {
        List<String> args = new ArrayList<>(List.of("learn", game, "--json", "--out", out.toString()));
        List<String> given = Arrays.asList(options);
        for (int k = 0; k < TINY.size(); k += 2) {
            if (!given.contains(TINY.get(k))) {
                args.addAll(TINY.subList(k, k + 2));
            }
        }
        args.addAll(given);
        return Cli.run(args.toArray(String[]::new));
    }

    /** All numbers but times. */
    private static JsonNode numbers(Path run) throws IOException {
        ObjectNode result = (ObjectNode)
                new ObjectMapper().readTree(run.resolve("result.json").toFile());
        return result.without(List.of("secondsLearning", "playerStepsPerSecond", "runDirectory"));
    }

    private static List<ObjectNode> metrics(Path run) throws IOException {
        List<ObjectNode> rows = Csv.read(run.resolve("metrics.csv"));
        rows.forEach(row -> row.remove("seconds"));
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"a-rps,symm-pmd", "a-rps,ipmd", "a-sis,symm-pmd", "a-sis,ipmd", "asymmetric-congestion,symm-pmd"})
    void everyGameAndAlgorithmLeavesAReport(String game, String algorithm) throws IOException {
        Path out = folder.resolve("out");
        JsonNode result = learn(game, out, "--algorithm", algorithm).json();
        assertEquals(game, result.get("game").asText());
        assertEquals(algorithm, result.get("algorithm").asText());
        assertEquals(40, result.get("players").intValue());
        assertEquals(6, result.get("epochs").intValue());
        for (String figure : List.of(
                "exploitability",
                "lastExploitability",
                "maxExploitability",
                "exploitabilityStandardError",
                "alpha",
                "beta",
                "secondsLearning",
                "playerStepsPerSecond")) {
            assertTrue(result.get(figure).isNumber(), figure);
        }
        assertEquals(out.toString(), result.get("runDirectory").asText());
        assertEquals(0.05, result.get("beta").doubleValue(), 0.005);
        assertEquals(
                List.of(
                        "average.npz",
                        "checkpoint.npz",
                        "config.yaml",
                        "exploitability.png",
                        "last.npz",
                        "metrics.csv",
                        "population.csv",
                        "population.png",
                        "report",
                        "report.html",
                        "result.json",
                        "run.lock"),
                Runs.names(out));
        assertEquals(List.of("0", "5", "6"), column(metrics(out), "epoch"));
        for (ObjectNode round : Csv.read(out.resolve("population.csv"))) {
            double sum = 0;
            for (Map.Entry<String, JsonNode> field : round.properties()) {
                sum += field.getKey().equals("round")
                        ? 0
                        : Double.parseDouble(field.getValue().asText());
            }
            assertEquals(1, sum, 1e-12);
        }
    }

    private static List<String> column(List<ObjectNode> rows, String name) {
        return rows.stream().map(row -> row.get(name).asText()).toList();
    }

    /** Also where the result was lost, or everything but the configuration. */
    @ParameterizedTest
    @ValueSource(strings = {"symm-pmd", "ipmd"})
    void whatIsResumedComesToTheSameNumbers(String algorithm) throws IOException {
        Path whole = folder.resolve("whole");
        learn("a-sis", whole, "--algorithm", algorithm, "--threads", "1").json();
        Path half = folder.resolve("half");
        learn("a-sis", half, "--algorithm", algorithm, "--epochs", "3").json();
        Cli.run("learn", "--resume", half.toString(), "--epochs", "6", "--json").json();
        assertEquals(numbers(whole), numbers(half));
        assertEquals(
                metrics(whole).get(metrics(whole).size() - 1),
                metrics(half).get(metrics(half).size() - 1));
        for (String name : Runs.names(half)) {
            if (!name.equals("config.yaml") && !name.equals("report")) {
                Files.delete(half.resolve(name));
            }
        }
        Cli.run("learn", "--resume", half.toString(), "--threads", "3", "--json")
                .json();
        assertEquals(numbers(whole), numbers(half));
        assertEquals(metrics(whole), metrics(half));
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("population.csv")),
                Files.readAllBytes(half.resolve("population.csv")));
    }

    @Test
    void thePapersSchedulesAreOneOptionAway() throws IOException {
        Path out = folder.resolve("out");
        learn("a-rps", out, "--paper").json();
        String config = Files.readString(out.resolve("config.yaml"));
        assertTrue(config.contains("xi0: 1.0") && config.contains("tdData: player-1"), config);
    }

    @ParameterizedTest
    @CsvSource({
        "a-rps --alpha 0.1, --alpha is for a-sis or asymmetric-congestion",
        "a-rps --beta 0.4, beta",
        "a-sis --alpha 0.9, alpha",
        "a-taxi --algorithm ipmd, --algorithm ipmd cannot learn a-taxi; it is for games whose players have states and differ",
        "a-sis --algorithm magic, '--algorithm must be symm-pmd, ipmd, ppo'",
        "a-sis --td-data some, --td-data must be",
        "a-sis --algorithm ipmd --td-data player-1, --td-data is for --algorithm symm-pmd",
        "a-sis --epochs -1, --epochs",
        "a-sis --epochs 1.5, --epochs",
        "a-sis --td-epochs 0, --td-epochs",
        "a-sis --delta 0, --delta",
        "a-sis --xi0 0, --xi0",
        "a-sis --tau -1, --tau",
        "a-sis --players 1, players",
        "a-sis --repetitions 1, repetitions",
        "a-sis --threads 0, --threads",
        "a-sis --horizon 0, --horizon",
        "a-sis --seed 1 --seeds 1..2, --seeds",
        "chess, there is no game",
        "sioux-falls --players 1, between 2 and",
        "a-sis --layout 1S2, --layout is for a-taxi",
        "a-sis --value-clipping none, --value-clipping is for --algorithm ppo",
        "a-rps --identity one-hot, --identity is for --algorithm ppo",
        "'', say what to learn",
    })
    void badInputLeavesNothingBehind(String arguments, String words) {
        Path out = folder.resolve("out");
        List<String> args = new ArrayList<>(List.of("learn", "--out", out.toString()));
        args.addAll(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));
        Cli.run(args.toArray(String[]::new)).assertRefused(words);
        assertFalse(Files.exists(out));
    }

    @Test
    void aFolderThatIsTakenStaysAsItIs() throws IOException {
        Path out = folder.resolve("out");
        learn("a-rps", out).json();
        Map<String, byte[]> before = Runs.contents(out);
        learn("a-rps", out).assertRefused("exists already");
        Cli.run("learn", "a-rps", "--resume", out.toString()).assertRefused("--resume takes everything");
        Cli.run("learn", "--resume", folder.toString()).assertRefused("is not a run directory");
        Map<String, byte[]> after = Runs.contents(out);
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        Path out = folder.resolve("out");
        learn("a-rps", out).json();
        Files.writeString(out.resolve("checkpoint.npz"), "nonsense");
        Cli.run("learn", "--resume", out.toString()).assertRefused("checkpoint.npz");
    }
}
