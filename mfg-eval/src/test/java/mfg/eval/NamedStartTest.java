package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --init posted-price} and {@code final-sale}. */
final class NamedStartTest {

    @TempDir
    private Path folder;

    /** A tenth of the bidders a value: 0.5 is the best price of a single sale, to those who value the good at least so much. */
    @ParameterizedTest
    @CsvSource({"neural, posted-price", "neural, final-sale", "static, posted-price", "static, final-sale"})
    void bidderMeetThePriceThatSellsBest(String mechanism, String init) {
        JsonNode result = Cli.design(
                        "A1",
                        folder.resolve("run"),
                        "--mechanism",
                        mechanism,
                        "--init",
                        init,
                        "--iterations",
                        "0",
                        "--values",
                        "10",
                        "--precision",
                        "float64",
                        "--inner-steps",
                        "400",
                        "--validation-steps",
                        "500",
                        "--long-steps",
                        "2000")
                .json();
        double revenue = result.get("longObjective").doubleValue();
        assertEquals(0.25, revenue, 0.03, result.toString());
        double[] sold = Cli.numbers(result.get("goodsSold"));
        boolean atTheEnd = init.equals("final-sale");
        assertTrue(atTheEnd ? sold[0] + sold[1] + sold[2] < 0.01 : sold[0] > 0.2, result.toString());
        assertTrue(!atTheEnd || sold[3] > 0.4, result.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "A1, first-price",
        "A1, reserve",
        "A1, schedule",
        "beach-bar,",
    })
    void onlyAMechanismThatCanPostPricesHasSuchAStart(String setting, String mechanism) {
        for (String init : new String[] {"posted-price", "final-sale"}) {
            Path run = folder.resolve("run");
            String[] options = {"--init", init};
            Cli.design(setting, run, mechanism == null ? options : SeedsTest.concat(options, "--mechanism", mechanism))
                    .assertRefused("posted-price", "neural or static");
            assertFalse(Files.exists(run));
        }
    }

    @Test
    void aNetworkNarrowerThanItsRoundsAreManyIsRefused() {
        Path run = folder.resolve("run");
        Cli.design("A1", run, "--init", "final-sale", "--hidden", "3").assertRefused("hidden", "4 rounds");
        assertFalse(Files.exists(run));
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        Cli.design("A1", folder.resolve("run"), "--init", "posted").assertRefused("posted-price", "final-sale");
    }

    @ParameterizedTest
    @CsvSource({"A1, posted-price", "A10, final-sale", "A3, final-sale"})
    void aRunFromThereIsResumedToTheSameNumbers(String setting, String init) throws IOException {
        String[] options = {"--init", init, "--iterations", "3", "--draws", "1", "--validation-draws", "2"};
        Path whole = folder.resolve("whole");
        Cli.design(setting, whole, options).json();
        Path killed = Runs.copy(whole, folder.resolve("killed"));
        for (String file : new String[] {"checkpoint.npz", "best.npz", "result.json"}) {
            Files.delete(killed.resolve(file)); // as if before the first checkpoint
        }
        Cli.run("design", "--resume", killed.toString(), "--json").json();
        Runs.assertSameNumbers(whole, killed);
    }
}
