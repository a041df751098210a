package mfg.eval.sweep;

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
import mfg.eval.Runs;
import mfg.eval.io.Csv;
import mfg.eval.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps whose designs are evaluated among N players. */
final class SweepPlayersTest {

    private static final String GRID = "settings: [A1, beach-bar]\n"
            + SweepTest.TINY.replace(", hidden: 8", "").replace("values: 8, ", "")
            + "grid: {eta: [1, 2]}\nplayers: [40, 7, 40]\nrepetitions: 6\n";

    private static final List<String> FIGURES = List.of("objective", "bias", "deviation", "exploitability");

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private Cli.Outcome sweep(String text, Path out, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("file.yaml"), text);
        String[] command = {"sweep", file.toString(), "--out", out.toString()};
        return Cli.run(Cli.concat(command, options));
    }

    /** The folder of {@link #GRID}, run once for all tests by two threads. */
    private Path whole() throws IOException {
        Path whole = shared.resolve("whole");
        if (!Files.exists(whole)) {
            sweep(GRID, whole, "--threads", "2", "--json").json();
        }
        return whole;
    }

    private static List<Path> cells(Path sweep) throws IOException {
        return Runs.names(sweep).stream()
                .map(sweep::resolve)
                .filter(RunFolder::isRun)
                .toList();
    }

    @Test
    void theColumnsAreWhatEvaluateSays() throws IOException {
        Path whole = whole();
        JsonNode json = Cli.run("sweep", "--resume", whole.toString(), "--json").json();
        List<ObjectNode> table = Csv.read(whole.resolve("runs.csv"));
        List<Path> cells = cells(whole);
        assertEquals(4, cells.size());
        for (int i = 0; i < cells.size(); i++) {
            Path copy = Runs.copy(cells.get(i), folder.resolve("copy" + i));
            Files.delete(copy.resolve("players.json"));
            String[] evaluate = {"evaluate", copy.toString(), "--players", "7,40", "--repetitions", "6", "--json"};
            for (JsonNode row : Cli.run(evaluate).json().get("rows")) {
                for (String figure : FIGURES) {
                    String column = figure + "N" + row.get("players").asText();
                    String expected = row.get(figure).asText();
                    assertEquals(expected, json.get("rows").get(i).get(column).asText(), column);
                    assertEquals(expected, table.get(i).get(column).asText(), column);
                }
            }
        }
    }

    @Test
    void theTextHasABiasForEachNumberOfPlayers() throws IOException {
        String out = Cli.run("sweep", "--resume", whole().toString()).out();
        String row = Csv.read(whole().resolve("runs.csv")).get(0).get("biasN40").asText();
        assertTrue(out.lines().findFirst().orElseThrow().matches(".*\\| bias N=7 +\\| bias N=40 +\\| no .*"), out);
        String bias = "%.4f".formatted(Double.parseDouble(row));
        assertTrue(out.lines().skip(2).findFirst().orElseThrow().contains("| " + bias), out);
    }

    @Test
    void threadsChangeNothingAndWhatIsDoneStands() throws IOException {
        Path whole = whole();
        Path one = folder.resolve("one");
        sweep(GRID, one, "--threads", "1", "--json").json();
        List<Path> cells = cells(one);
        for (int i = 0; i < cells.size(); i++) {
            Runs.assertSameNumbers(cells(whole).get(i), cells.get(i));
        }
        List<ObjectNode> table = Csv.read(one.resolve("runs.csv"));

        Path marked = cells.get(0).resolve("players.json"); // to tell whether it is read again
        Files.writeString(marked, Files.readString(marked).replaceFirst("\"bias\":[^,]*", "\"bias\":0.125"));
        Path cut = cells.get(1).resolve("players.json");
        Files.writeString(cut, Files.readString(cut).substring(0, 50));
        Files.delete(cells.get(2).resolve("players.json"));
        Path other = cells.get(3);
        Cli.run("evaluate", other.toString(), "--players", "7,40", "--repetitions", "6", "--seed", "2", "--json")
                .json();
        sweep(GRID.replace("[40, 7, 40]", "[7, 40]"), one, "--json").json();

        List<ObjectNode> again = Csv.read(one.resolve("runs.csv"));
        assertEquals("0.125", again.get(0).get("biasN7").asText());
        table.get(0).put("biasN7", "0.125");
        for (int i = 0; i < 4; i++) {
            List<String> memory = List.of("peakRssMiB"); // which the table has anew
            assertEquals(table.get(i).without(memory), again.get(i).without(memory));
        }
    }

    @Test
    void aRunWithoutResultHasNoPlayers() throws IOException {
        Path out = folder.resolve("out");
        String text = "settings: A1\n" + SweepTest.TINY.replace("iterations: 2", "iterations: 3")
                + "grid: {lr: [1e30, 3e-4]}\nplayers: 7\nrepetitions: 1\n";
        JsonNode rows = sweep(text, out, "--json").json().get("rows");
        assertTrue(rows.get(0).get("status").asText().startsWith("diverged: "), rows.toString());
        assertFalse(rows.get(0).has("biasN7"));
        assertEquals("finished", rows.get(1).get("status").asText());
        assertTrue(rows.get(1).get("biasN7").isNumber());
        assertEquals(0, Cli.run("sweep", "--resume", out.toString()).exit());
    }

    @Test
    void otherPlayersAreAnotherSweep() throws IOException {
        Path whole = whole();
        List<String> names = Runs.names(whole);
        sweep(GRID.replace("[40, 7, 40]", "[7]"), whole).assertRefused("holds another sweep");
        sweep(GRID.replace("repetitions: 6", "repetitions: 7"), whole).assertRefused("holds another sweep");
        assertEquals(names, Runs.names(whole));
        sweep(GRID.replace("40, 7", "40, 1"), folder.resolve("out")).assertRefused("file.yaml", "players");
    }
}
