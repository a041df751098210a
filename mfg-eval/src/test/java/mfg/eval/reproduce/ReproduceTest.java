package mfg.eval.reproduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.compare.CompareBudget;
import mfg.eval.compare.ComparisonPlan;
import mfg.eval.grid.Place;
import mfg.eval.io.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paper's figures, at sizes that take a moment. */
final class ReproduceTest {

    private static final List<String> SIZES =
            List.of("--values=8", "--hidden=40", "--inner-steps=5", "--validation-steps=6", "--long-steps=7");

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    /** With tiny sizes behind the options. */
    private Cli.Outcome reproduce(String name, String... options) {
        List<String> args = new ArrayList<>(List.of("reproduce", name, "--out", out().toString(), "--iterations", "2"));
        args.addAll(Arrays.asList(options));
        args.add("--");
        args.addAll(SIZES);
        if (name.startsWith("check")) {
            args.add("--init=default"); // in place of a search
        }
        if (List.of("fig1", "fig9").contains(name)) {
            args.remove("--hidden=40"); // no run has a network
        } else if (name.equals("all")) {
            args.add("--draws=1"); // may be for another figure
        }
        return Cli.run(args.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "symm-fig1a, 11", // two epochs of three, and one of those who learn alone, and what each gains by leaving
        "symm-fig1b, 16", // two who learn, before and after, and three by four amounts
        "symm-fig1c, 16",
        "symm-fig2a, 12", // six sizes of two kinds
        "symm-fig2b, 24", // two epochs of four at three congestions
        "symm-rates, 34", // numbers of players, 1 and 2, and of trajectories, 6 and 5; floors, 6, 6, 4 and twice 2
    })
    void figuresOfPlayersWhoDifferDoSoToo(String name, int rows) throws IOException {
        String[] command = {"reproduce", name, "--out", out().toString(), "--iterations", "2", "--json", "--"};
        JsonNode result = Cli.run(Cli.concat(command, "--players", "20")).json();
        assertEquals(rows, result.get("rows").size());
        assertTrue(Files.size(out().resolve(name + ".png")) > 1000);
        assertEquals(rows, Csv.read(out().resolve(name + ".csv")).size());
        Cli.run(Cli.concat(command, "--goods", "8")).assertRefused("--goods is not known");
    }

    @ParameterizedTest
    @CsvSource({
        "fig1, 4", // two caps, before and after
        "fig2, 11", // four who learn, before and after, and three levels
        "fig3, 30", // five designs, six numbers of players
        "fig5, 14", // before and after, seven steps
        "fig6, 32", // four rounds, eight values
        "fig7, 32",
        "fig8, 5", // two mechanisms, before and after, and a level
        "fig9, 2", // two epochs
        "check2, 24", // eight settings, three tau
        "check3, 64", // eight settings, two designs, four numbers of players
    })
    void everyFigureLeavesDataChartAndVerdict(String name, int rows) throws IOException {
        JsonNode result = reproduce(name, "--json").json();
        assertEquals(name, result.get("figure").textValue());
        assertEquals(out().toString(), result.get("runDirectory").textValue());
        assertEquals(rows, result.get("rows").size());
        assertTrue(
                List.of("holds", "holds partly", "does not hold", "no claim")
                        .contains(result.get("verdict").textValue()),
                result.toString());
        assertEquals(
                result.get("claim").textValue().isEmpty(),
                result.get("verdict").textValue().equals("no claim"));

        byte[] data = Files.readAllBytes(out().resolve(name + ".csv"));
        assertEquals(rows, Csv.read(out().resolve(name + ".csv")).size());
        byte[] chart = Files.readAllBytes(out().resolve(name + ".png"));
        assertEquals("PNG", new String(chart, 1, 3, StandardCharsets.US_ASCII));
        String text = Files.readString(out().resolve(name + ".txt"));
        assertTrue(text.contains(result.get("why").textValue()), text);

        Cli.Outcome again = reproduce(name, "--threads", "1");
        assertEquals(0, again.exit(), again.err());
        assertEquals(text, again.out());
        assertFalse(again.err().contains("finished"), "every run was there: " + again.err());
        assertArrayEquals(data, Files.readAllBytes(out().resolve(name + ".csv")));
    }

    @Test
    void aQuickComparisonHasFewDrawsUnlessTheUserWantsMore() {
        Reproduction plan = new Reproduction(
                out(),
                out(),
                Reproduction.Budget.QUICK,
                null,
                Map.of("draws", "3", "hidden", "40"),
                false,
                Place.here(2));
        ComparisonPlan drawn = comparison("A3", plan);
        assertEquals(Map.of("draws", "3", "validation-draws", "4", "hidden", "40"), drawn.options());
        ComparisonPlan other = comparison("A4", plan);
        assertEquals(Map.of("hidden", "40"), other.options());
        assertTrue(drawn.budget().iterations() < other.budget().iterations());
        Reproduction full =
                new Reproduction(out(), out(), Reproduction.Budget.FULL, null, Map.of(), false, Place.here(2));
        assertEquals(new ComparisonPlan("A3", CompareBudget.named("full"), Map.of(), false), comparison("A3", full));
    }

    private static ComparisonPlan comparison(String setting, Reproduction plan) {
        return TrainingFigure.ofOtherAuctions(plan).stream()
                .filter(comparison -> comparison.setting().equals(setting))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFigureGoesOnWhereItStopped() throws IOException {
        assertEquals(0, reproduce("fig6").exit());
        byte[] data = Files.readAllBytes(out().resolve("fig6.csv"));
        Path run = out().resolve("runs").resolve("A1-trained");
        Path kept = Runs.copy(run, folder.resolve("kept"));
        for (String lost : List.of("result.json", "bids-after.csv", "payments-after.csv")) {
            Files.delete(run.resolve(lost));
        }
        Files.delete(out().resolve("fig6.csv"));
        assertEquals(0, reproduce("fig6").exit());
        Runs.assertSameNumbers(kept, run);
        assertArrayEquals(data, Files.readAllBytes(out().resolve("fig6.csv")));
    }

    @Test
    void otherOptionsInTheSameFolderAreRefused() throws IOException {
        assertEquals(0, reproduce("fig6").exit());
        byte[] data = Files.readAllBytes(out().resolve("fig6.csv"));
        reproduce("fig6", "--iterations", "3").assertRefused("--iterations");
        Cli.run("reproduce", "fig6", "--out", out().toString()).assertRefused("A1-trained", "other options");
        assertArrayEquals(data, Files.readAllBytes(out().resolve("fig6.csv")));
    }

    @Test
    void exploitabilityEndsWhereTheRunReports() throws IOException {
        JsonNode rows = reproduce("fig5", "--json").json().get("rows");
        JsonNode last = rows.get(rows.size() - 1);
        JsonNode run = Runs.result(out().resolve("runs").resolve("A1-trained"));
        assertEquals("trained", last.get("mechanism").textValue());
        assertEquals(7, last.get("steps").intValue());
        assertEquals(
                run.get("longExploitability").doubleValue(),
                last.get("exploitability").doubleValue(),
                1e-4);
        assertEquals(
                run.get("longRegularizedExploitability").doubleValue(),
                last.get("regularizedExploitability").doubleValue(),
                1e-4);
    }

    @Test
    void goodsSoldAreThoseOfTheReport() throws IOException {
        JsonNode rows = reproduce("fig7", "--json").json().get("rows");
        double[] sold = new double[4];
        for (JsonNode row : rows) {
            sold[row.get("round").intValue() - 1] +=
                    row.get("winningAfter").doubleValue() * row.get("massAfter").doubleValue();
        }
        // the report's are at T, those of the table at T_val
        JsonNode run = Cli.design(
                        "A1",
                        folder.resolve("run"),
                        "--lr",
                        "3e-4",
                        "--hidden",
                        "40",
                        "--iterations",
                        "2",
                        "--inner-steps",
                        "5",
                        "--validation-steps",
                        "6")
                .json();
        assertEquals(
                run.get("validationObjective"),
                Runs.result(out().resolve("runs").resolve("A1-trained")).get("validationObjective"));
        assertArrayEquals(Cli.numbers(run.get("goodsSold")), sold, 0.05);
    }

    @Test
    void allShareTheirRunsAndEveryVerdictIsKept() throws IOException {
        Cli.Outcome outcome = reproduce("all", "--only", "fig7,fig6");
        assertEquals(0, outcome.exit(), outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(0).startsWith("fig6 ") && lines.get(1).startsWith("fig7 no claim: "), outcome.out());
        assertEquals(List.of("fig6", "fig7", "report", "report.html", "runs", "verdicts.csv"), Runs.names(out()));
        assertEquals(List.of("A1-trained", "fig6.csv", "fig7.csv"), Runs.names(out().resolve("runs")));
        List<ObjectNode> verdicts = Csv.read(out().resolve("verdicts.csv"));
        assertEquals(2, verdicts.size());
        assertEquals("fig6", verdicts.get(0).get("figure").textValue());
        assertTrue(lines.get(0).endsWith(verdicts.get(0).get("why").textValue()));

        JsonNode again = reproduce("all", "--only", "fig6", "--json").json();
        assertEquals(1, again.get("verdicts").size());
        assertEquals(verdicts.get(0).get("why"), again.get("verdicts").get(0).get("why"));
    }

    @Test
    void whatComesToNothingDoesNotStopTheOthers() throws IOException {
        List<String> args = new ArrayList<>(List.of("reproduce", "all", "--out", out().toString()));
        args.addAll(List.of("--iterations", "4", "--only", "fig6,fig8", "--", "--lr=1e30"));
        args.addAll(SIZES);
        Cli.Outcome outcome = Cli.run(args.toArray(String[]::new));
        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(outcome.out().startsWith("fig6 cannot be told: A1-trained: diverged"), outcome.out());
        assertTrue(outcome.out().lines().anyMatch(line -> line.startsWith("fig8 ")), outcome.out());
    }

    @ParameterizedTest
    @CsvSource({
        "fig6 --values 20, options of design stand behind --",
        "all --only fig6 --inner-steps=9, options of design stand behind --",
        "symm-fig1b --players 20, options of learn stand behind --",
    })
    void anOptionOfRunsIsToldToStandBehindDashes(String arguments, String told) {
        Cli.run(("reproduce " + arguments).split(" ", -1)).assertRefused("is not understood", told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fig6 --budget some",
                "fig6 --threads 0",
                "fig6 --iterations 0",
                "fig6 --iterations few",
                "fig6 -- --iterations 3",
                "fig6 -- --values 1",
                "fig6 -- --unheard-of 1",
                "fig2 -- --unheard-of 1",
                "fig1 -- --mechanism neural",
                "fig6 -- --draws 2",
                "all --only fig6 -- --unheard-of 1",
                "all --only fig10",
                "all --only fig6 -- --values 1",
                "fig10",
            })
    void badInputIsRefusedAndLeavesNothingBehind(String arguments) {
        List<String> args = new ArrayList<>(List.of(arguments.split(" ", -1)));
        args.add(0, "reproduce");
        if (!arguments.startsWith("fig10")) {
            args.addAll(2, List.of("--out", out().toString()));
        }
        Cli.run(args.toArray(String[]::new)).assertRefused();
        assertFalse(Files.exists(out()));
    }
}
