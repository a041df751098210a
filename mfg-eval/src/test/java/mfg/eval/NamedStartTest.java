package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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

    /** Half of the bidders value the good at one half, the best price, or more: at most 0.25 can be earned. */
    @ParameterizedTest
    @CsvSource({
        "neural, posted-price, 0.03",
        "static, posted-price, 0.03",
        "neural, final-sale, 0.004",
        "static, final-sale, 0.004"
    })
    void biddersMeetThePriceThatSellsBest(String mechanism, String init, double error) {
        Path run = folder.resolve("run");
        String line = "design A1 --hidden 8 --iterations 0 --inner-steps 400 --validation-steps 400 --long-steps 400"
                + " --mechanism %s --init %s --json --out %s".formatted(mechanism, init, run);
        JsonNode result = Cli.run(line.split(" ")).json();
        assertEquals(0.25, result.get("objective").doubleValue(), error, result.toString());
        double[] sold = Cli.numbers(result.get("goodsSold"));
        int sale = init.equals("final-sale") ? 3 : 0;
        for (int h = 0; h < sold.length; h++) {
            assertEquals(h == sale ? 0.5 : 0, sold[h], 0.01, result.toString());
        }
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
