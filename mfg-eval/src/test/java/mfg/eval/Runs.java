package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Looks into folders of runs. */
public final class Runs {

    private Runs() {}

    public static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    public static Path copy(Path run, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(run)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(run.relativize(file).toString()));
            }
        }
        return to;
    }

    /** Every file's content, less the lock and what its page is made of. */
    public static Map<String, byte[]> contents(Path run) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        for (String name : names(run)) {
            if (!name.equals("run.lock") && !name.startsWith("report")) {
                contents.put(name, Files.readAllBytes(run.resolve(name)));
            }
        }
        return contents;
    }

    /** Asserts that two runs came to the same numbers, bit by bit; how long it took is not compared. */
    public static void assertSameNumbers(Path expected, Path actual) throws IOException {
        assertEquals(numbers(expected), numbers(actual));
        assertEquals(metrics(expected), metrics(actual));
        assertEquals(result(expected), result(actual));
        for (String name : names(expected)) {
            if (name.endsWith(".npz")) {
                assertSameArrays(expected.resolve(name), actual.resolve(name));
            } else if (name.endsWith(".csv") && !name.equals("metrics.csv")) {
                assertEquals(Files.readString(expected.resolve(name)), Files.readString(actual.resolve(name)), name);
            }
        }
    }

    /** All but pictures and pages. */
    private static List<String> numbers(Path run) throws IOException {
        return names(run).stream()
                .filter(name -> !name.endsWith(".png") && !name.endsWith(".gif") && !name.startsWith("report"))
                .toList();
    }

    private static List<List<String>> metrics(Path run) throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("metrics.csv"));
        int seconds = Arrays.asList(lines.get(0).split(",", -1)).indexOf("seconds");
        return lines.stream()
                .map(line -> {
                    String[] fields = line.split(",", -1);
                    fields[seconds] = "";
                    return List.of(fields);
                })
                .toList();
    }

    public static JsonNode result(Path run) throws IOException {
        ObjectNode result = (ObjectNode)
                new ObjectMapper().readTree(run.resolve("result.json").toFile());
        return result.without(List.of(
                "secondsPerGradient",
                "secondsPerIteration",
                "secondsPerEpoch",
                "secondsLearning",
                "agentStepsPerSecond",
                "playerStepsPerSecond",
                "peakRssMiB",
                "runDirectory"));
    }

    private static void assertSameArrays(Path expected, Path actual) throws IOException {
        try (ZipFile one = new ZipFile(expected.toFile());
                ZipFile other = new ZipFile(actual.toFile())) {
            assertEquals(one.size(), other.size(), expected.toString());
            for (ZipEntry entry : one.stream().toList()) {
                if (entry.getName().equals("seconds.npy")) {
                    continue; // how long it took so far
                }
                ZipEntry same = other.getEntry(entry.getName());
                assertArrayEquals(
                        one.getInputStream(entry).readAllBytes(),
                        other.getInputStream(same).readAllBytes(),
                        expected + " " + entry.getName());
            }
        }
    }
}
