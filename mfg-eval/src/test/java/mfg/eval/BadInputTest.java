package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets one sentence, exit code 2, and nothing is created or overwritten. */
final class BadInputTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--schedule sawtooth",
                "--mechanism static --values 2000 --horizon 600",
                "--values 1000 --horizon 2150",
                "--method magic",
                "--method zeroth",
                "--optimizer momentum",
                "--optimizer",
                "--method two-point --radius 0",
                "--method two-point --radius -1",
                "--method two-point --radius NaN",
                "--method two-point --radius Infinity",
                "--method anneal --sigma 0",
                "--method anneal --sigma -0.1",
                "--method anneal --sigma NaN",
                "--method anneal --sigma Infinity",
                "--method anneal --sigma x",
                "--adjoint pebbles",
                "--adjoint revolve",
                "--adjoint revolve:",
                "--adjoint revolve:0",
                "--adjoint revolve:-1",
                "--adjoint revolve:x",
                "--adjoint revolve:99999999999",
                "--adjoint reversible:",
                "--adjoint reversible:0",
                "--adjoint reversible:-1",
                "--adjoint reversible:x",
                "--adjoint reversible:99999999999",
                "--adjoint reversible:5 --step autodiff",
                "--step slow",
                "--step",
                "--threads 0",
                "--threads -2",
                "--precision float16",
                "--device tpu",
                "--mechanism lottery",
                "--mechanism price",
                "--eta 1000",
                "--eta 1000 --tau 0.001",
                "--eta 0",
                "--eta -1",
                "--eta NaN",
                "--eta Infinity",
                "--tau -0.1",
                "--tau NaN",
                "--values 1",
                "--values 0",
                "--values -5",
                "--values 2147483647",
                "--hidden 0",
                "--hidden -1",
                "--hidden 1000000",
                "--horizon 0",
                "--horizon -4",
                "--inner-steps 0",
                "--inner-steps -1",
                "--validation-steps 0",
                "--long-steps -7",
                "--iterations -1",
                "--iterations 3000000000",
                "--draws 2",
                "--radius 0.1",
                "--sigma 0.1",
                "--method naive --adjoint sqrt",
                "--method anneal --lr 0.1",
                "--solver fixed-point --eta 1",
                "--mechanism static --hidden 8",
                "--iterations 3.9",
                "--horizon 0x4",
                "--validate-every 0",
                "--checkpoint-every 0",
                "--lr 0",
                "--lr -1",
                "--lr NaN",
                "--lr Infinity",
                "--clip 0",
                "--clip NaN",
                "--seed x",
                "--seed 1.5",
                "--values eight",
                "--shares 0.1,0.2 --mechanism first-price",
                "--shares 0.1,0.1,0.1,-0.1 --mechanism first-price",
                "--shares NaN --mechanism first-price",
                "--shares Infinity --mechanism first-price",
                "--shares 0.1,x --mechanism first-price",
                "--shares 0.1 --mechanism neural",
                "--reserve 0.5,0.5 --mechanism reserve",
                "--reserve -0.1 --mechanism reserve",
                "--reserve 1.1 --mechanism reserve",
                "--reserve NaN --mechanism reserve",
                "--reserve 0.5",
                "--shares 0.1 --mechanism schedule",
                "--max-price 1",
                "--beta 5",
                "--init nowhere.npz",
                "--init .",
                "--typo 3",
                "--seed",
                "A2",
            })
    void badOptionsOfAnAuctionAreRefused(String options) throws IOException {
        Cli.design("A1", folder.resolve("run"), options.split(" ", -1)).assertRefused();
        assertNothingIn(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--draws 0", "--draws -1", "--draws x", "--validation-draws 0", "--validation-draws -1"})
    void badOptionsOfDrawsAreRefused(String options) throws IOException {
        Cli.design("A3", folder.resolve("run"), options.split(" ", -1)).assertRefused();
        assertNothingIn(folder);
    }

    /** Also where the run was to have a folder by itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "design A1 --init nowhere.npz",
                "design A1 --seeds 2..1",
                "design A1 --step autodiff --adjoint reversible"
            })
    void nothingIsLeftInTheFolderOfRuns(String command) throws IOException {
        Path runs = Path.of("runs");
        boolean there = Files.exists(runs);
        List<String> before = there ? Runs.names(runs) : List.of();
        Cli.Outcome outcome = Cli.run(command.split(" ", -1));
        assertEquals(2, outcome.exit(), outcome.toString());
        assertEquals(there, Files.exists(runs));
        assertEquals(before, there ? Runs.names(runs) : List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--mechanism neural",
                "--mechanism first-price",
                "--step fast",
                "--adjoint reversible:5",
                "--step fast --seeds 2",
                "--max-price NaN",
                "--max-price -1",
                "--beta NaN",
                "--beta -1",
                "--beta Infinity",
                "--values 1",
                "--eta 0.2 --tau 5",
            })
    void badOptionsOfTheBeachAreRefused(String options) throws IOException {
        Cli.design("beach-bar", folder.resolve("run"), options.split(" ", -1)).assertRefused();
        assertNothingIn(folder);
    }

    @Test
    void theGpuIsRefusedWhereThereIsNone() throws IOException {
        assumeTrue(Engine.getInstance().getGpuCount() == 0, "this machine has a GPU");
        Cli.design("A1", folder.resolve("run"), "--device", "gpu").assertRefused("gpu");
        assertNothingIn(folder);
    }

    @Test
    void unknownSettingsAreAnsweredWithTheKnownOnes() throws IOException {
        Cli.design("A11", folder.resolve("run")).assertRefused("A11", "did you mean A1?");
        Cli.design("chess", folder.resolve("run")).assertRefused("chess", "A1,", "A10", "beach-bar");
        assertNothingIn(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "solve rsp",
                "solve",
                "solve rps rps",
                "solve rps --algorithm newton",
                "solve rps --iterations -1",
                "solve rps --iterations x",
                "solve rps --eta 0",
                "solve rps --eta NaN",
                "solve rps --eta 1 --tau 1",
                "solve rps --tau -1",
                "solve rps --tau NaN",
                "solve rps --tau Infinity --algorithm fixed-point",
                "solve rps --horizon 0",
                "solve beach-bar --horizon -3",
                "settings nobody",
                "games nobody",
                "games A1 A2",
                "games nowhere.java",
                "games --games nowhere.jar",
                "solve a-taxi",
                "design rps",
                "solve rps --seeds",
                "solve rps --seeds 3..1",
                "solve rps --seeds 1,1",
                "solve rps --seeds 1 --seed 1",
                "solve rps --set",
                "solve rps --set horizon",
                "solve rps --set horizon=x",
                "solve rps --set nothing=1",
                "solve rps --set horizon=2 --horizon 2",
                "solve rps --resume nowhere",
                "solve rps --algorithm fixed-point --eta 1",
                "help nonsense",
                "desing A1",
                "design",
                "design --json",
                "design --resume",
                "--unknown",
            })
    void badCommandsAreRefused(String command) {
        Cli.run(command.split(" ", -1)).assertRefused();
    }

    @Test
    void unknownGamesAreAnsweredWithTheKnownOnes() {
        Cli.run("solve", "rsp").assertRefused("rsp", "did you mean rps?");
        Cli.run("solve", "backgammon")
                .assertRefused(
                        "backgammon", "beach-bar, ", "crowd-modelling, ", "left-right, ", "rps, ", "RoadTolls.java");
    }

    @Test
    void anExistingFolderWithSomethingInItIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("thesis.tex"), "precious");
        Cli.design("A1", folder).assertRefused(folder.toString());
        assertEquals("precious", Files.readString(folder.resolve("thesis.tex")));
        assertEquals(List.of("thesis.tex"), Runs.names(folder));
    }

    @Test
    void anExistingRunIsLeftAlone() throws IOException {
        Path run = folder.resolve("run");
        Cli.design("A1", run, "--iterations", "0").json();
        List<String> before = Runs.names(run);
        String result = Files.readString(run.resolve("result.json"));
        Cli.design("A1", run, "--iterations", "0", "--seed", "2").assertRefused("--resume");
        assertEquals(before, Runs.names(run));
        assertEquals(result, Files.readString(run.resolve("result.json")));
    }

    /** What is told is a command that does what it says. */
    @Test
    void aHintIsQuotedForTheShell() throws IOException {
        Path run = folder.resolve("a b");
        Cli.design("A1", run, "--iterations", "0").json();
        Cli.design("A1", run).assertRefused("(continue a run with --resume '%s')".formatted(run));
        Cli.run("learn", "--resume", run.toString()).assertRefused("by ./mfg design --resume '%s'".formatted(run));
        Path seeds = folder.resolve("c d");
        Cli.design("A1", seeds, "--iterations", "0", "--seeds", "1").json();
        Cli.design("A1", seeds, "--seeds", "2").assertRefused("--resume '%s'".formatted(seeds));
    }

    @Test
    void aHintIsOnlyGivenWhereItHelps() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("notes.txt"), "precious");
        assertNoHint(Cli.design("A1", other).assertRefused("exists already; nothing was overwritten"));
        assertNoHint(Cli.run("compare", "A1", "--out", other.toString())
                .assertRefused("exists already and holds no comparison; nothing was overwritten"));
        Path run = folder.resolve("run");
        Cli.design("A1", run, "--iterations", "0").json();
        assertNoHint(Cli.run("compare", "A1", "--out", run.toString()).assertRefused("holds no comparison"));
        Path config = run.resolve("config.yaml");
        Files.writeString(config, Files.readString(config).replace("command: design", "command: foo"));
        Cli.Outcome unknown =
                Cli.run("design", "--resume", run.toString()).assertRefused(config + " names an unknown command, foo");
        assertFalse(unknown.err().contains("./mfg"), unknown.err());
    }

    private static void assertNoHint(Cli.Outcome outcome) {
        assertFalse(outcome.err().contains("--resume"), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"design A1 --out", "compare A1 --out", "design --resume", "sweep --resume", "evaluate"})
    void anEmptyNameIsRefused(String line) {
        Cli.run((line + " ").split(" ", -1)).assertRefused("the name of a file or folder is empty");
    }

    @Test
    void anEmptyFolderMayBeUsed() throws IOException {
        Cli.design("A1", Files.createDirectory(folder.resolve("empty")), "--iterations", "0")
                .json();
    }

    @Test
    void aFileInTheWayIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "precious");
        Cli.Outcome outcome = Cli.design("A1", file).assertRefused(file + " exists already and is no folder");
        assertFalse(outcome.err().contains("--resume"), outcome.err());
        Cli.design("A1", file.resolve("below")).assertRefused(file.toString());
        assertEquals("precious", Files.readString(file));
        assertEquals(List.of("file"), Runs.names(folder));
    }

    @Test
    void aLinkToNowhereIsNotFollowed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        Cli.design("A1", link).assertRefused(link.toString());
        assertFalse(Files.exists(folder.resolve("nowhere")));
    }

    @Test
    void aFolderThatMayNotBeWrittenIsRefused() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        assumeTrue(locked.toFile().setWritable(false) && !Files.isWritable(locked), "root may write everywhere");
        Cli.design("A1", locked.resolve("run")).assertRefused("locked");
        assertNothingIn(locked);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "this system has no /proc");
        Path nowhere = Path.of("/proc/mfg-nowhere");
        String seeds = "design A1 --paper --no-yardsticks --seeds 1..2 --iterations 0 --out " + nowhere;
        Cli.design("A1", nowhere).assertRefused("folder /proc/mfg-nowhere cannot be made");
        Cli.run(seeds.split(" ", -1)).assertRefused("folder /proc/mfg-nowhere cannot be made");
        Cli.run("compare", "A1", "--out", nowhere.toString()).assertRefused("folder /proc/mfg-nowhere cannot be made");
        Cli.run("reproduce", "fig6", "--out", nowhere.toString()).assertRefused("folder /proc/mfg-nowhere");
    }

    @Test
    void onlyARunCanBeResumed() throws IOException {
        Cli.run("design", "--resume", folder.toString()).assertRefused(folder.toString(), "not a run");
        assertNothingIn(folder);
        Cli.run("design", "--resume", folder.resolve("nowhere").toString()).assertRefused("nowhere");
        Path file = Files.writeString(folder.resolve("file"), "");
        Cli.run("design", "--resume", file.toString()).assertRefused("file");
    }

    @Test
    void aRunIsResumedWithItsOwnOptionsOnly() throws IOException {
        Path run = folder.resolve("run");
        Cli.design("A1", run, "--iterations", "0").json();
        String config = Files.readString(run.resolve("config.yaml"));
        for (String more : List.of("A1", "--eta 3", "--inner-steps 5", "--seed 1", "--out elsewhere")) {
            String[] args = "design --resume %s %s".formatted(run, more).split(" ", -1);
            Cli.run(args).assertRefused("--resume");
        }
        assertEquals(config, Files.readString(run.resolve("config.yaml")));
    }

    private static void assertNothingIn(Path folder) throws IOException {
        assertEquals(List.of(), Runs.names(folder));
    }
}
