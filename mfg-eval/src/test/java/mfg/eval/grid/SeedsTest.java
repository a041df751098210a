package mfg.eval.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mfg.core.InvalidInputException;
import mfg.eval.Child;
import mfg.eval.Cli;
import mfg.eval.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several seeds side by side. */
final class SeedsTest {

    /** Sizes at which two runs overlap. */
    private static final String[] SIZES = {
        "--inner-steps", "20", "--iterations", "4", "--validate-every", "2", "--checkpoint-every", "2"
    };

    @TempDir
    private Path folder;

    private static String[] with(String... options) {
        List<String> all = new ArrayList<>(List.of(SIZES));
        all.addAll(List.of(options));
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({"A1, fast", "A1, autodiff", "A3, fast", "beach-bar, auto"})
    void runsSideBySideComeToTheNumbersOfEachAlone(String setting, String step) throws IOException {
        String[] draws = setting.equals("A3")
                ? new String[] {"--step", step, "--draws", "2", "--validation-draws", "2"}
                : new String[] {"--step", step};
        Path all = folder.resolve("all");
        JsonNode result = Cli.design(setting, all, with(Cli.concat(draws, "--seeds", "1..3", "--threads", "2")))
                .json();
        for (int i = 0; i < 3; i++) {
            Path alone = folder.resolve("alone-" + (i + 1));
            JsonNode one = Cli.design(setting, alone, with(Cli.concat(draws, "--seed", String.valueOf(i + 1))))
                    .json();
            Runs.assertSameNumbers(alone, all.resolve("seed-" + (i + 1)));
            assertEquals(i + 1, result.get("seeds").get(i).intValue());
            assertEquals(one.get("objective"), result.get("runs").get(i).get("objective"));
        }
    }

    @Test
    void theReportHoldsMeanAndStandardDeviation() throws IOException {
        Path all = folder.resolve("all");
        JsonNode result = Cli.design("A1", all, with("--seeds", "3,1")).json();
        double one = result.get("runs").get(0).get("longObjective").doubleValue();
        double other = result.get("runs").get(1).get("longObjective").doubleValue();
        assertEquals((one + other) / 2, result.get("mean").get("longObjective").doubleValue(), 1e-15);
        assertEquals(
                Math.abs(one - other) / Math.sqrt(2),
                result.get("standardDeviation").get("longObjective").doubleValue(),
                1e-15);
        assertEquals("A1", result.get("setting").textValue());
        assertEquals(all.toString(), result.get("runDirectory").textValue());
        assertEquals(
                List.of("objective.png", "report", "report.html", "seed-1", "seed-3", "seeds.csv", "seeds.yaml"),
                Runs.names(all));
        List<String> rows = Files.readAllLines(all.resolve("seeds.csv"));
        assertEquals(3, rows.size());
        assertTrue(rows.get(1).startsWith("A1,amid,auto,float32,3,"), rows.get(1));
    }

    @Test
    void seedsAreAddedAgainAndAgain() throws IOException {
        Path all = folder.resolve("grown");
        Cli.design("A1", all, "--seeds", "4").json();
        for (String more : List.of("5", "4..6", "1")) {
            Cli.run("design", "--resume", all.toString(), "--seeds", more, "--json")
                    .json();
        }
        JsonNode result =
                Cli.run("design", "--resume", all.toString(), "--json").json();
        assertEquals("[4,5,6,1]", result.get("seeds").toString());
        assertFalse(Files.readString(all.resolve("seeds.yaml")).contains("!!"));
    }

    @Test
    void aSingleSeedHasNoDeviation() {
        Path all = folder.resolve("all");
        JsonNode result = Cli.design("A1", all, "--seeds", "7").json();
        assertTrue(result.get("standardDeviation").get("objective").isNull());
        String summary = Cli.run("design", "--resume", all.toString()).out();
        assertFalse(summary.contains("NaN"), summary);
    }

    @Test
    void resumingGoesOnWithWhatIsThere() throws Exception {
        Path whole = folder.resolve("whole");
        Cli.design("A1", whole, with("--seeds", "1..3", "--threads", "2")).json();
        Path killed = Files.createDirectory(folder.resolve("killed"));
        Files.copy(whole.resolve("seeds.yaml"), killed.resolve("seeds.yaml"));
        Runs.copy(whole.resolve("seed-1"), killed.resolve("seed-1")); // finished
        Path second = Runs.copy(whole.resolve("seed-2"), killed.resolve("seed-2")); // not yet begun to train
        for (String file : List.of("checkpoint.npz", "metrics.csv", "best.npz", "last.npz", "result.json")) {
            Files.delete(second.resolve(file));
        }
        byte[] trained = Files.readAllBytes(killed.resolve("seed-1").resolve("metrics.csv"));

        Cli.Outcome resumed = Cli.run("design", "--resume", killed.toString());
        assertEquals(0, resumed.exit(), resumed.err());
        assertEquals(Runs.names(whole), Runs.names(killed));
        for (String run : List.of("seed-1", "seed-2", "seed-3")) {
            Runs.assertSameNumbers(whole.resolve(run), killed.resolve(run));
        }
        assertEquals(
                new String(trained, StandardCharsets.UTF_8),
                Files.readString(killed.resolve("seed-1").resolve("metrics.csv")));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
    void anInterruptionIsAnsweredOnceAndLeavesFoldersThatGoOn() throws Exception {
        Path all = folder.resolve("all");
        Process child = Child.start(
                folder, Cli.arguments("A1", all, "--iterations", "1000000", "--seeds", "1..3", "--threads", "2"));
        try {
            Path metrics = all.resolve("seed-2").resolve("metrics.csv");
            while (!Files.exists(metrics) || Files.readAllLines(metrics).size() <= 2) {
                assertTrue(child.isAlive(), "the runs ended early");
                Thread.sleep(10);
            }
        } finally {
            child.destroy();
            assertTrue(child.waitFor(1, TimeUnit.MINUTES));
        }
        String err = Files.readString(folder.resolve("stderr"));
        assertTrue(err.contains("design --resume " + all + System.lineSeparator()), err);
        assertFalse(err.contains("--resume " + all.resolve("seed-1")), err);
        assertTrue(Files.exists(all.resolve("seed-1").resolve("checkpoint.npz")));
    }

    @Test
    void whatFailsInOneRunIsToldWithItsSeed() throws IOException {
        Path all = folder.resolve("all");
        Cli.Outcome outcome = Cli.design("A1", all, "--seeds", "1,2", "--lr", "1e30", "--iterations", "3");
        assertEquals(1, outcome.exit(), outcome.err());
        assertTrue(outcome.err().contains("seed-1: diverged: "), outcome.err());
        assertTrue(Files.exists(all.resolve("seed-2").resolve("checkpoint.npz")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--seeds=",
                "--seeds=one",
                "--seeds=1..",
                "--seeds=3..1",
                "--seeds=1,1",
                "--seeds=-1",
                "--seeds=1..2000",
                "--seeds=1..2 --seed=1",
                "--seeds=1..2 --threads=0",
                "--threads=0",
                "--seeds=1..2 --adjoint=none",
                "--seeds=1..2 --init=nowhere.npz"
            })
    void badListsLeaveNothingBehind(String options) throws IOException {
        Path all = folder.resolve("all");
        Cli.design("A1", all, options.split(" ", -1)).assertRefused();
        assertFalse(Files.exists(all));
    }

    @Test
    void aFolderInUseStaysAsItIs() throws IOException {
        Path run = folder.resolve("run");
        Cli.design("A1", run).json();
        Map<String, byte[]> before = Runs.contents(run);
        Cli.design("A1", run, "--seeds", "1..2").assertRefused("exists already");
        assertEquals(before.keySet(), Runs.contents(run).keySet());
    }

    @Test
    void whatTakesOneRunIsPointedToTheFirst() {
        Path all = folder.resolve("all");
        Cli.design("A1", all, "--seeds", "1..2", "--iterations", "0").json();
        Cli.run("evaluate", all.toString())
                .assertRefused("a run in it is " + all.resolve("seed-1").toString());
    }

    @Test
    void aDamagedPlanIsNamed() throws IOException {
        Files.writeString(folder.resolve("seeds.yaml"), "seeds: []\nthreads: 1\n");
        Cli.run("design", "--resume", folder.toString()).assertRefused("seeds.yaml");
    }

    /** Also where it is a list of seeds, or a number with another, that makes no sense. */
    @ParameterizedTest
    @CsvSource({"'- 2', '- 1', names a seed twice", "eta: 10.0, eta: 1000.0, eta * tau < 1"})
    void aWrongValueInAPlanIsRefusedWithTheNameOfTheFile(String line, String changed, String words) throws IOException {
        Path all = folder.resolve("all");
        Cli.design("A1", all, "--seeds", "1,2", "--iterations", "0").json();
        Path plan = all.resolve("seeds.yaml");
        String text = Files.readString(plan);
        assertTrue(text.contains(line), text);
        Files.writeString(plan, text.replace(line, changed));
        Cli.run("design", "--resume", all.toString()).assertRefused("seeds.yaml: ", words);
    }

    @Test
    void listsOfSeeds() {
        assertEquals(List.of(1L, 2L, 3L), Seeds.list("1..3"));
        assertEquals(List.of(7L, 0L, 1L), Seeds.list("7, 0..1"));
        assertThrows(InvalidInputException.class, () -> Seeds.list("1,1..2"));
    }
}
