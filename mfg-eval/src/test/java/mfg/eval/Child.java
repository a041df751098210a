package mfg.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the command line in a process of its own, which can be killed. */
public final class Child {

    private Child() {}

    /** Starts {@code mfg} in a folder; stdout and stderr go to files {@code stdout} and {@code stderr} there. */
    public static Process start(Path folder, List<String> args) throws IOException {
        return start(folder, args, Map.of());
    }

    /** The same with more in its environment. */
    public static Process start(Path folder, List<String> args, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(command());
        command.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What runs the classes under test. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-modules",
                "jdk.incubator.vector",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "mfg.eval.Main");
    }
}
