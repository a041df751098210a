package mfg.eval.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.io.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code compare} refuses, and what it tells to be typed. */
final class CompareCommandTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "--lr 0.1, --lr",
        "--iterations=3, --iterations",
        "--seed 2, --seed",
        "--seeds 1..3, --seeds",
        "--method naive, --method",
        "--mechanism static, --mechanism",
        "--init sine, --init",
        "--out elsewhere, --out",
        "--resume elsewhere, --resume",
        "--threads 2, --threads",
        "--json, --json",
        "-h, -h",
        "--values 8 --values 9, only once",
        "--values, --values",
        "--values 8 9, '9'",
        "--values 1, --values",
        "--values eight, eight",
        "--typo 3, --typo",
        "--tau 0.5, tau",
        "--hidden 3, hidden",
        "--max-price 0.5, --max-price",
        "--values-from nowhere.csv --value-column bid, nowhere.csv",
        "A2, A2",
    })
    void badOptionsOfTheRunsLeaveNothingBehind(String ofRuns, String told) throws IOException {
        Path out = folder.resolve("out");
        String line = "compare A1 --out=%s --iterations 2 --repetitions 2 --json -- %s".formatted(out, ofRuns);
        Cli.Outcome outcome = Cli.run(line.split(" +")).assertRefused(told);
        assertTrue(outcome.err().length() < 400, outcome.err());
        assertEquals(List.of(), Runs.names(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compare",
                "compare A99",
                "compare rps",
                "compare A1 --values 8",
                "compare A1 --budget lavish",
                "compare A1 --iterations 0",
                "compare A1 --repetitions 0",
                "compare A1 --repetitions 1000000",
                "compare A1 --iterations many",
                "compare A1 --threads 0",
            })
    void badCommandLinesLeaveNothingBehind(String line) throws IOException {
        List<String> arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
        arguments.add(1, "--out=" + folder.resolve("out"));
        Cli.run(arguments.toArray(String[]::new)).assertRefused();
        assertEquals(List.of(), Runs.names(folder));
    }

    @Test
    void anOptionOfDesignIsToldToStandBehindDashes() {
        Cli.run("compare", "A1", "--values", "20")
                .assertRefused(
                        "'--values' is not understood; options of design stand behind --, as in: -- --values ... (");
        String told = Cli.run("compare", "A1", "--unheard-of", "20")
                .assertRefused("'--unheard-of' is not understood")
                .err();
        assertFalse(told.contains("behind"), told);
    }

    @Test
    void aShellTakesALineApartAsItWasPutTogether() throws Exception {
        List<String> arguments =
                List.of("compare", "A1", "a b", "it's", "", "$HOME", "*", "a\\b", "--x=1..2,é", "--", "\"");
        String line = Shell.line(arguments);
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + line).start();
        String apart = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(arguments, apart.lines().toList());
        assertEquals(
                "compare A1 --out=runs/x --values=8",
                Shell.line(List.of("compare", "A1", "--out=runs/x", "--values=8")));
    }
}
