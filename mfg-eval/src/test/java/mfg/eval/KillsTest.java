package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchmarks/kills}, for one kill of a few kinds of run. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a script of bash")
final class KillsTest {

    private static final List<String> KINDS = List.of("amid", "tables", "solve", "compare");

    @TempDir
    private Path folder;

    @Test
    void killedRunsGoOnToTheNumbersOfOthers() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "../benchmarks/kills", "" + KINDS.size(), "3"));
        command.addAll(KINDS);
        Path told = folder.resolve("told");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(told.toFile());
        builder.environment().put("MFG", mfg().toString());
        int exit = builder.start().waitFor();
        String text = Files.readString(told);
        assertEquals(0, exit, text);
        assertTrue(text.endsWith(KINDS.size() + " kills\n"), text);
    }

    /** The classes under test, as a command. */
    private Path mfg() throws IOException {
        String line = Child.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Path script = Files.writeString(folder.resolve("mfg"), "#!/bin/sh\nexec " + line + " \"$@\"\n");
        assertTrue(script.toFile().setExecutable(true));
        return script;
    }
}
