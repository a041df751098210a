package mfg.eval.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mfg.eval.io.Interruption;
import mfg.eval.io.Json;

/** Measures a gradient in a process of its own, so that its peak memory is its own. */
public final class BenchProcess {

    private BenchProcess() {}

    /**
     * Runs {@code bench gradient} by the same Java, with the same class path.
     *
     * @param options what to measure, by the names of options less the dashes
     * @return what it reports
     * @throws IOException if it fails, in the words of its last line
     */
    @SuppressWarnings("try") // the answer to an interruption only has to be open
    public static GradientCost gradient(Map<String, String> options) throws IOException {
        Process child =
                new ProcessBuilder(command(options)).redirectErrorStream(true).start();
        try (Interruption end = new Interruption(child::destroy)) {
            child.getOutputStream().close();
            List<String> lines = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            int exit = child.waitFor();
            String last = lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
            if (exit != 0) {
                throw new IOException("exit code %d, %s".formatted(exit, last.replaceFirst("^mfg: ", "")));
            }
            return Json.read(Json.parse(last), GradientCost.class);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> command(Map<String, String> options) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current()
                .info()
                .command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-Dmfg.terminal=false", "-Dmfg.stderr=", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("mfg.eval.Main", "bench", "gradient", "--json"));
        options.forEach((option, text) -> command.add("--%s=%s".formatted(option, text)));
        return command;
    }
}
