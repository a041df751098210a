package mfg.eval.counterfactual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mfg.eval.Cli;
import mfg.eval.io.Csv;
import mfg.eval.run.Metrics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code counterfactual}, on a small log of first price: three bidders, uniform values up to 100, who bid two thirds of them. */
final class CounterfactualCommandTest {

    private static final int AUCTIONS = 60;

    @TempDir
    Path folder;

    private Path log = Path.of("");
    private double paid;

    @BeforeEach
    void writeLog() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder text = new StringBuilder("Auktion;Bieter;Gebot;Lose\n");
        for (int auction = 0; auction < AUCTIONS; auction++) {
            double highest = 0;
            for (int bidder = 0; bidder < 3; bidder++) {
                int cents = random.nextInt(10_000) * 2 / 3;
                text.append("%d;b%d;%d,%02d \u20ac;1%n".formatted(auction, bidder, cents / 100, cents % 100));
                highest = Math.max(highest, cents / 100.0);
            }
            paid += highest;
        }
        log = Files.writeString(folder.resolve("gebote.csv"), text);
    }

    private Cli.Outcome run(String out, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "counterfactual",
                log.toString(),
                "--out",
                folder.resolve(out).toString(),
                "--bids-are",
                "first-price"));
        all.addAll(List.of(more));
        return Cli.run(all.toArray(String[]::new));
    }

    private List<ObjectNode> rows(String run) throws IOException {
        return Metrics.of(folder.resolve(run));
    }

    private static JsonNode rule(JsonNode result, String id) {
        for (JsonNode outcome : result.get("outcomes")) {
            if (outcome.get("id").asText().equals(id)) {
                return outcome;
            }
        }
        throw new AssertionError("no " + id);
    }

    /** The reserve 50 earns 53.125 an auction, no reserve 50; a posted price p sells with 1 - (p/100)^3. */
    @Test
    void aLogBecomesATableOfRules() throws IOException {
        Cli.Outcome outcome = run("run", "--no-learned", "--json", "--resamples", "40");
        JsonNode result = outcome.json();
        assertTrue(outcome.err().contains("180 (column Gebot)"), outcome.err());
        assertEquals("EUR", result.get("unit").asText());
        assertEquals(paid, result.get("paid").asDouble(), 1e-6);
        assertEquals("first price", result.get("usual").asText());
        double first = rule(result, "firstPrice").get("revenue").asDouble();
        assertEquals(first, rule(result, "uniformPrice").get("revenue").asDouble(), 1e-9 * first);
        assertEquals(50, first / AUCTIONS, 4);
        JsonNode reserve = rule(result, "uniformPriceReserve");
        assertEquals(53.1, reserve.get("revenue").asDouble() / AUCTIONS, 5);
        assertEquals(50, reserve.get("least").asDouble(), 12);
        double price = rule(result, "postedPrice").get("least").asDouble();
        assertEquals(63, price, 12);
        assertEquals(
                1 - Math.pow(price / 100, 3),
                rule(result, "postedPrice").get("sold").asDouble(),
                0.1);
        for (JsonNode one : result.get("outcomes")) {
            double revenue = one.get("revenue").asDouble();
            assertTrue(one.get("estimated").get("low").asDouble() < revenue, one.toString());
            assertTrue(one.get("estimated").get("high").asDouble() > revenue, one.toString());
            assertTrue(one.get("played").get("high").asDouble()
                    > one.get("played").get("low").asDouble());
        }
        for (String file : List.of("revenue.png", "values.png", "report.html", "inverse-bids.csv", "values.csv")) {
            assertTrue(Files.size(folder.resolve("run").resolve(file)) > 0, file);
        }
        List<ObjectNode> auctions = Csv.read(folder.resolve("run/auctions.csv"));
        assertEquals(AUCTIONS, auctions.size());
        assertEquals(
                first,
                auctions.stream()
                        .mapToDouble(row -> row.get("firstPrice").asDouble())
                        .sum(),
                1e-6 * first);
        String told = run("other", "--no-learned", "--resamples", "20").out();
        assertTrue(told.contains("| second price, reserve |") && told.contains("assumed: "), told);
    }

    /** With the least that a learned mechanism needs. */
    private static final String[] LEARNED = {"--resamples", "20", "--iterations", "1", "--values", "20", "--json"};

    @Test
    void theLearnedMechanismStandsBesideThem() throws IOException {
        JsonNode result = run("run", LEARNED).json();
        JsonNode learned = rule(result, "learned");
        JsonNode field = result.get("field");
        assertEquals(field.get("learned").asDouble(), learned.get("field").asDouble());
        assertEquals(
                field.get("learned").asDouble() - field.get("simple").asDouble(),
                field.get("lead").asDouble(),
                1e-9);
        assertTrue(learned.get("revenue").asDouble() > 0.3 * paid);
        assertTrue(learned.get("revenue").asDouble()
                < rule(result, "uniformPriceReserve").get("revenue").asDouble());
        for (String id : List.of("firstPrice", "postedPrice", "uniformPrice")) {
            assertTrue(rule(result, id).get("field").asDouble() > 0, id);
        }
        assertTrue(Files.exists(folder.resolve("run/design/report.html"))
                || Files.exists(folder.resolve("run/design/result.json")));
    }

    /** Of ascending auctions with many bidders no reserve helps: the best is 0. */
    @Test
    void aReserveThatHelpsNobodyIsNone() throws IOException {
        StringBuilder text = new StringBuilder("auction,bidder,bid\n");
        for (int auction = 0; auction < 30; auction++) {
            for (int bidder = 0; bidder < 9; bidder++) {
                text.append("%d,b%d,%d%n".formatted(auction, bidder, 900 + (7 * auction + 13 * bidder) % 100));
            }
        }
        Files.writeString(log, text);
        List<String> all = new ArrayList<>(List.of(
                "counterfactual",
                log.toString(),
                "--out",
                folder.resolve("run").toString(),
                "--bids-are",
                "ascending"));
        all.addAll(List.of(LEARNED));
        JsonNode result = Cli.run(all.toArray(String[]::new)).json();
        JsonNode reserve = rule(result, "uniformPriceReserve");
        assertEquals(0, reserve.get("least").asDouble());
        assertEquals(0, reserve.get("gain").asDouble());
        assertTrue(reserve.get("field").asDouble() > 0, reserve.toString());
    }

    /** Bids of an auction are near each other, so the price is that of the auction and not the second of five values of the log. */
    @Test
    void aPredictionThatIsNotWhatWasPaidIsDoubted() throws IOException {
        assertFalse(run("other", "--no-learned").out().contains("something assumed is false"));
        StringBuilder text = new StringBuilder("auction,bidder,bid\n");
        for (int auction = 0; auction < 40; auction++) {
            for (int bidder = 0; bidder < 5; bidder++) {
                text.append("%d,b%d,%d%n".formatted(auction, bidder, 100 + 10 * auction + bidder));
            }
        }
        Files.writeString(log, text);
        String out = folder.resolve("run").toString();
        String told = Cli.run(
                        "counterfactual", log.toString(), "--bids-are", "second-price", "--no-learned", "--out", out)
                .out();
        assertTrue(told.contains("something assumed is false"), told);
    }

    /** One point of a thousand that is read as a decimal comma, in one bid. */
    @Test
    void aBidFarFromAllOthersIsDoubted() throws IOException {
        assertFalse(run("other", "--no-learned", "--resamples", "20").out().contains("a slip"));
        String text = Files.readString(log);
        int at = text.indexOf(",", text.indexOf("\n7;b1;"));
        Files.writeString(log, text.substring(0, at) + "000" + text.substring(at));
        String told = run("run", "--no-learned", "--resamples", "20").out().replaceAll("\\s+", " ");
        assertTrue(told.contains("careful: the highest bid, in auction '7', is"), told);
        assertTrue(told.contains("if that is a slip, the figures are wrong"), told);
    }

    /** Nobody bids to lose: an auction cannot earn more than lots are worth. */
    @Test
    void biddersLearnNotToLose() {
        for (JsonNode outcome : run("run", LEARNED).json().get("outcomes")) {
            assertTrue(outcome.get("surplus").asDouble() > 0, outcome.toString());
            assertTrue(outcome.get("efficiency").asDouble() <= 1, outcome.toString());
        }
    }

    @Test
    void whatIsResumedEndsAsWithoutAPause() throws IOException {
        run("whole", "--no-learned", "--resamples", "25", "--threads", "1").assertSucceeded();
        run("parts", "--no-learned", "--resamples", "20", "--threads", "2").assertSucceeded();
        Cli.run("counterfactual", "--resume", folder.resolve("parts").toString(), "--resamples", "25")
                .assertSucceeded();
        assertEquals(rows("whole"), rows("parts"));
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("whole/rules.csv")),
                Files.readAllBytes(folder.resolve("parts/rules.csv")));
    }

    @Test
    void aLogThatChangedIsNotGoneOnWith() throws IOException {
        run("run", "--no-learned", "--resamples", "20").assertSucceeded();
        Files.writeString(log, Files.readString(log).replace("10;b1;", "10;b2;"));
        Cli.run("counterfactual", "--resume", folder.resolve("run").toString(), "--resamples", "21");
        Files.writeString(log, "Auktion;Bieter;Gebot\n1;a;5,5\n1;b;7\n");
        Cli.Outcome outcome =
                Cli.run("counterfactual", "--resume", folder.resolve("run").toString(), "--resamples", "22");
        assertEquals(2, outcome.exit(), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--bidders 1 | at least 2",
                "--bidders 8..5 | the less first",
                "--bidders two | such as 7",
                "--bidders 2 | 3 bidders bid in it",
                "--lots 0 | lots must be",
                "--resamples 3 | resamples must be",
                "--level 2 | level must be",
                "--level 0.99 --resamples 100 | needs at least 199 resamples",
                "--covariates nothing | there is no column 'nothing'",
                "--value-column Bieter | is no number",
                "--rounds x | a whole number",
            })
    void wrongInputIsRefusedInASentence(String options, String words) {
        Cli.Outcome outcome = run("run", options.split(" "));
        assertEquals(2, outcome.exit(), outcome.err());
        String last = outcome.err().lines().reduce("", (before, line) -> line);
        assertTrue(last.startsWith("mfg: ") && last.contains(words), outcome.err());
        assertFalse(Files.exists(folder.resolve("run/config.yaml")));
    }

    /** Of one auction there are no resamples. */
    @Test
    void aLogOfOneAuctionIsRefused() throws IOException {
        Files.writeString(log, "bid\n5\n7\n8\n");
        Cli.Outcome outcome = Cli.run("counterfactual", log.toString());
        assertEquals(2, outcome.exit());
        assertTrue(outcome.err().contains("1 auction that tells of values"), outcome.err());
    }

    @Test
    void aFileIsNeeded() {
        Cli.run("counterfactual").assertRefused("which log");
        Cli.run("counterfactual", folder.resolve("none.csv").toString()).assertRefused("none.csv");
        Cli.run("counterfactual", log.toString(), "--bids-are", "dutch").assertRefused("--bids-are must be");
        Cli.run("counterfactual", log.toString(), "--resume", folder.toString()).assertRefused("--resume");
    }
}
