package mfg.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
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
        try (ZipFile zip = open(file)) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName().replaceFirst("\\.npy$", "");
                Shape shape = shapes.get(name);
                if (shape == null) {
                    throw new InvalidInputException("snapshot %s holds an array '%s' where %s is expected"
                            .formatted(file, printable(name, 40), shapes.keySet()));
                }
                String place = "array '%s' of snapshot %s".formatted(name, file);
                double[] values = array(place, shape, entry, zip);
                if (!allFinite(values, type)) {
                    throw new InvalidInputException(place + " has an entry that is not finite");
                }
                if (found.put(name, values) != null) {
                    throw new InvalidInputException(place + " is there twice");
                }
            }
        } catch (EOFException | ZipException e) {
            throw damaged(file, e);
        }
        return found;
    }

    private static ZipFile open(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(4);
        }
        switch (new String(start, StandardCharsets.ISO_8859_1)) {
            case "PK\3\4" -> {}
            case "PK\5\6" -> throw new InvalidInputException("snapshot %s holds no arrays".formatted(file));
            case "\u0093NUM" ->
                throw new InvalidInputException(
                        "%s is a single array (.npy), not a snapshot (.npz), which numpy.savez writes".formatted(file));
            default -> throw new InvalidInputException("%s is not a snapshot (.npz)".formatted(file));
        }
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            String why = String.valueOf(e.getMessage());
            if (why.contains("encrypted")) {
                throw new InvalidInputException("snapshot %s is encrypted, which is not understood".formatted(file), e);
            }
            if (why.contains("compression method")) {
                throw new InvalidInputException(
                        "snapshot %s is not compressed as NumPy does it: only deflate is understood".formatted(file),
                        e);
            }
            throw damaged(file, e);
        }
    }

    /** One array, whole: nothing follows it, and its checksum is right. */
    private static double[] array(String place, Shape shape, ZipEntry entry, ZipFile zip) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            double[] values = new Npy(place, in).read(shape);
            if (in.read() >= 0) {
                throw new InvalidInputException(place + " has more bytes than its shape needs");
            }
            if (in.getChecksum().getValue() != entry.getCrc()) {
                throw new ZipException("wrong checksum");
            }
            return values;
        }
    }

    private static boolean allFinite(double[] values, DataType type) {
        return DoubleStream.of(values).allMatch(x -> Double.isFinite(type == DataType.FLOAT32 ? (float) x : x));
    }

    private static InvalidInputException damaged(Path file, IOException cause) {
        return new InvalidInputException("%s is not a readable snapshot: it is damaged".formatted(file), cause);
    }

    /** The beginning of a text that may hold anything. */
    static String printable(String text, int most) {
        String start = text.substring(0, Math.min(text.length(), most));
        return start.replaceAll("[^\\x20-\\x7e]", "?") + (text.length() > most ? "..." : "");
    }
}
