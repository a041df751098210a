package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mfg.eval.Cli;
import mfg.eval.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --init posted-price}. */
final class NamedStartTest {

    @TempDir
    private Path folder;

    /** Half of the bidders value the good at one half, the best price, or more: at most 0.25 can be earned. */
    @Test
    void biddersMeetThePriceThatSellsBest() {
        JsonNode result = Cli.design(
                        "A1",
                        folder.resolve("run"),
                        "--init",
                        "posted-price",
                        "--iterations",
                        "0",
                        "--values",
                        "10",
                        "--hidden",
                        "40",
                        "--precision=float64",
                        "--inner-steps",
                        "400",
                        "--validation-steps",
                        "500",
                        "--long-steps",
                        "2000")
                .json();
        assertEquals(0.25, result.get("longObjective").doubleValue(), 0.03, result.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "A1, first-price",
        "A1, reserve",
        "A1, schedule",
        "beach-bar,",
    })
    void onlyAMechanismThatCanPostPricesHasSuchAStart(String setting, String mechanism) {
        Path run = folder.resolve("run");
        String[] options = {"--init", "posted-price"};
        Cli.design(setting, run, mechanism == null ? options : Cli.concat(options, "--mechanism", mechanism))
                .assertRefused(mechanism == null ? "posted-price" : "neural and static");
        assertFalse(Files.exists(run));
    }

    @Test
    void aNetworkTooNarrowForThePriceIsRefused() {
        Path run = folder.resolve("run");
        Cli.design("A1", run, "--init", "posted-price", "--hidden", "3").assertRefused("3 hidden units are too few");
        assertFalse(Files.exists(run));
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        Cli.design("A1", folder.resolve("run"), "--init", "posted").assertRefused("posted-price", "snapshot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A1", "A10", "A3"})
    void aRunFromThereIsResumedToTheSameNumbers(String setting) throws IOException {
        String[] options = Cli.concat(Cli.draws(setting, "1", "2"), "--init", "posted-price", "--iterations", "3");
        if (!setting.equals("A10")) {
            options = Cli.concat(options, "--hidden", "40");
        }
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
