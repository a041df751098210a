package mfg.eval.counterfactual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mfg.eval.Cli;
import mfg.eval.io.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The story of docs/your-own-bidders.md: its commands run, its tables are what they print, and its truth is true. */
final class StoryTest {

    private static final Path PAGE = Path.of("../docs/your-own-bidders.md");
    private static final Path README = Path.of("../README.md");

    /** In a shell's line a word or something in quotes. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /** With these a command takes seconds; with a learned mechanism most of half a minute, as its populations learn on to the end. */
    private static final Map<String, String> SMALL = Map.of(
            "counterfactual",
            "--resamples 20 --iterations 1 --values 20",
            "design",
            "--values 8 --iterations 1 --long-steps 50 --validation-steps 50 --yardsticks false --init default");

    @TempDir
    private Path folder;

    /** Those that read a log, of this page and of README. */
    static List<String> commands() throws IOException {
        List<String> commands = Stream.of(Files.readAllLines(PAGE), Files.readAllLines(README))
                .flatMap(List::stream)
                .filter(line -> line.startsWith("./mfg ") && line.contains("docs/") && line.contains("-sample.csv"))
                .map(line -> line.replaceFirst("\\s+#.*", ""))
                .distinct()
                .toList();
        assertTrue(commands.size() >= 5, commands.toString());
        return commands;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandRuns(String command) {
        assertEquals("finished", run(command).get("status").asText());
    }

    private JsonNode run(String command) {
        List<String> words = new ArrayList<>(WORD.matcher(command)
                .results()
                .skip(1)
                .map(StoryTest::text)
                .map(word -> word.startsWith("docs/") ? "../" + word : word)
                .toList());
        String[] small = SMALL.get(words.get(0)).split(" ", -1);
        for (int i = 0; i < small.length; i += 2) {
            set(words, small[i], small[i + 1]);
        }
        words.addAll(List.of("--out", folder.resolve("run").toString(), "--json"));
        return Cli.run(words.toArray(String[]::new)).json();
    }

    private static String text(MatchResult word) {
        return word.group(1) == null ? word.group(2) : word.group(1);
    }

    private static void set(List<String> words, String option, String value) {
        int at = words.indexOf(option);
        if (at >= 0) {
            words.set(at + 1, value);
        } else {
            words.addAll(List.of(option, value));
        }
    }

    /** Estimates do not depend on the number of resamples. */
    @Test
    void theTablesHaveWhatTheCommandEstimates() throws IOException {
        String page = Files.readString(PAGE);
        JsonNode result = run(commands().get(0));
        assertEquals(5, result.get("outcomes").size());
        for (JsonNode rule : result.get("outcomes")) {
            String name = rule.get("name").asText();
            double least = rule.get("least").asDouble();
            assertRow(page, name, Money.text(rule.get("revenue").asDouble()));
            assertRow(page, name, least == 0 ? "" : Money.text(least));
            assertTrue(page.contains(Money.text(rule.get("surplus").asDouble())), name);
        }
        assertTrue(page.contains(
                "paid in the log: " + Money.text(result.get("paid").asDouble())));
    }

    private static void assertRow(String page, String name, String figure) {
        String row = "(?m)^\\| %s +\\| %s +\\|".formatted(Pattern.quote(name), Pattern.quote(figure));
        assertTrue(Pattern.compile(row).matcher(page).find(), row);
    }

    @Test
    void theTruthIsStated() throws IOException {
        String page = Files.readString(PAGE);
        JsonNode rules = run(commands().get(0)).get("outcomes");
        SampleLog sample = new SampleLog(SampleLog.SEED);
        SampleLog.Truth usual = sample.noReserve();
        SampleLog.Truth reserve = sample.reserve(rules.get(1).get("least").asDouble());
        for (double truth : new double[] {
            usual.revenue(),
            sample.bestReserve().least(),
            sample.bestReserve().revenue(),
            reserve.revenue(),
            reserve.revenue() - usual.revenue(),
            sample.postedPrice(rules.get(4).get("least").asDouble()).revenue(),
            sample.bestPrice().revenue(),
            sample.mostWorth() - usual.revenue()
        }) {
            assertTrue(page.contains(Text.of("| %,.0f", truth)), Text.of("%,.0f", truth));
        }
        assertTrue(page.contains(Text.of("at %,.0f |", sample.bestPrice().least())));
    }
}
