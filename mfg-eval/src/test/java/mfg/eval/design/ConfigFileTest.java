package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import mfg.eval.Cli;
import mfg.eval.Runs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigFileTest {

    @TempDir
    private Path folder;

    private Path run;
    private Path config;

    @BeforeEach
    void start() throws IOException {
        run = folder.resolve("run");
        config = run.resolve("config.yaml");
        RunDirectory.create(run, ConfigRoundTripTest.config("default", 0.25, List.of(), 3), "")
                .close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lr: 0.25            | lr: fast",
                "lr: 0.25            | lr: -1.0",
                "lr: 0.25            | lr: .nan",
                "lr: 0.25            | lr: [0.25]",
                "lr: 0.25            | lr: {x: 1}",
                "lr: 0.25            | lr:",
                "lr: 0.25            | lr: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader []]",
                "values: 8           | values: 1",
                "values: 8           | values: eight",
                "values: 8           | values: 99999999999",
                "values: 8           | values: null",
                "initialValues: []   | initialValues: [1.0]",
                "initialValues: []   | initialValues: [0, 0, 0, 0, 0, 0, 0, 0]",
                "initialValues: []   | initialValues: [1, 1, 1, 1, 1, 1, 1, -1]",
                "initialValues: []   | initialValues: [1, 1, 1, 1, 1, 1, 1, .nan]",
                "initialValues: []   | initialValues: [1, 1, 1, 1, 1, 1, 1, .inf]",
                "initialValues: []   | initialValues: [1, 1, 1, 1, 1, 1, 1, null]",
                "initialValues: []   | initialValues:",
                "valuesFrom: \"\"     | valuesFrom: ~",
                "setting: A1         | setting: null",
                "setting: A1         | setting: A99",
                "setting: A1         | setting: [A1]",
                "mechanism: neural   | mechanism: ~",
                "mechanism: neural   | mechanism: lottery",
                "shares: []          | shares: null",
                "shares: []          | shares: [null]",
                "shares: []          | shares: many",
                "init: default       | init: nowhere.npz",
                "seed: 3             | seed: 3\\nsurprise: 4",
                "eta: 10.0           | eta: 1000.0",
                "schedule: cosine    | schedule: sawtooth",
                "method: amid        | method: magic",
                "adjoint: revolve:3  | adjoint: revolve:0",
                "optimizer: adam     | optimizer: momentum",
                "radius: 0.25        | radius: 0.0",
                "sigma: 0.25         | sigma: .inf",
                "step: auto          | step: slow",
                "step: auto          | step:",
                "step: auto          | step: [auto]",
                "precision: float32  | precision: float16",
                "device: cpu         | device: tpu",
                "iterations: 0       | iterations: -1",
                "beta: 0.25          | `",
            })
    void aChangedLineIsRefused(String line, String changed) throws IOException {
        String text = Files.readString(config);
        assertTrue(text.contains(line), text);
        Files.writeString(
                config, text.replace(line, changed.replace("\\n", "\n").replace("`", "")));
        assertRefused();
    }

    @Test
    void textThatIsNoConfigurationIsRefused() throws IOException {
        StringBuilder laughs = new StringBuilder("a0: &a0 [ha, ha, ha]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        for (String text : List.of(
                "",
                "# only a comment\n",
                "null\n",
                "3\n",
                "just text\n",
                "[]\n",
                "{}\n",
                "a: b: c\n",
                "\t- tab",
                "{",
                "\"",
                "&a [*a]\n",
                "*nobody\n",
                "setting: &s [*s]\n",
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://localhost/\"]]]]\n",
                "[".repeat(100_000),
                "{a: ".repeat(5_000),
                "\u0000\u0001",
                laughs.toString())) {
            Files.writeString(config, text);
            assertRefused();
        }
        Files.write(config, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed", "shares", "setting", "beta"})
    void aMissingFieldIsNamed(String field) throws IOException {
        String text = Files.readString(config);
        Files.writeString(config, text.replaceFirst("(?m)^%s: .*\n".formatted(field), ""));
        assertFalse(Files.readString(config).equals(text));
        assertRefused().assertRefused(field);
    }

    /** A run that began before there was a choice of steps and of optimizers. */
    @Test
    void whatOlderConfigurationsLackGetsItsDefault() throws IOException {
        String text = Files.readString(config);
        String old = text.replaceFirst("(?m)^step: .*\n", "")
                .replaceFirst("(?m)^optimizer: .*\n", "")
                .replaceFirst("(?m)^radius: .*\n", "")
                .replaceFirst("(?m)^sigma: .*\n", "")
                .replace("adjoint: revolve:3", "adjoint: store");
        assertEquals(
                5,
                text.lines()
                        .filter(line -> !old.lines().toList().contains(line))
                        .count());
        Files.writeString(config, old);
        Cli.Outcome outcome = Cli.run("design", "--resume", run.toString(), "--json");
        assertEquals("store", outcome.json().get("adjoint").textValue());
        try (RunDirectory files = RunDirectory.open(run)) {
            assertEquals("auto", files.config().step());
            assertEquals("adam", files.config().optimizer());
            assertEquals(0.01, files.config().radius());
            assertEquals(0.001, files.config().sigma());
        }
    }

    private Cli.Outcome assertRefused() throws IOException {
        byte[] before = Files.readAllBytes(config);
        Cli.Outcome outcome = Cli.run("design", "--resume", run.toString()).assertRefused();
        assertTrue(outcome.err().length() < 500, outcome.err());
        assertEquals(List.of("config.yaml", "run.lock"), Runs.names(run));
        assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(config)));
        return outcome;
    }
}
