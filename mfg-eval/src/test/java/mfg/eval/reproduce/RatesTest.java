package mfg.eval.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mfg.envs.exact.LinearQuadratic;
import mfg.envs.exact.LinearQuadraticPlayers;
import mfg.eval.Cli;
import mfg.eval.io.Csv;
import mfg.eval.players.Rate;
import mfg.eval.reproduce.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates on the command line, and what is said of made-up ones. */
final class RatesTest {

    @TempDir
    private Path folder;

    @Test
    void theCheckLeavesTableChartAndVerdict() throws IOException {
        Path out = folder.resolve("out");
        JsonNode result =
                Cli.run("reproduce", "rates", "--out", out.toString(), "--json").json();
        assertEquals("holds", result.get("verdict").textValue());
        String why = result.get("why").textValue();
        assertTrue(why.contains("the rate is tight") && why.contains("no zero-dominance is needed"), why);
        assertEquals(4 * 13, result.get("rows").size()); // four cases, thirteen numbers of players
        assertEquals(4 * 13, Csv.read(out.resolve("rates.csv")).size());
        assertTrue(Files.size(out.resolve("rates.png")) > 1000);
    }

    @Test
    void playersAreThoseAskedFor() throws IOException {
        String out = folder.resolve("out").toString();
        JsonNode result = Cli.run("reproduce", "rates", "--out", out, "--json", "--", "--players", "50,2,50")
                .json();
        assertEquals(4 * 2, result.get("rows").size());
        assertEquals("cannot be told", result.get("verdict").textValue()); // none from 100 on
        Cli.run("reproduce", "rates", "--out", out, "--", "--players", "2,3").assertRefused("other players", "[2, 50]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--players 1", "--players many", "--players 2,,3", "--values 8"})
    void otherOptionsAreRefused(String options) {
        String command = "reproduce rates --out %s -- %s".formatted(folder.resolve("out"), options);
        Cli.run(command.split(" ", -1)).assertRefused("players");
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void theYardstickIsPrintedByItself() {
        JsonNode result = Cli.run("lq-exact", "--players", "200,100,100", "--drift", "0", "--horizon", "3", "--json")
                .json();
        LinearQuadratic usual = LinearQuadratic.USUAL;
        LinearQuadratic game = new LinearQuadratic(
                3, usual.keep(), 0, usual.target(), usual.effort(), usual.noise(), usual.start(), usual.spread());
        assertEquals(2, result.get("rows").size());
        assertEquals(
                LinearQuadraticPlayers.of(game, 200).exploitability(),
                result.get("rows").get(1).get("exploitability").doubleValue());
        for (JsonNode rate : result.get("rates")) {
            assertEquals(rate.get("theory").doubleValue(), rate.get("slope").doubleValue(), 0.05, rate.toString());
        }
        Cli.Outcome text = Cli.run("lq-exact", "--players", "2,3");
        assertEquals(0, text.exit(), text.err());
        assertTrue(text.out().contains("no rate"), text.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--players 1",
                "--players 2,x",
                "--horizon 0",
                "--effort 0",
                "--noise -1",
                "--keep NaN",
                "--spread -1",
                "--horizon 1 --target 2 --keep 1 --drift 0", // no equilibrium
                "--keep 1e200"
            })
    void numbersThatAreNoGameAreRefused(String options) {
        Cli.run(("lq-exact " + options).split(" ", -1)).assertRefused();
    }

    private static final List<Integer> PLAYERS = List.of(10, 100, 1000, 10_000);

    private static Rate rate(double exponent) {
        return Rate.of(
                "gap",
                Double.NaN,
                PLAYERS,
                PLAYERS.stream().mapToDouble(n -> Math.pow(n, exponent)).toArray());
    }

    private static RatesCheck.Case of(String name, boolean noZeroDominance, double exponent) {
        return new RatesCheck.Case(name, noZeroDominance, List.of(rate(exponent)), 0.25);
    }

    private static void assertOutcome(Outcome expected, Verdict verdict, String words) {
        assertEquals(expected, verdict.outcome(), verdict.why());
        assertTrue(verdict.why().contains(words), verdict.why());
    }

    @Test
    void whatIsSaidFollowsTheRates() {
        RatesCheck.Case smooth = of("smooth", true, -1);
        RatesCheck.Case edge = of("edge", true, -0.5);
        RatesCheck.Case pure = of("pure", false, 0);
        assertOutcome(Outcome.HOLDS, RatesCheck.verdict(List.of(smooth, edge, pure), 10_000), "the rate is tight");
        assertOutcome(
                Outcome.HOLDS, RatesCheck.verdict(List.of(smooth, pure), 10_000), "nothing here attains the rate");
        assertOutcome(
                Outcome.HOLDS, RatesCheck.verdict(List.of(smooth, pure), 10_000), "among 10000 still gains 0.2500");
        assertOutcome(
                Outcome.HOLDS, RatesCheck.verdict(List.of(smooth, of("pure", false, -0.5)), 10_000), "not seen to be");
        assertOutcome(Outcome.PARTLY, RatesCheck.verdict(List.of(smooth, of("slow", true, -0.3)), 10_000), "N^-0.300");
    }

    @Test
    void aRateIsThatOfManyPlayersWithItsInterval() {
        double[] errors =
                PLAYERS.stream().mapToDouble(n -> 3.0 / n + 50.0 / n / n).toArray();
        Rate rate = Rate.of("gap", -1, PLAYERS, errors);
        assertTrue(rate.least() < rate.slope() && rate.slope() < rate.most() && rate.most() < -1, rate.text());
        assertEquals(-1, rate.most(), 0.01);
        assertEquals(rate(-1).text(), "N^-1.000 [-1.000, -1.000]");
        assertEquals(
                "no rate",
                Rate.of("gap", -1, PLAYERS, new double[] {1, 1, 0, 1e-17}).text());
    }
}
