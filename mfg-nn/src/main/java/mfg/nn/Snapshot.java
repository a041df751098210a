package mfg.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;

/**
 * Saves named arrays as NumPy's {@code .npz}, which {@code numpy.load} reads. Reading trusts nothing: an array is read only
 * after its name and shape were found to be the expected ones, so a broken or hostile file is refused before it costs
 * memory.
 */
public final class Snapshot {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private static final Pattern HEADER = Pattern.compile("\\{'descr': '<(f4|f8)', 'fortran_order': False, 'shape': "
            + "\\((|\\d{1,10}(?:, \\d{1,10}){0,7},?)\\), \\}\\s*+");

    private Snapshot() {}

    /**
     * Saves arrays, whole or not at all.
     *
     * @param file the file, replaced if it exists
     * @param arrays named arrays; not modified
     * @throws IOException if it cannot be written
     */
    public static void save(Path file, NDList arrays) throws IOException {
        AtomicFile.write(file, out -> arrays.encode(out, NDList.Encoding.NPZ));
    }

    /**
     * Loads arrays.
     *
     * @param file the file
     * @param expected names and shapes of all that it must hold
     * @param manager the owner of the result
     * @param type the data type of the result, whatever the file's
     * @return the arrays, in the order of {@code expected}
     * @throws InvalidInputException if the file is no snapshot or holds something else
     * @throws IOException if it cannot be read
     */
    public static NDList load(Path file, List<ParameterSpec> expected, NDManager manager, DataType type)
            throws IOException {
        Map<String, double[]> found = read(file, expected, type);
        NDList arrays = new NDList(expected.size());
        for (ParameterSpec spec : expected) {
            double[] values = found.get(spec.name());
            if (values == null) {
                throw new InvalidInputException("snapshot %s has no array '%s'".formatted(file, spec.name()));
            }
            NDArray array = Tensors.create(manager, type, values, spec.shape());
            array.setName(spec.name());
            arrays.add(array);
        }
        return arrays;
    }

    private static Map<String, double[]> read(Path file, List<ParameterSpec> expected, DataType type)
            throws IOException {
        Map<String, Shape> shapes = new HashMap<>();
        expected.forEach(spec -> shapes.put(spec.name(), spec.shape()));
        Map<String, double[]> found = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName().replaceFirst("\\.npy$", "");
                Shape shape = shapes.get(name);
                if (shape == null) {
                    throw new InvalidInputException("snapshot %s holds an array '%s' where %s is expected"
                            .formatted(file, printable(name), shapes.keySet()));
                }
                found.put(name, readArray(file, name, shape, type, zip));
            }
        } catch (InvalidInputException e) {
            throw e;
        } catch (EOFException | ZipException | IllegalArgumentException e) { // the last for names that are no text
            throw new InvalidInputException("%s is not a readable snapshot: it is damaged".formatted(file), e);
        }
        if (found.isEmpty()) {
            throw new InvalidInputException("%s is not a snapshot (.npz)".formatted(file));
        }
        return found;
    }

    private static double[] readArray(Path file, String name, Shape expected, DataType type, InputStream in)
            throws IOException {
        byte[] start = exactly(in, MAGIC.length + 2);
        ByteBuffer prefix = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        prefix.get(magic);
        byte[] header = exactly(in, prefix.getShort() & 0xFFFF);
        Matcher matcher = HEADER.matcher(new String(header, StandardCharsets.US_ASCII));
        if (!Arrays.equals(magic, MAGIC) || !matcher.matches()) {
            throw new InvalidInputException(
                    "array '%s' of snapshot %s is not a NumPy array of floating-point numbers".formatted(name, file));
        }
        List<Long> shape = new ArrayList<>();
        Matcher size = Pattern.compile("\\d{1,10}").matcher(matcher.group(2));
        while (size.find()) {
            shape.add(Long.valueOf(size.group()));
        }
        if (!new Shape(shape).equals(expected)) {
            throw new InvalidInputException(
                    "array '%s' of snapshot %s has shape %s, not %s: it belongs to a design of another size"
                            .formatted(name, file, new Shape(shape), expected));
        }
        boolean single = matcher.group(1).equals("f4");
        int count = Math.toIntExact(expected.size());
        ByteBuffer data = ByteBuffer.wrap(exactly(in, count * (single ? Float.BYTES : Double.BYTES)))
                .order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = single ? data.getFloat() : data.getDouble();
            if (!Double.isFinite(type == DataType.FLOAT32 ? (float) values[i] : values[i])) {
                throw new InvalidInputException(
                        "array '%s' of snapshot %s has an entry that is not finite".formatted(name, file));
            }
        }
        return values;
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private static String printable(String name) {
        String clean = name.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.substring(0, Math.min(clean.length(), 40));
    }
}
