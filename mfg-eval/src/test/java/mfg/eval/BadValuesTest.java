package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of every command, with values that are wrong in many ways: one sentence and exit code 2, or a finite result. */
final class BadValuesTest {

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "x",
            "-1",
            "0",
            "3.9",
            "010",
            "1e999",
            "NaN",
            "-Infinity",
            "99999999999999999999",
            "1,2;3",
            "../no/such",
            "@file",
            "\u2212\u0661",
            "true");

    private static final int SAMPLE = 4;

    /** Options that start nothing, or whose value is any place for a folder. */
    private static final Set<String> OTHERS = Set.of("--help", "--version", "--json", "--out", "--page", "--resume");

    private static final String TINY_DESIGN =
            "--values 6 --hidden 4 --iterations 1 --inner-steps 3 --validation-steps 3 --long-steps 4";

    /** Without a search for simple mechanisms. */
    private static final String QUICK = " --method amid --init default --yardsticks false";

    private static final String TINY_COMPARE = "compare A1 --iterations 1 --repetitions 1";

    private static final String FURTHER =
            " -- --values 6 --hidden 40 --inner-steps 3 --validation-steps 3 --long-steps 4";

    /** How each command is called so that it takes next to no time, with what is in {@link #folder}. */
    private static final Map<String, String> CALLS = new LinkedHashMap<>();

    static {
        CALLS.put("design", "design A1 " + TINY_DESIGN + QUICK);
        CALLS.put("solve", "solve rps --iterations 2");
        CALLS.put(
                "learn",
                "learn a-sis --players 4 --horizon 2 --epochs 1 --td-epochs 1 --repetitions 2 --evaluate-every 1");
        CALLS.put("evaluate", "evaluate FOLDER/run --players 4 --repetitions 2");
        CALLS.put("respond", "respond FOLDER/run --players 4 --epochs 1 --copies 2 --repetitions 2");
        CALLS.put("compare", TINY_COMPARE + FURTHER);
        CALLS.put("sweep", "sweep FOLDER/sweep.yaml");
        CALLS.put("bench gradient", "bench gradient --repetitions 1 " + TINY_DESIGN.replace("--iterations 1 ", ""));
        CALLS.put("reproduce fig6", "reproduce fig6 --iterations 1" + FURTHER);
        CALLS.put("reproduce all", "reproduce all --only fig6 --iterations 1" + FURTHER);
        CALLS.put("reproduce table2", "reproduce table2 --horizons 2 --steps 3 --inner-steps 3 --values 6");
        CALLS.put("reproduce results", "reproduce results --settings A1 --out FOLDER/compared");
        CALLS.put("games", "games A1");
    }

    @TempDir
    static Path folder;

    @BeforeAll
    static void finishRuns() throws IOException {
        run("design A1 --json --out FOLDER/run " + TINY_DESIGN + QUICK).json();
        run(TINY_COMPARE + " --json --out FOLDER/compared/A1" + FURTHER).json();
        Files.writeString(folder.resolve("sweep.yaml"), "command: solve\nsettings: rps\noptions: {iterations: 2}\n");
    }

    private static Cli.Outcome run(String command) {
        return Cli.run(words(command).toArray(String[]::new));
    }

    private static List<String> words(String command) {
        return List.of(command.replace("FOLDER", folder.toString()).split(" ", -1));
    }

    @TestFactory
    Stream<DynamicNode> everyOptionOfEveryCommand() {
        CommandLine main = Main.commandLine();
        return CALLS.entrySet().stream().map(call -> {
            CommandLine command = main;
            for (String name : call.getKey().split(" ", -1)) {
                command = command.getSubcommands().get(name);
            }
            return dynamicContainer(
                    call.getKey(),
                    command.getCommandSpec().options().stream()
                            .filter(option -> option.arity().max() > 0 && !OTHERS.contains(option.longestName()))
                            .map(option -> dynamicTest(option.longestName(), () -> check(call.getValue(), option))));
        });
    }

    /** All values by {@code -Dmfg.values=all}; otherwise a few for each option, others for the next. */
    private static List<String> values(String option) {
        if (System.getProperty("mfg.values", "").equals("all")) {
            return VALUES;
        }
        int first = Math.floorMod(option.hashCode(), VALUES.size());
        return IntStream.range(0, SAMPLE)
                .mapToObj(i -> VALUES.get((first + i * VALUES.size() / SAMPLE) % VALUES.size()))
                .toList();
    }

    private static void check(String call, OptionSpec option) throws IOException {
        for (String value : values(call + option.longestName())) {
            Path out = folder.resolve("out");
            List<String> arguments = arguments(call, option, value, out);
            Cli.Outcome outcome = Cli.run(arguments.toArray(String[]::new));
            String told = "%s: exit %d%n%s%n%s".formatted(arguments, outcome.exit(), outcome.out(), outcome.err());
            assertFalse(outcome.err().contains("\tat ") || outcome.err().contains("Exception"), told);
            if (outcome.exit() == 0) {
                assertTrue(!arguments.contains("--json") || isFinite(outcome.json()), told);
            } else {
                List<String> sentences = outcome.err()
                        .lines()
                        .filter(line -> line.startsWith("mfg: "))
                        .toList();
                assertTrue(sentences.size() == 1 && outcome.out().isEmpty(), told);
                assertTrue(outcome.exit() == 2 || (outcome.exit() == 1 && isTold(sentences.get(0))), told);
            }
            delete(out);
        }
    }

    /** The call with the value instead of what it has for the option, and with JSON and a place for a run, where it takes them. */
    private static List<String> arguments(String call, OptionSpec option, String value, Path out) {
        List<String> words = new ArrayList<>(words(call));
        int given = words.indexOf(option.longestName());
        if (given >= 0) {
            words.subList(given, given + 2).clear();
        }
        int end = words.contains("--") ? words.indexOf("--") : words.size();
        words.add(end, option.longestName() + "=" + value);
        Map<String, OptionSpec> options = option.command().optionsMap();
        if (options.containsKey("--json")) {
            words.add(end, "--json");
        }
        if (options.containsKey("--out") && !words.contains("--out")) {
            words.addAll(end, List.of("--out", out.toString()));
        }
        return words;
    }

    /** A learning rate of 1e20 is a number, but leads nowhere. */
    private static boolean isTold(String sentence) {
        return sentence.contains("memory")
                || sentence.contains("no numbers to go by")
                || sentence.contains("not finite");
    }

    /** What a result is about must be a number. */
    private static boolean isFinite(JsonNode result) {
        for (String figure : List.of("objective", "longObjective", "exploitability", "value", "meanFieldObjective")) {
            if (result.has(figure) && result.get(figure).isNull()) {
                return false;
            }
        }
        return true;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
