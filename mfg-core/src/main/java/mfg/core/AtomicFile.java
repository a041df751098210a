package mfg.core;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files whole or not at all: to a temporary name, to the disk, then moved into place. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Fills a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes the content.
         *
         * @param out where to
         * @throws IOException if it cannot be written
         */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Replaces a file. After a failure or a kill the old one stands.
     *
     * @param file the file, in an existing folder
     * @param content what it shall hold
     * @throws IOException if it cannot be written, for want of space for one
     */
    public static void write(Path file, Content content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            fill(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("cannot write %s: %s".formatted(file, e.getMessage()), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void fill(Path temporary, Content content) throws IOException {
        try (FileOutputStream out = new FileOutputStream(temporary.toFile());
                BufferedOutputStream buffered = new BufferedOutputStream(out)) {
            content.write(buffered);
            buffered.flush();
            out.getFD().sync();
        }
    }

    /**
     * Replaces a text file.
     *
     * @param file the file, in an existing folder
     * @param text what it shall hold, written in UTF-8
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
