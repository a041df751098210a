package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mfg.eval.design.DesignKind;
import mfg.eval.run.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The game of docs/your-own-game.md, by the command lines of that page. */
final class UserGameTest {

    private static final Path PAGE = Path.of("../docs/your-own-game.md");
    private static final String[] SMALL = {
        "--inner-steps", "20", "--validation-steps", "50", "--long-steps", "40", "--iterations", "12", "--lr", "0.05"
    };

    @TempDir
    Path folder;

    private Path game;

    @BeforeEach
    void copyTheGameFromThePage() throws IOException {
        String page = Files.readString(PAGE);
        String fence = "```java\n";
        int start = page.indexOf(fence) + fence.length();
        game = folder.resolve("RoadTolls.java");
        Files.writeString(game, page.substring(start, page.indexOf("```", start)));
    }

    @Test
    void thePageShowsTheExampleAsItIsInFewerThanSixtyLines() throws IOException {
        assertEquals(Files.readString(Path.of("../examples/RoadTolls.java")), Files.readString(game));
        assertTrue(Files.readAllLines(game).size() < 60);
    }

    @Test
    void itIsSolved() {
        Path run = folder.resolve("solved");
        JsonNode result = Cli.run("solve", game.toString(), "--iterations", "100", "--out", run.toString(), "--json")
                .json();
        assertEquals("road-tolls", result.get("game").asText());
        JsonNode exploitability = result.get("exploitability");
        assertEquals(101, exploitability.size());
        assertTrue(exploitability.get(100).asDouble() < 1e-6, exploitability.toString());
        for (String file : List.of("policy.npz", "flow.csv", "flow.png", "exploitability.png", "RoadTolls.java")) {
            assertTrue(Files.exists(run.resolve(file)), file);
        }
    }

    /** Without tolls too many take the short roads; with them everybody is better off. */
    @Test
    void itIsDesignedAndResumedAfterAKill() throws Exception {
        Path whole = folder.resolve("whole");
        JsonNode expected = Cli.run(Cli.concat(
                        new String[] {"design", game.toString(), "--json", "--out", whole.toString()}, SMALL))
                .json();
        Path killed = folder.resolve("killed");
        List<String> arguments = new ArrayList<>(
                List.of("design", game.toString(), "--checkpoint-every", "1", "--out", killed.toString()));
        arguments.addAll(List.of(SMALL));
        Process child = Child.start(folder, arguments);
        while (!Files.exists(killed.resolve("checkpoint.npz")) && child.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        child.destroyForcibly().waitFor();
        JsonNode resumed =
                Cli.run("design", "--resume", killed.toString(), "--json").json();
        for (String figure : List.of("objective", "longObjective", "exploitability", "gradientNorm", "bestIteration")) {
            assertEquals(expected.get(figure), resumed.get(figure), figure);
        }
        assertArrayEquals(tolls(whole), tolls(killed));
        String start = Files.readAllLines(whole.resolve("metrics.csv")).get(1);
        double before = Double.parseDouble(start.split(",", -1)[9]);
        assertTrue(expected.get("validationObjective").asDouble() > before + 0.01, start);
    }

    private static double[] tolls(Path run) throws IOException {
        return Files.readAllLines(run.resolve("tolls-after.csv")).stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[1]))
                .toArray();
    }

    @Test
    void itGoesOnOnlyWithTheGameThatItBeganWith() throws IOException {
        Path run = folder.resolve("run");
        Cli.run(Cli.concat(new String[] {"design", game.toString(), "--json", "--out", run.toString()}, SMALL))
                .json();
        Files.writeString(game, Files.readString(game).replace("fuel = 0.5", "fuel = 0.6"));
        Cli.run("design", "--resume", run.toString()).assertRefused("RoadTolls.java", "--games");
        Cli.run(
                        "design",
                        "--resume",
                        run.toString(),
                        "--games",
                        run.resolve("RoadTolls.java").toString(),
                        "--json")
                .json();
    }

    @Test
    void itIsSweptOverAParameter() throws IOException {
        Path file = folder.resolve("sweep.yaml");
        Files.writeString(file, """
                settings: RoadTolls.java
                options: {inner-steps: 10, validation-steps: 12, long-steps: 15, iterations: 3}
                grid: {congestion: [0.2, 0.8]}
                """);
        JsonNode rows = Cli.run(
                        "sweep",
                        file.toString(),
                        "--out",
                        folder.resolve("sweep").toString(),
                        "--json")
                .json()
                .get("rows");
        assertEquals(2, rows.size());
        assertEquals(0.2, rows.get(0).get("congestion").asDouble());
        assertEquals("finished", rows.get(1).get("status").asText());
        assertNotEquals(rows.get(0).get("longObjective"), rows.get(1).get("longObjective"));
        Path run = folder.resolve("sweep").resolve("road-tolls-congestion=0.2-seed=1");
        assertNotNull(Run.seen(DesignKind.DESIGN, run), "a result without figures by round is not read");
        String config = Files.readString(run.resolve("config.yaml"));
        assertTrue(
                config.contains("source:\n  file: ") && config.contains("\n  sha256: "),
                "in one order, whatever the process");
    }

    @Test
    void itIsPlayedByAHundred() throws IOException {
        Path run = folder.resolve("run");
        Cli.run(Cli.concat(new String[] {"design", game.toString(), "--json", "--out", run.toString()}, SMALL))
                .json();
        JsonNode result = Cli.run("evaluate", run.toString(), "--players", "100", "--repetitions", "200", "--json")
                .json();
        JsonNode row = result.get("rows").get(0);
        assertEquals(100, row.get("players").asInt());
        double gap = row.get("objective").asDouble()
                - result.get("meanFieldObjective").asDouble();
        assertTrue(Math.abs(gap) < 0.1, "a hundred drivers are %s off".formatted(gap));
        assertEquals(
                result.get("meanFieldObjective"),
                new ObjectMapper()
                        .readTree(run.resolve("players.json").toFile())
                        .get("meanFieldObjective"));
    }

    @Test
    void errorsOfTheCompilerComeWithLineAndColumn() throws IOException {
        Files.writeString(game, Files.readString(game).replace("double fuel = 0.5;", "double fuel = \"much\";"));
        Cli.run("solve", game.toString()).assertRefused("RoadTolls.java does not compile", "line 13", "column");
    }

    @Test
    void parametersHaveBounds() {
        Cli.run("solve", game.toString(), "--set", "congestion=2")
                .assertRefused("--set congestion must be between 0 and 1, not 2");
    }

    @ParameterizedTest
    @CsvSource({
        "congestion = 0.8, congestion = 2, 'the default of congestion in road-tolls must be between 0 and 1, not 2.0'",
        "congestion = 0.8, congestion = Double.NaN, 'the default of congestion in road-tolls must be a number, not NaN'",
        "'min = 0, max = 1', 'min = 2, max = 1', 'the default of congestion in road-tolls can be no number: its @Parameter says between 2 and 1'",
        "'new double[] {1, 0, 0}', 'new double[] {1, 0}', 'road-tolls: initialStates should give 3 numbers, one for each state, and gives 2'",
        "'{1, -1, 0}', '{2, -1, 0}', 'road-tolls: round 0 should give transition probabilities that sum to 1, and gives'",
    })
    void itsMistakesAreToldInASentence(String right, String wrong, String told) throws IOException {
        Files.writeString(game, Files.readString(game).replace(right, wrong));
        for (String command : List.of("solve", "design")) {
            Cli.run(command, game.toString()).assertRefused(told);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "String lane, 'the parameter lane of road-tolls has no initial value'",
        "float lane, 'the default of lane in road-tolls is of a type that cannot be set: float'",
    })
    void itsParametersHaveAValueThatCanBeSet(String field, String told) throws IOException {
        Files.writeString(
                game,
                Files.readString(game)
                        .replace(
                                "    @Parameter(about = \"what a long",
                                "    @Parameter(about = \"a lane\") %s;\n\n    @Parameter(about = \"what a long"
                                        .formatted(field)));
        Cli.run("solve", game.toString()).assertRefused(told);
    }

    /** The engine keeps the number in memory that is freed too early; a trace does not. */
    @Test
    void aNumberInAProductIsRefusedWhereTheEngineDifferentiates() throws IOException {
        Files.writeString(game, Files.readString(game).replace("tolls.add(cost).neg()", "tolls.add(cost).mul(-1)"));
        for (String[] byEngine : new String[][] {{"--step", "autodiff"}, {"--method", "naive"}}) {
            Cli.run("design", game.toString(), byEngine[0], byEngine[1])
                    .assertRefused("road-tolls: a round should give the same gradient while garbage is collected");
        }
        Path run = folder.resolve("traced");
        Cli.run(Cli.concat(new String[] {"design", game.toString(), "--json", "--out", run.toString()}, SMALL))
                .json();
    }

    @Test
    void aStepTooLongIsRefused() {
        for (String command : List.of("solve", "design")) {
            Cli.run(command, game.toString(), "--eta", "2", "--tau", "0.5")
                    .assertRefused("eta * tau < 1, not eta = 2.0 and tau = 0.5");
        }
    }

    @Test
    void aParameterThatIsNotKnownIsAnsweredWithTheGamesOwn() {
        Cli.run("solve", game.toString(), "--set", "congstion=1")
                .assertRefused(
                        "--set congstion is not known; did you mean congestion? road-tolls has congestion, fuel");
        Cli.run("design", game.toString(), "--set", "tolls=2")
                .assertRefused("--set tolls is not known; road-tolls has congestion, fuel");
        Cli.run("bench", "gradient", "--setting", game.toString(), "--set", "fule=2")
                .assertRefused("--set fule is not known; did you mean fuel? road-tolls has congestion, fuel");
        Cli.run("design", game.toString(), "--set", "max-price=2")
                .assertRefused("--set max-price is for beach-bar, which was not chosen");
    }

    @Test
    void aParameterGivenAsAnOptionIsToldHowToBeSet() {
        String file = game.toString();
        Cli.run("solve", file, "--fuel=1").assertRefused("'--fuel=1' is not understood; say --set fuel=1 (");
        Cli.run("design", "--congestion=0.5", file)
                .assertRefused("'--congestion=0.5' is not understood; say --set congestion=0.5 (");
        Cli.run("solve", file, "--fuel").assertRefused("'--fuel' is not understood; say --set fuel=VALUE (");
        Cli.run("bench", "gradient", "--setting", file, "--fuel", "1")
                .assertRefused("'--fuel' is not understood; say --set fuel=1 (");
        for (String other : List.of("nobody", "nowhere.java", "rps")) {
            String told = Cli.run("solve", other, "--fuel", "1")
                    .assertRefused("'--fuel' is not understood")
                    .err();
            assertFalse(told.contains("--set"), told);
        }
    }

    @Test
    void whatIsSetHasAValue() {
        for (String word : List.of("congestion", "=1", "")) {
            Cli.run("solve", game.toString(), "--set", word)
                    .assertRefused("--set takes NAME=VALUE, not '%s'".formatted(word));
        }
        Cli.run("solve", game.toString(), "--set", "fuel=1", "--set", "fuel=2")
                .assertRefused("--set fuel is given twice");
    }

    @Test
    void optionsCanBeSetToo() {
        Path run = folder.resolve("run");
        JsonNode result = Cli.run("solve", game.toString(), "--set", "iterations=3", "--out", run.toString(), "--json")
                .json();
        assertEquals(4, result.get("exploitability").size());
    }
}
