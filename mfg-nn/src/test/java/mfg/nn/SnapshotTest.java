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
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
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
        for (int length = 0; length < whole.length; length++) {
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
            delimiter = '~',
            value = {
                "{'descr': '|O', 'fortran_order': False, 'shape': (4,), } # Python objects (|O)",
                "{'descr': '<c16', 'fortran_order': False, 'shape': (4,), } # complex numbers (<c16)",
                "{'descr': '<f16', 'fortran_order': False, 'shape': (4,), } # more than 64 bits (<f16)",
                "{'descr': '<U5', 'fortran_order': False, 'shape': (4,), } # texts (<U5)",
                "{'descr': '<q', 'fortran_order': False, 'shape': (4,), } # an unknown type (<q)",
                "{'descr': '', 'fortran_order': False, 'shape': (4,), } # an unknown type ()",
                "{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (4,), } # records ([('x', '<f8')])",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (-4,), } # has shape (-4)",
                "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 2), } # has shape (2, 2)",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), } # has shape (999",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (4,), 'more': (1,), } # has a header",
                "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (4,), } # has a header",
                "{'descr': '<f8', 'fortran_order': False, } # has a header",
                "{'descr': '<f8', 'fortran_order': 'False', 'shape': (4,), } # has a header",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (4,), } more # has a header",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1 4,), } # has a header",
                "{'descr': '<f8' # has a header",
                "__import__('os').system('id') # has a header that is not understood: __import__",
            },
            quoteCharacter = '"')
    void otherKindsOfArraysAreRefused(String row) throws IOException {
        String[] parts = row.split(" # ", -1);
        Map<String, byte[]> entries = good();
        entries.put("b/1.npy", npy(parts[0], doubles(1, 2, 3, 4)));
        write(entries);
        assertRefused("array 'b/1'");
        assertRefused(parts[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr':'<f8','fortran_order':False,'shape':(4,)}",
                "{\"shape\": (4, ), \"fortran_order\": False, \"descr\": \"<f8\"}",
                "  { 'fortran_order' : True ,\n 'shape' : ( 4 , ) , 'descr' : '<f8' , }  ",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (4L,), }"
            })
    void aHeaderMayBeWordedInOtherWays(String header) throws IOException {
        Map<String, byte[]> entries = good();
        entries.put("b/1.npy", npy(header, doubles(1, 2, 3, 4)));
        write(entries);
        assertArrayEquals(
                new double[] {1, 2, 3, 4},
                Snapshot.load(file, SPECS, manager, DataType.FLOAT64).get(1).toDoubleArray());
    }

    /** The bytes are those of {@code numpy.array([1, -2, 0, 100]).astype(type).tobytes()}. */
    @ParameterizedTest
    @CsvSource({
        "<f2, 003c 00c0 0000 4056",
        ">f2, 3c00 c000 0000 5640",
        ">f4, 3f800000 c0000000 00000000 42c80000",
        ">f8, 3ff0000000000000 c000000000000000 0000000000000000 4059000000000000",
        "|i1, 01 fe 00 64",
        "<i2, 0100 feff 0000 6400",
        ">i4, 00000001 fffffffe 00000000 00000064",
        "<i8, 0100000000000000 feffffffffffffff 0000000000000000 6400000000000000",
    })
    void everyTypeOfRealNumbersIsRead(String type, String hex) throws IOException {
        assertArrayEquals(new double[] {1, -2, 0, 100}, read(type, hex));
    }

    @Test
    void numbersWithoutSignAndTruthValuesAreRead() throws IOException {
        assertArrayEquals(new double[] {1, 254, 0, 100}, read("|u1", "01 fe 00 64"));
        assertArrayEquals(new double[] {1, 65534, 0, 256}, read(">u2", "0001 fffe 0000 0100"));
        assertArrayEquals(new double[] {1, 4294967295.0, 0, 2}, read("<u4", "01000000 ffffffff 00000000 02000000"));
        assertArrayEquals(
                new double[] {1, 0x1p64, 0, 0x1p63},
                read(">u8", "0000000000000001 ffffffffffffffff 0000000000000000 8000000000000000"));
        assertArrayEquals(new double[] {1, 0, 1, 1}, read("|b1", "01 00 01 01"));
    }

    @Test
    void halfPrecisionHasSmallAndLargeNumbers() throws IOException {
        assertArrayEquals(new double[] {0x1p-24, 1023 * 0x1p-24, 0x1p-14, 65504}, read("<f2", "0100 ff03 0004 ff7b"));
        assertThrows(InvalidInputException.class, () -> read("<f2", "0100 007c 0004 ff7b"));
    }

    private double[] read(String type, String hex) throws IOException {
        Map<String, byte[]> entries = good();
        entries.put(
                "b/1.npy",
                npy(
                        "{'descr': '%s', 'fortran_order': False, 'shape': (4,), }".formatted(type),
                        HexFormat.of().parseHex(hex.replace(" ", ""))));
        write(entries);
        return Snapshot.load(file, SPECS, manager, DataType.FLOAT64).get(1).toDoubleArray();
    }

    @Test
    void columnMajorArraysAreTurned() throws IOException {
        List<ParameterSpec> specs = List.of(new ParameterSpec("x", new Shape(2, 3, 2), 1));
        double[] columnMajor = new double[12];
        double[] expected = new double[12];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 2; k++) {
                    columnMajor[i + 2 * j + 6 * k] = 100 * i + 10 * j + k;
                    expected[6 * i + 2 * j + k] = 100 * i + 10 * j + k;
                }
            }
        }
        write(Map.of(
                "x.npy", npy("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3, 2), }", doubles(columnMajor))));
        assertArrayEquals(
                expected,
                Snapshot.load(file, specs, manager, DataType.FLOAT64).get(0).toDoubleArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void laterVersionsHaveALongerLength(int version) throws IOException {
        Map<String, byte[]> entries = good();
        byte[] first = entries.get("b/1.npy");
        byte[] later = new byte[first.length + 2];
        System.arraycopy(first, 0, later, 0, 10);
        System.arraycopy(first, 10, later, 12, first.length - 10);
        later[6] = (byte) version;
        entries.put("b/1.npy", later);
        write(entries);
        assertEquals(
                4, Snapshot.load(file, SPECS, manager, DataType.FLOAT64).get(1).getDouble(3));
        later[11] = 0x7f;
        write(entries);
        assertRefused("has a header of 21");
        later[6] = 4;
        write(entries);
        assertRefused("version 4.0");
    }

    /** As a program writes that cannot go back in its output: sizes follow the data, compressed or not. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void streamedFilesAreRead(boolean deflated) throws IOException {
        Map<String, byte[]> entries = good();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(deflated ? 9 : 0);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        Files.write(file, deflated ? bytes.toByteArray() : storedWithDescriptors(entries));
        assertEquals(
                6, Snapshot.load(file, SPECS, manager, DataType.FLOAT64).get(0).getDouble(2, 1));
    }

    private static byte[] storedWithDescriptors(Map<String, byte[]> entries) {
        ByteBuffer zip = ByteBuffer.allocate(10_000).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer directory = ByteBuffer.allocate(1_000).order(ByteOrder.LITTLE_ENDIAN);
        entries.forEach((name, content) -> {
            byte[] key = name.getBytes(StandardCharsets.UTF_8);
            CRC32 crc = new CRC32();
            crc.update(content);
            int start = zip.position();
            zip.putInt(0x04034b50)
                    .putShort((short) 20)
                    .putShort((short) 8)
                    .putShort((short) 0)
                    .putInt(0);
            zip.putInt(0).putInt(0).putInt(0).putShort((short) key.length).putShort((short) 0);
            zip.put(key).put(content);
            zip.putInt(0x08074b50)
                    .putInt((int) crc.getValue())
                    .putInt(content.length)
                    .putInt(content.length);
            directory
                    .putInt(0x02014b50)
                    .putShort((short) 20)
                    .putShort((short) 20)
                    .putShort((short) 8);
            directory.putShort((short) 0).putInt(0).putInt((int) crc.getValue());
            directory.putInt(content.length).putInt(content.length).putShort((short) key.length);
            directory
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0);
            directory.putInt(0).putInt(start).put(key);
        });
        int start = zip.position();
        int size = directory.position();
        zip.put(directory.flip()).putInt(0x06054b50).putInt(0);
        zip.putShort((short) entries.size())
                .putShort((short) entries.size())
                .putInt(size)
                .putInt(start);
        zip.putShort((short) 0);
        return Arrays.copyOf(zip.array(), zip.position());
    }

    @Test
    void whatIsNotUnderstoodIsToldApartFromDamage() throws IOException {
        write(good());
        byte[] whole = Files.readAllBytes(file);
        int directory = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        byte[] encrypted = whole.clone();
        encrypted[directory + 8] |= 1;
        Files.write(file, encrypted);
        assertRefused("is encrypted");
        byte[] bzip2 = whole.clone();
        bzip2[directory + 10] = 12;
        Files.write(file, bzip2);
        assertRefused("only deflate is understood");
        Files.write(file, good().get("s.npy"));
        assertRefused("is a single array (.npy)");
        write(Map.of());
        assertRefused("holds no arrays");
        Map<String, byte[]> entries = good();
        entries.put("s.npy", "theta: 1".getBytes(StandardCharsets.UTF_8));
        write(entries);
        assertRefused("is not in NumPy's format");
        entries.put("s.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", doubles(7, 8)));
        write(entries);
        assertRefused("has more bytes than its shape needs");
        entries.put("s.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", new byte[7]));
        write(entries);
        assertRefused("damaged");
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
            assertRefused("not understood");
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
        bytes[text.lastIndexOf("W.npy")] = (byte) 0xff;
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
