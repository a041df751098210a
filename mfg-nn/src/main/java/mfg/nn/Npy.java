package mfg.nn;

import ai.djl.ndarray.types.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;

/**
 * Reads an array of real numbers in NumPy's format {@code .npy}, versions 1 to 3. The header is a Python dictionary, which
 * other software than NumPy words in its own way.
 */
final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** What versions 1 can hold. Longer ones would cost memory, and describe no plain array. */
    private static final int LONGEST_HEADER = 0xFFFF;

    /** A key and its value: a text, a truth value, a tuple of integers or a list. */
    private static final Pattern FIELD = Pattern.compile("\\s*+(?:'(\\w++)'|\"(\\w++)\")\\s*+:\\s*+"
            + "(?:'([^']*+)'|\"([^\"]*+)\"|(True|False)|\\(([-\\dL,\\s]*+)\\)|(\\[[^\\]]*+\\]))\\s*+(,|\\})");

    private static final Pattern SIZES = Pattern.compile("\\s*+(?:-?\\d++L?\\s*+(?:,\\s*+-?\\d++L?\\s*+)*+,?+\\s*+)?+");

    private static final Pattern TYPE = Pattern.compile("([<>|=]?)(f[248]|[iu][1248]|b1|\\?)");

    private static final Map<String, String> OTHER_TYPES = Map.of(
            "f", "numbers of more than 64 bits",
            "c", "complex numbers",
            "O", "Python objects",
            "S", "texts",
            "U", "texts",
            "M", "dates",
            "m", "durations",
            "V", "records",
            "[", "records");

    private final String place;
    private final InputStream in;

    /**
     * @param place the array's name and file, as a sentence begins
     * @param in the array's bytes; read up to the end of the array
     */
    Npy(String place, InputStream in) {
        this.place = place;
        this.in = in;
    }

    /**
     * Reads the numbers in row-major order, whatever the file's.
     *
     * @param expected the shape that the array must have; it is compared before the numbers are read
     * @throws InvalidInputException if it is another kind of array
     * @throws EOFException if there are too few bytes
     */
    double[] read(Shape expected) throws IOException {
        String header = header();
        Map<String, String> fields = fields(header);
        String type = fields.getOrDefault("descr", "");
        String sizes = fields.getOrDefault("shape", "");
        if (!fields.keySet().equals(Set.of("descr", "fortran_order", "shape"))
                || !SIZES.matcher(sizes).matches()) {
            throw refusal("has a header that is not understood: " + shortened(header.strip()));
        }
        Matcher known = TYPE.matcher(type);
        if (!known.matches()) {
            String kind = type.replaceFirst("^[<>|=]", "");
            throw refusal("holds %s (%s), where real numbers are expected"
                    .formatted(
                            OTHER_TYPES.getOrDefault(kind.substring(0, Math.min(1, kind.length())), "an unknown type"),
                            shortened(type)));
        }
        List<String> shape = Stream.of(sizes.split("[,L\\s]+"))
                .filter(size -> !size.isEmpty())
                .toList();
        List<String> wanted =
                LongStream.of(expected.getShape()).mapToObj(Long::toString).toList();
        if (!shape.equals(wanted)) {
            throw refusal("has shape (%s), not %s: it belongs to a design of another size"
                    .formatted(shortened(String.join(", ", shape)), expected));
        }
        ByteOrder order = known.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        double[] values = values(known.group(2), order, Math.toIntExact(expected.size()));
        return "True".equals(fields.get("fortran_order")) ? rowMajor(values, expected.getShape()) : values;
    }

    private String header() throws IOException {
        if (!Arrays.equals(exactly(MAGIC.length), MAGIC)) {
            throw refusal("is not in NumPy's format (.npy)");
        }
        byte[] version = exactly(2);
        if (version[0] < 1 || version[0] > 3 || version[1] != 0) {
            throw refusal("is in version %d.%d of NumPy's format; known are 1.0, 2.0 and 3.0"
                    .formatted(version[0] & 0xFF, version[1] & 0xFF));
        }
        ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        length.put(exactly(version[0] == 1 ? 2 : 4)).clear();
        long bytes = Integer.toUnsignedLong(length.getInt());
        if (bytes > LONGEST_HEADER) {
            throw refusal("has a header of %d bytes, but no more than %d are read".formatted(bytes, LONGEST_HEADER));
        }
        return new String(exactly((int) bytes), StandardCharsets.UTF_8);
    }

    /** The fields of a header, as they stand there; none if it is no dictionary. */
    private static Map<String, String> fields(String header) {
        Map<String, String> fields = new HashMap<>();
        Matcher field = FIELD.matcher(header);
        int at = header.indexOf('{') + 1;
        boolean more = at > 0 && header.substring(0, at - 1).isBlank();
        while (more && field.region(at, header.length()).lookingAt()) {
            String key = field.group(1) != null ? field.group(1) : field.group(2);
            String value = Stream.of(3, 4, 5, 6, 7)
                    .map(field::group)
                    .filter(text -> text != null)
                    .findFirst()
                    .orElseThrow();
            at = field.end();
            boolean comma = field.group(8).equals(",");
            boolean last = !comma || header.substring(at).stripLeading().startsWith("}");
            boolean right =
                    switch (key) {
                        case "descr" -> field.group(5) == null && field.group(6) == null;
                        case "fortran_order" -> field.group(5) != null;
                        default -> field.group(6) != null;
                    };
            if (!right || fields.put(key, value) != null) {
                return Map.of();
            }
            if (last) {
                String rest = header.substring(comma ? header.indexOf('}', at) + 1 : at);
                return rest.isBlank() ? fields : Map.of();
            }
        }
        return Map.of();
    }

    private double[] values(String type, ByteOrder order, int count) throws IOException {
        int width = type.equals("?") ? 1 : type.charAt(1) - '0';
        ByteBuffer data =
                ByteBuffer.wrap(exactly(Math.multiplyExact(count, width))).order(order);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (type) {
                case "f2" -> half(data.getShort());
                case "f4" -> data.getFloat();
                case "f8" -> data.getDouble();
                case "i1" -> data.get();
                case "i2" -> data.getShort();
                case "i4" -> data.getInt();
                case "i8" -> data.getLong();
                case "u1" -> data.get() & 0xFF;
                case "u2" -> data.getShort() & 0xFFFF;
                case "u4" -> Integer.toUnsignedLong(data.getInt());
                case "u8" -> unsigned(data.getLong());
                default -> data.get() == 0 ? 0 : 1;
            };
        }
        return values;
    }

    /** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double size =
                switch (exponent) {
                    case 0 -> Math.scalb((double) fraction, -24);
                    case 0x1F -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
                    default -> Math.scalb(1024.0 + fraction, exponent - 25);
                };
        return bits < 0 ? -size : size;
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1)); // the last bit only matters for rounding
    }

    /** From the order in which the first index runs fastest to that in which the last one does. */
    private static double[] rowMajor(double[] columnMajor, long[] shape) {
        double[] values = new double[columnMajor.length];
        for (int i = 0; i < values.length; i++) {
            int rest = i;
            int from = 0;
            int stride = values.length;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                int size = (int) shape[axis];
                stride /= size;
                from += rest % size * stride;
                rest /= size;
            }
            values[i] = columnMajor[from];
        }
        return values;
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private InvalidInputException refusal(String what) {
        return new InvalidInputException(place + " " + what);
    }

    private static String shortened(String text) {
        return Snapshot.printable(text, 80);
    }
}
