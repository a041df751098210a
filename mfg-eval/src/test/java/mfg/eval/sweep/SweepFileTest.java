package mfg.eval.sweep;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import mfg.eval.Cli;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.grid.Grid;
import mfg.eval.grid.Place;
import mfg.eval.run.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sweep's file may say. */
final class SweepFileTest {

    @TempDir
    private Path folder;

    private Cli.Outcome sweep(String text, Path out) throws IOException {
        Path file = Files.writeString(folder.resolve("file.yaml"), text);
        return Cli.run("sweep", file.toString(), "--out", out.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "null",
                "A1",
                "[A1]",
                "3",
                "settings: A1: 2",
                "settings:\n\t- A1",
                "settings: [A1",
                "settings: A1\n---\nsettings: A2",
                "settings: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader []]",
                "\u0000\u0001",
                "{}",
                "seeds: 1",
                "settings:",
                "settings: []",
                "settings: {A1: 1}",
                "settings: [[A1]]",
                "settings: [A1, null]",
                "settings: A99",
                "settings: '@file.yaml'",
                "settings: [A1, a1]",
                "settings: A1\nsettings: A2",
                "settings: A1\nsurprise: 1",
                "settings: A1\nplayers:",
                "settings: A1\nplayers: []",
                "settings: A1\nplayers: [1]",
                "settings: A1\nplayers: [100, -3]",
                "settings: A1\nplayers: [many]",
                "settings: A1\nplayers: 99.5",
                "settings: A1\nplayers: 99999999999",
                "settings: A1\nplayers: [[100]]",
                "settings: A1\nrepetitions: 20",
                "settings: A1\nplayers: 100\nrepetitions:",
                "settings: A1\nplayers: 100\nrepetitions: 0",
                "settings: A1\nplayers: 100\nrepetitions: [20]",
                "settings: A1\noptions: {players: 100}",
                "settings: A1\nseeds: []",
                "settings: A1\nseeds: [1, 1]",
                "settings: A1\nseeds: -1",
                "settings: A1\nseeds: 1.5",
                "settings: A1\nseeds: 2..1",
                "settings: A1\nseeds: {a: 1}",
                "settings: A1\noptions:",
                "settings: A1\noptions: 3",
                "settings: A1\noptions: [tau]",
                "settings: A1\noptions: {typo: 3}",
                "settings: A1\noptions: {--tau: 0.001}",
                "settings: A1\noptions: {innerSteps: 3}",
                "settings: A1\noptions: {<<: {tau: 1}}",
                "settings: A1\noptions: {tau: }",
                "settings: A1\noptions: {tau: high}",
                "settings: A1\noptions: {tau: true}",
                "settings: A1\noptions: {tau: .nan}",
                "settings: A1\noptions: {tau: [0.001, 0.002]}",
                "settings: A1\noptions: {tau: {x: 1}}",
                "settings: A1\noptions: {tau: 0.5}",
                "settings: A1\noptions: {iterations: 1.5}",
                "settings: A1\noptions: {iterations: 99999999999}",
                "settings: A1\noptions: {values: 1}",
                "settings: A1\noptions: {method: magic}",
                "settings: A1\noptions: {init: nowhere.npz}",
                "settings: A1\noptions: {max-price: 0.8}",
                "settings: [A1, beach-bar]\noptions: {mechanism: neural}",
                "settings: A1\noptions: {seed: 1}",
                "settings: A1\noptions: {seeds: 1..2}",
                "settings: A1\noptions: {threads: 2}",
                "settings: A1\noptions: {out: runs/x}",
                "settings: A1\noptions: {resume: runs/x}",
                "settings: A1\noptions: {json: true}",
                "settings: A1\noptions: {help: true}",
                "settings: A1\noptions: {version: true}",
                "settings: A1\ngrid: {tau: 0.001}",
                "settings: A1\ngrid: {tau: []}",
                "settings: A1\ngrid: {tau: [[[0.001]]]}",
                "settings: A1\ngrid: {tau: [{x: 1}]}",
                "settings: A1\ngrid: {tau: [null]}",
                "settings: A1\ngrid: {tau: [0.001, 1e-3]}",
                "settings: A1\ngrid: {tau: [0.001], tau: [0.002]}",
                "settings: A1\noptions: {tau: 0.001}\ngrid: {tau: [0.002]}",
                "settings: A1\ngrid: {mechanism: [neural, lottery]}",
                "settings: A1\ngames: A2",
                "settings: A1\ncommand: evaluate",
                "settings: A1\ncommand: [design, solve]",
                "settings: A1\ncommand: solve\nplayers: 100",
                "settings: rps",
                "settings: beach-bar\ncommand: solve\noptions: {lr: 0.1}",
                "settings: nowhere.java",
                "settings: A1\nseeds: 010",
                "settings: A1\noptions: {values: 010}",
                "settings: A1\ngrid: {shares: [[0.1, 01]]}",
                "settings: A1\noptions: {mechanism: first-price, hidden: 8}",
                "settings: A1\noptions: {values-from: bids.csv}",
                "settings: &a [*a]",
            })
    void badFilesLeaveNothingBehind(String text) throws IOException {
        Path out = folder.resolve("out");
        Cli.Outcome outcome = sweep(text, out).assertRefused();
        assertTrue(outcome.err().length() < 500, outcome.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        Path out = folder.resolve("out");
        sweep("settings: A1\noptions: {typo: 3}", out).assertRefused("file.yaml", "'typo'");
        sweep("settings: A1\ngrid: {inner-steps: [10, ten]}", out).assertRefused("file.yaml", "inner-steps", "ten");
        sweep("settings: A1\noptions: {values: 010}", out).assertRefused("file.yaml", "line 2", "010");
        sweep("settings: A1\noptions: {iterations: 3.9}", out).assertRefused("file.yaml", "iterations", "3.9");
        sweep("settings: A1\ngrid: {mechanism: [neural, reserve], hidden: [8]}", out)
                .assertRefused("file.yaml", "'hidden' is for --mechanism neural");
        sweep("settings: A1\noptions: {iterations: [2]}", out)
                .assertRefused("file.yaml: 'iterations' must be one value");
        sweep("settings: A1\ngrid: {inner-steps: [10, [20]]}", out)
                .assertRefused("file.yaml: 'inner-steps' must be one");
        sweep("settings: A99", out).assertRefused("file.yaml", "A99", "did you mean A9?");
        sweep("settings: A1\ngrid: {tau: [0.001, 0.5]}", out).assertRefused("file.yaml: tau=0.5: ");
    }

    @Test
    void junkIsRefusedInTime() throws IOException {
        Path out = folder.resolve("out");
        String numbers = "[" + String.join(",", Collections.nCopies(60, "1")) + "]";
        StringBuilder laughs = new StringBuilder("settings: &a0 [A1, A1]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        for (String junk : List.of(
                "settings: A1\nseeds: 1..1000\ngrid: {tau: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}",
                "settings: A1\ngrid: {tau: %1$s, eta: %1$s, lr: %1$s, clip: %1$s, values: %1$s, hidden: %1$s}"
                        .formatted(numbers),
                "[".repeat(100_000),
                "settings: " + "[".repeat(500) + "]".repeat(500),
                "{settings: ".repeat(5_000),
                laughs.toString())) {
            sweep(junk, out).assertRefused();
            assertFalse(Files.exists(out));
        }
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        Cli.run("sweep", binary.toString(), "--out", out.toString()).assertRefused();
    }

    /** A run of each would take minutes; that each would start is what the first step of all of them says. */
    @ParameterizedTest
    @ValueSource(strings = {"tau.yaml", "inner-steps.yaml", "seeds-and-mechanisms.yaml", "players.yaml"})
    void theExamplesCanBeRun(String name) throws IOException {
        Path example = Path.of("..", "docs", "sweeps", name);
        Sweep<?> sweep = Sweep.read(example, Catalogue.builtIn());
        int runs = sweep.cells().size();
        assertTrue(runs >= 8 && runs <= 20, runs + " runs");
        check(sweep);
    }

    private static <T extends Result> void check(Sweep<T> sweep) throws IOException {
        Grid.Purpose purpose = new Grid.Purpose("sweep", "sweep.yaml", "runs.csv", false);
        new Grid<>(purpose, sweep.cells().subList(0, 1), sweep.catalogue(), Path.of("nowhere"), Place.here(1)).check();
    }
}
