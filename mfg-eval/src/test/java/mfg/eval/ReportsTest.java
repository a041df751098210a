package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import mfg.eval.design.DesignResult;
import mfg.eval.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reports say in plain words. */
final class ReportsTest {

    @TempDir
    private Path folder;

    @Test
    void figuresByRoundHaveNamesInWords() throws Exception {
        Path run = folder.resolve("run");
        JsonNode json = Cli.design("A1", run).json();
        assertTrue(json.has("goodsSold"), json.toString());
        String report = summary(run, "exploitability", -0.0003);
        assertTrue(report.contains("goods sold by round 0."), report);
        assertTrue(report.contains("exploitability 0.0000 plain"), report);
    }

    @Test
    void aLongHorizonHasARangeNotASum() throws Exception {
        Path run = folder.resolve("run");
        double[] crowds = Cli.numbers(Cli.design("beach-bar", run).json().get("largestCrowd"));
        assertTrue(crowds.length > 10);
        String report = summary(run, "objective", 0);
        assertTrue(report.contains("largest crowd by round, from 0."), report);
        assertFalse(report.contains("in all"), report);
    }

    @Test
    void taxisThatDidNotLearnEarnedNothing() {
        Cli.Outcome outcome = Cli.run(
                "learn",
                "a-taxi",
                "--players",
                "3",
                "--horizon",
                "4",
                "--hidden",
                "8",
                "--epochs",
                "0",
                "--out",
                folder.resolve("run").toString());
        assertEquals(0, outcome.exit(), outcome.err());
        assertFalse(outcome.out().contains("NaN"), outcome.out());
        assertTrue(outcome.out().contains("0 epochs"), outcome.out());
    }

    @Test
    void oneIsToldAsOne() throws Exception {
        Path run = folder.resolve("run");
        Cli.design("A1", run).json();
        assertTrue(summary(run, "objective", 0).contains("the best of 1 iteration: after "));
        String seeds =
                "design A1 --values 8 --hidden 8 --init default --no-yardsticks --iterations 0 --inner-steps 5 --seeds 1 --out "
                        + run + "s";
        assertTrue(Cli.run(seeds.split(" ")).out().startsWith("A1, 1 seed" + System.lineSeparator()));
        String taxi = "learn a-taxi --players 1 --horizon 4 --hidden 8 --epochs 1 --out " + folder.resolve("taxi");
        Cli.Outcome outcome = Cli.run(taxi.split(" "));
        assertTrue(
                outcome.out().contains(", 1 player, 1 epoch" + System.lineSeparator()), outcome.out() + outcome.err());
    }

    private static String summary(Path run, String field, double value) throws Exception {
        ObjectNode fields = (ObjectNode) new ObjectMapper().readTree(Files.readString(run.resolve("result.json")));
        return Json.read(fields.put(field, value), DesignResult.class).summary();
    }
}
