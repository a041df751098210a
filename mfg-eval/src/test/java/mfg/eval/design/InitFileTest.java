package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import mfg.eval.Cli;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --init FILE} refuses: before a run is made, in one sentence that names the file. */
final class InitFileTest {

    @TempDir
    private static Path folder;

    private static Path good;

    @BeforeAll
    static void makeASnapshot() {
        Cli.design("A10", folder.resolve("good"), "--iterations", "0").json();
        good = folder.resolve("good").resolve("last.npz");
    }

    @Test
    void theSnapshotOfAnotherRunIsTheStart() {
        String[] again = {"--iterations", "0", "--init", good.toString()};
        assertEquals(0, Cli.design("A10", folder.resolve("again"), again).exit());
    }

    @ParameterizedTest
    @CsvSource({"A10, --values, 9", "A10, --horizon, 5", "A1, --values, 8", "beach-bar, --values, 8"})
    void aSnapshotOfAnotherDesignIsRefused(String setting, String option, String value) {
        assertRefused(setting, good, option, value);
    }

    @Test
    void anotherHiddenWidthIsRefused() {
        Path run = folder.resolve("narrow");
        Cli.design("A1", run, "--iterations", "0", "--hidden", "4").json();
        assertRefused("A1", run.resolve("last.npz"), "--hidden", "5");
    }

    @Test
    void aCheckpointIsNoSnapshot() {
        assertRefused("A10", good.resolveSibling("checkpoint.npz"));
    }

    @Test
    void textIsNoSnapshot() throws IOException {
        assertRefused("A10", Files.writeString(folder.resolve("text.npz"), "theta = 1\n"));
        assertRefused("A10", Files.writeString(folder.resolve("empty.npz"), ""));
    }

    @Test
    void aSnapshotCutShortIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(good);
        assertRefused("A10", Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, whole.length / 2)));
    }

    @Test
    void anEntryThatIsNotANumberIsRefused() throws IOException {
        byte[] npy = npy();
        // the last float32
        npy[npy.length - 1] = 0x7f;
        npy[npy.length - 2] = (byte) 0xc0;
        assertRefused("A10", replaced("nan.npz", npy));
    }

    @Test
    void aHugeShapeIsRefused() throws IOException {
        assertRefused("A10", replaced("huge.npz", header("(4, 8)", "(4, 9999999999)")));
    }

    @Test
    void aPickleIsRefused() throws IOException {
        assertRefused("A10", replaced("pickle.npz", header("'<f4'", "'|O' ")));
    }

    private static byte[] header(String from, String to) throws IOException {
        String npy = new String(npy(), StandardCharsets.ISO_8859_1);
        String changed = npy.replace(from, to);
        assertFalse(npy.equals(changed), npy.substring(0, 128));
        int grown = changed.length() - npy.length();
        String padding = " ".repeat(Math.max(grown, 0));
        assertEquals(true, grown >= 0 && changed.contains(padding + "\n"), "no room in the header");
        return changed.replaceFirst(padding + "\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] npy() throws IOException {
        try (ZipFile zip = new ZipFile(good.toFile())) {
            return zip.getInputStream(zip.entries().nextElement()).readAllBytes();
        }
    }

    /** The good snapshot with another first array. */
    private static Path replaced(String name, byte[] first) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipFile from = new ZipFile(good.toFile());
                ZipOutputStream to = new ZipOutputStream(bytes)) {
            boolean done = false;
            for (ZipEntry entry : from.stream().toList()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(done ? from.getInputStream(entry).readAllBytes() : first);
                done = true;
            }
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private static void assertRefused(String setting, Path init, String... options) {
        Path run = folder.resolve("refused");
        String[] all = Arrays.copyOf(options, options.length + 2);
        all[options.length] = "--init";
        all[options.length + 1] = init.toString();
        Cli.design(setting, run, all).assertRefused(init.toString());
        assertFalse(Files.exists(run));
    }
}
