package mfg.spark;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** What travels to executors: the class path of this process, natives among it, less what Spark has there. */
final class Jars {

    private Jars() {}

    /** Their paths; of a folder of classes, that of a jar made of it. */
    static String[] travelling() {
        try {
            Set<String> there = provided();
            List<String> jars = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                Path path = Path.of(entry);
                if (Files.isDirectory(path)) {
                    jars.add(packed(path).toString());
                } else if (Files.exists(path) && !there.contains(String.valueOf(path.getFileName()))) {
                    jars.add(entry);
                }
            }
            return jars.toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of jars that come with Spark. */
    private static Set<String> provided() throws IOException {
        try (InputStream list = Objects.requireNonNull(Jars.class.getResourceAsStream("provided"))) {
            return Arrays.stream(new String(list.readAllBytes(), StandardCharsets.UTF_8)
                            .strip()
                            .split(":", -1))
                    .map(name -> name.substring(name.lastIndexOf('/') + 1))
                    .collect(Collectors.toSet());
        }
    }

    private static Path packed(Path classes) throws IOException {
        Path jar = Files.createTempFile("mfg-classes", ".jar");
        jar.toFile().deleteOnExit();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
