package mfg.eval.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.DesignableGame;
import mfg.core.catalogue.MechanismFamily;
import mfg.core.catalogue.SolvableGame;
import mfg.eval.Child;
import mfg.eval.Cli;
import mfg.eval.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Games of users: files of Java, jars, what is wrong with them, and runs of them. */
final class CatalogueTest {

    private static final Path ROAD_TOLLS = Path.of("..", "examples", "RoadTolls.java");

    @TempDir
    private Path folder;

    /** A game of one place, where staying costs what others do. */
    private static String source(String name, String more) {
        return """
                import ai.djl.ndarray.*;
                import java.util.List;
                import mfg.core.*;
                import mfg.core.catalogue.*;

                public final class %s implements SolvableGame<KernelRound> {
                    @Parameter(about = "what a crowd costs", min = 0)
                    double cost = 1;
                %s
                    public String about() {
                        return "a game of tests";
                    }

                    public MeanFieldGame<KernelRound> build(Constants constants) {
                        NDArray stay = constants.matrix(new double[][] {{1}, {1}});
                        return new MeanFieldGame<>() {
                            public GameShape shape() {
                                return new GameShape(2, 1, 2);
                            }

                            public double[] initialStates() {
                                return new double[] {1};
                            }

                            public List<ParameterSpec> parameters() {
                                return List.of();
                            }

                            public KernelRound round(int h, NDArray flow, KernelRound previous, NDList theta) {
                                return new KernelRound(flow, flow.mul(-cost), stay);
                            }
                        };
                    }
                }
                """.formatted(name, more);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String refusal(Path file) {
        String told = assertThrows(
                        InvalidInputException.class, () -> Catalogue.builtIn().with(file))
                .getMessage();
        assertTrue(told.contains(file.toString()) && told.lines().count() == 1, told);
        return told;
    }

    @ParameterizedTest
    @CsvSource({
        "'if (h == 1) throw new IllegalStateException(\"no way\");', 'IllegalStateException, no way'",
        "stay.mul(flow);, an operation begins with a constant",
        "'flow.add(flow.get(0).repeat(0, 3));', EngineException",
    })
    void aGameThatFailsIsToldWithItsLine(String fault, String why) throws IOException {
        Path file = write(
                "Fails.java",
                source("Fails", "").replace("return new KernelRound(", fault + "\nreturn new KernelRound("));
        Cli.run("solve", file.toString(), "--out", folder.resolve("out").toString())
                .assertRefused("fails: round ", " fails in Fails.java:30: ", why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A1", "a3", "RPS", "beachBar"})
    void aNameThatABuiltInGameHasIsRefusedWhateverItsCase(String name) throws IOException {
        assertTrue(refusal(write(name + ".java", source(name, ""))).contains("which is the name of another"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterations", "tau", "seed", "name", "game"})
    void aParameterThatIsCalledLikeAnOptionIsRefused(String name) throws IOException {
        Path file = write("Slip.java", source("Slip", "@Parameter(about = \"a slip\") double %s = 0;".formatted(name)));
        Cli.run("solve", file.toString(), "--out", folder.resolve("out").toString())
                .assertRefused(name + " is the name of a game's parameter and of an option of solve");
    }

    @Test
    void aFileOfJavaIsCompiledAndChosenLikeAnyOther() throws IOException {
        Catalogue more = Catalogue.builtIn().with(ROAD_TOLLS);
        assertEquals(List.of("road-tolls"), more.gamesOf(ROAD_TOLLS));
        assertEquals(Source.of(ROAD_TOLLS), more.source("road-tolls"));
        assertNull(more.source("A1"));
        assertTrue(more.choices(DesignableGame.class).containsKey("road-tolls"));
        assertEquals(
                "RoadTolls", more.chosen(SolvableGame.class, "Road-Tolls", "").getName());
        assertTrue(Catalogue.builtIn().source("road-tolls") == null, "the catalogue before is as it was");
        assertEquals(more.games().keySet(), more.with(ROAD_TOLLS).games().keySet(), "twice is once");
        try (Stream<Path> beside = Files.list(ROAD_TOLLS.toAbsolutePath().getParent())) {
            assertTrue(beside.noneMatch(path -> path.toString().endsWith(".class")), "compiled in memory");
        }
    }

    /** Helpers beside the game, generic or nested, are its own. */
    @Test
    void aFileMayHaveOtherClasses() throws IOException {
        Path file = write("Helped.java", source("Helped", "    record Pair(int a, int b) {}\n") + "class Other {}\n");
        assertEquals(List.of("helped"), Catalogue.builtIn().with(file).gamesOf(file));
        Cli.run(
                        "solve",
                        file.toString(),
                        "--iterations",
                        "1",
                        "--out",
                        folder.resolve("run").toString(),
                        "--json")
                .json();
    }

    @Test
    void errorsHaveLinesAndColumns() throws IOException {
        String text = source("Broken", "").replace("double cost = 1;", "double cost = \"one\";");
        String told = refusal(write("Broken.java", text));
        assertTrue(told.contains("does not compile: line 8, column 19: incompatible types: "), told);
        told = refusal(
                write("Broken.java", "class Broken {\n  int x = y1;\n  int a = y2;\n  int b = y3; int c = y4;\n}"));
        assertTrue(told.contains("line 2, column 11") && told.contains("line 4, column 11"), told);
        assertTrue(told.contains("y3") && !told.contains("y4") && told.endsWith("and 1 more"), told);
        assertTrue(refusal(write("Broken.java", "public class Other {}")).contains("line 1, column 8"));
        refusal(write("Broken.java", "\u0000\u0001"));
        Cli.run("solve", folder.resolve("Broken.java").toString()).assertRefused("does not compile");
    }

    @Test
    void whatIsNoGameIsRefused() throws IOException {
        assertTrue(refusal(write("Nothing.java", "public class Nothing {}")).contains("has no game"));
        assertTrue(refusal(write("Empty.java", "")).contains("has no game"));
        String abstractly = source("Half", "").replace("final class", "abstract class");
        assertTrue(refusal(write("Half.java", abstractly)).contains("has no game"));
        assertTrue(refusal(folder.resolve("nowhere.java")).contains("there is no file"));
        assertTrue(refusal(Files.createDirectory(folder.resolve("folder.java"))).contains("there is no file"));
        assertTrue(refusal(write("notes.txt", "")).contains("ends in .java or .jar"));
    }

    /** Of two games in one file, one is named. */
    @Test
    void twoGamesOfAFileAreToldApart() throws IOException {
        String second = source("Second", "").replaceAll("(?m)^import.*\n", "").replace("public final", "final");
        Path file = write("First.java", source("First", "") + second);
        Cli.run("solve", file.toString()).assertRefused("has several games", "--games", "first, second");
        String run = folder.resolve("run").toString();
        String[] args = {"solve", "second", "--games", file.toString(), "--iterations", "1", "--out", run, "--json"};
        assertEquals("second", Cli.run(args).json().get("game").textValue());
        String same = "@Named(\"first\") " + second;
        assertTrue(refusal(write("First.java", source("First", "") + same)).contains("two games"));
    }

    @Test
    void aNameThatIsTakenIsRefused() throws IOException {
        Path file = write("Rps.java", source("Rps", ""));
        assertTrue(refusal(file).contains("rps, which is the name of another"));
        Path own = write("Own.java", source("Own", ""));
        Path other = Files.createDirectory(folder.resolve("other")).resolve("Own.java");
        Files.writeString(other, source("Own", "") + "// another\n");
        Catalogue one = Catalogue.builtIn().with(own);
        assertThrows(InvalidInputException.class, () -> one.with(other));
    }

    /** What the constructor of a user's game throws is its fault, in one sentence. */
    @Test
    void aGameWithoutAConstructorIsRefused() throws IOException {
        Path file = write("Closed.java", source("Closed", "    Closed(int x) {}\n"));
        Cli.run("solve", file.toString()).assertRefused("Closed has no constructor without arguments");
        Cli.run("games", file.toString()).assertRefused("Closed has no constructor without arguments");
    }

    // ---- jars ----

    private Path jar(String name, Map<String, String> services, String... sources) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        for (String source : sources) {
            String type = source.replaceFirst("(?s).*?class (\\w+) .*", "$1");
            Path file = Files.writeString(classes.resolve(type + ".java"), source);
            int exit = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-proc:none",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            "-d",
                            classes.toString(),
                            file.toString());
            assertEquals(0, exit);
        }
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (String file : Runs.names(classes)) {
                if (file.endsWith(".class")) {
                    entries.putNextEntry(new JarEntry(file));
                    entries.write(Files.readAllBytes(classes.resolve(file)));
                }
            }
            for (Map.Entry<String, String> service : services.entrySet()) {
                entries.putNextEntry(new JarEntry("META-INF/services/" + service.getKey()));
                entries.write(service.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static final String GAME = "mfg.core.catalogue.Game";

    private static final String FREE = """
            import mfg.core.*;
            import mfg.core.catalogue.*;

            @Named("free")
            public final class Free implements MechanismFamily {
                public String about() {
                    return "everything is free";
                }

                public Mechanism build(Constants constants, int rounds, int bids, double supply) {
                    throw new InvalidInputException("nothing is free");
                }
            }
            """;

    @Test
    void aJarIsFoundThroughItsServices() throws IOException {
        Path jar = jar(
                "own.jar",
                Map.of(GAME, "Jarred\n", "mfg.core.catalogue.MechanismFamily", "Free\n"),
                source("Jarred", ""),
                FREE);
        Catalogue more = Catalogue.builtIn().with(jar);
        assertEquals(List.of("jarred"), more.gamesOf(jar));
        assertTrue(more.choices(MechanismFamily.class).containsKey("free"));
        String run = folder.resolve("run").toString();
        String[] solve = {"solve", jar.toString(), "--set", "cost=2", "--iterations", "1", "--out", run, "--json"};
        assertEquals("jarred", Cli.run(solve).json().get("game").textValue());
        assertEquals(-1, Files.mismatch(jar, Path.of(run).resolve("own.jar")), "the run keeps it");
        Cli.run("solve", "--resume", run, "--json").json();
        Cli.run("design", "A1", "--games", jar.toString(), "--mechanism", "free")
                .assertRefused("nothing is free");
    }

    @Test
    void aJarWithoutGamesIsRefused() throws IOException {
        assertTrue(refusal(jar("none.jar", Map.of(), source("Jarred", ""))).contains("META-INF/services/" + GAME));
        Path missing = jar("missing.jar", Map.of(GAME, "Nobody"));
        String told = assertThrows(
                        InvalidInputException.class, () -> Catalogue.builtIn().with(missing))
                .getMessage();
        assertTrue(told.contains("cannot be loaded") && told.contains("Nobody"), told);
        assertTrue(refusal(Files.write(folder.resolve("text.jar"), new byte[] {1, 2, 3}))
                .contains("has no game"));
    }

    /** What the environment names is known to every command. */
    @Test
    void theEnvironmentNamesGames() throws Exception {
        Path one = write("EnvOne.java", source("EnvOne", ""));
        Path two = jar("two.jar", Map.of(GAME, "EnvTwo"), source("EnvTwo", ""));
        Process child =
                Child.start(folder, List.of("games"), Map.of("MFG_GAMES", one + java.io.File.pathSeparator + two));
        assertEquals(0, child.waitFor(), Files.readString(folder.resolve("stderr")));
        String games = Files.readString(folder.resolve("stdout"));
        assertTrue(games.contains("| env-one ") && games.contains("| env-two "), games);
        child = Child.start(folder, List.of("games"), Map.of("MFG_GAMES", "nowhere.jar"));
        assertEquals(2, child.waitFor());
        assertTrue(Files.readString(folder.resolve("stderr")).contains("there is no file nowhere.jar"));
    }

    // ---- runs ----

    /** A run goes on with the game it was started with, and with no other. */
    @Test
    void aRunWhoseGameWasChangedGoesOnWithWhatItKept() throws IOException {
        Path file = write("Own.java", source("Own", ""));
        Path run = folder.resolve("run");
        String[] options = {"--set", "cost=3", "--iterations", "3", "--out", run.toString(), "--json"};
        String result = Cli.run(Cli.concat(new String[] {"solve", file.toString()}, options))
                .json()
                .toString();
        assertEquals(source("Own", ""), Files.readString(run.resolve("Own.java")));
        Cli.run("solve", "--resume", run.toString(), "--json").json();

        Files.writeString(file, source("Own", "").replace("-cost", "cost"));
        assertNotEquals(Source.of(run.resolve("Own.java")), Source.of(file));
        String kept = run.resolve("Own.java").toString();
        Cli.run("solve", "--resume", run.toString()).assertRefused("is not the file that run", kept, "--games");
        Cli.run("solve", "--resume", run.toString(), "--games", file.toString())
                .assertRefused("is not the file that run", kept);
        Files.delete(file);
        Cli.run("solve", "--resume", run.toString()).assertRefused(file.toString(), "is not there", kept, "--games");
        assertEquals(
                result,
                Cli.run("solve", "--resume", run.toString(), "--games", kept, "--json")
                        .json()
                        .toString());
        Cli.run("solve", "--resume", run.toString(), "--games", kept, "--iterations", "5", "--json")
                .json();
    }

    /** Runs side by side keep it in their folders. */
    @Test
    void runsSideBySideWhoseGameIsGoneNameWhatTheFirstKept() throws IOException {
        Path file = write("Own.java", source("Own", ""));
        Path all = folder.resolve("all");
        Cli.run("solve", file.toString(), "--seeds", "1,2", "--iterations", "1", "--out", all.toString(), "--json")
                .json();
        Files.delete(file);
        Path kept = all.resolve("seed-1").resolve("Own.java");
        Cli.run("solve", "--resume", all.toString()).assertRefused("is not there", kept.toString());
        Cli.run("solve", "--resume", all.toString(), "--games", kept.toString(), "--json")
                .json();
        Files.delete(kept);
        Files.delete(all.resolve("seed-2").resolve("Own.java"));
        Cli.run("solve", "--resume", all.toString()).assertRefused("is not there; name that by --games");
    }

    /** A user's own game is solved, designed and gone on with by one command each. */
    @Test
    void theExampleIsDesignedAndGoesFurther() throws IOException {
        String file = ROAD_TOLLS.toString();
        String[] small = {
            "--inner-steps", "20", "--validation-steps", "20", "--long-steps", "40", "--validate-every=2", "--json"
        };
        Path whole = folder.resolve("whole");
        String[] design = {"design", file, "--set", "congestion=0.5", "--iterations", "4", "--out", whole.toString()};
        assertEquals(
                "road-tolls",
                Cli.run(Cli.concat(design, small)).json().get("setting").textValue());
        assertTrue(Files.size(whole.resolve("flow.png")) > 0);
        assertTrue(Files.readString(whole.resolve("config.yaml")).contains("congestion: 0.5"));
        Path run = folder.resolve("run");
        design[design.length - 1] = run.toString();
        design[5] = "2";
        Cli.run(Cli.concat(Cli.concat(design, small), "--schedule", "constant")).json();
        Cli.run("design", "--resume", run.toString(), "--iterations", "4", "--json")
                .json();
        Path constant = folder.resolve("constant");
        design[design.length - 1] = constant.toString();
        design[5] = "4";
        Cli.run(Cli.concat(Cli.concat(design, small), "--schedule", "constant")).json();
        Runs.assertSameNumbers(constant, run);
    }
}
