package mfg.eval;

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

/** Configurations as text that people read and edit. */
final class Yaml {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES))
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .setDefaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL));

    private Yaml() {}

    /** A configuration as text. */
    static String text(Object config) throws IOException {
        return YAML.writeValueAsString(config);
    }

    /**
     * Reads a configuration, all of it.
     *
     * @param younger fields that a file need not have, for it may have been written before there were any, with the value they
     *     get then
     * @throws InvalidInputException if the file holds none
     */
    static <T> T read(Path file, Class<T> type, Map<String, ?> younger) throws IOException {
        try {
            String text = Files.readString(file);
            JsonNode fields = YAML.readTree(text);
            for (Map.Entry<String, ?> field : younger.entrySet()) {
                if (fields.isObject() && !fields.has(field.getKey())) {
                    text = "%s: %s%n%s".formatted(field.getKey(), field.getValue(), text);
                }
            }
            T config = YAML.readValue(text, type);
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

    /** The same configuration with another seed. */
    static DesignConfig withSeed(DesignConfig config, long seed) throws IOException {
        ObjectNode fields = YAML.valueToTree(config);
        return YAML.treeToValue(fields.put("seed", seed), DesignConfig.class);
    }
}
