package mfg.eval.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.design.DesignConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code config.yaml}: read strictly, and a run with another is refused in one sentence that names it. */
final class RunFileTest {

    @TempDir
    private Path folder;

    private Path run;
    private Path config;

    @BeforeEach
    void start() throws IOException {
        run = Files.createDirectory(folder.resolve("run"));
        config = run.resolve("config.yaml");
        Files.writeString(config, text(Map.of()));
    }

    /** The file of a run that needs little. */
    private static String text(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(Map.of("game", "A1", "values", "8", "hidden", "8", "seed", "3"));
        options.putAll(Map.of("iterations", "0", "inner-steps", "5", "validation-steps", "6", "long-steps", "7"));
        options.putAll(Map.of("method", "amid", "init", "default", "yardsticks", "false"));
        options.putAll(Map.of("lr", "0.25", "adjoint", "revolve:3"));
        options.putAll(more);
        return RunFile.of("design", null, Binder.bind(Catalogue.builtIn(), DesignConfig.KIND, Given.options(options)))
                .text("# mfg 9.9, commit 0123456\n");
    }

    @Test
    void whatIsNotTouchedIsTaken() {
        Cli.Outcome outcome = Cli.run("design", "--resume", run.toString(), "--json");
        assertEquals(3, outcome.json().get("seed").intValue());
        assertEquals("revolve:3", outcome.json().get("adjoint").textValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lr: 0.25            | lr: fast                   | training.method.ascent.lr must be a number",
                "lr: 0.25            | lr: -1.0                   | lr must be positive, not -1.0",
                "lr: 0.25            | lr: .nan                   | lr must be a number",
                "lr: 0.25            | lr: 1e999                  | lr is too large",
                "lr: 0.25            | lr: 1_0                    | lr must be a number",
                "lr: 0.25            | lr: 0x1p3                  | lr must be a number",
                "lr: 0.25            | lr: 1d                     | lr must be a number",
                "lr: 0.25            | lr: [[0.25]]               | lr is no single value",
                "lr: 0.25            | lr: {x: 1}                 | ascent",
                "lr: 0.25            | lr:                        | lr must be a number, not empty",
                "lr: 0.25            | lr: ''                     | lr must be a number, not empty",
                "lr: 0.25            | lr: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader []] | is no YAML in line 28",
                "lr: 0.25            | lr: !!str 0.25             | tags are not read",
                "values: 8           | values: 1                  | game.values must be between 2 and",
                "values: 8           | values: eight              | game.values must be a whole number",
                "values: 8           | values: 99999999999        | game.values must be between",
                "values: 8           | values: 8.0                | game.values must be a whole number, not 8.0",
                "values: 8           | values: null               | game.values must be a whole number, not null",
                "initialValues: []   | initialValues: [1.0]       | initialValues must be 8 numbers",
                "initialValues: []   | initialValues: [0, 0, 0, 0, 0, 0, 0, 0]     | ",
                "initialValues: []   | initialValues: [1, 1, 1, 1, 1, 1, 1, -1]    | initialValues must be 0 or more",
                "initialValues: []   | initialValues: [1, 1, 1, 1, 1, 1, 1, .nan]  | initialValues must be a number",
                "initialValues: []   | initialValues: [1, 1, 1, 1, 1, 1, 1, null]  | initialValues must be a number",
                "initialValues: []   | initialValues: [1, 1, 1, 1, 1, 1, 1, [1]]   | initialValues is no single value",
                "name: A1            | name: null                 | null",
                "name: A1            | name: A99                  | A99",
                "name: A1            | name: rps                  | rps cannot be designed",
                "name: A1            | name: beach-bar            | game.mechanism.name is for A1",
                "name: neural        | name: ~                    | game.mechanism",
                "name: neural        | name: lottery              | game.mechanism",
                "name: neural        | name: static               | game.mechanism.hidden",
                "init: default       | init: nowhere.npz          | nowhere.npz",
                "seed: 3             | seed: 3\\nsurprise: 4      | config.yaml: surprise is not known",
                "seed: 3             | seed: 3\\nseed: 3          | 'seed' is given twice",
                "seed: 3             | seed: 3\\n---\\nseed: 4    | second document",
                "seed: 3             | seed: [3]                  | config.yaml: seed must be one value, not a list",
                "longSteps: 7        | longSteps: [7]             | longSteps must be one value, not a list",
                "init: default       | init: [default]            | init must be one value, not a list",
                "name: A1            | name: [A1]                 | game.name must be one value, not a list",
                "seed: 3             | seed: 3.0                  | seed must be a whole number",
                "seed: 3             | seed: &three 3             | anchors",
                "seed: 3             | seed: true                 | seed must be a whole number",
                "innerSteps: 5       | innerSteps: 5\\n  lr: 0.25 | lr",
                "eta: 10.0           | eta: 1000.0                | config.yaml: mirror descent needs eta > 0",
                "schedule: cosine    | schedule: sawtooth         | schedule",
                "name: amid          | name: magic                | magic",
                "adjoint: revolve:3  | adjoint: revolve:0         | config.yaml: revolve needs at least 1 slot",
                "optimizer: adam     | optimizer: momentum        | optimizer",
                "step: auto          | step: slow                 | step must be auto, fast, traced or autodiff, not slow",
                "step: auto          | step:                      | step must be auto, fast, traced or autodiff, not empty",
                "precision: float32  | precision: float16         | precision",
                "device: cpu         | device: tpu                | device",
                "iterations: 0       | iterations: -1             | iterations must be 0 or more, not -1",
                "iterations: 0       | iterations: 3.9            | iterations must be a whole number, not 3.9",
                "iterations: 0       | iterations: ''             | iterations must be a whole number, not empty",
                "iterations: 0       | iterations: 1e1            | iterations must be a whole number",
                "command: design     | command: solve             | is a run of solve",
                "command: design     | command: [design]          | command",
                "command: design     | command: design\\nsource: x | 'source' must have a file and its sha256",
            })
    void aChangedLineIsRefused(String line, String changed, String words) throws IOException {
        String text = Files.readString(config);
        assertTrue(text.contains(line), text);
        Files.writeString(config, text.replace(line, changed.replace("\\n", "\n")));
        Cli.Outcome outcome = assertRefused();
        assertTrue(words == null || outcome.err().contains(words), outcome.err());
    }

    /** '010' is ten and never eight; without quotes it is refused. */
    @ParameterizedTest
    @ValueSource(strings = {"'010'", "\"10\"", "+10"})
    void aLeadingZeroMakesNoOctalNumber(String text) throws IOException {
        Files.writeString(config, Files.readString(config).replace("values: 8", "values: " + text));
        RunFile file = RunFile.read(config);
        DesignConfig read = file.config(Catalogue.builtIn(), DesignConfig.KIND, config);
        assertTrue(RunFile.of("design", null, read).text("").contains("values: 10\n"));
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
                "game: &s [*s]\n",
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://localhost/\"]]]]\n",
                "[".repeat(100_000),
                "{a: ".repeat(5_000),
                "\u0000\u0001",
                laughs.toString())) {
            Files.writeString(config, text);
            assertRefused();
        }
        Files.write(config, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertTrue(assertRefused().err().contains("UTF-8"));
    }

    @ParameterizedTest
    @CsvSource({
        "seed: .*, seed",
        "  values: .*, game.values",
        "  horizon: .*, game.horizon",
        "  name: A1, game",
        "  mechanism:\\n.*\\n.*, game.mechanism",
        "    hidden: .*, game.mechanism.hidden",
        "  innerSteps: .*, population.innerSteps",
        "      clip: .*, training.method.ascent.clip",
        "command: .*, which command",
        "computing:\\n.*\\n.*\\n.*, computing",
        "game:\\n (.*\\n)* *valuesFrom: '', game",
    })
    void whatIsMissingIsNamed(String lines, String name) throws IOException {
        String text = Files.readString(config);
        Files.writeString(config, text.replaceFirst("(?m)^ *%s\n".formatted(lines), ""));
        assertFalse(Files.readString(config).equals(text), text);
        String told = assertRefused().err();
        assertTrue(told.contains(name), told);
        assertTrue(name.contains(" ") || told.contains(" has no " + name), told);
    }

    /** The first releases wrote no format. */
    @ParameterizedTest
    @CsvSource({
        "'format: 2\n', '', mfg 9.9",
        "format: 2, format: 1, mfg 9.9",
        "format: 2, format: 3, mfg 9.9",
        "format: 2, format: 3, mfg 9.9",
        "format: 2, format: [2], mfg 9.9",
    })
    void aRunOfAnotherVersionIsRefusedByItsName(String format, String other, String version) throws IOException {
        String text = Files.readString(config);
        Files.writeString(config, text.replace(format, other));
        assertFalse(Files.readString(config).equals(text));
        assertRefused().assertRefused("written by " + version, "cannot read");
        Files.writeString(config, Files.readString(config).replaceFirst("# mfg.*", "# hello"));
        assertRefused().assertRefused("written by another version of mfg");
    }

    /** A file as the version before wrote it. */
    @Test
    void aRunOfTheVersionBeforeIsRefusedByItsName() throws IOException {
        Files.writeString(
                config,
                "# mfg 0.1.0-SNAPSHOT, Java 21.0.9\nsetting: A1\nmechanism: neural\ninit: default\niterations: 300\n");
        assertRefused().assertRefused("config.yaml", "written by mfg 0.1.0-SNAPSHOT", "cannot read");
    }

    private Cli.Outcome assertRefused() throws IOException {
        byte[] before = Files.readAllBytes(config);
        Cli.Outcome outcome = Cli.run("design", "--resume", run.toString()).assertRefused();
        assertTrue(outcome.err().length() < 600, outcome.err());
        assertTrue(Runs.names(run).stream().allMatch(name -> name.matches("config.yaml|run.lock")), "left behind");
        assertArrayEquals(before, Files.readAllBytes(config));
        return outcome;
    }
}
