package mfg.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {

    @TempDir
    private Path folder;

    @Test
    void aNewFileHoldsItsContentAndNothingElseAppears() throws IOException {
        byte[] content = {0, -1, 10, 13, 127};
        AtomicFile.write(folder.resolve("file"), out -> {
            out.write(content, 0, 2);
            out.write(content, 2, 3);
        });
        assertArrayEquals(content, Files.readAllBytes(folder.resolve("file")));
        assertEquals(List.of("file"), names());
    }

    @Test
    void textIsWrittenInUtf8() throws IOException {
        AtomicFile.write(folder.resolve("text"), "zeta = ζ\n");
        assertArrayEquals("zeta = ζ\n".getBytes(StandardCharsets.UTF_8), Files.readAllBytes(folder.resolve("text")));
    }

    @Test
    void aShorterFileReplacesALongerOne() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.write(file, "long ".repeat(10_000));
        AtomicFile.write(file, "short");
        assertEquals("short", Files.readString(file));
    }

    @Test
    void theOldFileStandsWhenTheNewOneFailsHalfway() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.write(file, "old");
        byte[] much = new byte[1 << 20];
        IOException failure = assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(much);
                    throw new IOException("the disk is full");
                }));
        assertTrue(failure.getMessage().contains("the disk is full"), failure.getMessage());
        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
        assertThrows(
                ArithmeticException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(much);
                    throw new ArithmeticException();
                }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("file"), names());
    }

    @Test
    void whatAKillLeftBehindIsReplaced() throws IOException {
        Files.writeString(folder.resolve("file.tmp"), "half of a fi");
        AtomicFile.write(folder.resolve("file"), "whole");
        assertEquals("whole", Files.readString(folder.resolve("file")));
        assertEquals(List.of("file"), names());
    }

    @Test
    void aMissingFolderIsAnErrorThatNamesTheFile() {
        Path file = folder.resolve("no such folder").resolve("file");
        IOException failure = assertThrows(IOException.class, () -> AtomicFile.write(file, "text"));
        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    }

    @Test
    void aReaderSeesOneWholeFileOrTheOther() throws Exception {
        Path file = folder.resolve("file");
        byte[] ones = filled(1, 300_000);
        byte[] twos = filled(2, 200_000);
        AtomicFile.write(file, out -> out.write(ones));
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            try {
                for (int i = 0; i < 50; i++) {
                    byte[] next = i % 2 == 0 ? twos : ones;
                    AtomicFile.write(file, out -> out.write(next));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            } finally {
                done.set(true);
            }
        });
        writer.start();
        while (!done.get()) {
            byte[] seen = Files.readAllBytes(file);
            assertTrue(Arrays.equals(ones, seen) || Arrays.equals(twos, seen), "a mixture of " + seen.length);
        }
        writer.join();
    }

    private static byte[] filled(int with, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
