package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: its exit code, its whole stdout, a signal. */
final class ProcessTest {

    @TempDir
    private Path folder;

    @Test
    void aRunWithoutOutGetsAFolderAndStdoutHoldsNothingButTheResult() throws Exception {
        List<String> args = new ArrayList<>(Cli.arguments("A10", folder.resolve("unused")));
        int out = args.indexOf("--out");
        args.remove(out + 1);
        args.remove(out);
        Process child = Child.start(folder, args);
        assertTrue(child.waitFor(2, TimeUnit.MINUTES));
        assertEquals(0, child.exitValue(), Files.readString(folder.resolve("stderr")));
        List<String> lines = Files.readAllLines(folder.resolve("stdout"));
        assertEquals(1, lines.size(), lines.toString());
        Path run = Path.of(
                new ObjectMapper().readTree(lines.get(0)).get("runDirectory").textValue());
        assertTrue(run.startsWith("runs") && run.getFileName().toString().startsWith("A10-"), run.toString());
        assertEquals(List.of(run.getFileName().toString()), Runs.names(folder.resolve("runs")));
        assertEquals(lines, Files.readAllLines(folder.resolve(run).resolve("result.json")));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
    void anInterruptedRunSaysHowToGoOn() throws Exception {
        Path run = folder.resolve("run");
        Process child = Child.start(folder, Cli.arguments("A10", run, "--iterations", "1000000"));
        try {
            Path metrics = run.resolve("metrics.csv");
            // header, start, and what the first checkpoint of training holds
            while (!Files.exists(metrics) || Files.readAllLines(metrics).size() <= 2) {
                assertTrue(child.isAlive(), "the run ended early");
                Thread.sleep(10);
            }
        } finally {
            child.destroy();
            assertTrue(child.waitFor(1, TimeUnit.MINUTES));
        }
        assertTrue(child.exitValue() != 0);
        assertTrue(Files.readString(folder.resolve("stderr")).contains("--resume " + run));
    }
}
