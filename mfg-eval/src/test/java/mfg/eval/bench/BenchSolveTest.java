package mfg.eval.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.eval.Cli;
import mfg.eval.io.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchSolveTest {

    @TempDir
    private Path folder;

    private static Cli.Outcome bench(String... options) {
        List<String> args = new ArrayList<>(List.of("bench", "solve", "--seconds", "0"));
        args.addAll(Arrays.asList(options));
        return Cli.run(args.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bench solve nothing",
                "bench solve a-taxi",
                "bench solve rps --seconds -1",
                "bench solve rps --seconds NaN",
                "bench solve rps --seconds x",
                "bench solve rps --iterations 0",
                "bench solve rps --eta 0",
                "bench solve rps --algorithm magic",
                "bench solve rps:",
                "bench solve rps:places=3",
                "bench solve rps:horizon=0",
                "bench solve rps --peers nowhere.csv",
                "bench solve rps --csv ../pom.xml",
            })
    void badCommandsAreRefused(String command) {
        Cli.run(command.split(" ", -1)).assertRefused();
    }

    /** What is measured is what {@code solve} does, in as many rounds. */
    @Test
    void exploitabilityIsThatOfSolve() {
        JsonNode measured = bench("sis:horizon=20", "--iterations", "3", "--eta", "0.5", "--json")
                .json()
                .get("games")
                .get(0);
        double[] solved = Cli.numbers(Cli.run(
                        "solve",
                        "sis",
                        "--horizon",
                        "20",
                        "--iterations",
                        "3",
                        "--eta",
                        "0.5",
                        "--json",
                        "--out",
                        folder.resolve("run").toString())
                .json()
                .get("exploitability"));
        assertEquals("sis:horizon=20", measured.get("game").textValue());
        assertEquals(20, measured.get("rounds").intValue());
        assertEquals(solved[0], measured.get("exploitability0").doubleValue(), 1e-12);
        assertEquals(solved[3], measured.get("exploitabilityK").doubleValue(), 1e-12);
        assertTrue(measured.get("secondsPerIteration").doubleValue() > 0);
        assertTrue(measured.get("peer").isNull());
    }

    @Test
    void othersAreHeldAgainstInTheGamesAndIterationsThatTheyHave() throws IOException {
        Path peers = folder.resolve("zoo.csv");
        Files.writeString(peers, """
                game,peer,secondsPerIteration,iterations,exploitability0,exploitabilityK
                "rps:horizon=2",One,0.5,2,0.25,0.125
                left-right,One,4,3,1,2
                left-right,Other,8,1,1,3
                """);
        Path csv = folder.resolve("beside.csv");
        Cli.Outcome outcome = bench("--peers", peers.toString(), "--csv", csv.toString());
        assertEquals(0, outcome.exit(), outcome.err());
        List<ObjectNode> rows = Csv.read(csv);
        assertEquals(
                List.of("rps:horizon=2 2 One 0.5 0.125", "left-right 3 One 4.0 2.0", "left-right 1 Other 8.0 3.0"),
                rows.stream()
                        .map(row -> String.join(
                                " ",
                                row.get("game").textValue(),
                                row.get("iterations").textValue(),
                                row.get("peer").textValue(),
                                row.get("peerSeconds").textValue(),
                                row.get("peerExploitabilityK").textValue()))
                        .toList());
        for (ObjectNode row : rows) {
            assertEquals(
                    row.get("secondsPerIteration").asDouble()
                            / row.get("peerSeconds").asDouble(),
                    row.get("ratio").asDouble(),
                    1e-15);
        }
        assertTrue(outcome.out().contains("| Other |"), outcome.out());
    }

    @Test
    void aTableOfSomethingElseIsRefused() throws IOException {
        Path peers = folder.resolve("other.csv");
        Files.writeString(peers, "game,seconds%nrps,fast%n".formatted());
        bench("--peers", peers.toString()).assertRefused("other.csv");
    }
}
