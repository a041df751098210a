package mfg.eval.io;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Configurations as text that people read and edit. */
public final class Yaml {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES))
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .setDefaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL));

    private Yaml() {}

    /** A configuration as text. */
    public static String text(Object config) throws IOException {
        return YAML.writeValueAsString(config);
    }

    /**
     * Reads a configuration, all of it.
     *
     * @param younger fields that a file need not have, for it may have been written before there were any, with the value they
     *     get then
     * @throws InvalidInputException if the file holds none
     */
    public static <T> T read(Path file, Class<T> type, Map<String, ?> younger) throws IOException {
        return read(file, text -> {
            JsonNode fields = YAML.readTree(text);
            String whole = text;
            for (Map.Entry<String, ?> field : younger.entrySet()) {
                if (fields.isObject() && !fields.has(field.getKey())) {
                    whole = "%s: %s%n%s".formatted(field.getKey(), field.getValue(), whole);
                }
            }
            return YAML.readValue(whole, type);
        });
    }

    /**
     * Reads names and what they stand for, each name once.
     *
     * @throws InvalidInputException if the file holds something else
     */
    public static ObjectNode fields(Path file) throws IOException {
        return read(
                file,
                YAML.readerFor(ObjectNode.class)
                        .with(
                                DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                                DeserializationFeature.FAIL_ON_TRAILING_TOKENS)::readValue);
    }

    private interface Parser<T> {
        @Nullable
        T parse(String text) throws IOException;
    }

    private static <T> T read(Path file, Parser<T> parser) throws IOException {
        try {
            T config = parser.parse(Files.readString(file));
            if (config != null) {
                return config;
            }
            throw new InvalidInputException("%s is not a configuration: it is empty".formatted(file));
        } catch (JacksonException e) {
            String reason =
                    e.getCause() instanceof InvalidInputException ? e.getCause().getMessage() : e.getOriginalMessage();
            String line = String.valueOf(reason).lines().findFirst().orElse("");
            throw new InvalidInputException("%s is not a configuration: %s".formatted(file, line), e);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("%s is not a configuration: it is no UTF-8 text".formatted(file), e);
        }
    }

    /** The same configuration with another value of an option. */
    @SuppressWarnings("unchecked") // a configuration's class is that of its kind
    public static <T> T with(T config, String option, Object value) throws IOException {
        ObjectNode fields = YAML.valueToTree(config);
        fields.set(option, YAML.valueToTree(value));
        return YAML.treeToValue(fields, (Class<T>) config.getClass());
    }
}
