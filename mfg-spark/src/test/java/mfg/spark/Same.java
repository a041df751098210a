package mfg.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Compares folders byte for byte, but for times and machine. */
final class Same {

    /** Of results and tables: how long it took, how much memory, where it lies. */
    private static final String OF_THE_MACHINE = "secondsPer.*|peakRssMiB|runDirectory|seconds";

    private Same() {}

    /** Asserts that two sweeps are the same. */
    static void assertSame(Path expected, Path actual) throws IOException {
        assertEquals(files(expected), files(actual));
        for (String name : files(expected)) {
            if (name.endsWith(".npz")) {
                assertSameArrays(expected.resolve(name), actual.resolve(name));
            } else if (name.endsWith(".csv") || name.endsWith(".json") || name.endsWith(".yaml")) {
                assertEquals(text(expected.resolve(name)), text(actual.resolve(name)), name);
            } else {
                assertArrayEquals(
                        Files.readAllBytes(expected.resolve(name)), Files.readAllBytes(actual.resolve(name)), name);
            }
        }
    }

    /** Pages and what they are made of show times. */
    private static List<String> files(Path sweep) throws IOException {
        try (Stream<Path> all = Files.walk(sweep)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> sweep.relativize(file).toString())
                    .filter(name -> !name.startsWith("report"))
                    .filter(name -> !isOfDiverged(sweep.resolve(name)))
                    .sorted()
                    .toList();
        }
    }

    /** How many steps are told of that no checkpoint has is a matter of time. */
    private static boolean isOfDiverged(Path file) {
        return file.endsWith("metrics.csv") && Files.exists(file.resolveSibling("diverged.txt"));
    }

    private static String text(Path file) throws IOException {
        String name = file.getFileName().toString();
        String text = Files.readString(file);
        if (name.endsWith(".yaml")) {
            return text.replaceFirst("^# mfg .*", ""); // machine and time
        }
        if (name.endsWith(".json")) {
            return text.replaceAll("\"(%s)\":(\"[^\"]*\"|[^,}]*)".formatted(OF_THE_MACHINE), "");
        }
        List<String> header = fields(text.lines().findFirst().orElseThrow());
        return text.lines()
                .map(Same::fields)
                .map(row -> IntStream.range(0, row.size())
                        .filter(i -> !header.get(i).matches(OF_THE_MACHINE))
                        .mapToObj(row::get)
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> fields(String line) {
        return Arrays.asList(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1));
    }

    private static void assertSameArrays(Path expected, Path actual) throws IOException {
        Map<String, byte[]> arrays = arrays(expected);
        Map<String, byte[]> others = arrays(actual);
        assertEquals(arrays.keySet(), others.keySet(), expected.toString());
        arrays.forEach((name, bytes) -> assertArrayEquals(bytes, others.get(name), expected + " " + name));
    }

    private static Map<String, byte[]> arrays(Path file) throws IOException {
        Map<String, byte[]> arrays = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                arrays.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        arrays.remove("seconds.npy");
        return arrays;
    }
}
