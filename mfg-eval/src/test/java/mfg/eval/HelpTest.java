package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.reproduce.Figure;
import mfg.eval.reproduce.Figures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class HelpTest {

    /** Every command but help, by the words that ask for its help. */
    static Stream<String> commands() {
        Stream<String> other = Stream.of("help", "help design", "help sweep", "settings --help");
        return Stream.concat(other, words(Main.commandLine()).map(words -> (words + " --help").strip()));
    }

    private static Stream<String> words(CommandLine command) {
        Stream<String> below = command.getSubcommands().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("help"))
                .flatMap(entry -> words(entry.getValue()).map(words -> (entry.getKey() + " " + words).strip()));
        return Stream.concat(Stream.of(""), below);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpGoesToStdoutWithAnExample(String command) {
        Cli.Outcome outcome = Cli.run(command.split(" ", -1));
        assertEquals(0, outcome.exit());
        assertEquals("", outcome.err());
        assertTrue(outcome.out().startsWith("Usage: mfg"), outcome.out());
        assertTrue(outcome.out().contains("  ./mfg "), outcome.out());
    }

    @ParameterizedTest
    @CsvSource({
        "design, --iterations --lr --schedule --clip --inner-steps --validation-steps --long-steps --eta --tau",
        "design, --hidden --horizon --values --seed --method --step --adjoint --precision --device --mechanism",
        "design, --init --out --resume --json --optimizer --radius --sigma",
        "design, --games --set --seeds --draws --solver",
        "solve, --algorithm --iterations --eta --tau --horizon --json",
        "solve, --games --set --seeds --seed --out --resume --threads",
        "sweep, --out --resume --threads --json",
        "compare, --budget --iterations --repetitions --threads --out --json",
        "learn, --algorithm --players --horizon --epochs --seed --threads --out --resume --json",
        "learn, --identity --entropy --minibatch --passes --device",
        "evaluate, --players --repetitions --steps --seed --threads --json",
        "respond, --player --players --steps --epochs --copies --repetitions --seed --threads --json",
    })
    void everyOptionOfTheContractIsDescribed(String command, String options) {
        assertDescribed(Cli.run("help", command).out(), List.of(options.split(" ", -1)));
    }

    static Stream<String> figures() {
        return Stream.concat(Figures.ALL.stream().map(Figure::name), Stream.of("all"));
    }

    @ParameterizedTest
    @MethodSource("figures")
    void everyFigureTakesTheSameOptions(String name) {
        assertDescribed(
                Cli.run("reproduce", name, "--help").out(),
                List.of("--budget", "--iterations", "--threads", "--out", "--json"));
    }

    private static void assertDescribed(String help, List<String> options) {
        for (String option : options) {
            assertTrue(help.matches("(?s).*\n +" + option + "\\b.*"), option + help);
        }
    }

    @Test
    void everyFigureIsListedInOneLine() {
        List<String> listed =
                new ArrayList<>(Figures.ALL.stream().map(Figure::name).toList());
        listed.addAll(List.of("table2", "results", "zoo", "all"));
        List<String> lines = Cli.run("help", "reproduce").out().lines().toList();
        int first = lines.indexOf("Commands:") + 1;
        assertEquals(
                listed,
                lines.subList(first, first + listed.size()).stream()
                        .map(line -> line.strip().replaceFirst(" .*", ""))
                        .toList());
        assertEquals("", lines.get(first + listed.size()));
    }

    @Test
    void noArgumentsAreAnsweredWithTheUsage() {
        Cli.Outcome outcome = Cli.run();
        assertEquals(2, outcome.exit());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().startsWith("Usage: mfg"), outcome.err());
        for (String command : Main.commandLine().getSubcommands().keySet()) {
            assertTrue(outcome.err().matches("(?s).*\n  (\\w+, )?%s\\b.*".formatted(command)), outcome.err());
        }
    }

    /** Help tells the default of every option, and whose it is where not every choice has it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "design | iterations     | 300",
                "design | lr             | 0.03; 0.1 for schedule",
                "design | adjoint        | auto; of --method amid",
                "design | radius         | 0.01; of --method two-point",
                "design | mechanism      | neural; static for A10",
                "design | max-price      | 0.5; of beach-bar",
                "solve  | iterations     | (200",
                "solve  | algorithm      | omd",
                "solve  | map            | entropy; of --algorithm omd",
            })
    void defaultsAreTold(String command, String option, String words) {
        String help = Cli.run("help", command).out().replaceAll("\\R {20,}", " ");
        String line = help.lines()
                .filter(text -> text.strip().startsWith("--" + option + "="))
                .findFirst()
                .orElseThrow();
        assertTrue(line.contains(words), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"games", "settings"})
    void gamesAreListedInOrder(String command) {
        Cli.Outcome outcome = Cli.run(command);
        assertEquals(0, outcome.exit());
        List<String> names = outcome.out()
                .lines()
                .skip(2)
                .map(line -> line.split("\\|", -1)[1].strip())
                .toList();
        assertEquals(List.copyOf(Catalogue.builtIn().games().keySet()), names);
        assertEquals(List.of("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10"), names.subList(0, 10));
    }

    @Test
    void aGameTellsItsParametersWithBoundsAndDefaults() {
        String a3 = Cli.run("games", "a3").out();
        for (String words : List.of(
                "A3: ",
                "be solved, be designed",
                "draws",
                "between 1 and 1000000",
                "--mechanism first-price",
                "--eta 10")) {
            assertTrue(a3.contains(words), words + a3);
        }
        String own = Cli.run("games", "../examples/RoadTolls.java").out();
        for (String words : List.of("road-tolls: ", "home, junction, work", "congestion", "between 0 and 1", "0.8")) {
            assertTrue(own.contains(words), words + own);
        }
    }

    /** What only a few of many games have is told by the game. */
    @Test
    void parametersOfAFewGamesAreToldByThese() {
        String help = Cli.run("help", "learn").out();
        String game = Cli.run("games", "a-taxi").out();
        for (String parameter : List.of("congestion", "customers", "layout", "cities")) {
            assertFalse(help.contains("--" + parameter + "="), parameter);
            assertTrue(game.contains(parameter), parameter);
        }
        assertTrue(help.contains("--players="), "every game has players");
        Cli.run("learn", "a-taxi", "--congestion", "no").assertRefused("--congestion");
    }

    @Test
    void theVersionTellsWhatComputes() {
        Cli.Outcome outcome = Cli.run("--version");
        assertEquals(0, outcome.exit());
        assertTrue(
                outcome.out().matches("mfg \\S+, commit [^\n]+\\RJava [^\n]+\\RPyTorch [^\n]+\\R[^\n]+\\R"),
                outcome.out());
    }
}
