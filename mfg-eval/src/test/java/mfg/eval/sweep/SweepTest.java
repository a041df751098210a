package mfg.eval.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import mfg.eval.Child;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.io.Csv;
import mfg.eval.io.Spread;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grids of runs by the command line. */
final class SweepTest {

    /** Options with which a run takes well under a second. */
    static final String TINY =
            "options: {values: 8, hidden: 8, iterations: 2, inner-steps: 5, validation-steps: 6, long-steps: 7, "
                    + "method: amid, init: default, yardsticks: false}\n";

    private static final String GRID = "settings: [A1, A2]\nseeds: 1..2\n" + TINY + "grid: {tau: [5e-4, .002]}\n";

    private static final String TWO_ROADS = """
            import mfg.core.*;
            import mfg.core.catalogue.*;
            import mfg.envs.examples.LeftRight;

            public final class TwoRoads implements SolvableGame<KernelRound> {
                @Parameter(about = "rounds", min = 2)
                int horizon = 2;

                public String about() {
                    return "two roads";
                }

                public MeanFieldGame<KernelRound> build(Constants constants) {
                    return new LeftRight(constants, horizon);
                }
            }
            """;

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private Cli.Outcome sweep(String text, Path out, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("file.yaml"), text);
        String[] command = {"sweep", file.toString(), "--out", out.toString()};
        return Cli.run(Cli.concat(command, options));
    }

    /** The folder of {@link #GRID}, run once for all tests by two threads. */
    private Path whole() throws IOException {
        Path whole = shared.resolve("whole");
        if (!Files.exists(whole)) {
            sweep(GRID, whole, "--threads", "2", "--json").json();
        }
        return whole;
    }

    private static List<String> cells(Path sweep) throws IOException {
        return Runs.names(sweep).stream()
                .filter(name -> RunFolder.isRun(sweep.resolve(name)))
                .toList();
    }

    private static List<String> texts(JsonNode rows, String field) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.get(field).asText())
                .toList();
    }

    @Test
    void everyCombinationHasAFolderAndARow() throws IOException {
        Path whole = whole();
        List<String> cells = List.of(
                "A1-tau=0.0005-seed=1",
                "A1-tau=0.0005-seed=2",
                "A1-tau=0.002-seed=1",
                "A1-tau=0.002-seed=2",
                "A2-tau=0.0005-seed=1",
                "A2-tau=0.0005-seed=2",
                "A2-tau=0.002-seed=1",
                "A2-tau=0.002-seed=2");
        assertEquals(cells, cells(whole));
        List<ObjectNode> rows = Csv.read(whole.resolve("runs.csv"));
        JsonNode json =
                Cli.run("sweep", "--resume", whole.toString(), "--json").json().get("rows");
        assertEquals(cells.size(), rows.size());
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            JsonNode result = Runs.result(whole.resolve(cell));
            for (JsonNode row : List.of(rows.get(i), json.get(i))) {
                assertTrue(
                        cell.endsWith("%s-tau=%s-seed=%s"
                                .formatted(
                                        row.get("setting").asText(),
                                        cell.contains("=0.0005-") ? "0.0005" : "0.002",
                                        row.get("seed").asText())),
                        row.toString());
                assertEquals(
                        cell.contains("=0.0005-") ? 5e-4 : 2e-3, row.get("tau").asDouble());
                assertEquals(
                        result.get("longObjective").asText(),
                        row.get("longObjective").asText());
                assertEquals("finished", row.get("status").asText());
            }
        }
    }

    @Test
    void eachRunIsWhatDesignMakesOfTheSameOptions() throws IOException {
        Path alone = folder.resolve("alone");
        Cli.design("A2", alone, "--iterations", "2", "--tau", "0.002", "--seed", "2")
                .json();
        Runs.assertSameNumbers(alone, whole().resolve("A2-tau=0.002-seed=2"));
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws IOException {
        Path one = folder.resolve("one");
        sweep(GRID, one, "--threads", "1", "--json").json();
        assertEquals(Runs.names(whole()), Runs.names(one));
        for (String cell : cells(one)) {
            Runs.assertSameNumbers(whole().resolve(cell), one.resolve(cell));
        }
    }

    @Test
    void whatIsLostIsRunAgainAndTheRestStands() throws IOException {
        Path whole = whole();
        Path part = folder.resolve("part");
        Files.createDirectory(part);
        Files.copy(whole.resolve("sweep.yaml"), part.resolve("sweep.yaml"));
        List<String> cells = cells(whole);
        for (String cell : cells.subList(1, cells.size())) { // the first was not started
            Runs.copy(whole.resolve(cell), part.resolve(cell));
        }
        Files.delete(part.resolve(cells.get(1)).resolve("result.json"));
        Files.writeString(part.resolve(cells.get(2)).resolve("result.json"), "{\"setting\":\"A1\",\"met");
        for (String file : List.of("checkpoint.npz", "best.npz", "result.json", "metrics.csv")) {
            Files.delete(part.resolve(cells.get(3)).resolve(file));
        }
        Map<String, byte[]> finished = Runs.contents(part.resolve(cells.get(4)));

        String sameInOtherWords =
                "# the same\nseeds: [1, 2]\ngrid:\n  tau: [0.0005, 2.0e-3]\nsettings: [a1, 'A2']\n" + TINY;
        JsonNode rows = sweep(sameInOtherWords, part, "--json").json().get("rows");
        assertEquals(8, rows.size());
        assertEquals(cells, cells(part));
        for (String cell : cells) {
            Runs.assertSameNumbers(whole.resolve(cell), part.resolve(cell));
        }
        Runs.contents(part.resolve(cells.get(4)))
                .forEach((name, bytes) -> assertArrayEquals(finished.get(name), bytes, name));
        assertEquals(
                texts(rows, "runDirectory"),
                cells.stream().map(cell -> part.resolve(cell).toString()).toList());
    }

    @Test
    void aFolderOfSomethingElseStaysAsItIs() throws IOException {
        Path whole = whole();
        byte[] table = Files.readAllBytes(whole.resolve("runs.csv"));
        sweep(GRID.replace(".002", ".003"), whole).assertRefused("holds another sweep");
        sweep(GRID.replace("iterations: 2", "iterations: 3"), whole).assertRefused("holds another sweep");
        assertArrayEquals(table, Files.readAllBytes(whole.resolve("runs.csv")));

        Path run = whole.resolve(cells(whole).get(0));
        Cli.Outcome refused = sweep(GRID, run).assertRefused("exists already and holds no sweep");
        assertFalse(refused.err().contains("--resume"), refused.err());
        Cli.run("sweep", "--resume", run.toString()).assertRefused("is no sweep");
        assertFalse(Files.exists(run.resolve("sweep.yaml")));
    }

    @Test
    void whatTakesRunsPointsToThoseOfASweep() throws IOException {
        Path whole = whole();
        Cli.run("design", "--resume", whole.toString()).assertRefused("./mfg sweep --resume " + whole);
        Cli.run("evaluate", whole.toString())
                .assertRefused("a run in it is " + RunFolder.below(whole).get(0));
    }

    /** Where no run has a result the table is told all the same, with exit code 1. */
    private static JsonNode rowsOfFailures(Path sweep) throws IOException {
        Cli.Outcome outcome = Cli.run("sweep", "--resume", sweep.toString(), "--json");
        assertEquals(1, outcome.exit(), outcome.err());
        return new ObjectMapper().readTree(outcome.out()).get("rows");
    }

    @Test
    void aRunWithOtherOptionsIsNamed() throws IOException {
        Path changed = folder.resolve("changed");
        sweep("settings: A1\n" + TINY, changed, "--json").json();
        Path config = changed.resolve("A1-seed=1").resolve("config.yaml");
        Files.writeString(config, Files.readString(config).replace("iterations: 2", "iterations: 3"));
        Cli.run("sweep", "--resume", changed.toString()).assertRefused("A1-seed=1", "other options");
        Files.writeString(config, "");
        JsonNode rows = rowsOfFailures(changed);
        assertTrue(texts(rows, "status").get(0).startsWith("failed: "), rows.toString());
    }

    @Test
    void whatStandsInTheWayOfARunIsToldWithoutAHint() throws IOException {
        Path out = folder.resolve("out");
        String text = "settings: A1\nseeds: [1, 2]\n" + TINY;
        sweep(text, out, "--json").json();
        Files.delete(out.resolve("A1-seed=1").resolve("config.yaml"));
        Files.move(out.resolve("A1-seed=2"), folder.resolve("away"));
        Files.writeString(out.resolve("A1-seed=2"), "precious");
        List<String> statuses = texts(rowsOfFailures(out), "status");
        assertEquals(
                List.of(
                        "failed: %s exists already; nothing was overwritten".formatted(out.resolve("A1-seed=1")),
                        "failed: %s exists already and is no folder".formatted(out.resolve("A1-seed=2"))),
                statuses);
    }

    @Test
    void aRunThatDivergesIsToldAndTheOthersGoOn() throws IOException {
        Path out = folder.resolve("out");
        String text = "settings: A1\n" + TINY.replace("iterations: 2", "iterations: 3")
                + "grid: {lr: [1e30, 3e-4], tau: [0.001, 0.002]}";
        List<String> statuses = texts(sweep(text, out, "--json").json().get("rows"), "status");
        assertTrue(statuses.get(0).startsWith("diverged: "), statuses.get(0));
        assertTrue(statuses.get(1).startsWith("diverged: "), statuses.get(1));
        assertEquals(List.of("finished", "finished"), statuses.subList(2, 4));
        assertEquals(4, Csv.read(out.resolve("runs.csv")).size());
        Cli.Outcome again = Cli.run("sweep", "--resume", out.toString());
        assertEquals(0, again.exit());
        assertEquals(
                2, again.out().lines().filter(line -> line.contains("diverged")).count());
        assertTrue(Files.exists(out.resolve("sweep.png")));
    }

    @Test
    void combinationsAreRankedByTheirMeanOverSeeds() throws IOException {
        Path whole = whole();
        List<ObjectNode> runs = Csv.read(whole.resolve("runs.csv"));
        List<ObjectNode> standings = Csv.read(whole.resolve("standings.csv"));
        assertEquals(
                List.of("A1", "A1", "A2", "A2"),
                standings.stream().map(row -> row.get("setting").asText()).toList());
        for (ObjectNode row : standings) {
            double[] worth = runs.stream()
                    .filter(run -> run.get("setting").equals(row.get("setting"))
                            && Double.parseDouble(
                                            row.get("combination").asText().substring("tau ".length()))
                                    == run.get("tau").asDouble())
                    .mapToDouble(run -> run.get("longObjective").asDouble())
                    .toArray();
            assertEquals(2, worth.length, row.toString());
            assertEquals((worth[0] + worth[1]) / 2, row.get("mean").asDouble(), 1e-12);
        }
        for (int best : new int[] {0, 2}) {
            double behind = standings.get(best).get("mean").asDouble()
                    - standings.get(best + 1).get("mean").asDouble();
            assertEquals(0, standings.get(best).get("behindBest").asDouble());
            assertEquals(behind, standings.get(best + 1).get("behindBest").asDouble(), 1e-12);
            assertTrue(behind >= 0);
        }
    }

    /** Where seeds make no difference there is no noise, and what is as good is not called worse. */
    @Test
    void equalSeedsHaveNoNoise() throws IOException {
        Path out = folder.resolve("out");
        String text = """
                command: solve
                settings: [rps, left-right]
                seeds: 1..3
                options: {iterations: 3}
                grid: {eta: [0.1, 1.0]}
                """;
        Cli.Outcome outcome = sweep(text, out);
        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(outcome.out().contains("Best of rps: ") && outcome.out().contains("Best of left-right: "));
        for (ObjectNode row : Csv.read(out.resolve("standings.csv"))) {
            assertEquals(0, row.get("deviation").asDouble(), row.toString());
        }
        assertFalse(outcome.out().contains("standard errors"), outcome.out());
    }

    private static Standings.Standing standing(double behind, double standardError, boolean isBest) {
        return new Standings.Standing(
                "A1", "longObjective", "a", 3, new Spread(1, 0.1), behind, standardError, 4, isBest);
    }

    @Test
    void whatStudentsTAllowsIsNoise() {
        assertEquals(4.303, Standings.telling(2), 0.15);
        assertEquals(2.776, Standings.telling(4), 0.01);
        assertEquals(2.228, Standings.telling(10), 0.001);
        assertEquals("best", standing(0, 0.1, true).verdict());
        assertEquals("as good", standing(0, 0.1, false).verdict());
        assertEquals("within noise", standing(0.27, 0.1, false).verdict());
        assertEquals("worse", standing(0.28, 0.1, false).verdict());
        assertEquals("no error is known", standing(9, Double.NaN, false).verdict());
    }

    @Test
    void listsAreValuesOfOptionsThatTakeThem() throws IOException {
        Path out = folder.resolve("out");
        String text = "settings: A1\n" + TINY.replace(", hidden: 8", "")
                + "grid: {mechanism: [first-price], shares: [[.1, .2, .1, .1], 0.05]}";
        JsonNode rows = sweep(text, out, "--json").json().get("rows");
        assertEquals("[0.1,0.2,0.1,0.1]", rows.get(0).get("shares").toString());
        assertEquals(0.1, rows.get(0).get("goodsSold").get(0).doubleValue(), 1e-6);
        assertEquals(0.05, rows.get(1).get("goodsSold").get(3).doubleValue(), 1e-6);
        List<Plot> charts = Objects.requireNonNull(Charts.saved(out).get("sweep"));
        assertEquals(1, charts.size(), "no number varies");
        assertEquals(2, ((Plot.Bars) charts.get(0)).names().size());
        assertEquals(
                List.of(
                        "A1-mechanism=first-price-shares=0.05-seed=1",
                        "A1-mechanism=first-price-shares=0.1,0.2,0.1,0.1-seed=1"),
                cells(out));
    }

    /** When each file of finished runs was written, less the lock. */
    private static Map<String, FileTime> times(Path sweep) throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        for (String cell : cells(sweep)) {
            for (String name : Runs.names(sweep.resolve(cell))) {
                if (!name.equals("run.lock")) {
                    Path file = sweep.resolve(cell).resolve(name);
                    times.put(cell + "/" + name, Files.getLastModifiedTime(file));
                }
            }
        }
        return times;
    }

    @Test
    void aSweepGrowsBySeedsGamesAndValuesAndRunsNothingTwice() throws IOException {
        Path out = folder.resolve("out");
        String small = "settings: A1\nseeds: 1\n" + TINY + "grid: {tau: [5e-4]}\n";
        sweep(small, out, "--json").json();
        String whole = GRID.replace("seeds: 1..2", "seeds: [2, 1]");
        for (String larger : List.of(
                small.replace("seeds: 1", "seeds: 1..2"),
                small.replace("seeds: 1", "seeds: 1..2").replace("5e-4", ".002, 5e-4"),
                whole)) {
            Map<String, FileTime> before = times(out);
            JsonNode rows = sweep(larger, out, "--json").json().get("rows");
            assertEquals(cells(out).size(), rows.size());
            assertTrue(times(out).size() > before.size());
            assertTrue(times(out).entrySet().containsAll(before.entrySet()), "runs were touched");
        }
        assertEquals(cells(whole()), cells(out));
        for (String cell : cells(out)) {
            Runs.assertSameNumbers(whole().resolve(cell), out.resolve(cell));
        }
        Map<String, FileTime> before = times(out);
        sweep(small, out).assertRefused("holds another sweep", "A1-tau=0.0005-seed=2");
        assertEquals(8, Csv.read(out.resolve("runs.csv")).size());
        assertEquals(
                8,
                Cli.run("sweep", "--resume", out.toString(), "--json")
                        .json()
                        .get("rows")
                        .size());
        assertEquals(before, times(out));
    }

    /** Its folders are found by what is in them. */
    @Test
    void aSweepGrowsByAnOptionWhoseEarlierValueStays() throws IOException {
        Path out = folder.resolve("out");
        sweep("settings: A1\n" + TINY, out, "--json").json();
        Map<String, FileTime> before = times(out);
        sweep("settings: A1\n" + TINY + "grid: {eta: [10, 5]}", out, "--json").json();
        assertEquals(List.of("A1-eta=5-seed=1", "A1-seed=1"), cells(out));
        assertTrue(times(out).entrySet().containsAll(before.entrySet()));
        JsonNode rows =
                Cli.run("sweep", "--resume", out.toString(), "--json").json().get("rows");
        assertEquals(List.of("10.0", "5.0"), texts(rows, "eta"));
    }

    @Test
    void aSweepThatCannotGrowIsLeftAsItIs() throws IOException {
        Path out = folder.resolve("out");
        String text = "settings: A1\n" + TINY + "grid: {tau: [5e-4%s]}\n";
        sweep(text.formatted(""), out, "--json").json();
        String plan = Files.readString(out.resolve("sweep.yaml"));
        sweep(text.formatted(", 0.5"), out).assertRefused("tau=0.5: ");
        String nowhere = "settings: A1\n" + TINY.replace("init: default, ", "")
                + "grid: {tau: [5e-4], init: [default, nowhere.npz]}\n";
        sweep(nowhere, out).assertRefused("A1-tau=0.0005-init=nowhere.npz-seed=1", "nowhere.npz");
        assertEquals(plan, Files.readString(out.resolve("sweep.yaml")));
        assertEquals(List.of("A1-tau=0.0005-seed=1"), cells(out));
    }

    @Test
    void gamesAreSolvedSideBySide() throws IOException {
        Path out = folder.resolve("out");
        String text = "command: solve\ngames: [rps, beach-bar]\noptions: {iterations: 5}\ngrid: {eta: [0.1, 0.2, 2]}";
        JsonNode rows = sweep(text, out, "--json").json().get("rows");
        assertEquals(6, rows.size());
        for (JsonNode row : rows) {
            assertEquals("finished", row.get("status").asText());
            assertTrue(row.get("exploitability").isNumber(), row.toString());
        }
        assertEquals("beach-bar-eta=0.1-seed=1", cells(out).get(0));
        assertTrue(Files.exists(out.resolve("sweep.png")));
        JsonNode alone = Cli.run(
                        "solve",
                        "rps",
                        "--eta",
                        "0.2",
                        "--iterations",
                        "5",
                        "--json",
                        "--out",
                        folder.resolve("alone") + "")
                .json();
        JsonNode all = alone.get("exploitability");
        assertEquals(all.get(all.size() - 1), rows.get(1).get("exploitability"));
        String table = Cli.run("sweep", "--resume", out.toString()).out();
        assertTrue(
                table.lines()
                        .findFirst()
                        .orElseThrow()
                        .matches("\\| setting +\\| eta +\\| seed +\\| exploitability +\\| value +\\| status +\\|"),
                table);
        sweep("games: [rps]\ncommand: solve", folder.resolve("other"), "--json").json();
        assertEquals(List.of("rps-seed=1"), cells(folder.resolve("other")));
    }

    /** A file in the way. */
    @Test
    void aRunThatFailsIsToldAndTheOthersGoOn() throws IOException {
        Path out = folder.resolve("out");
        String text = "settings: A1\n" + TINY + "grid: {tau: [5e-4, .001]}";
        sweep(text, out, "--json").json();
        Path run = out.resolve("A1-tau=0.0005-seed=1");
        Files.delete(run.resolve("result.json"));
        Files.writeString(run.resolve("checkpoint.npz"), "damaged");
        List<String> statuses = texts(
                Cli.run("sweep", "--resume", out.toString(), "--json").json().get("rows"), "status");
        assertTrue(statuses.get(0).startsWith("failed: "), statuses.get(0));
        assertEquals("finished", statuses.get(1));
        assertEquals(
                statuses.get(0),
                Csv.read(out.resolve("runs.csv")).get(0).get("status").asText());
        Files.delete(run.resolve("checkpoint.npz"));
        statuses = texts(
                Cli.run("sweep", "--resume", out.toString(), "--json").json().get("rows"), "status");
        assertEquals(List.of("finished", "finished"), statuses, "it is tried again");
    }

    @Test
    void aGameOfOnesOwnIsSwept() throws IOException {
        Path source = folder.resolve("games").resolve("TwoRoads.java");
        Files.createDirectory(source.getParent());
        Files.writeString(source, TWO_ROADS);
        Path out = folder.resolve("out");
        String text = "command: solve\ngames: games/TwoRoads.java\noptions: {iterations: 3}\ngrid: {horizon: [%s]}";
        JsonNode rows = sweep(text.formatted("2, 3"), out, "--json").json().get("rows");
        assertEquals(List.of("two-roads", "two-roads"), texts(rows, "setting"));
        assertEquals(List.of("finished", "finished"), texts(rows, "status"));
        Map<String, FileTime> before = times(out);
        assertEquals(0, Cli.run("sweep", "--resume", out.toString()).exit());
        sweep(text.formatted("2, 3, 4"), out, "--json").json();
        assertTrue(times(out).entrySet().containsAll(before.entrySet()));
        assertEquals(3, cells(out).size());
    }

    @Test
    void badCommandLinesLeaveNothingBehind() throws IOException {
        Path out = folder.resolve("out");
        sweep(GRID, out, "--threads", "0").assertRefused("--threads");
        sweep(GRID, out, "--resume", "x").assertRefused("--resume");
        Cli.run("sweep").assertRefused("say what to run");
        Cli.run("sweep", "nowhere.yaml").assertRefused("nowhere.yaml");
        Cli.run("sweep", folder.toString()).assertRefused(folder + " is a folder, and no file");
        Cli.run("sweep", "--resume", folder.resolve("nowhere").toString()).assertRefused("is no sweep");
        assertEquals(List.of("file.yaml"), Runs.names(folder));
    }

    @Test
    void tablesOfTextAreAligned() throws IOException {
        Cli.Outcome outcome = Cli.run("sweep", "--resume", whole().toString());
        List<String> table =
                outcome.out().lines().filter(line -> line.startsWith("|")).toList();
        assertEquals(2 + 8, table.size());
        int[] bars = bars(table.get(0));
        assertEquals(1 + 10, bars.length);
        table.forEach(line -> assertArrayEquals(bars, bars(line), line));
        assertTrue(table.get(2).startsWith("| A1      | 0.0005 | 1    | "), table.get(2));
    }

    private static int[] bars(String line) {
        int[] all = new int[line.length()];
        Arrays.setAll(all, i -> i);
        return Arrays.stream(all).filter(i -> line.charAt(i) == '|').toArray();
    }

    /** Whichever ends last has the whole table; before, what is not there says so. */
    @Test
    void partsOfASweepShareAFolder() throws IOException {
        Path out = folder.resolve("parts");
        JsonNode first = sweep(GRID, out, "--shard", "2/3", "--json").json().get("rows");
        assertEquals(8, first.size());
        assertEquals(
                3, texts(first, "status").stream().filter("finished"::equals).count());
        assertEquals(
                5,
                texts(first, "status").stream().filter("not finished"::equals).count());
        assertEquals(0, sweep(GRID, out, "--shard", "1/3").exit());
        assertEquals(6, cells(out).size());
        assertEquals(
                0,
                Cli.run("sweep", "--resume", out.toString(), "--shard", "3/3").exit());
        assertEquals(
                Files.readString(whole().resolve("standings.csv")), Files.readString(out.resolve("standings.csv")));
        for (String cell : cells(whole())) {
            Runs.assertSameNumbers(whole().resolve(cell), out.resolve(cell));
        }
        sweep(GRID, folder.resolve("none"), "--shard", "4/3").assertRefused("--shard");
        assertFalse(Files.exists(folder.resolve("none")));
    }

    /** Of several processes that begin at once one makes the folder, and the last one to end has the whole table. */
    @Test
    void partsMayBeginAtOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("file.yaml"), GRID);
        List<Process> parts = new ArrayList<>();
        for (int part = 1; part <= 3; part++) {
            Path own = Files.createDirectory(folder.resolve("part-" + part));
            parts.add(Child.start(
                    own,
                    List.of(
                            "sweep",
                            file.toString(),
                            "--out",
                            folder.resolve("all").toString(),
                            "--shard",
                            part + "/3")));
        }
        for (Process part : parts) {
            assertTrue(part.waitFor(2, TimeUnit.MINUTES));
        }
        for (int part = 1; part <= 3; part++) {
            assertEquals(
                    0,
                    parts.get(part - 1).exitValue(),
                    Files.readString(folder.resolve("part-" + part).resolve("stderr")));
        }
        List<ObjectNode> rows = Csv.read(folder.resolve("all").resolve("runs.csv"));
        assertEquals(8, rows.size());
        rows.forEach(row -> assertEquals("finished", row.get("status").asText()));
    }
}
