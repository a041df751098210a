package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mfg.core.Tensors;
import mfg.eval.Child;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.io.Json;
import mfg.eval.run.Context;
import mfg.eval.run.Run;
import mfg.eval.run.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was killed goes on to the same numbers as one that was not. */
final class ResumeTest {

    /** Long enough to be killed in the middle. */
    private static final String[] OPTIONS = {
        "--iterations", "6", "--checkpoint-every", "2", "--validate-every", "3", "--inner-steps", "20"
    };

    @TempDir
    private static Path uninterrupted;

    @TempDir
    private Path folder;

    private Process child;

    /** Runs a setting without interruption, once for all tests. */
    private static Path whole(String setting) {
        Path run = uninterrupted.resolve(setting);
        if (!Files.exists(run)) {
            Cli.design(setting, run, options(setting)).json();
        }
        return run;
    }

    private static String[] options(String setting) {
        return Cli.concat(Cli.draws(setting, "2", "2"), OPTIONS);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (child != null) {
            child.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @CsvSource({"A1, config.yaml", "A3, checkpoint.npz", "A1, last.npz", "beach-bar, metrics.csv"})
    void aRunKilledWhenAFileAppearedGoesOnToTheSameNumbers(String setting, String file) throws Exception {
        Path whole = whole(setting);
        Path killed = folder.resolve("killed");
        child = Child.start(folder, Cli.arguments(setting, killed, options(setting)));
        while (!Files.exists(killed.resolve(file))) {
            assertTrue(child.isAlive(), "the run ended early");
            Thread.sleep(1);
        }
        assertGoesOn(whole, killed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A1", "A3"})
    void aRunKilledBetweenCheckpointsLosesWhatCameAfterTheLast(String setting) throws Exception {
        Path whole = whole(setting);
        Path killed = folder.resolve("killed");
        child = Child.start(folder, Cli.arguments(setting, killed, options(setting)));
        // the table is written with every checkpoint, just before it
        while (!Files.exists(killed.resolve("metrics.csv"))
                || Files.readAllLines(killed.resolve("metrics.csv")).size() < 1 + 1 + 2) {
            assertTrue(child.isAlive(), "the run ended early");
            Thread.sleep(1);
        }
        child.destroyForcibly().waitFor();

        // killed again between table and checkpoint, in the middle of other files, and after a better design
        Path later = Runs.copy(killed, folder.resolve("later"));
        Files.deleteIfExists(later.resolve("metrics.csv"));
        Files.copy(whole.resolve("metrics.csv"), later.resolve("metrics.csv"));
        Files.delete(later.resolve("best.npz"));
        Files.copy(whole.resolve("best.npz"), later.resolve("best.npz"));
        List<String> halves = List.of("checkpoint.npz.tmp", "metrics.csv.tmp", "bids.png.tmp");
        for (String half : halves) {
            Files.writeString(later.resolve(half), "half of something");
        }

        // killed before the first checkpoint
        Path earlier = Runs.copy(killed, folder.resolve("earlier"));
        Files.deleteIfExists(earlier.resolve("checkpoint.npz"));

        assertGoesOn(whole, killed);
        assertGoesOn(whole, earlier);
        assertEquals(0, Cli.run("design", "--resume", later.toString()).exit());
        for (String half : halves) {
            Files.deleteIfExists(later.resolve(half));
        }
        Runs.assertSameNumbers(whole, later);
    }

    @Test
    void aRunKilledBeforeItHadAConfigurationIsStartedAgain() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.writeString(run.resolve("run.lock"), "");
        Files.writeString(run.resolve("config.yaml.tmp"), "setting: A");
        Cli.design("A1", run, "--iterations", "0").json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2"})
    void resumingAFinishedRunChangesNothing(String iterations) throws IOException {
        Path run = folder.resolve("run");
        Cli.design("A1", run, "--iterations", iterations).json();
        Path copy = Runs.copy(run, folder.resolve("copy"));
        Cli.Outcome outcome = Cli.run("design", "--resume", copy.toString(), "--json");
        assertEquals(copy.toString(), outcome.json().get("runDirectory").textValue());
        Runs.assertSameNumbers(run, copy);
    }

    /** Ended after 4 iterations and made to go on to 8: what the checkpoint holds is enough for that. */
    @ParameterizedTest
    @CsvSource({
        "A1, amid, sgd, schedule",
        "A1, two-point, adam, neural",
        "A3, two-point, sgd, neural",
        "A1, anneal, , schedule",
        "A3, anneal, , neural"
    })
    void everyWayToTrainGoesOnToTheSameNumbers(String setting, String method, String optimizer, String mechanism)
            throws IOException {
        List<String> options = new ArrayList<>(List.of(Cli.draws(setting, "2", "2")));
        options.addAll(List.of("--method", method, "--mechanism", mechanism, "--validate-every", "4"));
        options.addAll(
                method.equals("anneal")
                        ? List.of("--sigma", "0.1")
                        : List.of("--optimizer", optimizer, "--schedule", "constant", "--lr", "0.01"));
        options.addAll(List.of("--iterations", "8"));
        Path whole = folder.resolve("whole");
        Cli.design(setting, whole, options.toArray(String[]::new)).json();
        options.set(options.size() - 1, "4");
        Path halves = folder.resolve("halves");
        Cli.design(setting, halves, options.toArray(String[]::new)).json();
        assertEquals(
                0,
                Cli.run("design", "--resume", halves.toString(), "--iterations", "8")
                        .exit());
        Runs.assertSameNumbers(whole, halves);
    }

    /** A second lost gradient in a row ends training, also where a run was interrupted after the first. */
    @Test
    void whatTheWayToTrainRemembersComesBack() throws IOException {
        DesignConfig config = Run.config(DesignKind.DESIGN, Catalogue.builtIn(), whole("A1"));
        ObjectNode start = Json.object().put("iteration", 0);
        try (Task<DesignResult> task = DesignKind.DESIGN.task(config, Context.alone(1));
                Task<DesignResult> other = DesignKind.DESIGN.task(config, Context.alone(1));
                NDManager manager = NDManager.newBaseManager()) {
            task.prepare();
            NDList state = task.save(manager);
            NDArray memory = state.get(state.size() - 1);
            assertArrayEquals(new double[] {0}, Tensors.toDoubles(memory));
            memory.addi(1);
            other.load(state, 0, List.of(start));
            NDList back = other.save(manager);
            assertArrayEquals(new double[] {1}, Tensors.toDoubles(back.get(back.size() - 1)));
        }
    }

    @Test
    void aRunMayBeMovedBeforeItIsResumed() throws IOException {
        Path run = folder.resolve("run");
        Cli.design("A1", run, "--mechanism", "first-price").json();
        Path moved = Files.move(run, folder.resolve("moved"));
        assertEquals(0, Cli.run("design", "--resume", moved.toString()).exit());
    }

    @ParameterizedTest
    @CsvSource({
        "checkpoint.npz, 0",
        "checkpoint.npz, 1",
        "checkpoint.npz, 50",
        "checkpoint.npz, 1000",
        "metrics.csv, 0",
        "metrics.csv, 50",
        "metrics.csv, 120",
        "metrics.csv, 200",
        "config.yaml, 0",
        "config.yaml, 100",
        "config.yaml, 200",
    })
    void aDamagedFileIsNamedAndNothingIsOverwritten(String file, int length) throws IOException {
        Path run = Runs.copy(whole("A1"), folder.resolve("run"));
        byte[] whole = Files.readAllBytes(run.resolve(file));
        assertTrue(length < whole.length, "nothing to cut off");
        Files.write(run.resolve(file), Arrays.copyOf(whole, length));
        assertRefused(run, file);
    }

    @Test
    void aMissingTableIsNamed() throws IOException {
        Path run = Runs.copy(whole("A1"), folder.resolve("run"));
        Files.delete(run.resolve("metrics.csv"));
        assertRefused(run, "metrics.csv");
    }

    @Test
    void aTableWithAHoleIsRefused() throws IOException {
        Path run = Runs.copy(whole("A1"), folder.resolve("run"));
        List<String> lines = new ArrayList<>(Files.readAllLines(run.resolve("metrics.csv")));
        String last = lines.remove(7);
        Files.write(run.resolve("metrics.csv"), lines);
        assertRefused(run, "metrics.csv");
        lines.add(last.replaceFirst("^6,0\\.\\d+", "6,zero point three"));
        Files.write(run.resolve("metrics.csv"), lines);
        assertRefused(run, "metrics.csv");
    }

    /** What is seen now and then may be empty, and nothing else. */
    @ParameterizedTest
    @CsvSource({"1, 9, iteration 0 has no validationObjective", "2, 1, iteration 1 has no objective"})
    void aTableThatLostANumberIsRefused(int line, int column, String words) throws IOException {
        Path run = Runs.copy(whole("A1"), folder.resolve("run"));
        List<String> lines = new ArrayList<>(Files.readAllLines(run.resolve("metrics.csv")));
        String[] cells = lines.get(line).split(",", -1);
        cells[column] = "";
        lines.set(line, String.join(",", cells));
        Files.write(run.resolve("metrics.csv"), lines);
        Cli.run("design", "--resume", run.toString()).assertRefused("metrics.csv is damaged: " + words);
    }

    @Test
    void theCheckpointOfAnotherRunIsRefused() throws IOException {
        Path run = Runs.copy(whole("A1"), folder.resolve("run"));
        Path other = folder.resolve("other");
        Cli.design("A1", other, "--hidden", "9").json();
        Files.delete(run.resolve("checkpoint.npz"));
        Files.copy(other.resolve("checkpoint.npz"), run.resolve("checkpoint.npz"));
        assertRefused(run, "checkpoint.npz");
    }

    private static void assertRefused(Path run, String file) throws IOException {
        Map<String, byte[]> before = Runs.contents(run);
        Cli.run("design", "--resume", run.toString()).assertRefused(file);
        Map<String, byte[]> after = Runs.contents(run);
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, bytes) -> assertEquals(-1, Arrays.mismatch(bytes, after.get(name)), name));
    }

    /** Kills the child if it still runs, and resumes here. */
    private void assertGoesOn(Path whole, Path killed) throws Exception {
        child.destroyForcibly();
        assertTrue(child.waitFor(1, TimeUnit.MINUTES));
        Cli.Outcome outcome = Cli.run("design", "--resume", killed.toString());
        assertEquals(0, outcome.exit(), outcome.err());
        assertFalse(Files.exists(killed.resolve("checkpoint.npz.tmp")));
        for (String name : Runs.names(killed)) {
            if (name.endsWith(".tmp")) {
                Files.delete(killed.resolve(name));
            }
        }
        Runs.assertSameNumbers(whole, killed);
    }
}
