package mfg.eval.respond;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mfg.eval.Cli;
import mfg.eval.io.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real command line, on populations that take a moment. */
final class RespondCommandTest {

    @TempDir
    private Path folder;

    private Path taxis(String... options) {
        Path run = folder.resolve("taxis");
        String[] command = {
            "learn",
            "a-taxi",
            "--players",
            "20",
            "--horizon",
            "80",
            "--epochs",
            "2",
            "--hidden",
            "16",
            "--out",
            run.toString()
        };
        assertEquals(0, Cli.run(Cli.concat(command, options)).exit());
        return run;
    }

    private Path auction() {
        Path run = folder.resolve("auction");
        String[] command = {
            "design",
            "A1",
            "--no-yardsticks",
            "--mechanism",
            "first-price",
            "--values",
            "8",
            "--horizon",
            "2",
            "--inner-steps",
            "20",
            "--validation-steps",
            "20",
            "--long-steps",
            "200",
            "--out",
            run.toString()
        };
        assertEquals(0, Cli.run(command).exit());
        return run;
    }

    private static Cli.Outcome respond(Path run, String... options) {
        return Cli.run(Cli.concat(new String[] {"respond", run.toString(), "--json"}, options));
    }

    private static ObjectNode numbers(JsonNode result) {
        return ((ObjectNode) result).without(List.of("secondsLearning", "runDirectory"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "one-hot", "number", "independent"})
    void aTaxiRespondsWhateverItsNetwork(String identity) throws IOException {
        Path run = taxis("--identity", identity);
        String[] options = {"--player", "3", "--epochs", "2", "--copies", "10", "--repetitions", "6"};
        JsonNode result = respond(run, options).json();
        assertEquals("a-taxi", result.get("game").asText());
        assertEquals(20, result.get("players").intValue());
        assertEquals(3, result.get("player").intValue());
        assertTrue(result.get("zone").intValue() == 1 || result.get("zone").intValue() == 2);
        assertTrue(result.get("dynamicProgram").isNull());
        List<ObjectNode> curve = Csv.read(run.resolve("response.csv"));
        assertEquals(2, curve.size());
        assertTrue(Files.size(run.resolve("response.png")) > 1000);
        assertEquals(
                numbers(result),
                numbers(respond(run, Cli.concat(options, "--threads", "1")).json()));
        assertFalse(numbers(result)
                .equals(numbers(respond(run, Cli.concat(options, "--seed", "2")).json())));
    }

    /** Who drives at random earns most in a zone of one cell, where every wait is in the right place. */
    @ParameterizedTest
    @CsvSource({"1S2222, 1", "2S1111, 2"})
    void goesWhereMoreIsToBeHad(String layout, int zone) throws IOException {
        Path run = taxis("--layout", layout, "--congestion", "0");
        JsonNode result = respond(run, "--epochs", "0", "--repetitions", "100").json();
        assertEquals(zone, result.get("zone").intValue());
        double error = result.get("exploitabilityStandardError").doubleValue();
        assertTrue(result.get("exploitability").doubleValue() > 3 * error, result.toString());
        assertTrue(result.get("reward").doubleValue() > 0);
    }

    /** With few values and two rounds both must come close to each other. */
    @Test
    void aBidderFindsWhatTheDynamicProgramFinds() throws IOException {
        JsonNode result = respond(
                        auction(), "--players", "50", "--epochs", "60", "--copies", "500", "--repetitions", "4000")
                .json();
        double gap = result.get("dynamicProgram").doubleValue()
                - result.get("exploitability").doubleValue();
        double error = result.get("exploitabilityStandardError").doubleValue()
                + result.get("dynamicProgramStandardError").doubleValue();
        double reward = result.get("reward").doubleValue();
        assertTrue(Math.abs(gap) < 0.02 * reward + 2 * error, result.toString());
    }

    @Test
    void whatCannotBeIsRefused() {
        Path run = taxis();
        respond(run, "--players", "10").assertRefused("--players and --steps are for runs of design");
        respond(run, "--player", "20").assertRefused("between 0 and 19");
        respond(run, "--player", "-1").assertRefused("between 0 and 19");
        respond(run, "--sample", "2", "--player", "1").assertRefused("--sample draws players");
        respond(run, "--sample", "0").assertRefused("--sample must be at least 1");
        respond(run, "--copies", "0").assertRefused("--copies must be between 1");
        respond(run, "--repetitions", "1").assertRefused("--repetitions must be between 2");
        respond(run, "--threads", "0").assertRefused("--threads must be between 1");
        respond(folder.resolve("nowhere")).assertRefused("is not a run directory");
        assertFalse(Files.exists(run.resolve("response.json")));
        Path auction = auction();
        respond(auction, "--player", "1").assertRefused("--player and --sample are for runs of learn");
        respond(auction, "--players", "1").assertRefused("between 2 and");
        respond(auction, "--steps", "0").assertRefused("--steps must be at least 1");
    }

    /** Each by itself: one of several comes to the same, whoever else was drawn and whatever the threads. */
    @Test
    void severalTaxisRespond() throws IOException {
        Path run = taxis();
        String[] options = {"--sample", "3", "--epochs", "2", "--copies", "10", "--repetitions", "6"};
        JsonNode result = respond(run, options).json();
        List<ObjectNode> rows = Csv.read(run.resolve("responses.csv"));
        assertEquals(3, result.get("sampled").intValue());
        assertEquals(
                3,
                rows.stream().map(row -> row.get("player").asText()).distinct().count());
        double mean = rows.stream()
                .mapToDouble(row -> row.get("exploitability").asDouble())
                .average()
                .orElseThrow();
        assertEquals(mean, result.get("exploitability").doubleValue(), 1e-9);
        assertTrue(Files.size(run.resolve("responses.png")) > 1000);
        assertEquals(
                numbers(result),
                numbers(respond(run, Cli.concat(options, "--threads", "1")).json()));
        assertEquals(rows, Csv.read(run.resolve("responses.csv")));

        Cli.run("learn", "--resume", run.toString(), "--epochs", "3", "--json").json();
        for (String ending : List.of(".csv", ".json", ".png")) {
            assertFalse(Files.exists(run.resolve("responses" + ending)), "none of the longer run");
        }
        String page = Files.readString(run.resolve("report.html"));
        assertFalse(page.contains("\"command\":\"respond\"") || page.contains("gain by leaving, ±"), "nor its page");
    }

    /** What networks learn by play alone, beside what dynamic programs know of the game. */
    @Test
    void aPlayerAmongTablesGainsMostOfWhatThereIs() throws IOException {
        Path run = folder.resolve("crowd");
        String[] learn = {
            "learn", "a-rps", "--players", "30", "--horizon", "3", "--epochs", "1", "--json", "--out", run.toString()
        };
        double all = Cli.run(learn).json().get("exploitability").doubleValue();
        JsonNode result = respond(run, "--sample", "5", "--epochs", "60", "--copies", "64", "--repetitions", "400")
                .json();
        double error = result.get("exploitabilityStandardError").doubleValue();
        double gain = result.get("exploitability").doubleValue();
        assertTrue(gain > 0.3 * all - 2 * error && gain < 1.3 * all + 3 * error, gain + " of " + all);
    }

    @Test
    void onlyBiddersAndWhoLearnedRespond() {
        Path beach = folder.resolve("beach");
        String[] command = {
            "design",
            "beach-bar",
            "--iterations",
            "0",
            "--inner-steps",
            "2",
            "--validation-steps",
            "2",
            "--long-steps",
            "2",
            "--out",
            beach.toString()
        };
        assertEquals(0, Cli.run(command).exit());
        respond(beach, "--players", "10", "--epochs", "1").assertRefused("beach-bar is no auction");
        Path boats = folder.resolve("boats");
        String[] learn = {
            "learn", "../examples/Fishery.java", "--players", "10", "--epochs", "1", "--out", boats.toString()
        };
        assertEquals(0, Cli.run(learn).exit());
        JsonNode result = respond(
                        boats,
                        "--games",
                        "../examples/Fishery.java",
                        "--epochs",
                        "1",
                        "--copies",
                        "4",
                        "--repetitions",
                        "4")
                .json();
        assertEquals("fishery", result.get("game").asText());
    }

    @Test
    void anUnfinishedRunIsRefused() throws IOException {
        Path run = taxis();
        Files.delete(run.resolve("networks.npz"));
        respond(run).assertRefused("has not come to its end");
    }
}
