package mfg.eval.io;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results in one line. Numbers that are not finite are null there, and not a number when read. */
public final class Json {

    /** The name of an empty map, for a component with {@code JsonAnySetter}: without any such field Jackson finds it missing. */
    public static final String NONE = "none";

    /** The name of null, for a component that older files lack. */
    public static final String NOTHING = "nothing";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setInjectableValues(
                    new InjectableValues.Std().addValue(NONE, Map.of()).addValue(NOTHING, null))
            .registerModule(new SimpleModule()
                    .addSerializer(double.class, new FiniteOrNull())
                    .addSerializer(Double.class, new FiniteOrNull())
                    .addDeserializer(double.class, new NumberOrNaN()));

    /** The same with numbers of so many digits, for pictures. */
    private static final ObjectMapper BRIEF = JSON.copy()
            .registerModule(new SimpleModule("brief")
                    .addSerializer(double[].class, new Rounded())
                    .addDeserializer(double[].class, new NumbersOrNaN()));

    private static final MathContext DIGITS = new MathContext(6);

    private Json() {}

    /** An object without fields yet. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Puts a number; what is not finite is null. */
    public static void put(ObjectNode row, String name, double number) {
        if (Double.isFinite(number)) {
            row.put(name, number);
        } else {
            row.putNull(name);
        }
    }

    /** One JSON object. */
    public static String line(Object result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same, but that arrays have numbers of six digits: enough for pictures. */
    public static String brief(Object picture) {
        try {
            return BRIEF.writeValueAsString(picture);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same as a tree. */
    public static JsonNode tree(Object picture) {
        return BRIEF.valueToTree(picture);
    }

    /** The fields of a result. */
    public static ObjectNode fields(Object result) {
        return JSON.valueToTree(result);
    }

    /** A line's fields. */
    public static ObjectNode parse(String line) throws JsonProcessingException {
        ObjectNode fields = JSON.readValue(line, ObjectNode.class);
        if (fields == null) {
            throw MismatchedInputException.from((JsonParser) null, ObjectNode.class, "null is no object");
        }
        return fields;
    }

    /** A result from its fields, which may all be texts. */
    public static <T> T read(ObjectNode fields, Class<T> type) throws JsonProcessingException {
        ObjectNode own = fields.deepCopy();
        own.remove(Provenance.COMMIT); // who made a result is none of its fields
        return JSON.treeToValue(own, type);
    }

    /**
     * Reads a result from its file.
     *
     * @param more fields that the file does not have, or that stand against its own
     * @return null if there is no file, or one that is damaged or that an older version left
     */
    public static <T> @Nullable T intact(Path file, Map<String, String> more, Class<T> type) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            ObjectNode fields = parse(Files.readString(file));
            more.forEach(fields::put);
            return read(fields, type);
        } catch (JacksonException | CharacterCodingException e) {
            return null;
        }
    }

    /**
     * Reads a value from its file.
     *
     * @return null if there is no file, or one that holds something else
     */
    public static <T> @Nullable T intact(Path file, Class<T> type) throws IOException {
        try {
            return BRIEF.readValue(Files.readString(file), type);
        } catch (NoSuchFileException | JacksonException | CharacterCodingException e) {
            return null;
        }
    }

    private static final class FiniteOrNull extends StdSerializer<Double> {

        private static final long serialVersionUID = 1L;

        FiniteOrNull() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeNull();
            }
        }
    }

    private static final class Rounded extends StdSerializer<double[]> {

        private static final long serialVersionUID = 1L;

        Rounded() {
            super(double[].class);
        }

        @Override
        public void serialize(double[] numbers, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray();
            for (double number : numbers) {
                if (!Double.isFinite(number)) {
                    out.writeNull();
                } else if (number == Math.rint(number) && Math.abs(number) < 1e9) {
                    out.writeNumber((long) number);
                } else {
                    out.writeNumber(new BigDecimal(number).round(DIGITS).doubleValue());
                }
            }
            out.writeEndArray();
        }
    }

    private static final class NumbersOrNaN extends StdDeserializer<double[]> {

        private static final long serialVersionUID = 1L;

        NumbersOrNaN() {
            super(double[].class);
        }

        @Override
        public double[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Double[] numbers = context.readValue(in, Double[].class);
            return Arrays.stream(numbers)
                    .mapToDouble(number -> number == null ? Double.NaN : number)
                    .toArray();
        }
    }

    private static final class NumberOrNaN extends StdDeserializer<Double> {

        private static final long serialVersionUID = 1L;

        NumberOrNaN() {
            super(double.class);
        }

        @Override
        public Double deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.getText();
            return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.NaN;
        }
    }
}
