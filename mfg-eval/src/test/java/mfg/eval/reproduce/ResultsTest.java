package mfg.eval.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import mfg.eval.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of results, from a comparison that is there. */
final class ResultsTest {

    @TempDir
    private Path folder;

    private static double worth(JsonNode row) {
        return row.get("longObjective").get("mean").doubleValue();
    }

    @Test
    void thePageHoldsEveryRowAndSaysWhoIsBehind() throws IOException {
        String compare = "compare A1 --iterations 2 --repetitions 2 --json --out %s -- --values=8 --hidden=40"
                + " --inner-steps=5 --validation-steps=6 --long-steps=7";
        JsonNode result =
                Cli.run(compare.formatted(folder.resolve("A1")).split(" ")).json();
        Path page = folder.resolve("page.md");
        Cli.Outcome outcome = Cli.run(
                "reproduce", "results", "--settings", "A1", "--out", folder.toString(), "--page", page.toString());
        assertEquals(0, outcome.exit(), outcome.err());
        String text = Files.readString(page);
        List<String> lines = text.lines().toList();
        double baseline = 0;
        for (JsonNode row : result.get("rows")) {
            String method = row.get("method").asText();
            String worth = String.format(Locale.ROOT, "%.4f", worth(row));
            assertTrue(
                    lines.stream().anyMatch(line -> line.startsWith("| " + method + " ") && line.contains(worth)),
                    method + " " + text);
            if (method.equals(result.get("bestBaseline").asText())) {
                baseline = worth(row);
            }
        }
        for (JsonNode row : result.get("rows")) {
            String method = row.get("method").asText();
            if (method.equals("AMID") || method.equals(result.get("bestAmid").asText())) {
                String told = String.format(Locale.ROOT, "- A1: %s by %.4f,", method, baseline - worth(row));
                assertEquals(worth(row) < baseline, text.contains(told), told + text);
            }
        }
        assertFalse(text.contains("diverged"), text);
        assertTrue(
                text.contains("`./mfg compare A1 --budget quick --iterations 2 --repetitions 2 -- --hidden=40"), text);
    }

    @Test
    void aComparisonOfAnotherSettingIsNotTakenForThis() throws IOException {
        Files.createDirectories(folder.resolve("A2"));
        String compare = "compare A1 --iterations 1 --repetitions 1 --out %s -- --values=8 --hidden=40"
                + " --inner-steps=2 --validation-steps=2 --long-steps=2";
        assertEquals(
                0, Cli.run(compare.formatted(folder.resolve("A2")).split(" ")).exit());
        Cli.run("reproduce", "results", "--settings", "A2", "--out", folder.toString())
                .assertRefused("holds a comparison of A1");
    }
}
