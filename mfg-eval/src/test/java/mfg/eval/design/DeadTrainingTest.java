package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mfg.eval.Cli;
import mfg.eval.io.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that has died ends early and says so; a report at a T that is too short says that. */
final class DeadTrainingTest {

    @TempDir
    Path folder;

    /** With a supply that nobody needs to bid for and a huge step, revenue and gradient are 0 from the first step on. */
    private String[] dying(Path run) {
        return new String[] {
            "design",
            "A1",
            "--paper",
            "--no-yardsticks",
            "--values",
            "8",
            "--hidden",
            "8",
            "--inner-steps",
            "60",
            "--validation-steps",
            "60",
            "--long-steps",
            "60",
            "--iterations",
            "60",
            "--lr",
            "3",
            "--schedule",
            "constant",
            "--seed",
            "1",
            "--out",
            run.toString()
        };
    }

    @Test
    void itEndsEarlyWithASentenceAndAStatus() throws IOException {
        Path run = folder.resolve("run");
        Cli.Outcome outcome = Cli.run(Cli.concat(dying(run), "--json"));
        JsonNode result = outcome.json();
        int rows = Files.readAllLines(run.resolve("metrics.csv")).size() - 2; // header, row 0
        assertEquals(Provenance.commit(), result.get("commit").asText());
        assertTrue(rows < 60, "it trained to the end: " + result);
        assertTrue(result.get("status").asText().contains("ten iterations"), result.toString());
        assertTrue(outcome.err().contains("ended after %d of 60".formatted(rows)), outcome.err());
        List<String> before = Files.readAllLines(run.resolve("metrics.csv"));
        JsonNode again = Cli.run("design", "--resume", run.toString(), "--json").json();
        assertEquals(result.get("status"), again.get("status"));
        assertEquals(before, Files.readAllLines(run.resolve("metrics.csv")));
    }

    @Test
    void aReportFarFromTheLongRunWarns() {
        Path run = folder.resolve("run");
        String report = Cli.run(
                        "design",
                        "A1",
                        "--paper",
                        "--no-yardsticks",
                        "--values",
                        "8",
                        "--hidden",
                        "8",
                        "--inner-steps",
                        "1",
                        "--validation-steps",
                        "2",
                        "--long-steps",
                        "200",
                        "--iterations",
                        "0",
                        "--out",
                        run.toString())
                .out();
        assertTrue(report.contains("careful: at T = 1"), report);
    }
}
