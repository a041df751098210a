package mfg.eval.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mfg.eval.Cli;
import mfg.eval.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks as any solver: one command, one folder. */
final class DeepSolveTest {

    private static final String[] SMALL = {"--steps", "5", "--hidden", "8", "--json"};

    @TempDir
    Path folder;

    private JsonNode solved(Path out, String... options) {
        String[] command = Cli.concat(new String[] {"solve", "crowd-modelling", "--out", out.toString()}, SMALL);
        return Cli.run(Cli.concat(command, options)).json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deep-omd", "deep-fictitious-play"})
    void goingOnLeadsToTheSameNumbers(String algorithm) throws IOException {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        JsonNode result = solved(whole, "--algorithm", algorithm, "--players", "50", "--iterations", "4");
        assertEquals(algorithm, result.get("algorithm").textValue());
        assertEquals(5, result.get("exploitability").size());
        solved(parts, "--algorithm", algorithm, "--players", "50", "--iterations", "2");
        JsonNode resumed = Cli.run("solve", "--resume", parts.toString(), "--iterations", "4", "--json")
                .json();
        assertArrayEquals(Cli.numbers(result.get("exploitability")), Cli.numbers(resumed.get("exploitability")));
        Runs.assertSameNumbers(whole, parts);
        for (String file : new String[] {"policy.npz", "metrics.csv", "flow.csv", "checkpoint.npz"}) {
            assertTrue(Files.exists(whole.resolve(file)), file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--algorithm deep-omd --players 1",
                "--algorithm deep-omd --players -1",
                "--algorithm deep-omd --eta 0",
                "--algorithm deep-omd --hidden 0",
                "--algorithm deep-omd --hidden 65536",
                "--algorithm deep-omd --steps 0",
                "--algorithm deep-omd --learning-rate 0",
                "--algorithm deep-omd --device abacus",
                "--algorithm deep-fictitious-play --minibatch 0",
                "--algorithm deep-fictitious-play --eta 1",
                "--algorithm omd --hidden 8",
            })
    void badInputIsOneSentence(String options) throws IOException {
        Path out = folder.resolve("run");
        String[] command = {"solve", "crowd-modelling", "--out", out.toString()};
        Cli.run(Cli.concat(command, options.split(" ", -1))).assertRefused();
        assertTrue(Files.notExists(out), "something was left behind");
    }

    @Test
    void severalPopulationsAreNotSimulated() {
        Cli.run("solve", "predator-prey", "--algorithm", "deep-omd", "--players", "10")
                .assertRefused("population");
    }

    /** Designs step through their inner solver, which networks cannot be. */
    @Test
    void networksSolveNoInnerGame() {
        Cli.run("design", "beach-bar", "--solver", "deep-omd").assertRefused("--solver");
    }
}
