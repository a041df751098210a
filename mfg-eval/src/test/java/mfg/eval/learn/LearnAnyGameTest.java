package mfg.eval.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mfg.eval.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Learning games of all kinds from play alone, by the real command. */
class LearnAnyGameTest {

    private static final String FISHERY = "../examples/Fishery.java";
    private static final String COMMUTERS = "../examples/Commuters.java";

    @TempDir
    Path folder;

    private int runs;

    private JsonNode learn(String... options) {
        return learnInto("run" + runs++, options);
    }

    private JsonNode learnInto(String run, String... options) {
        String[] fixed = {"learn", "--json", "--out", folder.resolve(run).toString()};
        return Cli.run(Cli.concat(fixed, options)).json();
    }

    /** Tables come near the equilibrium that a solver finds with the model. */
    @Test
    void tablesFindTheEquilibriumOfTheMeanField() {
        JsonNode result = learn("left-right", "--players", "1000", "--epochs", "150", "--tau", "0", "--xi0", "2");
        assertEquals(1000, result.get("players").asInt());
        assertTrue(result.get("equilibriumExploitability").asDouble() < 1e-3, result.toString());
        assertTrue(result.get("meanFieldExploitability").asDouble() < 0.1, result.toString());
        assertTrue(result.get("flowDistance").asDouble() < 0.1, result.toString());
        double objective = result.get("equilibriumObjective").asDouble();
        assertEquals(objective, result.get("objective").asDouble(), 0.05 * Math.abs(objective));
    }

    /** A move into a wall counts as one that is legal, when what was learned is measured, too. */
    @Test
    void actionsThatAreNotLegalCostNothing() {
        JsonNode result = learn("four-rooms", "--players", "20", "--epochs", "1", "--repetitions", "2");
        assertTrue(result.get("meanFieldExploitability").asDouble() < 1000, result.toString());
        assertTrue(result.get("exploitability").asDouble() < 1000, result.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "left-right, ppo, none",
        "sis, ppo, one-hot",
        "A1, ppo, none",
        "a-rps, ppo, number",
        "a-sis, ppo, independent",
        "beach-bar, ppo, none"
    })
    void networksLearnGamesWithStates(String game, String algorithm, String identity) {
        JsonNode result = learn(
                game,
                "--algorithm",
                algorithm,
                "--identity",
                identity,
                "--players",
                "12",
                "--epochs",
                "2",
                "--hidden",
                "8");
        assertEquals(12, result.get("players").asInt());
        assertTrue(result.get("exploitability").isNumber(), result.toString());
        assertTrue(result.get("exploitability").asDouble() >= -0.5, result.toString());
    }

    @Test
    void whatCannotBeSeatedIsRefused() {
        Cli.run("learn", "bench-rps", "--out", folder.resolve("x").toString()).assertRefused("never ends");
        Cli.run(
                        "learn",
                        "left-right",
                        "--algorithm",
                        "ipmd",
                        "--out",
                        folder.resolve("y").toString())
                .assertRefused(
                        "--algorithm ipmd cannot learn left-right; it is for games whose players have states and differ");
        Cli.run(
                        "learn",
                        "a-taxi",
                        "--algorithm",
                        "symm-pmd",
                        "--out",
                        folder.resolve("z").toString())
                .assertRefused("--algorithm symm-pmd cannot learn a-taxi");
    }

    // ---- a user's own simulator ----

    @ParameterizedTest
    @ValueSource(strings = {FISHERY, COMMUTERS})
    void thePageShowsTheExampleInFewerThanAHundredLines(String example) throws IOException {
        String page = Files.readString(Path.of("../docs/your-own-simulator.md"));
        String file = Files.readString(Path.of(example));
        assertTrue(page.contains("```java\n" + file + "```"));
        assertTrue(file.lines().count() < 100);
    }

    /** What is wrong with a simulator is told, and nothing is left. */
    @ParameterizedTest
    @CsvSource({
        "agents() { return sizes.length, agents() { return 0 * sizes.length, agents() must be at least 1",
        "agents() { return sizes.length, agents() { return 1 + sizes.length, no whole number of copies of 200 players",
        "players() { return players, players() { return players + 1, 'the game has 201 players, its simulator 200'",
        "sizes[i] * 0.5f * fish[g], 0f / 0, 'in round 0, agent 0 earns NaN'",
        "= (float) day / horizon, = 1f / 0, 'in round 0, agent 0 sees Infinity'",
        "return new Fleet(sizes, return true ? null : new Fleet(sizes, simulator() returns null"
    })
    void simulatorsThatCannotBeAreRefused(String right, String wrong, String words) throws IOException {
        Path file = folder.resolve("Fishery.java");
        String text = Files.readString(Path.of(FISHERY));
        assertTrue(text.contains(right));
        Files.writeString(file, text.replace(right, wrong));
        Cli.run("learn", file.toString(), "--out", folder.resolve("run").toString())
                .assertRefused(words);
    }

    @Test
    void boatsLearnToFish() {
        JsonNode few = learn(FISHERY, "--epochs", "2", "--players", "100");
        JsonNode more = learn(FISHERY, "--epochs", "30", "--players", "100", "--seed", "1");
        assertEquals("fishery", more.get("game").asText());
        assertTrue(more.get("fishLeft").asDouble() > 0);
        assertTrue(more.get("meanReward").asDouble() > few.get("meanReward").asDouble(), more.toString());
    }

    /** On ten days all roads take two thirds of an hour, and nobody changes the road; who chooses at random does so on two days of three. */
    @Test
    void commutersStayOnTheirRoads() throws IOException {
        JsonNode result =
                learn(COMMUTERS, "--algorithm", "symm-pmd", "--xi0", "5", "--epochs", "400", "--tau", "0.005");
        double random = -10 * (2 / 3.0 + 0.1 * 2 / 3);
        double best = -10 * 2 / 3.0;
        assertTrue(result.get("meanReward").asDouble() > (random + best) / 2, result.toString());
        String metrics = Files.readString(folder.resolve("run0").resolve("metrics.csv"));
        assertTrue(metrics.startsWith("epoch,meanReward,lastMeanReward"), metrics);
        assertTrue(Files.exists(folder.resolve("run0").resolve("meanReward.png")));
    }

    @Test
    void threadsChangeNoNumber() throws IOException {
        for (String threads : List.of("1", "2")) {
            String[] options = {"--epochs", "4", "--players", "30", "--normalize-rewards", "--threads", threads};
            learnInto(threads, Cli.concat(new String[] {FISHERY}, options));
        }
        assertEquals(column(folder.resolve("1")), column(folder.resolve("2")));
        assertTrue(Files.exists(folder.resolve("1").resolve("Fishery.java")));
    }

    private static String column(Path run) throws IOException {
        StringBuilder column = new StringBuilder();
        for (String line : Files.readAllLines(run.resolve("metrics.csv"))) {
            column.append(line, 0, line.lastIndexOf(',')).append('\n'); // all but seconds
        }
        return column.toString();
    }
}
