package mfg.eval.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.io.Steps;
import mfg.eval.run.Context;
import mfg.eval.run.Display;
import mfg.eval.run.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What learners get of the machinery of runs. */
final class LearnRunTest {

    private static final Map<String, String> TABLES =
            Map.of("players", "12", "horizon", "3", "td-epochs", "2", "repetitions", "2", "evaluate-every", "3");
    private static final Map<String, String> NETWORKS = Map.of("players", "12", "horizon", "8", "hidden", "8");

    @TempDir
    private Path folder;

    private Path whole;
    private Path half;

    @BeforeEach
    void folders() {
        whole = folder.resolve("whole");
        half = folder.resolve("half");
    }

    private static LearnConfig config(String game, String... more) {
        Map<String, String> options = new LinkedHashMap<>(game.equals("a-taxi") ? NETWORKS : TABLES);
        options.put("game", game);
        options.put("epochs", "7");
        for (int k = 0; k < more.length; k += 2) {
            options.put(more[k], more[k + 1]);
        }
        return Binder.bind(Catalogue.builtIn(), LearnConfig.KIND, Given.options(options));
    }

    /** Like the end of the process after a step. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private record Quiet(int last) implements Display {
        @Override
        public Steps steps(String name, int done, int steps) {
            return (k, figures) -> {
                if (k == last) {
                    throw new Killed();
                }
            };
        }

        @Override
        public Steps part(String what, int steps) {
            return (k, figures) -> {};
        }

        @Override
        public void tell(String sentence) {}
    }

    private static Context context(int last, int threads) {
        return new Context(threads, 2, new Quiet(last));
    }

    private static LearnResult at(Path folder, LearnConfig config, Context context) throws IOException {
        return Run.at(LearnKind.LEARN, config, Catalogue.builtIn(), null, folder, context);
    }

    /** Killed after a step, the last checkpoint may lie before it. */
    @ParameterizedTest
    @CsvSource({
        "a-sis, symm-pmd, none",
        "a-rps, ipmd, none",
        "a-taxi, ppo, none",
        "a-taxi, ppo, independent",
    })
    void whatIsKilledEndsWithTheSameNumbers(String game, String algorithm, String identity) throws IOException {
        LearnConfig config = game.equals("a-taxi")
                ? config(game, "algorithm", algorithm, "identity", identity)
                : config(game, "algorithm", algorithm);
        at(whole, config, context(0, 1));
        for (int last : new int[] {1, 3, 4, 6}) {
            assertThrows(Killed.class, () -> at(half, config, context(last, 2)));
        }
        at(half, config, context(0, 2));
        assertSame();
        LearnResult again = at(half, config, context(0, 1));
        assertEquals(Run.FINISHED, again.status());
        assertEquals(7, again.epochs());
    }

    private void assertSame() throws IOException {
        Runs.assertSameNumbers(whole, half);
    }

    @Test
    void seedsRunSideBySideWithTheNumbersOfOneRun() throws IOException {
        Path seeds = folder.resolve("seeds");
        JsonNode all = Cli.run(command("learn a-rps --epochs 7 --seeds 1..3 --json --out " + seeds, TABLES))
                .json();
        assertEquals(3, all.get("runs").size());
        at(whole, config("a-rps", "seed", "2"), context(0, 1));
        JsonNode mean = all.get("mean").get("exploitability");
        double sum = 0;
        for (JsonNode run : all.get("runs")) {
            sum += run.get("exploitability").doubleValue();
        }
        assertEquals(sum / 3, mean.doubleValue(), 1e-12);
        assertFalse(all.get("mean").has("secondsLearning"));
        assertEquals(
                Runs.result(whole).get("exploitability"),
                Runs.result(seeds.resolve("seed-2")).get("exploitability"));
        assertTrue(Files.exists(seeds.resolve("exploitability.png")));
    }

    private static String[] command(String words, Map<String, String> options) {
        List<String> arguments = new ArrayList<>(List.of(words.split(" ")));
        options.forEach((name, value) -> arguments.addAll(List.of("--" + name, value)));
        return arguments.toArray(String[]::new);
    }

    @Test
    void aFinishedRunGoesOnAndSaysWhatThatDoes() throws IOException {
        at(whole, config("a-taxi"), context(0, 1));
        Cli.Outcome outcome = Cli.run("learn", "--resume", whole.toString(), "--epochs", "9", "--json");
        assertEquals(9, outcome.json().get("epochs").intValue());
        assertTrue(
                outcome.err()
                        .contains("the learning rate now falls to 0 after epoch 9: that of epoch 8 is 5.56e-05"
                                + " (with 7 epochs it would end at 0)"),
                outcome.err());
        List<String> rows = Files.readAllLines(whole.resolve("metrics.csv"));
        assertEquals(1 + 9, rows.size());
        double rate = Double.parseDouble(rows.get(8).split(",", -1)[11]);
        assertEquals(2.5e-4 * 2 / 9, rate, 1e-10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void metricsThatLostARowAreRefused(int lost) throws IOException {
        at(whole, config("a-sis"), context(0, 1));
        Path metrics = whole.resolve("metrics.csv");
        List<String> lines = new ArrayList<>(Files.readAllLines(metrics));
        assertEquals(1 + 4, lines.size()); // epochs 0, 3, 6 and 7
        lines.remove(1 + lost);
        Files.write(metrics, lines);
        Cli.run("learn", "--resume", whole.toString()).assertRefused("metrics.csv", "is missing");
        Files.writeString(metrics, "");
        Cli.run("learn", "--resume", whole.toString()).assertRefused("metrics.csv", "is missing");
        Files.write(metrics, List.of(lines.get(0), lines.get(1).replaceFirst(",[^,]*,", ",,")));
        Cli.run("learn", "--resume", whole.toString()).assertRefused("metrics.csv is damaged", " has no ");
        Files.write(metrics, List.of(lines.get(0), lines.get(1).replaceFirst("^\\d", "x")));
        Cli.run("learn", "--resume", whole.toString()).assertRefused("metrics.csv", "'x' is no number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-sis", "a-taxi"})
    void aCheckpointFurtherThanTheConfigurationIsRefused(String game) throws IOException {
        at(whole, config(game), context(0, 1));
        Path file = whole.resolve("config.yaml");
        Files.writeString(file, Files.readString(file).replace("\nepochs: 7\n", "\nepochs: 4\n"));
        Cli.run("learn", "--resume", whole.toString()).assertRefused("config.yaml: epochs 4 is less than the 7");
        Cli.run("learn", "--resume", whole.toString(), "--epochs", "6").assertRefused("--epochs 6 is less than the 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-sis", "a-taxi"})
    void withoutAnEpochNothingIsCalledNaN(String game) throws IOException {
        LearnResult result = at(whole, config(game, "epochs", "0"), context(0, 1));
        assertFalse(result.summary().contains("NaN"), result.summary());
        assertEquals(0, result.epochs());
        JsonNode saved = Runs.result(whole);
        assertTrue(saved.has(game.equals("a-taxi") ? "zone1Share" : "exploitability"), saved.toString());
        LearnResult read = at(whole, config(game, "epochs", "0"), context(0, 1));
        assertEquals(result.figures(), read.figures());
        assertEquals(
                List.copyOf(result.learned().keySet()),
                List.copyOf(read.learned().keySet()),
                "the most telling first");
    }

    /** One that commands have never heard of: whoever does 1 earns 1, whoever does 0 nothing. */
    private static final String GUESS = """
            import java.util.Map;
            import mfg.core.catalogue.Parameter;
            import mfg.envs.SimulatedGame;
            import mfg.envs.Simulator;

            public final class Guess implements SimulatedGame<Guess.Play> {
                @Parameter(about = "players", min = 1) int players = 6;

                public String about() { return "the larger number wins"; }
                public int players() { return players; }
                public Play simulator(long seed) { return new Play(players); }
                public Map<String, Double> figures(Play play, double[] returns) { return Map.of("ones", play.ones / 4.0); }

                static final class Play implements Simulator {
                    private final int players;
                    private double ones;
                    Play(int players) { this.players = players; }
                    public int agents() { return players; }
                    public int players() { return players; }
                    public int features() { return 1; }
                    public int actions() { return 2; }
                    public int rounds() { return 4; }
                    public void reset(long seed) { ones = 0; }
                    public void observe(float[] to, int at) { java.util.Arrays.fill(to, at, at + players, 1); }
                    public void step(int[] actions, int actionsAt, float[] rewards, int rewardsAt) {
                        for (int k = 0; k < players; k++) {
                            rewards[rewardsAt + k] = actions[actionsAt + k];
                            ones += actions[actionsAt + k] / (double) players;
                        }
                    }
                }
            }
            """;

    @Test
    void aGameOfOnesOwnIsLearnedByNetworks() throws IOException {
        Path file = folder.resolve("Guess.java");
        Files.writeString(file, GUESS);
        JsonNode result = Cli.run(command(
                        "learn %s --set players=8 --epochs 30 --learning-rate 0.05 --json --out %s"
                                .formatted(file, whole),
                        Map.of("hidden", "8")))
                .json();
        assertEquals("ppo", result.get("algorithm").asText());
        assertEquals(8, result.get("players").intValue());
        assertTrue(result.get("meanReward").doubleValue() > 3, result.toString());
        assertEquals(
                result.get("meanReward").doubleValue() / 4, result.get("ones").doubleValue(), 1e-6);
        assertTrue(Files.exists(whole.resolve("figures.png")));
    }
}
