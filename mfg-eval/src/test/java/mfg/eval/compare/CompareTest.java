package mfg.eval.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.design.BestSimple;
import mfg.eval.grid.Place;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparisons at sizes that take a moment. */
final class CompareTest {

    private static final String TINY = "--values 8 --hidden 40 --inner-steps 5 --validation-steps 6 --long-steps 7";

    private static final List<String> SPREADS = List.of(
            "objective",
            "validationObjective",
            "longObjective",
            "exploitability",
            "regularizedExploitability",
            "longExploitability",
            "longRegularizedExploitability",
            "seconds");

    /** What learns by its own rate, and is chosen at the long T. */
    private static final String OURS = "design by default";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Cli.Outcome compare(String setting, Path out, String options, String ofRuns) {
        String line =
                "compare %s --out=%s --iterations 2 --repetitions 2 %s -- %s".formatted(setting, out, options, ofRuns);
        return Cli.run(line.strip().split(" +"));
    }

    /** A comparison in A1, run once for all tests by two threads. */
    private static Path whole() {
        Path whole = shared.resolve("whole");
        if (!Files.exists(whole)) {
            compare("A1", whole, "--threads 2 --json", TINY).json();
        }
        return whole;
    }

    private static JsonNode result(Path comparison) throws IOException {
        return Json.parse(Files.readString(comparison.resolve("result.json")));
    }

    private static JsonNode row(JsonNode result, String method) {
        for (JsonNode row : result.get("rows")) {
            if (row.get("method").asText().equals(method)) {
                return row;
            }
        }
        throw new AssertionError(method);
    }

    /** Less what depends on the clock and the place. */
    private static JsonNode numbers(Path comparison) throws IOException {
        ObjectNode result = (ObjectNode) result(comparison);
        result.remove("runDirectory");
        result.get("rows").forEach(row -> ((ObjectNode) row).remove("seconds"));
        return result;
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> runs(Path folder, String name) throws IOException {
        return Runs.names(folder).stream()
                .filter(run -> run.startsWith(name))
                .map(folder::resolve)
                .toList();
    }

    @Test
    void everyContenderHasARow() throws IOException {
        JsonNode result = result(whole());
        assertEquals("A1", result.get("setting").asText());
        assertEquals(5, result.get("innerSteps").intValue());
        assertEquals(6, result.get("validationSteps").intValue());
        assertEquals(7, result.get("longSteps").intValue());
        assertEquals(0.25, result.get("bound").doubleValue(), 1e-6, "half the values pay at least one half");
        assertEquals(8 + simple(whole()).size(), result.get("rows").size());
        for (JsonNode row : result.get("rows")) {
            String method = row.get("method").asText();
            boolean learned = List.of("0-SGD", "0-ADAM", "ANNEAL", "AMID", OURS).contains(method);
            assertEquals(learned ? 2 : 1, row.get("repetitions").intValue(), method);
            assertEquals(0, row.get("diverged").intValue(), method);
            for (String figure : SPREADS) {
                assertTrue(row.get(figure).get("mean").isNumber(), row.toString());
                assertEquals(learned, row.get(figure).get("deviation").isNumber(), row.toString());
            }
        }
        assertEquals(
                Set.of(
                        "compare.csv",
                        "compare.png",
                        "compare.yaml",
                        "comparing",
                        "report",
                        "report.html",
                        "result.json",
                        "simple.json",
                        "tuning"),
                Set.copyOf(Runs.names(whole())));
        ObjectNode first = Csv.read(whole().resolve("compare.csv")).get(0);
        JsonNode same = result.get("rows").get(0);
        assertEquals(
                same.get("objective").get("mean").asText(),
                first.get("objective").asText());
    }

    @Test
    void theBestAreTheBestAtTheLongT() throws IOException {
        JsonNode result = result(whole());
        double baseline = row(result, result.get("bestBaseline").asText())
                .get("longObjective")
                .get("mean")
                .doubleValue();
        double amid = row(result, result.get("bestAmid").asText())
                .get("longObjective")
                .get("mean")
                .doubleValue();
        for (JsonNode row : result.get("rows")) {
            boolean isAmid = isAmid(row.get("method").asText());
            assertTrue(
                    row.get("longObjective").get("mean").doubleValue() <= (isAmid ? amid : baseline), row.toString());
        }
        assertTrue(isAmid(result.get("bestAmid").asText()));
        assertFalse(isAmid(result.get("bestBaseline").asText()));
        assertEquals(amid - baseline, result.get("margin").doubleValue());
    }

    private static boolean isAmid(String method) {
        return method.equals("AMID") || method.equals(OURS);
    }

    /** The fairness of the comparison. */
    @Test
    void whoLearnsAtTSpendsTheSame() throws IOException {
        JsonNode result = result(whole());
        for (String method : List.of("0-SGD", "0-ADAM", "AMID")) {
            assertEquals(2 * 2, row(result, method).get("evaluations").intValue(), method);
        }
        assertEquals(2 * 2 + 1, row(result, "ANNEAL").get("evaluations").intValue(), "the start itself");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first price, best shares",
                "posted-price start, untrained",
                "0-SGD",
                "ANNEAL",
                "AMID",
                OURS,
                "posted price, searched"
            })
    void theOptionsOfARowGiveItAgain(String method) throws IOException {
        JsonNode row = row(result(whole()), method);
        String options = row.get("options").asText();
        boolean learned = !options.contains("--seed");
        List<JsonNode> designs = new ArrayList<>();
        for (int seed = 1; seed <= row.get("repetitions").intValue(); seed++) {
            String line = "design A1 %s %s --json --out=%s"
                    .formatted(options, learned ? "--seed=" + seed : "", folder.resolve("run-" + seed));
            designs.add(Cli.run(line.split(" +")).json());
        }
        List<String> figures = method.equals(OURS)
                ? List.of("longObjective", "longExploitability", "longRegularizedExploitability")
                : SPREADS.subList(0, SPREADS.indexOf("seconds"));
        for (String figure : figures) {
            double mean = designs.stream()
                    .mapToDouble(design -> design.get(figure).doubleValue())
                    .average()
                    .orElseThrow();
            assertEquals(mean, row.get(figure).get("mean").doubleValue(), figure);
            assertEquals(designs.size() > 1, row.get(figure).get("deviation").isNumber());
        }
        assertEquals(
                row.get("evaluations").longValue(),
                designs.get(0).get("evaluations").longValue());
    }

    /** The simple mechanisms that were searched for, and are in equilibrium. */
    private static List<JsonNode> simple(Path comparison) throws IOException {
        List<JsonNode> simple = new ArrayList<>();
        for (JsonNode mechanism :
                Json.parse(Files.readString(comparison.resolve("simple.json"))).get("found")) {
            if (mechanism.get("equilibrium").booleanValue()
                    && !mechanism.get("name").asText().equals(BestSimple.EQUAL_SHARES)) {
                simple.add(mechanism);
            }
        }
        return simple;
    }

    @ParameterizedTest
    @ValueSource(strings = {"X", "[]", "{\"found\":[]}", "{\"found\":[null]}"})
    void whatWasSearchedIsSearchedAgainIfItIsDamaged(String damage) throws IOException {
        Path file = whole().resolve("simple.json");
        String intact = Files.readString(file);
        String table = Files.readString(whole().resolve("compare.csv"));
        Files.writeString(file, damage);
        compare("A1", whole(), "--threads 2 --json", TINY).json();
        assertEquals(intact, Files.readString(file));
        assertEquals(table, Files.readString(whole().resolve("compare.csv")));
    }

    /** What the search says of a mechanism is what its run says. */
    @Test
    void simpleMechanismsCompete() throws IOException {
        List<JsonNode> simple = simple(whole());
        assertFalse(simple.isEmpty());
        for (JsonNode mechanism : simple) {
            JsonNode row = row(result(whole()), mechanism.get("name").asText() + ", searched");
            assertEquals(
                    mechanism.get("objective").doubleValue(),
                    row.get("longObjective").get("mean").doubleValue());
        }
    }

    /** Found at the long T, told at the comparison's. */
    @Test
    void aDesignFoundAtTheLongTIsEvaluatedAtT() throws IOException {
        JsonNode row = row(result(whole()), OURS);
        List<JsonNode> designs = new ArrayList<>();
        for (Path run : runs(whole().resolve("comparing"), "design-by-default")) {
            if (!run.toString().endsWith("-evaluated")) {
                String line = "design A1 %s --no-yardsticks --iterations 0 --init %s --json --out %s"
                        .formatted(TINY, run.resolve("best.npz"), folder.resolve("run-" + designs.size()));
                designs.add(Cli.run(line.split(" +")).json());
            }
        }
        assertEquals(2, designs.size(), "seeds");
        for (String figure : List.of("objective", "validationObjective", "longObjective", "exploitability")) {
            double mean = designs.stream()
                    .mapToDouble(design -> design.get(figure).doubleValue())
                    .average()
                    .orElseThrow();
            assertEquals(mean, row.get(figure).get("mean").doubleValue(), figure);
        }
    }

    @Test
    void oneThreadComesToTheSameNumbersAndSoDoesWhatIsRunAgain() throws IOException {
        Path one = folder.resolve("one");
        compare("a1", one, "--threads 1 --json", TINY).json();
        assertEquals(numbers(whole()), numbers(one));

        delete(runs(one.resolve("comparing"), "amid-method").get(0));
        delete(runs(one.resolve("tuning"), "anneal").get(1));
        Files.delete(runs(one.resolve("comparing"), "0-adam").get(1).resolve("result.json"));
        Files.delete(one.resolve("result.json"));
        String otherOrder = "--long-steps=7 --hidden 40 --values=8 --inner-steps 5 --validation-steps 6";
        compare("A1", one, "--json", otherOrder).json();
        assertEquals(numbers(whole()), numbers(one));
    }

    @Test
    void anotherPlanLeavesTheFolderAsItIs() throws IOException {
        Path whole = whole();
        String before = Files.readString(whole.resolve("result.json"));
        compare("A1", whole, "", TINY + " --tau 0.002").assertRefused("holds another comparison");
        compare("A2", whole, "", TINY).assertRefused("holds another comparison");
        Cli.run(("compare A1 --iterations 3 --repetitions 2 --out " + whole + " -- " + TINY).split(" "))
                .assertRefused("holds another comparison");
        compare("A1", whole.resolve("tuning"), "", TINY).assertRefused("exists already");
        assertEquals(before, Files.readString(whole.resolve("result.json")));
        assertFalse(Files.exists(whole.resolve("tuning").resolve("compare.yaml")));
    }

    @Test
    void theTextEndsWithAVerdict() throws IOException {
        ComparisonResult result = compare("A2", rates(1e-3), folder.resolve("out"));
        List<String> lines = result.summary().lines().toList();
        int rows = 8 + simple(folder.resolve("out")).size();
        assertEquals(2 + rows + 1 + 2, lines.size(), result.summary());
        assertTrue(lines.get(2 + rows).contains("bound: no mechanism earns more"), lines.get(2 + rows));
        String verdict = lines.get(3 + rows);
        assertTrue(
                verdict.matches("At T = 7 (AMID|design by default) is worth 0\\.\\d{5} (more|less) than .*\\."),
                verdict);
        assertTrue(lines.get(4 + rows).endsWith(folder.resolve("out").toString()));
    }

    private static CompareBudget rates(Double... learningRates) {
        return new CompareBudget(7, 2, List.of(learningRates), List.of(1e-2), List.of(1e-3), 1);
    }

    private static ComparisonResult compare(String setting, CompareBudget budget, Path out) throws IOException {
        Map<String, String> options = new HashMap<>();
        List<String> words = List.of(TINY.split(" ", -1));
        for (int i = 0; i < words.size(); i += 2) {
            options.put(words.get(i).substring(2), words.get(i + 1));
        }
        return Comparison.compare(new ComparisonPlan(setting, budget, options, true), out, Place.here(2))
                .result();
    }

    /** Steps so long end where nothing is a number. */
    @Test
    void aContenderThatDivergesIsARowAndTheOthersGoOn() throws IOException {
        Path out = folder.resolve("out");
        ComparisonResult result = compare("A1", rates(1e30), out);
        JsonNode json = Json.fields(result);
        JsonNode amid = row(json, "AMID");
        assertEquals(0, amid.get("repetitions").intValue(), amid.toString());
        assertEquals(2, amid.get("diverged").intValue(), "all seeds of the one rate");
        assertTrue(amid.get("longObjective").get("mean").isNull(), amid.toString());
        assertTrue(amid.get("longObjective").get("deviation").isNull(), amid.toString());
        for (String method : List.of("ANNEAL", "posted price, searched", "first price, best shares", OURS)) {
            assertTrue(row(json, method).get("longObjective").get("mean").isNumber(), method);
        }
        assertEquals(OURS, json.get("bestAmid").asText());
        assertTrue(json.get("margin").isNumber());
        assertTrue(result.summary().matches("(?s).*\\R\\| AMID +\\| no result +\\|.*"), result.summary());
        assertTrue(Files.exists(out.resolve("compare.png")));
    }

    /** It would diverge again. */
    @Test
    void whatDivergedIsNotTriedAgain() throws IOException {
        Path out = folder.resolve("out");
        ComparisonResult first = compare("A1", rates(1e30), out);
        Path run = runs(out.resolve("comparing"), "amid-method").get(0);
        FileTime noted = Files.getLastModifiedTime(run.resolve("diverged.txt"));
        FileTime checkpoint = Files.getLastModifiedTime(run.resolve("checkpoint.npz"));
        ComparisonResult again = compare("A1", rates(1e30), out);
        assertEquals(Json.fields(first), Json.fields(again));
        assertEquals(noted, Files.getLastModifiedTime(run.resolve("diverged.txt")));
        assertEquals(checkpoint, Files.getLastModifiedTime(run.resolve("checkpoint.npz")));
    }

    @Test
    void aPlanIsReadAsItWasWrittenAndAnOlderOneRefused() throws IOException {
        Path file = folder.resolve("compare.yaml");
        ComparisonPlan plan = new ComparisonPlan(
                "A1",
                CompareBudget.named("full"),
                Map.of("shares", "0.1,0.2", "tau", "0.002", "out", "a: b # c"),
                false);
        Files.writeString(file, plan.text(Catalogue.builtIn(), "# a header\n"));
        assertEquals(plan, ComparisonPlan.read(file));
        Files.writeString(file, "# mfg 0.3, Java 17\nsetting: A1\natLongT: true\noptions: []\n");
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> ComparisonPlan.read(file));
        assertTrue(refused.getMessage().contains("was written by mfg 0.3"), refused.getMessage());
        Files.writeString(file, plan.text(Catalogue.builtIn(), "").replace("restarts: 10", "restarts: 010x"));
        refused = assertThrows(InvalidInputException.class, () -> ComparisonPlan.read(file));
        assertTrue(refused.getMessage().contains("restarts"), refused.getMessage());
    }

    /** Its contenders are those that need no auction. */
    @Test
    void anyGameThatCanBeDesignedCanBeCompared() throws IOException {
        JsonNode result = compare(
                        "beach-bar",
                        folder.resolve("out"),
                        "--json",
                        "--inner-steps 5 --validation-steps 6 --long-steps 7")
                .json();
        assertTrue(result.get("bound").isNull());
        assertEquals(5, result.get("rows").size());
        for (JsonNode row : result.get("rows")) {
            assertEquals(2, row.get("repetitions").intValue(), row.toString());
        }
    }

    @Test
    void tuningLeavesWhatDivergesAside() throws IOException {
        JsonNode row = row(Json.fields(compare("A1", rates(1e30, 1e-3), folder.resolve("out"))), "AMID");
        assertTrue(row.get("options").asText().contains("--lr=0.001"), row.toString());
        assertEquals(2, row.get("repetitions").intValue());
        assertEquals(0, row.get("diverged").intValue());
    }
}
