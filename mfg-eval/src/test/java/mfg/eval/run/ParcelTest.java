package mfg.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mfg.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParcelTest {

    @TempDir
    private Path folder;

    private static byte[] zip(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write("text".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run/../outside", "run//tmp/outside", "run/a/../../outside", "run/", "run/."})
    void nothingIsWrittenOutsideOfTheRun(String name) throws IOException {
        Parcel parcel = Parcel.of(zip(name));
        Path run = folder.resolve("run");
        assertThrows(InvalidInputException.class, () -> parcel.writeRun(run));
        assertFalse(Files.exists(folder.resolve("outside")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"beside/../outside", "beside/../../outside", "beside//outside"})
    void otherFilesStayTogether(String name) throws IOException {
        Path beside = folder.resolve("beside");
        Parcel.of(zip(name)).writeBeside(beside);
        assertFalse(Files.exists(folder.resolve("outside")));
        Path where = Parcel.beside(beside, Path.of(name.substring("beside/".length())));
        assertEquals("text", Files.readString(where));
    }

    @Test
    void whatIsWrittenInPartIsARun() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        for (String name : List.of("best.npz", "config.yaml", "result.json")) {
            Files.writeString(run.resolve(name), "{}");
        }
        Parcel parcel = new Parcel();
        parcel.putRun(run);
        Path copy = folder.resolve("copy");
        Files.createDirectories(copy.resolve("best.npz").resolve("in the way"));
        assertThrows(IOException.class, () -> parcel.writeRun(copy));
        assertTrue(RunFolder.isRun(copy));
        assertFalse(Files.exists(copy.resolve("result.json")));
    }

    @Test
    void aFolderComesBackWholeButForItsLock() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.createDirectory(run.resolve("report"));
        for (String name : List.of("config.yaml", "report/chart.json", "run.lock")) {
            Files.writeString(run.resolve(name), name);
        }
        Parcel parcel = new Parcel();
        parcel.putRun(run);
        Path copy = folder.resolve("copy");
        Parcel.of(parcel.bytes()).writeRun(copy);
        assertEquals(
                "report/chart.json", Files.readString(copy.resolve("report").resolve("chart.json")));
        assertEquals("config.yaml", Files.readString(copy.resolve("config.yaml")));
        assertFalse(Files.exists(copy.resolve("run.lock")));
    }
}
