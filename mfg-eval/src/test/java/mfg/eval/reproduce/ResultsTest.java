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
import java.util.stream.StreamSupport;
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
    void thePageHoldsEveryRowAndTheLead() throws IOException {
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
        String ours = result.get("bestAmid").asText();
        double design = StreamSupport.stream(result.get("rows").spliterator(), false)
                .filter(row -> row.get("method").asText().equals(ours))
                .mapToDouble(ResultsTest::worth)
                .sum();
        String lead = String.format(Locale.ROOT, "%+.5f", design - baseline);
        assertTrue(
                lines.stream()
                        .anyMatch(
                                line -> line.startsWith("| A1 ") && line.contains(", " + ours) && line.contains(lead)),
                lead + text);
        assertFalse(text.contains("diverged"), text);
        assertTrue(
                text.contains("`./mfg compare A1 --budget quick --iterations 2 --repetitions 2 -- --hidden=40"), text);
    }

    /** Whether a claim holds, and a check that no paper claims. */
    @Test
    void thePageHoldsVerdictsAndChecks() throws IOException {
        for (String name : List.of("fig7", "check2")) {
            Path own = Files.createDirectories(folder.resolve(name));
            Files.writeString(own.resolve(name + ".json"), """
                    {"figure":"%s","verdict":"holds","why":"it is so","details":"its numbers","command":"./mfg x"}""".formatted(name));
            Files.write(own.resolve(name + ".png"), new byte[] {1});
        }
        Path page = folder.resolve("page.md");
        Cli.Outcome outcome = Cli.run(
                "reproduce",
                "results",
                "--settings",
                "fig7,check2",
                "--out",
                folder.toString(),
                "--page",
                page.toString());
        assertEquals(0, outcome.exit(), outcome.err());
        String text = Files.readString(page);
        assertTrue(
                text.lines().anyMatch(line -> line.startsWith("| fig7 ") && line.contains("it is so (`./mfg x`)")),
                text);
        assertTrue(text.contains("Here it is so.") && text.contains("its numbers"), text);
        assertFalse(text.contains("What counts"), text);
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
