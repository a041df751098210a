package mfg.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mfg.core.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a virtual machine offers depends on how it was started, so each case starts one. */
class ChoiceTest {

    /** Prints which kernels were picked, how many there are, or what was wrong. */
    public static final class Picks {
        public static void main(String[] args) {
            try {
                System.out.print(Kernels.floats().name() + " "
                        + Kernels.doubles().name() + " " + Kernels.allFloats().size()
                        + Kernels.allDoubles().size());
            } catch (InvalidInputException e) {
                System.out.print(e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, , vector-\\d+ vector-\\d+ 22",
        "true, auto, vector-\\d+ vector-\\d+ 22",
        "true, vector, vector-\\d+ vector-\\d+ 22",
        "true, loops, loops loops 22",
        "false, , loops loops 11",
        "false, loops, loops loops 11",
        "false, vector, mfg.kernels=vector needs a JVM started with --add-modules jdk.incubator.vector",
        "true, vectors, 'mfg.kernels must be auto, loops or vector, not vectors'",
    })
    void theFastestThatIsOfferedAndNotRuledOut(boolean offered, String wish, String printed)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (offered) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        if (wish != null) {
            command.add("-Dmfg.kernels=" + wish);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Picks.class.getName()));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor());
        assertTrue(out.matches(printed), out);
    }
}
