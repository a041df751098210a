package mfg.eval.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The file that a game comes from.
 *
 * @param file its absolute path
 * @param sha256 of its content
 */
public record Source(String file, String sha256) {

    /** A file as it is now. */
    public static Source of(Path file) throws IOException {
        return new Source(file.toAbsolutePath().normalize().toString(), sha256(Files.readAllBytes(file)));
    }

    /** The digest of bytes, in hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it is a file of Java, and no jar. */
    public boolean isJava() {
        return file.endsWith(".java");
    }

    /** The file. */
    public Path path() {
        return Path.of(file);
    }

    /** Its name without folders. */
    public String fileName() {
        return String.valueOf(path().getFileName());
    }
}
