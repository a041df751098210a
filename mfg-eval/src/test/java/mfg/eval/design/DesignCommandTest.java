package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import mfg.core.catalogue.DesignableGame;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.AuctionSetting;
import mfg.eval.Cli;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Described;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DesignCommandTest {

    @TempDir
    private Path folder;

    @Test
    void theResultHasEveryFieldOfTheContract() {
        Path out = folder.resolve("run");
        Cli.Outcome outcome = Cli.design(
                "A1", out, "--iterations", "2", "--seed", "-7", "--adjoint", "revolve:2", "--precision", "float64");
        assertEquals(1, outcome.out().lines().count());
        JsonNode result = outcome.json();
        assertEquals("A1", result.get("setting").textValue());
        assertEquals("amid", result.get("method").textValue());
        assertEquals("revolve:2", result.get("adjoint").textValue());
        assertEquals("float64", result.get("precision").textValue());
        assertEquals(out.toString(), result.get("runDirectory").textValue());
        List<String> integers = List.of("seed", "iterations", "innerSteps", "validationSteps", "longSteps");
        int[] values = integers.stream()
                .mapToInt(name -> {
                    assertTrue(result.get(name).isIntegralNumber(), name);
                    return result.get(name).intValue();
                })
                .toArray();
        assertArrayEquals(new int[] {-7, 2, 5, 6, 7}, values);
        for (String name : List.of(
                "objective",
                "validationObjective",
                "exploitability",
                "regularizedExploitability",
                "longObjective",
                "longExploitability",
                "gradientNorm",
                "secondsPerGradient",
                "peakRssMiB")) {
            assertTrue(result.get(name).isNumber(), name);
            assertTrue(Double.isFinite(result.get(name).doubleValue()), name);
        }
        assertEquals(4, Cli.numbers(result.get("goodsSold")).length);
    }

    @Test
    void theIndependentlyComputedA1ComesOut() {
        // page 5 of the specification: another language, another derivation, float64, T = 50
        JsonNode result = Cli.run(
                        "design",
                        "A1",
                        "--paper",
                        "--no-yardsticks",
                        "--inner-steps",
                        "50",
                        "--validation-steps",
                        "50",
                        "--long-steps",
                        "50",
                        "--init",
                        "sine",
                        "--precision",
                        "float64",
                        "--iterations",
                        "0",
                        "--json",
                        "--out",
                        folder.resolve("run").toString())
                .json();
        double revenue = 0.17175698950687993;
        assertEquals(revenue, result.get("objective").doubleValue(), 1e-6 * revenue);
        assertEquals(revenue, result.get("validationObjective").doubleValue(), 1e-6 * revenue);
        assertEquals(revenue, result.get("longObjective").doubleValue(), 1e-6 * revenue);
        assertEquals(0.22582264083676296, result.get("gradientNorm").doubleValue(), 1e-6 * 0.22582264083676296);
        assertEquals(0.0114654, result.get("exploitability").doubleValue(), 6e-8);
        assertEquals(0.0114654, result.get("longExploitability").doubleValue(), 6e-8);
        assertEquals(0.0084440, result.get("regularizedExploitability").doubleValue(), 6e-8);
        assertArrayEquals(
                new double[] {0.39527494, 0.19997998, 0.10117323, 0.05117887},
                Cli.numbers(result.get("goodsSold")),
                6e-9);
    }

    @Test
    void firstPriceWithEqualSharesEarnsWhatWasMeasuredIndependently() {
        // page 3 of the specification, A1 at T = 400 and 500, float64
        JsonNode result = Cli.run(
                        "design",
                        "A1",
                        "--paper",
                        "--no-yardsticks",
                        "--mechanism",
                        "first-price",
                        "--precision",
                        "float64",
                        "--long-steps",
                        "500",
                        "--json",
                        "--out",
                        folder.resolve("run").toString())
                .json();
        assertEquals(0.1481, result.get("objective").doubleValue(), 6e-5);
        assertEquals(0.1481, result.get("validationObjective").doubleValue(), 6e-5);
        assertArrayEquals(new double[] {0.2, 0.2, 0.2, 0.2}, Cli.numbers(result.get("goodsSold")), 1e-12);
        assertEquals(0, result.get("gradientNorm").doubleValue(), "there is nothing to differentiate by");
        assertEquals(0, result.get("iterations").intValue());
    }

    static Set<String> settings() {
        return Catalogue.builtIn().choices(DesignableGame.class).keySet();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingCanBeDesigned(String name) {
        List<String> options = new ArrayList<>(List.of("--precision", "float64"));
        if (name.equals("A8")) {
            options.addAll(List.of("--horizon", "5"));
        }
        if (name.equals("A3")) {
            options.addAll(List.of("--draws", "2", "--validation-draws", "3"));
        }
        // the name is taken in any case
        JsonNode result = Cli.design(
                        name.toLowerCase(Locale.ROOT), folder.resolve("run"), options.toArray(String[]::new))
                .json();
        assertEquals(name, result.get("setting").textValue());
        assertTrue(result.get("gradientNorm").doubleValue() > 0, result.toString());
        assertTrue(result.get("exploitability").doubleValue() > 0, result.toString());
        if (name.equals("beach-bar")) {
            assertFalse(result.has("goodsSold"));
            // congestion of 8 spots is at least 1/8
            assertTrue(result.get("objective").doubleValue() <= -1.0 / 8, result.toString());
        } else {
            double[] goods = Cli.numbers(result.get("goodsSold"));
            AuctionGame game = (AuctionGame) Described.blank(
                    Catalogue.builtIn().choices(DesignableGame.class).get(name));
            AuctionSetting auction = game.setting();
            assertEquals(name.equals("A8") ? 5 : auction.rounds(), goods.length);
            double sold = Arrays.stream(goods).sum();
            assertTrue(sold > 0 && sold <= auction.alphaMax() + 1e-12, Arrays.toString(goods));
            assertTrue(result.get("objective").doubleValue() > 0, result.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"amid, sqrt", "amid, revolve:1", "amid, revolve:3", "naive, "})
    void everyWayToTheGradientFindsTheSame(String method, String adjoint) {
        String[] common = {"--iterations", "0", "--precision", "float64", "--init", "sine", "--inner-steps", "10"};
        double expected = Cli.design("A2", folder.resolve("store"), common)
                .json()
                .get("gradientNorm")
                .doubleValue();
        List<String> options = new ArrayList<>(List.of(common));
        options.addAll(List.of("--method", method));
        if (adjoint != null) {
            options.addAll(List.of("--adjoint", adjoint));
        }
        JsonNode result = Cli.design("A2", folder.resolve("other"), options.toArray(String[]::new))
                .json();
        assertEquals(method, result.get("method").textValue());
        assertEquals(adjoint, result.get("adjoint").textValue(), "only amid has one");
        assertEquals(expected, result.get("gradientNorm").doubleValue(), 1e-9 * expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "sqrt", "revolve:3", "reversible", "reversible:5", "auto"})
    void bothStepsFindTheSame(String adjoint) {
        String[] options = {"--precision", "float64", "--iterations", "3", "--lr", "0.01", "--inner-steps", "12"};
        JsonNode expected = design(folder.resolve("autodiff"), options, "--step", "autodiff");
        JsonNode found = design(folder.resolve("fast"), options, "--step", "fast", "--adjoint", adjoint);
        assertEquals(adjoint, found.get("adjoint").textValue());
        for (String name : List.of(
                "objective",
                "validationObjective",
                "exploitability",
                "regularizedExploitability",
                "longObjective",
                "gradientNorm")) {
            double figure = expected.get(name).doubleValue();
            assertEquals(figure, found.get(name).doubleValue(), 1e-8 * Math.abs(figure), name);
        }
        assertArrayEquals(Cli.numbers(expected.get("goodsSold")), Cli.numbers(found.get("goodsSold")), 1e-8);
    }

    private static JsonNode design(Path out, String[] common, String... options) {
        return Cli.design(
                        "A7",
                        out,
                        Stream.concat(Arrays.stream(common), Arrays.stream(options))
                                .toArray(String[]::new))
                .json();
    }

    @ParameterizedTest
    @CsvSource({"fast, autodiff", "autodiff, fast"})
    void aDesignThatOneStepTrainedIsReadByTheOther(String trained, String read) {
        String[] options = {"--precision", "float64", "--inner-steps", "12"};
        JsonNode before = design(folder.resolve("trained"), options, "--step", trained, "--iterations", "2");
        String snapshot = folder.resolve("trained").resolve("best.npz").toString();
        JsonNode after =
                design(folder.resolve("read"), options, "--step", read, "--init", snapshot, "--iterations", "0");
        for (String name : List.of("objective", "validationObjective", "exploitability", "longObjective")) {
            double figure = before.get(name).doubleValue();
            assertEquals(figure, after.get(name).doubleValue(), 1e-9 * Math.abs(figure), name);
        }
    }

    @Test
    void theImplicitGradientIsThatOfAConvergedIteration() {
        String[] options = {
            "--iterations",
            "0",
            "--precision",
            "float64",
            "--init",
            "sine",
            "--eta",
            "1",
            "--tau",
            "0.3",
            "--inner-steps",
            "150"
        };
        double expected = Cli.design("A1", folder.resolve("amid"), options)
                .json()
                .get("gradientNorm")
                .doubleValue();
        String[] implicit = Stream.concat(Stream.of(options), Stream.of("--method", "implicit"))
                .toArray(String[]::new);
        double found = Cli.design("A1", folder.resolve("implicit"), implicit)
                .json()
                .get("gradientNorm")
                .doubleValue();
        assertEquals(expected, found, 1e-5 * expected);
    }

    /** However long steps are, they come to the same rest, and the gradient there is one. */
    @Test
    void theImplicitGradientDoesNotDependOnTheLengthOfSteps() {
        double expected = implicitNorm("10");
        assertEquals(expected, implicitNorm("100"), 1e-3 * expected);
    }

    private double implicitNorm(String eta) {
        return implicit("--eta", eta, "--inner-steps", "400")
                .json()
                .get("gradientNorm")
                .doubleValue();
    }

    private Cli.Outcome implicit(String... options) {
        Stream<String> all = Stream.concat(
                Stream.of("--iterations", "0", "--method", "implicit", "--init", "sine"), Stream.of(options));
        return Cli.design("A1", folder.resolve(String.join("", options)), all.toArray(String[]::new));
    }

    @Test
    void anImplicitGradientThatDoesNotExistIsOneSentence() {
        Cli.Outcome outcome = implicit("--tau", "0");
        assertEquals(2, outcome.exit());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains("tau > 0"), outcome.err());
    }
}
