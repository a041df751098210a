package mfg.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on a cluster of processes, which {@code SPARK_HOME} has the programs of. */
@EnabledIfEnvironmentVariable(named = "SPARK_HOME", matches = ".+")
final class SparkTest {

    private static final String OPTIONS =
            "options: {values: 8, hidden: 8, iterations: 2, inner-steps: 5, validation-steps: 6, long-steps: 7, "
                    + "method: amid, init: default, yardsticks: false}\n";

    private static final String OWN =
            "options: {iterations: 2, inner-steps: 5, validation-steps: 6, long-steps: 7, method: amid}\n";

    private static final String SWEEP = "settings: [A1, A2]\nseeds: 1..4\n" + OPTIONS
            + "grid: {tau: [1e-4, 2e-4, 5e-4, .001, .002, .005, .01, .02]}\n";

    /** Two that diverge, and a start that executors have to be sent. */
    private static final String FATES = "settings: [A1]\nseeds: 1..2\n" + OPTIONS.replace("default", "%s")
            + "grid: {lr: [.001, 1e30], tau: [.001, .002]}\n";

    @TempDir
    private static Path shared;

    private static Loopback cluster;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        cluster = new Loopback(shared.resolve("cluster"), 2);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    /** Starts {@code mfg} in a process of its own, which leaves stdout and stderr in the folder. */
    private Process mfg(String name, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(Loopback.java()));
        for (String part : List.of("lang", "lang.invoke", "net", "nio", "util", "util.concurrent")) {
            command.addAll(List.of("--add-opens", "java.base/java.%s=ALL-UNNAMED".formatted(part)));
        }
        command.addAll(List.of("--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED"));
        command.addAll(
                List.of("--add-modules", "jdk.incubator.vector", "-Dai.djl.offline=true", "-Djava.awt.headless=true"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add("mfg.eval.Main");
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
    }

    /** Runs it to its end. */
    private String done(int exit, String name, String... args) throws Exception {
        Process process = mfg(name, args);
        assertTrue(process.waitFor(3, TimeUnit.MINUTES), "it does not end");
        String err = Files.readString(folder.resolve(name + ".err"));
        assertEquals(exit, process.exitValue(), err);
        return err;
    }

    private static long finished(Path sweep) {
        try (Stream<Path> all = Files.list(sweep)) {
            return all.filter(run -> Files.exists(run.resolve("result.json"))).count();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void aSweepThatLosesAWorkerEndsAsOnThreads() throws Exception {
        String file = Files.writeString(folder.resolve("sweep.yaml"), SWEEP).toString();
        Path there = folder.resolve("there");
        Process driver = mfg("there", "sweep", file, "--out", there.toString(), "--on", cluster.master());
        Loopback.await("the first runs", () -> finished(there) >= 8);
        cluster.killWorker(0);
        assertTrue(finished(there) < 56, "it was not killed in the middle");
        assertTrue(driver.waitFor(3, TimeUnit.MINUTES), "it does not end");
        String err = Files.readString(folder.resolve("there.err"));
        assertEquals(0, driver.exitValue(), err);
        assertTrue(err.contains("64/64"), err);
        assertFalse(err.contains(" INFO "), err);

        Path here = folder.resolve("here");
        done(0, "here", "sweep", file, "--out", here.toString(), "--threads", "2");
        assertEquals(64, finished(there));
        Same.assertSame(here, there);
    }

    @Test
    void aDriverThatDiesIsGoneOnWithFromEitherSide() throws Exception {
        Path start = folder.resolve("start");
        done(0, "start", "sweep", yaml("one", "settings: [A1]\n" + OPTIONS), "--out", start.toString());
        Path snapshot = start.resolve("A1-seed=1").resolve("best.npz");
        String file = yaml("fates", FATES.formatted(snapshot));
        Path there = folder.resolve("there");
        Process driver = mfg("dies", "sweep", file, "--out", there.toString(), "--on", cluster.master());
        Loopback.await("the first runs", () -> finished(there) >= 1);
        driver.destroyForcibly().waitFor();
        done(0, "goes-on", "sweep", "--resume", there.toString(), "--on", "local[2]");
        Path here = folder.resolve("here");
        done(0, "here", "sweep", file, "--out", here.toString());
        assertEquals(4, finished(there));
        Same.assertSame(here, there);
    }

    @Test
    void aGameOfOnesOwnIsCompiledThere() throws Exception {
        Path game = Path.of("..", "examples", "RoadTolls.java").toRealPath();
        String file = yaml("own", "settings: " + game + "\nseeds: 1..2\n" + OWN);
        Path there = folder.resolve("there");
        done(0, "there", "sweep", file, "--out", there.toString(), "--on", cluster.master());
        Path here = folder.resolve("here");
        done(0, "here", "sweep", file, "--out", here.toString());
        assertEquals(2, finished(there));
        Same.assertSame(here, there);
    }

    @Test
    void anInterruptionIsNoFailureOfRuns() throws Exception {
        Path out = folder.resolve("out");
        Process driver = mfg("ends", "sweep", yaml("sweep", SWEEP), "--out", out.toString(), "--on", "local[2]");
        Loopback.await("the first runs", () -> finished(out) >= 4);
        driver.destroy(); // as Ctrl-C does, it gives the process time to answer
        assertTrue(driver.waitFor(1, TimeUnit.MINUTES), "it does not end");
        String err = Files.readString(folder.resolve("ends.err"));
        assertTrue(err.contains("interrupted; go on with") && !err.contains("failed"), err);
        assertFalse(Files.readString(out.resolve("runs.csv")).contains("failed"));
    }

    private String yaml(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), text).toString();
    }

    @Test
    void aMasterThatIsNotThereIsSaidInOneSentence() throws Exception {
        String file = yaml("sweep", SWEEP);
        String out = folder.resolve("out").toString();
        for (String master : List.of("spark://127.0.0.1:" + Loopback.freePort(), "spark://nowhere", "fire://x")) {
            String err = done(2, "refused", "sweep", file, "--out", out, "--on", master)
                    .replaceFirst("WARNING: Using incubator modules.*\\R", "");
            assertEquals(1, err.lines().count(), err);
            assertTrue(err.startsWith("mfg: ") && err.contains(master), err);
            assertFalse(Files.exists(Path.of(out)));
        }
    }
}
