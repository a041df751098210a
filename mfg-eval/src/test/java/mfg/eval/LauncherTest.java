package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher itself, in a copy of the project's folders with a jar that points to the classes under test. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a script of bash")
final class LauncherTest {

    @TempDir
    private Path folder;

    private Path mfg;

    @BeforeEach
    void build() throws IOException {
        mfg = Files.copy(Path.of("..", "mfg"), folder.resolve("mfg"));
        Files.createFile(folder.resolve("pom.xml"));
        Path target = Files.createDirectories(folder.resolve("mfg-eval/target"));
        Files.createFile(folder.resolve("mfg-eval/pom.xml"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
        Path jar = target.resolve("mfg-eval-test.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        Files.writeString(target.resolve("classpath"), jar.toString());
    }

    private static String classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
    }

    private record Ended(int exit, String out, String err) {}

    private ProcessBuilder builder(List<String> args, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("bash", mfg.toString()));
        command.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }

    private Ended run(List<String> args, Map<String, String> environment) throws Exception {
        Path err = folder.resolve("stderr");
        Process process = builder(args, environment).start();
        Thread reader = new Thread(() -> {
            try {
                Files.write(err, process.getErrorStream().readAllBytes());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        reader.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        reader.join();
        return new Ended(process.exitValue(), out, Files.readString(err));
    }

    @Test
    void nothingStandsAboveAnAnswer() throws Exception {
        Ended settings = run(List.of("settings"), Map.of());
        assertEquals(0, settings.exit(), settings.err());
        assertEquals("", settings.err());
        Ended wrong = run(List.of("design", "A99"), Map.of());
        assertEquals(2, wrong.exit());
        assertTrue(wrong.err().startsWith("mfg: "), wrong.err());
    }

    @Test
    void aJavaThatDoesNotStartSaysWhy() throws Exception {
        Ended ended = run(List.of("settings"), Map.of("MFG_JAVA_OPTS", "-Xbogus"));
        assertEquals(1, ended.exit());
        assertTrue(ended.err().contains("Unrecognized option: -Xbogus"), ended.err());
    }

    /** Both streams into one file that holds something: neither overwrites the other or what is there. */
    @Test
    void stdoutAndStderrShareAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("log"), "first\n");
        Process process = builder(Cli.arguments("A10", folder.resolve("run"), "--iterations", "3"), Map.of())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        List<String> lines = Files.readAllLines(file);
        assertEquals("first", lines.get(0));
        assertTrue(lines.get(1).startsWith("A10 1/3"), lines.toString());
        assertTrue(new ObjectMapper().readTree(lines.get(lines.size() - 1)).isObject(), lines.toString());
    }

    @Test
    void anEngineThatCannotBeUnpackedIsOneSentence() throws Exception {
        Path taken = Files.createFile(folder.resolve("taken"));
        Ended ended = run(
                Cli.arguments("A10", folder.resolve("run")),
                Map.of("DJL_CACHE_DIR", taken.resolve("cache").toString()));
        assertTrue(ended.exit() == 1 || ended.exit() == 2, ended.toString());
        assertEquals(1, ended.err().lines().count(), ended.err());
        assertTrue(ended.err().startsWith("mfg: ") && ended.err().contains("DJL_CACHE_DIR"), ended.err());
    }

    @Test
    void chartsNeedNoTemporaryFolder() throws Exception {
        Ended ended = run(
                Cli.arguments("A10", folder.resolve("run")),
                Map.of("MFG_JAVA_OPTS", "-Djava.io.tmpdir=" + folder.resolve("nowhere")));
        assertEquals(0, ended.exit(), ended.err());
        assertTrue(Files.size(folder.resolve("run/objective.png")) > 0, ended.err());
    }
}
