package mfg.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotTest {

    private static final List<ParameterSpec> SPECS = List.of(
            new ParameterSpec("W", new Shape(3, 2), 1),
            new ParameterSpec("b/1", new Shape(4), 1),
            new ParameterSpec("s", new Shape(1), 1));

    @TempDir
    private Path folder;

    private NDManager manager;
    private Path file;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        file = folder.resolve("theta.npz");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void numbersComeBackBitByBitInTheOrderAsked(DataType type) throws IOException {
        NDList theta = Theta.uniform(SPECS, new SplittableRandom(1), manager, type);
        theta.get(1).muli(1e-30);
        Snapshot.save(file, new NDList(theta.get(2), theta.get(0), theta.get(1)));
        NDList back = Snapshot.load(file, SPECS, manager, type);
        for (int i = 0; i < SPECS.size(); i++) {
            NDArray array = back.get(i);
            assertEquals(SPECS.get(i).name(), array.getName());
            assertEquals(SPECS.get(i).shape(), array.getShape());
            assertEquals(type, array.getDataType());
            assertArrayEquals(theta.get(i).toByteArray(), array.toByteArray());
        }
    }

    @Test
    void aDesignInFloat64StartsOneInFloat32Rounded() throws IOException {
        NDList theta = Theta.uniform(SPECS, new SplittableRandom(2), manager, DataType.FLOAT64);
        Snapshot.save(file, theta);
        NDList back = Snapshot.load(file, SPECS, manager, DataType.FLOAT32);
        assertEquals((float) theta.get(0).toDoubleArray()[5], back.get(0).toFloatArray()[5]);
    }

    @Test
    void whatNumPyWritesIsRead() throws IOException {
        // header and padding as numpy.lib.format writes them, version 1.0
        Map<String, byte[]> entries = good();
        entries.put("s.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", floats(0.5f)));
        write(entries);
        NDList back = Snapshot.load(file, SPECS, manager, DataType.FLOAT64);
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, back.get(0).toDoubleArray());
        assertArrayEquals(new double[] {0.5}, back.get(2).toDoubleArray());
    }

    @Test
    void whatIsSavedFollowsTheFormatOfNumPy() throws IOException {
        Snapshot.save(file, Theta.sine(SPECS, manager, DataType.FLOAT64));
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(file.toFile())) {
            byte[] npy = zip.getInputStream(zip.getEntry("W.npy")).readAllBytes();
            ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals("\u0093NUMPY\1\0", new String(npy, 0, 8, StandardCharsets.ISO_8859_1));
            int length = bytes.getShort(8);
            String header = new String(npy, 10, length, StandardCharsets.US_ASCII);
            assertTrue(
                    header.matches("\\{'descr': '<f8', 'fortran_order': False, 'shape': \\(3, 2\\), \\} *\n"), header);
            assertEquals(10 + length + 6 * 8, npy.length);
            assertEquals(0.05 * Math.sin(5), bytes.getDouble(10 + length + 5 * 8));
        }
    }

    @Test
    void whateverIsCutOffIsMissed() throws IOException {
        Snapshot.save(file, Theta.uniform(SPECS, new SplittableRandom(3), manager, DataType.FLOAT32));
        byte[] whole = Files.readAllBytes(file);
        String lastEntry = new String(whole, StandardCharsets.ISO_8859_1);
        int directory = lastEntry.indexOf("PK\1\2"); // after it comes only the list of entries, which is not needed
        for (int length = 0; length < directory; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused("");
        }
    }

    @Test
    void aFlippedByteIsMissedOrHarmless() throws IOException {
        NDList theta = Theta.uniform(SPECS, new SplittableRandom(4), manager, DataType.FLOAT32);
        Snapshot.save(file, theta);
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(5);
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(whole.length)] ^= (byte) random.nextInt(1, 256);
            Files.write(file, flipped);
            try {
                NDList back = Snapshot.load(file, SPECS, manager, DataType.FLOAT32);
                for (int k = 0; k < SPECS.size(); k++) {
                    assertArrayEquals(theta.get(k).toByteArray(), back.get(k).toByteArray());
                }
            } catch (InvalidInputException e) {
                refused++;
            }
        }
        assertTrue(refused > 300, refused + " of 1000");
    }

    @Test
    void whatIsNoZipIsNoSnapshot() throws IOException {
        for (String text : List.of("", "theta: 1\n", "PK", "PK\3\4", "PK\3\4" + "x".repeat(100))) {
            Files.writeString(file, text);
            assertRefused("not a");
        }
    }

    @Test
    void aMissingFileIsAnError() {
        assertThrows(NoSuchFileException.class, () -> Snapshot.load(file, SPECS, manager, DataType.FLOAT64));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'descr': '|O', 'fortran_order': False, 'shape': (4,), }",
                "{'descr': '<i8', 'fortran_order': False, 'shape': (4,), }",
                "{'descr': '>f8', 'fortran_order': False, 'shape': (4,), }",
                "{'descr': '<f8', 'fortran_order': True, 'shape': (4,), }",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (-4,), }",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }",
                "{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (4,), }",
                "__import__('os').system('id')",
            },
            quoteCharacter = '"')
    void otherKindsOfArraysAreRefused(String header) throws IOException {
        Map<String, byte[]> entries = good();
        entries.put("b/1.npy", npy(header, doubles(1, 2, 3, 4)));
        write(entries);
        assertRefused("floating-point");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(5,)", "(4, 1)", "()", "(1000000000,)", "(1000000000, 1000000000, 1000000000)", "(0,)"})
    void otherShapesAreRefusedBeforeTheirDataIsRead(String shape) throws IOException {
        Map<String, byte[]> entries = good();
        entries.put("b/1.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }", doubles(1)));
        write(entries);
        assertRefused("'b/1'");
    }

    @Test
    void aHeaderMadeToKeepTheReaderBusyIsRefused() throws IOException {
        for (String digits :
                List.of("1".repeat(60_000), "1,".repeat(30_000), "1, ".repeat(20_000), " ".repeat(60_000))) {
            Map<String, byte[]> entries = good();
            entries.put(
                    "b/1.npy",
                    npy("{'descr': '<f8', 'fortran_order': False, 'shape': (" + digits + "!), }", doubles(1)));
            write(entries);
            assertRefused("floating-point");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void entriesThatAreNotFiniteAreRefused(double bad) throws IOException {
        Map<String, byte[]> entries = good();
        entries.put("b/1.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }", doubles(1, 2, bad, 4)));
        write(entries);
        assertRefused("not finite");
    }

    @Test
    void aFloat64TooLargeForFloat32IsRefusedThere() throws IOException {
        Map<String, byte[]> entries = good();
        entries.put(
                "b/1.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }", doubles(1, 2, 1e300, 4)));
        write(entries);
        assertEquals(
                1e300,
                Snapshot.load(file, SPECS, manager, DataType.FLOAT64).get(1).getDouble(2));
        assertThrows(InvalidInputException.class, () -> Snapshot.load(file, SPECS, manager, DataType.FLOAT32));
    }

    @Test
    void aMissingArrayIsNamed() throws IOException {
        Map<String, byte[]> entries = good();
        entries.remove("b/1.npy");
        write(entries);
        assertRefused("no array 'b/1'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"extra.npy", "../../evil.npy", "folder/", "\uD83D\uDE00", "line\nbreak\u001b[2J", "W"})
    void arraysThatDoNotBelongHereAreRefused(String name) throws IOException {
        Map<String, byte[]> entries = good();
        byte[] other = name.endsWith("/")
                ? new byte[0]
                : npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", doubles(1));
        entries.put(name, other);
        write(entries);
        InvalidInputException e = assertRefused("");
        assertFalse(e.getMessage().chars().anyMatch(Character::isISOControl), e.getMessage());
    }

    @Test
    void aNameThatIsNoTextIsRefused() throws IOException {
        write(good());
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("W.npy")] = (byte) 0xff;
        Files.write(file, bytes);
        assertRefused("damaged");
    }

    private InvalidInputException assertRefused(String reason) {
        InvalidInputException e =
                assertThrows(InvalidInputException.class, () -> Snapshot.load(file, SPECS, manager, DataType.FLOAT64));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        return e;
    }

    private static Map<String, byte[]> good() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "W.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }", doubles(1, 2, 3, 4, 5, 6)));
        entries.put("b/1.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }", doubles(1, 2, 3, 4)));
        entries.put("s.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", doubles(7)));
        return entries;
    }

    private void write(Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            entries.forEach((name, content) -> {
                try {
                    zip.putNextEntry(new ZipEntry(name));
                    zip.write(content);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static byte[] npy(String header, byte[] data) {
        int padded = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
        ByteBuffer start = ByteBuffer.allocate(10 + padded).order(ByteOrder.LITTLE_ENDIAN);
        start.put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1)).putShort((short) padded);
        start.put(header.getBytes(StandardCharsets.US_ASCII));
        Arrays.fill(start.array(), start.position(), start.capacity() - 1, (byte) ' ');
        start.put(start.capacity() - 1, (byte) '\n');
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(start.array());
        all.writeBytes(data);
        return all.toByteArray();
    }

    private static byte[] doubles(double... values) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asDoubleBuffer().put(values);
        return buffer.array();
    }

    private static byte[] floats(float... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }
}
