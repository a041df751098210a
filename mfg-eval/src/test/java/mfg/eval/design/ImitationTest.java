package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import mfg.eval.Cli;
import mfg.eval.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --init imitate:RUN}. */
final class ImitationTest {

    private static final String[] FULL = {
        "--values=100", "--inner-steps=400", "--validation-steps=500", "--long-steps=2000", "--iterations=0"
    };

    @TempDir
    private Path folder;

    /** With tiny sizes, except for what is given as {@code --name=value}. */
    private static Cli.Outcome design(String setting, Path run, String... options) {
        String[] words = Arrays.stream(options)
                .flatMap(option -> Arrays.stream(option.split("=", 2)))
                .toArray(String[]::new);
        return Cli.design(setting, run, words);
    }

    private Path model(String setting, String... options) {
        Path run = folder.resolve("model");
        design(setting, run, options).json();
        return run;
    }

    private double worth(String setting, String name, String... options) {
        return design(setting, folder.resolve(name), options)
                .json()
                .get("longObjective")
                .doubleValue();
    }

    /** At full size, after the long T: what is left is far less than what designs differ by. */
    @ParameterizedTest
    @CsvSource({
        "A1, first-price, neural",
        "A1, reserve, neural",
        "A10, reserve, neural",
        "A10, first-price, static",
    })
    void theImitationIsWorthWhatItImitates(String setting, String mechanism, String own) {
        double wanted = worth(setting, "model", Cli.concat(FULL, "--mechanism=" + mechanism));
        String[] options = Cli.concat(FULL, "--mechanism=" + own, "--init=imitate:" + folder.resolve("model"));
        double found = worth(setting, "own", own.equals("neural") ? Cli.concat(options, "--hidden=128") : options);
        assertEquals(wanted, found, 1e-4);
    }

    @ParameterizedTest
    @CsvSource({"neural, 20", "neural, 40", "static,"})
    void anotherNetworkIsImitatedUntilBothAreWorthTheSame(String own, String hidden) {
        String[] sizes = {"--values=10", "--long-steps=500"};
        double wanted = worth("A1", "model", Cli.concat(sizes, "--hidden=30", "--iterations=3"));
        String[] options =
                Cli.concat(sizes, "--mechanism=" + own, "--iterations=0", "--init=imitate:" + folder.resolve("model"));
        double found = worth("A1", "own", hidden == null ? options : Cli.concat(options, "--hidden=" + hidden));
        assertEquals(wanted, found, 1e-4);
    }

    @ParameterizedTest
    @CsvSource({"float32, first-price", "float64, first-price", "float32, reserve", "float64, reserve"})
    void theStartHasASlope(String precision, String mechanism) {
        Path run = model("A1", "--mechanism=" + mechanism);
        double norm = design("A1", folder.resolve("own"), "--hidden=64", "--precision=" + precision, init(run))
                .json()
                .get("gradientNorm")
                .doubleValue();
        assertTrue(norm > 1e-6 && norm < 1e6, "" + norm);
    }

    private static String init(Path run) {
        return "--init=imitate:" + run;
    }

    @Test
    void aMechanismOfOneShapeIsCopied() throws IOException {
        Path run = model("A1", "--iterations=2");
        design("A1", folder.resolve("own"), "--iterations=0", "--seed=7", init(run))
                .json();
        assertEquals(checksums(run), checksums(folder.resolve("own")));
    }

    @Test
    void theSameSeedLeavesTheSameBytes() throws IOException {
        Path run = model("A1", "--iterations=2");
        for (String name : new String[] {"first", "again"}) {
            design("A1", folder.resolve(name), "--iterations=0", "--hidden=12", init(run))
                    .json();
        }
        assertEquals(checksums(folder.resolve("first")), checksums(folder.resolve("again")));
    }

    /** Of every array of a design; its file tells the time, too. */
    private List<Long> checksums(Path run) throws IOException {
        try (ZipFile zip = new ZipFile(run.resolve("best.npz").toFile())) {
            return zip.stream().map(ZipEntry::getCrc).toList();
        }
    }

    @Test
    void aRunFromThereIsResumedToTheSameNumbers() throws IOException {
        Path run = model("A1", "--mechanism=reserve");
        Path whole = folder.resolve("whole");
        design("A1", whole, "--hidden=40", "--iterations=3", init(run)).json();
        Path killed = Runs.copy(whole, folder.resolve("killed"));
        for (String file : new String[] {"checkpoint.npz", "best.npz", "result.json"}) {
            Files.delete(killed.resolve(file)); // as if before the first checkpoint
        }
        Cli.run("design", "--resume", killed.toString(), "--json").json();
        Runs.assertSameNumbers(whole, killed);
    }

    @Test
    void aFolderThatIsNoRunIsRefused() {
        refused("A1", folder.resolve("nowhere"), "nowhere", "not a run directory");
    }

    @Test
    void aDamagedFolderIsRefused() throws IOException {
        Path run = model("A1", "--hidden=7");
        Files.writeString(run.resolve("best.npz"), "nothing");
        refused("A1", run, "best.npz", "not a snapshot");
        Files.delete(run.resolve("best.npz"));
        refused("A1", run, "no design yet");
        Files.writeString(run.resolve("config.yaml"), "nothing: at all");
        refused("A1", run, "config.yaml");
    }

    @Test
    void aRunOfAnotherShapeIsRefused() {
        refused("A7", model("A1", "--mechanism=reserve"), "has 4 rounds and 8 values, and not 6 and 8");
    }

    @Test
    void onlyAuctionsImitateAuctions() {
        refused("beach-bar", model("A1", "--mechanism=reserve"), "beach-bar cannot imitate a run of A1");
    }

    @Test
    void aMechanismThatCannotImitateIsRefused() {
        Path run = model("A1", "--mechanism=reserve");
        design("A1", folder.resolve("own"), "--mechanism=schedule", init(run))
                .assertRefused("cannot start from another design");
    }

    @Test
    void aNarrowNetworkIsRefused() {
        Path run = model("A1", "--mechanism=reserve");
        design("A1", folder.resolve("own"), "--hidden=3", init(run)).assertRefused("3 hidden units are too few");
    }

    private void refused(String setting, Path run, String... words) {
        Path own = folder.resolve("own");
        design(setting, own, init(run)).assertRefused(words);
        assertFalse(Files.exists(own));
    }
}
