package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Tree;
import mfg.eval.run.Run;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.Table;

/** What a finished run leaves on disk. */
final class RunFilesTest {

    private static final int ITERATIONS = 5;

    @TempDir
    private static Path folder;

    private static Path auction;
    private static Path beach;
    private static Cli.Outcome outcome;

    @BeforeAll
    static void run() {
        auction = folder.resolve("auction");
        beach = folder.resolve("beach");
        outcome = Cli.design("A2", auction, "--iterations", "5", "--validate-every", "2", "--precision", "float64");
        outcome.json();
        Cli.design("beach-bar", beach, "--max-price", "0.8").json();
    }

    @Test
    void theFolderHoldsWhatTheReadmePromises() throws IOException {
        List<String> common = List.of(
                "best.npz",
                "checkpoint.npz",
                "config.yaml",
                "exploitability.png",
                "last.npz",
                "metrics.csv",
                "objective.png",
                "report",
                "report.html",
                "result.json",
                "run.lock",
                "settling.csv",
                "settling.png");
        List<String> ofAuctions = List.of(
                "bidding-after.csv",
                "bidding-before.csv",
                "bids-after.csv",
                "bids-before.csv",
                "bids.png",
                "demand.png",
                "payments-after.csv",
                "payments-before.csv",
                "payments.png",
                "rounds-after.csv",
                "rounds-before.csv",
                "rounds.png",
                "winning.png");
        List<String> ofBeaches = List.of(
                "flow-after.csv", "flow-before.csv", "flow.png", "prices-after.csv", "prices-before.csv", "prices.png");
        assertEquals(sorted(common, ofAuctions), Runs.names(auction));
        assertEquals(sorted(common, ofBeaches), Runs.names(beach));
    }

    @Test
    void theLastDesignIsShownWhereItIsNotTheBest() throws IOException {
        Path run = folder.resolve("fell");
        String[] falls = {
            "--init", "posted-price", "--hidden", "64", "--lr", "0.5", "--iterations", "2", "--validate-every", "1"
        };
        JsonNode result = Cli.design("A1", run, falls).json();
        assertEquals(0, result.get("bestIteration").intValue(), "such steps lead nowhere");
        Table best = Table.read().csv(run.resolve("payments-after.csv").toFile());
        Table last = Table.read().csv(run.resolve("payments-last.csv").toFile());
        assertNotEquals(
                best.doubleColumn("payment").asList(),
                last.doubleColumn("payment").asList());
        assertEquals(
                List.of(
                        "A1: what a winner pays, before",
                        "A1: what a winner pays, best",
                        "A1: what a winner pays, last"),
                Objects.requireNonNull(Charts.saved(run).get("payments")).stream()
                        .map(Plot::title)
                        .toList());
    }

    @Test
    void whatALastDesignLeftGoesWhereTheLastIsTheBest() throws IOException {
        Path run = Runs.copy(auction, folder.resolve("goes-on"));
        Path left = Files.writeString(run.resolve("payments-last.csv"), "of an earlier end");
        JsonNode result = Cli.run("design", "--resume", run.toString(), "--iterations", "6", "--json")
                .json();
        assertEquals(6, result.get("bestIteration").intValue(), "each step is one up");
        assertFalse(Files.exists(left));
    }

    private static List<String> sorted(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).sorted().toList();
    }

    @Test
    void resultJsonIsTheLastLineOfStdout() throws IOException {
        JsonNode result =
                new ObjectMapper().readTree(auction.resolve("result.json").toFile());
        assertEquals(outcome.json(), result);
    }

    @Test
    void theConfigurationHoldsEveryOption() throws IOException {
        DesignConfig config = Run.config(DesignKind.DESIGN, Catalogue.builtIn(), beach);
        Map<String, String> options = Tree.flat(config);
        assertEquals("beach-bar", options.get("game"));
        assertEquals("0.8", options.get("max-price"));
        assertEquals("0.1", options.get("eta"));
        assertEquals("6", options.get("validation-steps"));
        assertEquals("15", options.get("horizon"));
        String text = Files.readString(beach.resolve("config.yaml"));
        assertTrue(text.startsWith("# mfg "), text);
        assertTrue(text.contains("Java " + System.getProperty("java.version")), text);
        for (String option :
                List.of("seed", "method", "adjoint", "lr", "schedule", "innerSteps", "precision", "beta")) {
            assertTrue(text.matches("(?s).*\n *%s:.*".formatted(option)), option);
        }
        assertFalse(text.contains("mechanism"), "the beach has none");
    }

    @Test
    void metricsHaveOneRowAnIterationAndValidationNowAndThen() throws IOException {
        List<String> lines = Files.readAllLines(auction.resolve("metrics.csv"));
        assertEquals(1 + 1 + ITERATIONS, lines.size());
        List<String> header = List.of(lines.get(0).split(",", -1));
        for (int i = 0; i <= ITERATIONS; i++) {
            String[] row = lines.get(1 + i).split(",", -1);
            assertEquals(header.size(), row.length);
            assertEquals(i, Integer.parseInt(row[0]));
            // row 0 is the start; the last iteration is always validated
            assertEquals(i == 0, row[header.indexOf("objective")].isEmpty());
            assertEquals(i == 0, row[header.indexOf("gradientNorm")].isEmpty());
            for (String figure : List.of("validationObjective", "exploitability", "regularizedExploitability")) {
                assertEquals(i % 2 == 0 || i == ITERATIONS, !row[header.indexOf(figure)].isEmpty(), figure + i);
            }
        }
        JsonNode result = outcome.json();
        String[] last = lines.get(1 + ITERATIONS).split(",", -1);
        String[] best = lines.get(1 + result.get("bestIteration").intValue()).split(",", -1);
        int objective = header.indexOf("validationObjective");
        int gain = header.indexOf("exploitability");
        assertEquals(result.get("lastValidationObjective").doubleValue(), Double.parseDouble(last[objective]));
        assertEquals(result.get("lastExploitability").doubleValue(), Double.parseDouble(last[gain]));
        assertEquals(
                result.get("gradientNorm").doubleValue(), Double.parseDouble(last[header.indexOf("gradientNorm")]));
        // the design that is reported is the one that validated best
        assertEquals(result.get("validationObjective").doubleValue(), Double.parseDouble(best[objective]));
        assertEquals(result.get("exploitability").doubleValue(), Double.parseDouble(best[gain]));
        assertEquals(
                result.get("validationObjective").doubleValue(),
                lines.stream()
                        .skip(1)
                        .map(line -> line.split(",", -1)[objective])
                        .filter(text -> !text.isEmpty())
                        .mapToDouble(Double::parseDouble)
                        .max()
                        .orElseThrow());
    }

    @Test
    void tablesOfBidsAreProbabilitiesAndPayments() throws IOException {
        for (String when : List.of("before", "after")) {
            double[][] bids = table(auction.resolve("bids-" + when + ".csv"));
            assertEquals(4 * 8, bids.length);
            double[] mass = new double[4];
            for (double[] row : bids) {
                mass[(int) row[0] - 1] += row[3];
                assertTrue(row[2] >= 0 && row[2] <= 7.0 / 8, "mean bid");
            }
            assertEquals(1, mass[0], 1e-9);
            double[][] payments = table(auction.resolve("payments-" + when + ".csv"));
            for (int i = 0; i < payments.length; i++) {
                double[] row = payments[i];
                assertTrue(row[3] >= 0 && row[3] <= 1, "probability of winning");
                assertTrue(row[1] == 0 ? row[2] == 0 : row[2] >= payments[i - 1][2], "payments rise from 0");
            }
        }
    }

    @Test
    void tablesOfTheBeachAreCrowdsAndPrices() throws IOException {
        for (String when : List.of("before", "after")) {
            double[] mass = new double[15];
            for (double[] row : table(beach.resolve("flow-" + when + ".csv"))) {
                mass[(int) row[0] - 1] += row[2];
            }
            for (double total : mass) {
                assertEquals(1, total, 1e-5);
            }
            double[][] prices = table(beach.resolve("prices-" + when + ".csv"));
            assertEquals(8, prices.length);
            for (double[] row : prices) {
                assertTrue(row[1] > 0 && row[1] < 0.8, "price");
            }
        }
    }

    private static double[][] table(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    @ParameterizedTest
    @CsvSource({
        "auction, objective, 1", "auction, exploitability, 1", "auction, bids, 4", "auction, payments, 2",
        "auction, winning, 2", "auction, rounds, 2", "auction, demand, 2", "auction, settling, 2",
        "beach, objective, 1", "beach, exploitability, 1", "beach, flow, 2", "beach, prices, 1",
    })
    void chartsShowSomething(String run, String name, int panels) throws IOException {
        BufferedImage image =
                ImageIO.read(folder.resolve(run).resolve(name + ".png").toFile());
        int width = image.getWidth() / panels;
        for (int panel = 0; panel < panels; panel++) {
            int left = panel * width;
            long colours = IntStream.range(0, width * image.getHeight())
                    .map(i -> image.getRGB(left + i % width, i / width))
                    .distinct()
                    .count();
            assertTrue(colours > 20, colours + " colours");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "last"})
    void snapshotsStartOtherRuns(String name) {
        Path file = auction.resolve(name + ".npz");
        JsonNode again = Cli.design(
                        "A2",
                        folder.resolve("from-" + name),
                        "--iterations",
                        "0",
                        "--precision",
                        "float64",
                        "--init",
                        file.toString())
                .json();
        String figure = name.equals("best") ? "validationObjective" : "lastValidationObjective";
        assertEquals(outcome.json().get(figure), again.get("validationObjective"));
    }
}
