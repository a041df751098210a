package mfg.eval.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import mfg.eval.Child;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.io.Csv;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import mfg.nn.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The real command line on few taxis: enough of them for two chunks of a minibatch, so that threads have something to share. */
final class LearnTaxiTest {

    private static final int PLAYERS = 100;
    private static final int HORIZON = 12;
    private static final int EPOCHS = 12;

    private static final Map<String, Object> TINY = Map.of(
            "--players",
            PLAYERS,
            "--horizon",
            HORIZON,
            "--epochs",
            EPOCHS,
            "--minibatch",
            PLAYERS * HORIZON,
            "--hidden",
            8,
            "--learning-rate",
            0.01,
            "--passes",
            2);

    @TempDir
    private static Path wholes;

    @TempDir
    private Path folder;

    private static List<String> arguments(Path out, String... options) {
        List<String> args = new ArrayList<>(List.of("learn", "a-taxi", "--json", "--out", out.toString()));
        List<String> given = Arrays.asList(options);
        TINY.forEach((name, value) -> {
            if (!given.contains(name)) {
                args.addAll(List.of(name, value.toString()));
            }
        });
        args.addAll(given);
        return args;
    }

    private static Cli.Outcome learn(Path out, String... options) {
        return Cli.run(arguments(out, options).toArray(String[]::new));
    }

    private static Cli.Outcome resume(Path run, String... options) {
        return Cli.run(Cli.concat(new String[] {"learn", "--resume", run.toString(), "--json"}, options));
    }

    /** A run without interruption and on one thread, once for all tests. */
    private static Path whole(Identity identity) {
        Path run = wholes.resolve(identity.toString());
        if (!Files.exists(run)) {
            learn(run, "--identity", identity.toString(), "--threads", "1").json();
        }
        return run;
    }

    private Path copy(Identity identity) throws IOException {
        return Runs.copy(whole(identity), folder.resolve("copy"));
    }

    private static List<ObjectNode> metrics(Path run) throws IOException {
        return Csv.read(run.resolve("metrics.csv"));
    }

    private static double mean(List<ObjectNode> rows, String column) {
        return rows.stream()
                .mapToDouble(row -> Double.parseDouble(row.get(column).asText()))
                .average()
                .orElseThrow();
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(from), text);
        Files.writeString(file, text.replace(from, to));
    }

    @ParameterizedTest
    @EnumSource(Identity.class)
    void everyIdentityLeavesAFullReport(Identity identity) throws IOException {
        Path run = whole(identity);
        JsonNode result = resume(run).json(); // of a run that has come to its end: reports it again
        List<String> fields = new ArrayList<>();
        result.fieldNames().forEachRemaining(fields::add);
        assertEquals(
                List.of(
                        "game",
                        "algorithm",
                        "players",
                        "epochs",
                        "identity",
                        "meanReward",
                        "zone1Share",
                        "zone1Reward",
                        "zone2Reward",
                        "jams",
                        "agentStepsPerSecond",
                        "secondsPerEpoch",
                        "status",
                        "runDirectory",
                        "commit"),
                fields);
        assertEquals("a-taxi", result.get("game").asText());
        assertEquals("ppo", result.get("algorithm").asText());
        assertEquals(identity.toString(), result.get("identity").asText());
        assertEquals(PLAYERS, result.get("players").intValue());
        assertEquals(EPOCHS, result.get("epochs").intValue());
        assertEquals(run.toString(), result.get("runDirectory").asText());
        List<ObjectNode> rows = metrics(run);
        assertEquals(EPOCHS, rows.size());
        List<ObjectNode> last = rows.subList(EPOCHS - 10, EPOCHS);
        assertEquals(mean(last, "meanReturn"), result.get("meanReward").doubleValue(), 1e-12);
        assertEquals(mean(last, "zone1Share"), result.get("zone1Share").doubleValue(), 1e-12);
        double seconds = result.get("secondsPerEpoch").doubleValue();
        assertEquals(
                PLAYERS * HORIZON, seconds * result.get("agentStepsPerSecond").doubleValue(), 1e-6);
        assertEquals(
                List.of(
                        "checkpoint.npz",
                        "city.gif",
                        "city.png",
                        "config.yaml",
                        "learning.png",
                        "map.png",
                        "metrics.csv",
                        "networks.npz",
                        "report",
                        "report.html",
                        "result.json",
                        "reward.png",
                        "run.lock",
                        "zones.png"),
                Runs.names(run));
        for (String picture : List.of("reward.png", "zones.png", "learning.png", "city.png")) {
            assertTrue(ImageIO.read(run.resolve(picture).toFile()).getWidth() > 300, picture);
        }
        assertEquals(HORIZON + 1, frames(run.resolve("city.gif")));
        List<Plot> map = Objects.requireNonNull(Charts.saved(run).get("map"));
        assertEquals(HORIZON + 1, ((Plot.Frames) map.get(0)).plots().size());
        Plot.Curves parts = (Plot.Curves) map.get(1);
        for (int t = 0; t <= HORIZON; t++) {
            int round = t;
            assertEquals(
                    1,
                    parts.curves().stream().mapToDouble(part -> part.y()[round]).sum(),
                    1e-9);
        }
        assertEquals(1, parts.curves().get(0).y()[0], "all taxis start at the start");
    }

    private static int frames(Path animation) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream stream = ImageIO.createImageInputStream(animation.toFile())) {
            reader.setInput(stream);
            return reader.getNumImages(true);
        } finally {
            reader.dispose();
        }
    }

    /** The first epoch has the same learning rate, however many follow. Its run is cut between the metrics and a checkpoint. */
    @ParameterizedTest
    @EnumSource(Identity.class)
    void whatIsResumedComesToTheSameNumbers(Identity identity) throws IOException {
        Path whole = whole(identity);
        Path half = folder.resolve("half");
        learn(half, "--identity", identity.toString(), "--epochs", "1").json();
        edit(half.resolve("config.yaml"), "\nepochs: 1\n", "\nepochs: %d\n".formatted(EPOCHS));
        Files.writeString(half.resolve("metrics.csv"), Files.readString(whole.resolve("metrics.csv")));
        Files.delete(half.resolve("result.json"));
        resume(half, "--threads", "2").json();
        Runs.assertSameNumbers(whole, half);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
    void anInterruptedRunSaysHowToGoOnAndDoes() throws Exception {
        Path run = folder.resolve("run");
        Process child = Child.start(folder, arguments(run, "--epochs", "1000000"));
        try {
            while (!Files.exists(run.resolve("config.yaml"))) {
                assertTrue(child.isAlive(), "the run ended early");
                Thread.sleep(1);
            }
        } finally {
            child.destroy();
            assertTrue(child.waitFor(1, TimeUnit.MINUTES));
        }
        assertTrue(Files.readString(folder.resolve("stderr")).contains("./mfg learn --resume " + run));
        assertFalse(Files.exists(run.resolve("result.json")));
        edit(run.resolve("config.yaml"), "\nepochs: 1000000\n", "\nepochs: %d\n".formatted(EPOCHS));
        resume(run, "--threads", "2").json();
        Runs.assertSameNumbers(whole(Identity.NONE), run);
    }

    @Test
    void theSeedAndTheEntropyDecideTheNumbers() throws IOException {
        ObjectNode usual = metrics(whole(Identity.NONE)).get(0);
        learn(folder.resolve("seed"), "--epochs", "1", "--seed", "2").json();
        ObjectNode seed = metrics(folder.resolve("seed")).get(0);
        assertNotEquals(usual.get("entropy"), seed.get("entropy"));
        learn(folder.resolve("entropy"), "--epochs", "1", "--entropy", "0").json();
        ObjectNode entropy = metrics(folder.resolve("entropy")).get(0);
        assertEquals(usual.get("meanReturn"), entropy.get("meanReturn")); // played before anything was learned
        assertNotEquals(usual.get("entropy"), entropy.get("entropy"));
    }

    @Test
    void aCityOfOnesOwnIsPlayedInSeveralCopies() throws IOException {
        Path out = folder.resolve("out");
        JsonNode result = learn(out, "--layout", "1#2/1S2", "--cities", "3", "--epochs", "1", "--players", "4")
                .json();
        double steps = result.get("secondsPerEpoch").doubleValue()
                * result.get("agentStepsPerSecond").doubleValue();
        assertEquals(3 * 4 * HORIZON, steps, 1e-6);
    }

    @ParameterizedTest
    @CsvSource({
        "--identity me, 'none, one-hot, number or independent'",
        "--algorithm symm-pmd, '--algorithm symm-pmd cannot learn a-taxi; it is for games whose players have states'",
        "--device tpu, cpu or gpu",
        "--players 0, players must be",
        "--players many, many",
        "--horizon 0, --horizon must be",
        "--players 1000 --horizon 50000, at most 37675 rounds",
        "--cities 0, cities must be",
        "--minibatch -1, minibatch",
        "--epochs -1, epochs",
        "--hidden 0, --hidden must be",
        "--hidden 65536, more parameters",
        "--hidden 5000 --identity independent, more parameters",
        "--hidden 100000, hidden width",
        "--passes 0, passes",
        "--threads 0, --threads",
        "--entropy -1, entropy",
        "--congestion -1, congestion",
        "--customers 1.5, customers",
        "--gamma 1.1, gamma",
        "--gae-lambda NaN, lambda",
        "--clip 0, --clip must be",
        "--clip 1, clipping",
        "--gradient-norm 0, norm",
        "--value-loss -1, value",
        "--learning-rate 0, --learning-rate must be",
        "--layout 1x2/1S2, row 1 has 'x'",
        "--layout 11/1S2, equally long",
        "--layout 111/222, exactly one start",
        "--layout 1S#, zone 2",
        "--layout 12/S2, a way leads",
        "--tau 0.1, --tau is for --algorithm symm-pmd",
        "--paper --players 0, players must be",
    })
    void badInputLeavesNothingBehind(String options, String words) {
        Path out = folder.resolve("out");
        learn(out, options.split(" ")).assertRefused(words);
        assertFalse(Files.exists(out));
    }

    @Test
    void withoutAGpuNoneIsUsed() {
        Path out = folder.resolve("out");
        Cli.Outcome outcome = learn(out, "--device", "gpu", "--epochs", "1");
        if (ai.djl.engine.Engine.getInstance().getGpuCount() == 0) {
            outcome.assertRefused("the engine sees no GPU");
            assertFalse(Files.exists(out));
        } else {
            outcome.json();
        }
    }

    @Test
    void aFolderThatIsTakenStaysAsItIs() throws IOException {
        Path run = copy(Identity.NONE);
        Map<String, byte[]> before = Runs.contents(run);
        learn(run).assertRefused("exists already");
        resume(run, "--identity", "none").assertRefused("--resume takes everything");
        assertUnchanged(before, run);
    }

    private static void assertUnchanged(Map<String, byte[]> before, Path run) throws IOException {
        Map<String, byte[]> after = Runs.contents(run);
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
    }

    @ParameterizedTest
    @CsvSource({
        "checkpoint.npz, nonsense",
        "metrics.csv, nonsense",
        "metrics.csv, '\"never ended'",
        "metrics.csv, 'epoch,meanReturn\n1,some\n'",
        "metrics.csv, ''",
        "config.yaml, nonsense",
        "config.yaml, ''",
    })
    void aDamagedFileIsRefused(String name, String content) throws IOException {
        Path run = copy(Identity.NONE);
        Files.writeString(run.resolve(name), content);
        assertRefused(run, name);
    }

    private static void assertRefused(Path run, String words) throws IOException {
        Map<String, byte[]> before = Runs.contents(run);
        resume(run).assertRefused(words);
        assertUnchanged(before, run);
    }

    @Test
    void metricsWithoutAnEpochOrWithTextForANumberAreRefused() throws IOException {
        Path run = copy(Identity.NONE);
        Path file = run.resolve("metrics.csv");
        List<String> lines = Files.readAllLines(file);
        List<String> fewer = new ArrayList<>(lines);
        fewer.remove(5);
        Files.write(file, fewer);
        assertRefused(run, "metrics.csv");
        lines.set(5, lines.get(5).replaceFirst(",[^,]*", ",some"));
        Files.write(file, lines);
        assertRefused(run, "metrics.csv");
    }

    @ParameterizedTest
    @CsvSource({"NONE, ONE_HOT", "ONE_HOT, NONE", "NUMBER, NONE", "NONE, INDEPENDENT", "INDEPENDENT, NONE"})
    void theCheckpointOfAnotherIdentityIsRefused(Identity identity, Identity other) throws IOException {
        Path run = copy(identity);
        Files.write(
                run.resolve("checkpoint.npz"), Files.readAllBytes(whole(other).resolve("checkpoint.npz")));
        assertRefused(run, "checkpoint.npz");
    }

    @Test
    void aConfigurationOfAnUnknownIdentityIsRefused() throws IOException {
        Path run = copy(Identity.NONE);
        edit(run.resolve("config.yaml"), "identity: none", "identity: me");
        assertRefused(run, "not me");
    }
}
