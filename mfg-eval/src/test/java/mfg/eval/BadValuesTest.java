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
    private static final Set<String> OTHERS = Set.of("--help", "--version", "--json", "--out", "--resume");

    private static final String TINY_DESIGN =
            "--values 6 --hidden 4 --iterations 1 --inner-steps 3 --validation-steps 3 --long-steps 4";

    /** How each command is called so that it takes next to no time; RUN is a finished run of design. */
    private static final Map<String, String> CALLS = new LinkedHashMap<>();

    static {
        CALLS.put("design", "design A1 " + TINY_DESIGN);
        CALLS.put("solve", "solve rps --iterations 2");
        CALLS.put(
                "learn",
                "learn a-sis --players 4 --horizon 2 --epochs 1 --td-epochs 1 --repetitions 2 --evaluate-every 1");
        CALLS.put("evaluate", "evaluate RUN --players 4 --repetitions 2");
        CALLS.put("respond", "respond RUN --players 4 --epochs 1 --copies 2 --repetitions 2");
        CALLS.put("compare", "compare A1 --iterations 1 --repetitions 1");
        CALLS.put("bench gradient", "bench gradient --repetitions 1 " + TINY_DESIGN.replace("--iterations 1 ", ""));
    }

    @TempDir
    static Path folder;

    @BeforeAll
    static void finishARun() {
        Cli.run(Cli.concat(("design A1 " + TINY_DESIGN).split(" ", -1), "--json", "--out", run().toString()))
                .json();
    }

    private static Path run() {
        return folder.resolve("run");
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
            List<String> arguments = new ArrayList<>();
            String[] words = call.replace("RUN", run().toString()).split(" ", -1);
            for (int i = 0; i < words.length; i++) {
                if (words[i].equals(option.longestName())) {
                    i++; // given below
                } else {
                    arguments.add(words[i]);
                }
            }
            Path out = folder.resolve("out");
            if (!call.startsWith("evaluate") && !call.startsWith("respond") && !call.startsWith("bench")) {
                arguments.addAll(List.of("--out", out.toString()));
            }
            arguments.addAll(List.of("--json", option.longestName() + "=" + value));
            Cli.Outcome outcome = Cli.run(arguments.toArray(String[]::new));
            String told = "%s: exit %d%n%s%n%s".formatted(arguments, outcome.exit(), outcome.out(), outcome.err());
            assertFalse(outcome.err().contains("\tat ") || outcome.err().contains("Exception"), told);
            if (outcome.exit() == 0) {
                assertTrue(isFinite(outcome.json()), told);
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
