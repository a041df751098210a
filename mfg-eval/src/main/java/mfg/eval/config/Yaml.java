package mfg.eval.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Files that people read and edit. Reading trusts nothing and guesses nothing: each scalar is the text that stands there, so that no is
 * no false; 010, a second document, an alias, a tag, a name given twice and a file too large are refused.
 */
public final class Yaml {

    private static final int MOST_BYTES = 4_000_000;
    private static final int MOST_DEPTH = 20;

    private static final Pattern OCTAL = Pattern.compile("[+-]?0\\d+");
    /** What texts mean to others who read the file. */
    private static final Resolver TAGS = new Resolver();

    private Yaml() {}

    /** Names and what they stand for, as text. */
    public static String text(Map<String, ?> tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(1_000_000); // long texts stay in one line
        options.setSplitLines(false);
        options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
        options.setDereferenceAliases(true); // the same list twice is written twice
        return new org.yaml.snakeyaml.Yaml(options).dump(tree);
    }

    /**
     * Reads names and what they stand for.
     *
     * @return values are texts, lists, and such maps again
     * @throws InvalidInputException if the file holds something else
     */
    public static Map<String, Object> read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException("%s is a folder, and no file".formatted(file));
        }
        if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
            throw new InvalidInputException("%s is too large: more than %d bytes".formatted(file, MOST_BYTES));
        }
        try {
            return read(file, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("%s is no UTF-8 text".formatted(file), e);
        }
    }

    private static Map<String, Object> read(Path file, String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MOST_BYTES);
        limits.setNestingDepthLimit(MOST_DEPTH);
        try {
            Iterator<Node> documents = new org.yaml.snakeyaml.Yaml(limits)
                    .composeAll(new StringReader(text))
                    .iterator();
            Node first = documents.hasNext() ? documents.next() : null;
            if (first == null || !(first instanceof MappingNode mapping)) {
                throw new InvalidInputException(
                        first == null ? "%s is empty".formatted(file) : "%s has no names with values".formatted(file));
            }
            if (documents.hasNext()) {
                throw new InvalidInputException("%s holds a second document, after ---".formatted(file));
            }
            check(file, mapping);
            return map(file, mapping);
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? ""
                    : " in line " + (e.getProblemMark().getLine() + 1);
            throw new InvalidInputException("%s is no YAML%s: %s".formatted(file, where, e.getProblem()), e);
        } catch (YAMLException e) {
            throw new InvalidInputException(
                    "%s is no YAML: %s"
                            .formatted(
                                    file,
                                    String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")),
                    e);
        } catch (StackOverflowError e) {
            throw new InvalidInputException("%s is nested too deeply".formatted(file), e);
        }
    }

    private static Map<String, Object> map(Path file, MappingNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (NodeTuple entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw refused(file, entry.getKeyNode(), "a name is missing");
            }
            check(file, key);
            if (map.put(key.getValue(), value(file, entry.getValueNode())) != null) {
                throw refused(file, key, "'%s' is given twice".formatted(key.getValue()));
            }
        }
        return map;
    }

    /** Refuses what makes a text mean something else than what stands there. */
    private static void check(Path file, Node node) {
        if (node.getAnchor() != null) {
            throw refused(file, node, "anchors and aliases are not read");
        }
        Tag plain = node instanceof ScalarNode scalar
                ? TAGS.resolve(NodeId.scalar, scalar.getValue(), scalar.isPlain())
                : node instanceof MappingNode ? Tag.MAP : Tag.SEQ;
        if (!node.getTag().equals(plain)) {
            throw refused(file, node, "tags are not read");
        }
    }

    private static Object value(Path file, Node node) {
        check(file, node);
        if (node instanceof MappingNode mapping) {
            return map(file, mapping);
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(entry -> list.add(value(file, entry)));
            return list;
        }
        ScalarNode scalar = (ScalarNode) node;
        if (scalar.isPlain() && OCTAL.matcher(scalar.getValue()).matches()) {
            throw refused(file, node, "some read %s as octal; write it without the zero".formatted(scalar.getValue()));
        }
        return scalar.getValue();
    }

    /** A refusal of what was read from a file: it names that. */
    public static InvalidInputException naming(Path file, InvalidInputException e) {
        String sentence = String.valueOf(e.getMessage());
        return sentence.contains(file.toString()) ? e : new InvalidInputException(file + ": " + sentence, e);
    }

    private static InvalidInputException refused(Path file, Node node, String why) {
        return new InvalidInputException(
                "%s, line %d: %s".formatted(file, node.getStartMark().getLine() + 1, why));
    }

    /** The text of a value that is a scalar, or a list of scalars as {@code a,b}; null if it is something else. */
    public static @Nullable String scalar(Object value) {
        if (value instanceof List<?> list) {
            List<String> texts = new ArrayList<>();
            for (Object entry : list) {
                if (!(entry instanceof String text)) {
                    return null;
                }
                texts.add(text);
            }
            return String.join(",", texts);
        }
        return value instanceof String text ? text : null;
    }
}
