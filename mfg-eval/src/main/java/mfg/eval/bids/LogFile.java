package mfg.eval.bids;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * A file as text.
 *
 * @param path where it is
 * @param charset its encoding
 * @param sure whether that was told or shows at the beginning; else the rest may refute it
 */
record LogFile(Path path, Charset charset, boolean sure) {

    /** Windows' Latin-1, which has the euro: what text is that is not UTF-8. */
    static final Charset LATIN = Charset.forName("windows-1252");

    /** So many characters are looked at to find the dialect. */
    static final int HEAD = 1 << 16;

    /** How other files begin. */
    private static final Map<String, String> OTHERS = Map.of(
            "PAR1", "a Parquet file",
            "PK\u0003\u0004", "a spreadsheet or a ZIP archive",
            "\u00D0\u00CF\u0011\u00E0", "a spreadsheet of old",
            "BZh", "compressed by bzip2",
            "\u00FD7zXZ", "compressed by xz",
            "(\u00B5/\u00FD", "compressed by zstd",
            "{", "JSON",
            "[", "JSON",
            "<", "HTML or XML");

    /**
     * Looks at how a file begins.
     *
     * @throws InvalidInputException if it is no text that can be a table
     */
    static LogFile of(Path path, @Nullable String encoding) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isRegularFile(path)) {
            throw new InvalidInputException("%s is %s, not a file; a log is read twice, so save it as one"
                    .formatted(path, Files.isDirectory(path) ? "a folder" : "a pipe or a device"));
        }
        byte[] start;
        try (InputStream in = unpacked(path)) {
            start = in.readNBytes(1 << 12);
        }
        String bytes = new String(start, StandardCharsets.ISO_8859_1);
        String text = bytes.replaceFirst("^(\u00EF\u00BB\u00BF)?\\s*", "");
        OTHERS.forEach((beginning, what) -> {
            if (bytes.startsWith(beginning) || text.startsWith(beginning)) {
                throw new InvalidInputException("%s is %s; save it as CSV".formatted(path, what));
            }
        });
        if (encoding != null) {
            try {
                return new LogFile(path, Charset.forName(encoding), true);
            } catch (IllegalArgumentException e) {
                throw new InvalidInputException(
                        "--encoding %s is none that Java knows; try UTF-8, UTF-16 or windows-1252".formatted(encoding),
                        e);
            }
        }
        if (bytes.startsWith("\u00FF\u00FE") || isUpperHalf(start, 1)) {
            return new LogFile(path, StandardCharsets.UTF_16LE, true);
        }
        if (bytes.startsWith("\u00FE\u00FF") || isUpperHalf(start, 0)) {
            return new LogFile(path, StandardCharsets.UTF_16BE, true);
        }
        return new LogFile(path, StandardCharsets.UTF_8, bytes.startsWith("\u00EF\u00BB\u00BF"));
    }

    /** Whether at even or odd places bytes are often 0, as the upper half of every common character is in UTF-16. */
    private static boolean isUpperHalf(byte[] bytes, int parity) {
        long zeros = zeros(bytes, parity);
        return zeros > 2 * zeros(bytes, 1 - parity) && zeros > bytes.length / 20; // a few are damage
    }

    private static long zeros(byte[] bytes, int parity) {
        return IntStream.range(0, bytes.length)
                .filter(i -> i % 2 == parity && bytes[i] == 0)
                .count();
    }

    private static InputStream unpacked(Path path) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        in.mark(2);
        boolean packed = Arrays.equals(in.readNBytes(2), new byte[] {0x1f, (byte) 0x8b});
        in.reset();
        return packed ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /** The text, without a byte-order mark. What is not in the encoding makes reading fail. */
    Reader open() throws IOException {
        Reader text = new BufferedReader(new InputStreamReader(unpacked(path), charset.newDecoder()), 1 << 16);
        text.mark(1);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
        return text;
    }

    /** How it begins. */
    String head() throws IOException {
        char[] head = new char[HEAD];
        int length = 0;
        try (Reader text = open()) {
            for (int more = 0; more >= 0 && length < HEAD; more = text.read(head, length, HEAD - length)) {
                length += more;
            }
        }
        return new String(head, 0, length);
    }
}
