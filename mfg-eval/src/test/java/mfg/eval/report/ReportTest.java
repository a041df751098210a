package mfg.eval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import mfg.core.InvalidInputException;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.io.Csv;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page says is what is in the folder. */
final class ReportTest {

    private static final long MOST_BYTES = 3_000_000;
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private static Path folder;

    private static Path run;

    @BeforeAll
    static void design() {
        run = folder.resolve("run");
        Cli.design("A2", run, "--iterations", "3", "--yardsticks", "true", "--validate-every", "1")
                .json();
    }

    private static JsonNode data(Path run) throws IOException {
        Matcher data = DATA.matcher(Files.readString(run.resolve("report.html")));
        assertTrue(data.find());
        return new ObjectMapper().readTree(data.group(1));
    }

    private static List<String> names(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(node -> node.get(field).asText())
                .toList();
    }

    @Test
    void aPageNeedsNothingElse() throws IOException {
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(page.length() < MOST_BYTES, page.length() + " characters");
        assertFalse(page.contains("/*{"), "something was not filled in");
        String own = page.substring(0, page.indexOf("<script>")) + page.substring(page.indexOf("function number"));
        assertFalse(own.contains("http://") || own.contains("https://"), "it would be fetched");
        assertTrue(page.contains("default-src 'none'"));
    }

    @Test
    void theFirstThingsAreTheResult() throws IOException {
        JsonNode data = data(run);
        assertEquals("design: A2", data.get("title").asText());
        assertEquals("FINISHED", data.get("state").get("kind").asText());
        JsonNode facts = data.get("answers").get(0).get("facts");
        assertEquals(
                List.of(
                        "Objective in equilibrium",
                        "Exploitability",
                        "Best simple mechanism",
                        "First price, equal shares",
                        "The most that is possible",
                        "Chosen design"),
                names(facts, "label"));
        assertEquals(
                Runs.result(run).get("longObjective").doubleValue(),
                facts.get(0).get("value").asDouble(),
                5e-5);
    }

    @Test
    void chartsShowTheTables() throws IOException {
        JsonNode data = data(run);
        assertEquals(
                List.of("objective", "exploitability", "settling", "bids", "rounds", "demand", "payments", "winning"),
                names(data.get("sections"), "name"));
        JsonNode objective = data.get("sections").get(0).get("charts").get(0);
        List<Double> expected = Csv.read(run.resolve("metrics.csv")).stream()
                .map(row -> row.get("validationObjective").asDouble())
                .toList();
        JsonNode shown = objective.get("curves").get(1).get("y");
        assertEquals(expected.size(), shown.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), shown.get(i).doubleValue(), 1e-6);
        }
        assertEquals(3, objective.get("levels").size());
        assertEquals(
                Runs.result(run).get("bestIteration").intValue(),
                objective.get("marks").get(0).get("x").intValue());
    }

    /** Of each value that bids at all, the chances of its bids sum to one. */
    @Test
    void whoBidsWhatIsADistribution() throws IOException {
        JsonNode bids = data(run).get("sections").get(3).get("charts").get(1);
        assertEquals("Frames", bids.get("kind").asText());
        for (JsonNode round : bids.get("plots")) {
            int columns = round.get("columns").size();
            for (int value = 0; value < columns; value++) {
                double sum = 0;
                boolean any = false;
                for (JsonNode row : round.get("values")) {
                    any |= row.get(value).isNumber();
                    sum += row.get(value).asDouble();
                }
                assertEquals(any ? 1 : 0, sum, 1e-4);
            }
        }
    }

    @Test
    void whatFilesSayIsNeverMarkup() throws IOException {
        Path hostile = Runs.copy(run, folder.resolve("hostile"));
        String evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>";
        Path config = hostile.resolve("config.yaml");
        Files.writeString(config, Files.readString(config).replaceFirst("name: A2", "name: '" + evil + "'"));
        assertEquals(0, Cli.run("report", hostile.toString()).exit());
        String page = Files.readString(hostile.resolve("report.html"));
        assertFalse(page.contains("<script>alert") || page.contains("<img src=x"));
        assertEquals("design: " + evil, data(hostile).get("title").asText());
    }

    @Test
    void aPageIsMadeAgain() throws IOException {
        Path again = Runs.copy(run, folder.resolve("again"));
        JsonNode before = data(again);
        Files.delete(again.resolve("report.html"));
        assertTrue(Cli.run("report", again.toString()).out().contains("report.html"));
        assertEquals(before, data(again));
    }

    @Test
    void statesAreTold() throws IOException {
        Path other = Runs.copy(run, folder.resolve("other"));
        try (FileChannel lock = FileChannel.open(other.resolve("run.lock"), StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            assertTrue(held.isValid());
            assertEquals(State.Kind.RUNNING, State.of(other).kind());
        }
        assertEquals(State.Kind.FINISHED, State.of(other).kind());
        Path result = other.resolve("result.json");
        Files.writeString(result, Files.readString(result).replace("\"finished\"", "\"it diverged\""));
        assertEquals(new State(State.Kind.ENDED_EARLY, "it diverged"), State.of(other));
        Files.delete(result);
        assertEquals(State.Kind.STOPPED, State.of(other).kind());
    }

    /** A run that goes on has no charts of its own yet: its metrics tell. */
    @Test
    void aRunningRunShowsItsMetrics() throws IOException {
        Path running = Runs.copy(run, folder.resolve("running"));
        for (String name : Runs.names(running.resolve("report"))) {
            Files.delete(running.resolve("report").resolve(name));
        }
        Report report = Report.of(running);
        assertEquals(
                List.of("objective", "exploitability", "more"),
                report.sections().stream().map(Section::name).toList());
    }

    /** A run of a sweep has no answer of a command: its result says the same. */
    @Test
    void aRunWithoutAnAnswerIsToldByItsResult() throws IOException {
        Path cell = Runs.copy(run, folder.resolve("cell"));
        Files.delete(cell.resolve("report/answer-design.json"));
        assertEquals(0, Cli.run("report", cell.toString()).exit());
        assertEquals(
                data(run).get("answers").get(0).get("facts"),
                data(cell).get("answers").get(0).get("facts"));
    }

    /** A table or a chart that cannot be read is left out, and the page says so of a table. */
    @Test
    void damagedPartsAreLeftOut() throws IOException {
        Path damaged = Runs.copy(run, folder.resolve("damaged"));
        Files.writeString(damaged.resolve("notes.csv"), "a,b\n1\n1,2,3\n");
        Files.writeString(damaged.resolve("report/x.json"), "[{\"kind\":\"Nope\"}]");
        Files.writeString(damaged.resolve("report/y.json"), "[null]");
        assertEquals(0, Cli.run("report", damaged.toString()).exit());
        JsonNode before = data(run);
        JsonNode after = data(damaged);
        assertEquals(before.get("sections"), after.get("sections"));
        List<String> tables = names(after.get("tables"), "file");
        assertTrue(tables.contains("notes.csv: no table that could be read"), tables.toString());
        assertEquals(before.get("tables").size() + 1, tables.size());
    }

    @Test
    void aFolderOfSomethingElseIsRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThrows(InvalidInputException.class, () -> Report.of(empty));
        Cli.run("report", empty.toString()).assertRefused("no run, sweep, comparison or figure");
        Cli.run("report", folder.resolve("nowhere").toString()).assertRefused("there is no folder");
    }
}
