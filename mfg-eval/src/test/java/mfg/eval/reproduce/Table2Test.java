package mfg.eval.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mfg.eval.Cli;
import mfg.eval.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The paper's Table 2, at sizes that take a second. */
final class Table2Test {

    private static final String[] TINY = {"--horizons", "2", "--steps", "4", "--inner-steps", "4", "--values", "8"};

    @TempDir
    private Path folder;

    private static Cli.Outcome reproduce(Path out, String... options) {
        List<String> args = new ArrayList<>(List.of("reproduce", "table2", "--out", out.toString()));
        args.addAll(List.of(options));
        return Cli.run(args.toArray(String[]::new));
    }

    @Test
    void everyCellIsMeasuredOnce() throws IOException {
        Path out = folder.resolve("table2");
        Cli.Outcome outcome = reproduce(out, TINY);
        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(outcome.out().contains("AMID fast, reversible"), outcome.out());
        assertTrue(outcome.out().contains("claim"), outcome.out());
        assertEquals(
                List.of("report", "report.html", "table2-horizon.png", "table2.csv", "table2.txt"), Runs.names(out));

        Path file = out.resolve("table2.csv");
        List<String> rows = Files.readAllLines(file);
        assertEquals(1 + 6, rows.size());
        for (String row : rows.subList(1, rows.size())) {
            assertTrue(row.contains(",measured,2,4,8,A1,"), row);
        }

        String last = rows.get(rows.size() - 1);
        Files.write(file, rows.subList(0, rows.size() - 1));
        JsonNode again = reproduce(out, with(TINY, "--json")).json();
        List<String> measured = Files.readAllLines(file);
        assertEquals(rows.subList(0, rows.size() - 1), measured.subList(0, rows.size() - 1));
        assertFalse(measured.get(rows.size() - 1).equals(last), "two measurements take different times");
        assertEquals(6, again.get("cells").size());
        assertTrue(again.get("cells").get(0).get("secondsMedian").doubleValue() > 0);
        assertEquals(2, again.get("claim").size());
        for (JsonNode verdict : again.get("claim")) {
            assertTrue(verdict.get("verdict").isTextual() && verdict.get("why").isTextual(), verdict.toString());
        }
        assertEquals(out.toString(), again.get("runDirectory").textValue());
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void whatFailsOrWouldNotFitIsSaidAndTheRestGoesOn() {
        // one round more than bench gradient takes; naive differentiation through so many would need terabytes
        JsonNode cells = reproduce(folder, "--horizons", "1000001", "--steps", "400", "--json")
                .json()
                .get("cells");
        assertEquals(6, cells.size());
        for (JsonNode cell : cells) {
            String status = cell.get("status").textValue();
            if (cell.get("column").textValue().equals("naive")) {
                assertTrue(status.matches("did not run \\(would need \\d+\\.\\d GiB\\)"), status);
            } else {
                assertTrue(status.startsWith("failed: exit code 2, --horizon must be"), status);
            }
            assertFalse(cell.has("secondsMedian"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reproduce --help", "reproduce table2 --help", "bench --help"})
    void helpGoesToStdout(String command) {
        Cli.Outcome outcome = Cli.run(command.split(" ", -1));
        assertEquals(0, outcome.exit());
        assertEquals("", outcome.err());
        assertTrue(outcome.out().startsWith("Usage: mfg"), outcome.out());
    }

    @Test
    void thePaperIsQuotedWhereItMeasuredTheSame() {
        Table2Cell cell = new Table2Cell(GradientMethod.FAST_STORE, 25, 400, 100);
        assertEquals(0.67, cell.published(false).seconds());
        assertEquals(16960, cell.published(true).mebibytes());
        assertEquals(null, new Table2Cell(GradientMethod.FAST_STORE, 25, 200, 100).published(false));
        assertEquals(null, new Table2Cell(GradientMethod.FAST_STORE, 4, 400, 100).published(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--budget=some",
                "--horizons=0",
                "--horizons=five",
                "--steps=0",
                "--inner-steps=0",
                "--values=1",
            })
    void badInputLeavesNothingBehind(String option) {
        Path out = folder.resolve("out");
        reproduce(out, option).assertRefused(option.replaceFirst("=.*", ""));
        assertFalse(Files.exists(out));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "column,status,horizon\nnaive,measured,2\n",
                "column,status\nnaive,measured,\"2,3\n",
                "column,status,horizon\nunheard-of,measured,2\n",
                "status,status\nmeasured,measured\n",
            })
    void aDamagedFileIsNamedAndStays(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("table2.csv"), text);
        reproduce(folder, TINY).assertRefused("table2.csv");
        assertEquals(text, Files.readString(file));
    }
}
