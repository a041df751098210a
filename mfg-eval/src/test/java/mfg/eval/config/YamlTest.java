package mfg.eval.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are what stands in them. */
final class YamlTest {

    @TempDir
    private Path folder;

    private Map<String, Object> read(String text) throws IOException {
        return Yaml.read(Files.writeString(folder.resolve("a.yaml"), text));
    }

    private String refusal(String text) {
        String told =
                assertThrows(InvalidInputException.class, () -> read(text)).getMessage();
        assertTrue(told.contains("a.yaml"), told);
        return told;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no", "on", "~", "null", "3.9", "1_000", "0x1F", "2001-01-01", ".inf", "1:30", "", "<<", "="})
    void scalarsAreTheTextThatStandsThere(String text) throws IOException {
        assertEquals(Map.of("a", text), read("a: %s\n".formatted(text)));
        assertEquals(Map.of("a", text), read("a: '%s'\n".formatted(text)));
        assertEquals(Map.of("a", List.of(text, "b")), read("a: ['%s', b] # a comment\n".formatted(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "'a: 1\nb: 010\n', 'line 2: some read 010 as octal'",
        "'a: 1\nb: 2\na: 3\n', 'line 3: ''a'' is given twice'",
        "'a: 1\n\"a\": 3\n', 'line 2: ''a'' is given twice'",
        "'b:\n  c: 1\n  d: 2\n  c: 1\n', 'line 4: ''c'' is given twice'",
        "'a: 1\n---\nb: 2\n', second document",
        "'a: 1\n---\n', second document",
        "'a: 1\n...\nb: 2\n', ''",
        "'a: &x 1\nb: *x\n', 'line 1: anchors'",
        "'a: 1\nb: &x [2]\n', 'line 2: anchors'",
        "'&x a: 1\n', 'line 1: anchors'",
        "'--- &x\na: 1\n', anchors",
        "'a: 1\nb: !!int \"8\"\n', 'line 2: tags'",
        "'a: !own 1\n', 'tags'",
        "'a: !!set {b}\n', 'tags'",
        "'a: !!java.net.URL [x]\n', ''",
        "'!!map2 {a: 1}\n', ''",
        "'? [a]\n: 1\n', 'line 1: a name is missing'",
        "'? {a: 1}\n: 1\n', 'line 1: a name is missing'",
        "'a: [1\nb: 2\n', 'is no YAML in line'",
        "'a: b: c\n', 'is no YAML in line 1'",
        "'\ta: b\n', 'is no YAML in line 1'",
        "'- a\n', has no names with values",
        "'a\n', has no names with values",
        "'', is empty",
        "'# nothing\n', is empty",
    })
    void whatCouldMeanSomethingElseIsRefused(String text, String words) {
        String told = refusal(text);
        assertTrue(told.contains(words) && told.lines().count() == 1, told);
    }

    @Test
    void whatIsTooLargeOrTooDeepOrNoTextIsRefused() throws IOException {
        assertTrue(refusal("a: " + "x".repeat(4_000_000)).contains("too large"));
        assertTrue(refusal("a: " + "[".repeat(100) + "]".repeat(100)).contains("a.yaml"));
        refusal("{a: ".repeat(100_000));
        Path latin = Files.write(folder.resolve("a.yaml"), "a: ü\n".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(assertThrows(InvalidInputException.class, () -> Yaml.read(latin))
                .getMessage()
                .contains("is no UTF-8 text"));
    }

    /** Of one list in two places the second is no alias, which would not be read again. */
    @Test
    void whatIsWrittenIsRead() throws IOException {
        List<String> list = List.of("1", "a: b", "", "ü\n\u0007");
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("a", list);
        tree.put("b", Map.of("c", list, "d", List.of(), "e", ""));
        tree.put("f", "x".repeat(1000) + " " + "y ".repeat(1000));
        assertEquals(tree, read(Yaml.text(tree)));
    }
}
