package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are not ported yet; to be joined with HelpTest. */
final class HelpOfCommandsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evaluate --help",
                "respond --help",
                "help evaluate",
                "sweep --help",
                "compare --help",
                "help sweep",
                "learn --help",
                "bench gradient --help",
                "reproduce --help",
                "reproduce fig1 --help",
                "reproduce fig9 --help",
                "reproduce all --help"
            })
    void helpGoesToStdoutWithAnExample(String command) {
        Cli.Outcome outcome = Cli.run(command.split(" ", -1));
        assertEquals(0, outcome.exit());
        assertEquals("", outcome.err());
        assertTrue(outcome.out().startsWith("Usage: mfg"), outcome.out());
        assertTrue(outcome.out().contains("  ./mfg "), outcome.out());
    }

    @ParameterizedTest
    @CsvSource({
        "sweep, --out --resume --threads --json",
        "compare, --budget --iterations --repetitions --threads --out --json",
        "learn, --algorithm --players --horizon --epochs --seed --threads --out --resume --json",
        "learn, --identity --entropy --congestion --customers --layout --cities --minibatch --passes --device",
        "evaluate, --players --repetitions --steps --seed --threads --json",
        "respond, --player --players --steps --epochs --copies --repetitions --seed --threads --json",
    })
    void everyOptionOfTheContractIsDescribed(String command, String options) {
        String help = Cli.run("help", command).out();
        for (String option : options.split(" ", -1)) {
            assertTrue(help.matches("(?s).*\n +" + option + "\\b.*"), option + help);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fig1", "fig2", "fig7", "all"})
    void everyFigureTakesTheSameOptions(String name) {
        String help = Cli.run("reproduce", name, "--help").out();
        for (String option : List.of("--budget", "--iterations", "--threads", "--out", "--json")) {
            assertTrue(help.matches("(?s).*\n +" + option + "\\b.*"), option + help);
        }
    }

    @Test
    void everyFigureIsListedInOneLine() {
        List<String> lines = Cli.run("help", "reproduce").out().lines().toList();
        List<String> names = lines.stream()
                .filter(line -> line.matches("  ((symm-)?fig\\d[a-c]?|table2|results|all) .*"))
                .map(line -> line.strip().replaceFirst(" .*", ""))
                .toList();
        assertEquals(
                List.of(
                        "fig1",
                        "fig2",
                        "fig3",
                        "fig4",
                        "fig5",
                        "fig6",
                        "fig7",
                        "fig8",
                        "fig9",
                        "symm-fig1a",
                        "symm-fig1b",
                        "symm-fig1c",
                        "symm-fig2a",
                        "symm-fig2b",
                        "table2",
                        "results",
                        "all"),
                names);
        int first = lines.indexOf("Commands:") + 1;
        assertEquals("", lines.get(first + names.size()));
    }

    @Test
    void whatCanBeMeasuredIsListed() {
        Cli.Outcome outcome = Cli.run("help", "bench");
        assertEquals(0, outcome.exit());
        assertTrue(outcome.out().contains("\n  gradient"), outcome.out());
    }

    @Test
    void noArgumentsAreAnsweredWithTheUsage() {
        Cli.Outcome outcome = Cli.run();
        assertEquals(2, outcome.exit());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().startsWith("Usage: mfg"), outcome.err());
        for (String command : List.of("evaluate", "compare", "sweep", "bench", "learn", "respond", "reproduce")) {
            assertTrue(outcome.err().contains("\n  " + command), outcome.err());
        }
    }
}
